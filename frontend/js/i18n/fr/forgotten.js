/* Links of mails. The same keys stand in en. */
export default {
  forgotten_title: 'Mot de passe oublié',
  forgotten_text: 'Si votre compte a une adresse électronique, un lien y est envoyé. Sinon, demandez un code d’activation à l’établissement.',
  forgotten_go: 'Envoyer le lien',
  forgotten_done: 'C’est noté. Si ce compte a une adresse, le lien arrive dans quelques minutes et sert une heure. Rien reçu ? Regardez les indésirables, puis demandez un code à l’établissement.',
  reset_title: 'Nouveau mot de passe',
  reset_text: 'Le lien sert une seule fois. Vos sessions ouvertes se terminent.',
  reset_password: 'Mon nouveau mot de passe',
  reset_hint: '8 caractères au moins ; une phrase est plus sûre qu’un mot.',
  reset_go: 'Enregistrer',
  reset_done: 'Mot de passe changé. Connectez-vous avec le nouveau.',
  link_email_title: 'Confirmer mon adresse',
  link_email_text: 'Cette adresse deviendra celle de votre compte.',
  link_email_go: 'Confirmer',
  link_email_done: 'Adresse confirmée.',
};
