/* Words of what becomes of what is typed. The same keys stand in en. */
export default {
  save_none: 'Tout est enregistré',
  save_changed: 'Modifications en cours…',
  save_sending: 'Enregistrement…',
  save_saved: 'Enregistré à {at}',
  save_offline: {
    one: 'Hors ligne : une modification en attente',
    other: 'Hors ligne : {n} modifications en attente',
  },
  save_waiting: {
    one: 'Échec, nouvel essai : une modification gardée',
    other: 'Échec, nouvel essai : {n} modifications gardées',
  },
  save_conflict: 'Conflit à résoudre',
  save_locked: {
    one: 'Verrouillé : une modification gardée ici',
    other: 'Verrouillé : {n} modifications gardées ici',
  },
  save_refused: {
    one: 'Non enregistré : une modification gardée ici',
    other: 'Non enregistré : {n} modifications gardées ici',
  },
  save_held: 'À corriger avant l’enregistrement : gardé sur cet appareil',
  conflict_open: 'Résoudre le conflit',
};
