/* Words of a session that ends and of what waits on this device. */
export default {
  session_lost: 'Your session has ended',
  session_lost_text: 'Sign in again to go on: what you typed is kept on this device.',
  session_leave: 'Leave without signing in',
  session_ending: 'Your session is about to end',
  session_ending_text: 'Without any action you will be signed out in three minutes. What you typed is kept.',
  session_stay: 'Stay signed in',
  waiting_here: {
    one: 'One change to “{title}” has not been sent yet.',
    other: '{n} changes to “{title}” have not been sent yet.',
  },
  waiting_open: 'Open the evaluation',
  waiting_draft: 'The assessment prepared for {name} has not been sent yet.',
  waiting_weights: 'The weights of {name} have not been sent yet.',
  waiting_show: 'Open',
  leave_title: 'Some changes have not been sent',
  leave_text: {
    one: 'One change exists on this device only. Signing out will erase it.',
    other: '{n} changes exist on this device only. Signing out will erase them.',
  },
  leave_export: 'Export the entry',
  leave_anyway: 'Sign out and erase',
};
