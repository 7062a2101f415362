/* Words of what could not be saved. The same keys stand in en. */
export default {
  save_locked_text: {
    one: 'L’évaluation a été verrouillée pendant votre saisie ({why}). Votre modification est gardée sur cet appareil : exportez-la, ou demandez le déblocage au DDFPT puis rouvrez cette page.',
    other: 'L’évaluation a été verrouillée pendant votre saisie ({why}). Vos {n} modifications sont gardées sur cet appareil : exportez-les, ou demandez le déblocage au DDFPT puis rouvrez cette page.',
  },
  save_locked_interim: {
    one: 'Le bilan a été verrouillé pendant votre saisie : il a été confirmé, ou son déblocage a expiré. Votre modification est gardée sur cet appareil : exportez-la, ou demandez un nouveau déblocage au DDFPT puis rouvrez cette page.',
    other: 'Le bilan a été verrouillé pendant votre saisie : il a été confirmé, ou son déblocage a expiré. Vos {n} modifications sont gardées sur cet appareil : exportez-les, ou demandez un nouveau déblocage au DDFPT puis rouvrez cette page.',
  },
  save_locked_weights: {
    one: 'Le bilan a été débloqué pendant votre saisie. Votre modification est gardée sur cet appareil : elle sera envoyée quand vous rouvrirez cette page après la nouvelle confirmation du bilan.',
    other: 'Le bilan a été débloqué pendant votre saisie. Vos {n} modifications sont gardées sur cet appareil : elles seront envoyées quand vous rouvrirez cette page après la nouvelle confirmation du bilan.',
  },
  save_refused_text: {
    one: 'Le serveur a refusé l’enregistrement : {why} Votre modification est gardée sur cet appareil.',
    other: 'Le serveur a refusé l’enregistrement : {why} Vos {n} modifications sont gardées sur cet appareil.',
  },
  save_gone_text: {
    one: 'Une case que vous aviez remplie a été retirée de la grille par quelqu’un d’autre. Elle est gardée sur cet appareil.',
    other: '{n} cases que vous aviez remplies ont été retirées de la grille par quelqu’un d’autre. Elles sont gardées sur cet appareil.',
  },
  save_unwritten_text: 'Ce navigateur refuse de garder la saisie. Ne fermez pas la page avant « Enregistré ».',
  save_export: 'Exporter la saisie',
  save_drop: {
    one: 'Abandonner la modification',
    other: 'Abandonner les {n} modifications',
  },
  save_drop_text: 'Ce qui n’a pas été enregistré sera effacé de cet appareil. Exportez d’abord la saisie si vous voulez en garder une trace.',

  conflict_title: {
    one: 'Une valeur a été modifiée par quelqu’un d’autre',
    other: '{n} valeurs ont été modifiées par quelqu’un d’autre',
  },
  conflict_text: 'Une autre personne a enregistré une valeur différente pendant votre saisie. Choisissez la valeur à garder.',
  conflict_keep_mine: 'Garder mes valeurs',
  conflict_keep_theirs: 'Garder les siennes',
  conflict_cell: 'Pour',
  conflict_mine: 'Ma valeur',
  conflict_theirs: 'La sienne',
  conflict_later: 'Décider plus tard',
  conflict_apply: 'Enregistrer ces choix',
};
