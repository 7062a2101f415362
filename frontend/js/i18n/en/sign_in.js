export default {
  sign_in: 'Sign in',
  sign_in_busy: 'Signing in…',
  sign_in_title: 'What each learner really masters',
  sign_in_text: 'Acquis follows the competencies of vocational learners, from the workshop to the assessment.',
  sign_in_wrong: 'Wrong login or password.',
  sign_in_forgotten: 'Forgotten password? The administrator of the school can give a new one.',
  login: 'Login',
  password: 'Password',
  password_show: 'Show the password',
  school_several: 'I have an account in several schools',
  school_uai: 'Code of the school (UAI)',
  school_uai_hint: 'Seven digits and a letter, for example 0999001W.',
};
