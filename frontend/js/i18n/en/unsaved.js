/* Words of what could not be saved. The same keys stand in fr. */
export default {
  save_locked_text: {
    one: 'The evaluation was locked while you were typing ({why}). Your change is kept on this device: export it, or ask the DDFPT to unlock and open this page again.',
    other: 'The evaluation was locked while you were typing ({why}). Your {n} changes are kept on this device: export them, or ask the DDFPT to unlock and open this page again.',
  },
  save_locked_interim: {
    one: 'The assessment was locked while you were typing: it was confirmed, or its unlocking expired. Your change is kept on this device: export it, or ask the DDFPT to unlock again and open this page again.',
    other: 'The assessment was locked while you were typing: it was confirmed, or its unlocking expired. Your {n} changes are kept on this device: export them, or ask the DDFPT to unlock again and open this page again.',
  },
  save_locked_weights: {
    one: 'The assessment was unlocked while you were typing. Your change is kept on this device: it will be sent when you open this page again after the assessment is confirmed again.',
    other: 'The assessment was unlocked while you were typing. Your {n} changes are kept on this device: they will be sent when you open this page again after the assessment is confirmed again.',
  },
  save_refused_text: {
    one: 'The server refused to save: {why} Your change is kept on this device.',
    other: 'The server refused to save: {why} Your {n} changes are kept on this device.',
  },
  save_gone_text: {
    one: 'A cell you had filled was taken off the grid by somebody else. It is kept on this device.',
    other: '{n} cells you had filled were taken off the grid by somebody else. They are kept on this device.',
  },
  save_unwritten_text: 'This browser refuses to keep what you type. Do not close the page before “Saved”.',
  save_export: 'Export the entry',
  save_drop: {
    one: 'Give up the change',
    other: 'Give up the {n} changes',
  },
  save_drop_text: 'What was not saved will be erased from this device. Export the entry first if you want to keep a trace of it.',

  conflict_title: {
    one: 'A value was changed by somebody else',
    other: '{n} values were changed by somebody else',
  },
  conflict_text: 'Another person saved a different value while you were typing. Choose the value to keep.',
  conflict_keep_mine: 'Keep my values',
  conflict_keep_theirs: 'Keep theirs',
  conflict_cell: 'For',
  conflict_mine: 'My value',
  conflict_theirs: 'Theirs',
  conflict_later: 'Decide later',
  conflict_apply: 'Save these choices',
};
