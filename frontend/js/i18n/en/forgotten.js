/* Links of mails. The same keys stand in fr. */
export default {
  forgotten_title: 'Forgotten password',
  forgotten_text: 'If your account has an e-mail address, a link is sent there. Otherwise ask the school for an activation code.',
  forgotten_go: 'Send the link',
  forgotten_done: 'Noted. If this account has an address, the link arrives within minutes and is good for an hour. Nothing? Look into junk mail, then ask the school for a code.',
  reset_title: 'New password',
  reset_text: 'The link works once. Your open sessions end.',
  reset_password: 'My new password',
  reset_hint: 'At least 8 characters; a phrase is safer than a word.',
  reset_go: 'Save',
  reset_done: 'Password changed. Sign in with the new one.',
  link_email_title: 'Confirm my address',
  link_email_text: 'This address will become that of your account.',
  link_email_go: 'Confirm',
  link_email_done: 'Address confirmed.',
};
