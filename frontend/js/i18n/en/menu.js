/* Words of the personal menu and of accounts. The same keys stand in fr. */
export default {
  nav_account: 'My account',
  sign_out: 'Sign out',
  theme: 'Display',
  theme_system: 'Auto',
  theme_light: 'Light',
  theme_dark: 'Dark',
  role_administrator: 'Administrator',
  role_ddfpt: 'DDFPT',
  role_head: 'Head',
  role_teacher: 'Teacher',
  role_learner: 'Learner',
  role_guardian: 'Guardian',
  role_tutor: 'Company tutor',
  role_master: 'Apprenticeship master',
};
