/* Words of what becomes of what is typed. The same keys stand in fr. */
export default {
  save_none: 'Everything is saved',
  save_changed: 'Changes under way…',
  save_sending: 'Saving…',
  save_saved: 'Saved at {at}',
  save_offline: {
    one: 'Offline: one change waiting',
    other: 'Offline: {n} changes waiting',
  },
  save_waiting: {
    one: 'Failed, trying again: one change kept',
    other: 'Failed, trying again: {n} changes kept',
  },
  save_conflict: 'Conflict to solve',
  save_locked: {
    one: 'Locked: one change kept here',
    other: 'Locked: {n} changes kept here',
  },
  save_refused: {
    one: 'Not saved: one change kept here',
    other: 'Not saved: {n} changes kept here',
  },
  save_held: 'To be corrected before it can be saved: kept on this device',
  conflict_open: 'Solve the conflict',
};
