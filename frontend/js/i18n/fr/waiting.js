/* Words of a session that ends and of what waits on this device. */
export default {
  session_lost: 'Votre session est terminée',
  session_lost_text: 'Reconnectez-vous pour continuer : ce que vous avez saisi est gardé sur cet appareil.',
  session_leave: 'Quitter sans se reconnecter',
  session_ending: 'Votre session va se terminer',
  session_ending_text: 'Sans action de votre part, vous serez déconnecté dans trois minutes. Votre saisie est gardée.',
  session_stay: 'Rester connecté',
  waiting_here: {
    one: 'Une modification de « {title} » n’a pas encore été envoyée.',
    other: '{n} modifications de « {title} » n’ont pas encore été envoyées.',
  },
  waiting_open: 'Ouvrir l’évaluation',
  waiting_draft: 'Le bilan en préparation de {name} n’a pas encore été envoyé.',
  waiting_weights: 'La pondération de {name} n’a pas encore été envoyée.',
  waiting_show: 'Ouvrir',
  leave_title: 'Des modifications ne sont pas envoyées',
  leave_text: {
    one: 'Une modification n’existe que sur cet appareil. Se déconnecter l’effacera.',
    other: '{n} modifications n’existent que sur cet appareil. Se déconnecter les effacera.',
  },
  leave_export: 'Exporter la saisie',
  leave_anyway: 'Se déconnecter et effacer',
};
