/* Words of the personal menu and of accounts. The same keys stand in en. */
export default {
  nav_account: 'Mon compte',
  sign_out: 'Se déconnecter',
  theme: 'Affichage',
  theme_system: 'Auto',
  theme_light: 'Clair',
  theme_dark: 'Sombre',
  role_administrator: 'Administrateur',
  role_ddfpt: 'DDFPT',
  role_head: 'Direction',
  role_teacher: 'Enseignant',
  role_learner: 'Apprenant',
  role_guardian: 'Responsable légal',
  role_tutor: 'Tuteur en entreprise',
  role_master: 'Maître d’apprentissage',
};
