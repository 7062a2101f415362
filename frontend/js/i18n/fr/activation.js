/* First password. The same keys stand in en. */
export default {
  activation_title: 'Activer mon compte',
  activation_text: 'Avec le code remis par l’établissement, choisissez votre mot de passe.',
  activation_login: 'Identifiant',
  activation_code: 'Code d’activation',
  activation_code_hint: 'Douze signes, avec ou sans tirets, en majuscules ou non. Il sert une seule fois.',
  activation_password: 'Mon nouveau mot de passe',
  activation_password_hint: '8 caractères au moins ; une phrase est plus sûre qu’un mot.',
  activation_go: 'Activer et entrer',
  activation_known: 'J’ai déjà un mot de passe',
  activation_done: 'Votre compte est actif.',
  activation_other: '{name} est connecté sur cet appareil. Déconnectez ce compte, puis ouvrez de nouveau le lien ou le QR code.',
  sign_out: 'Se déconnecter',
};
