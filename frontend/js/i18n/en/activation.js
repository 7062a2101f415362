/* First password. The same keys stand in fr. */
export default {
  activation_title: 'Activate my account',
  activation_text: 'With the code you were given by the school, choose your password.',
  activation_login: 'Login',
  activation_code: 'Activation code',
  activation_code_hint: 'Twelve characters, with or without hyphens, upper or lower case. It works once.',
  activation_password: 'My new password',
  activation_password_hint: 'At least 8 characters; a phrase is safer than a word.',
  activation_go: 'Activate and enter',
  activation_known: 'I already have a password',
  activation_done: 'Your account is active.',
  activation_other: '{name} is signed in on this device. Sign that account out, then open the link or the QR code again.',
  sign_out: 'Sign out',
};
