/* Words of who prepares positions. The same keys stand in en. */
export default {
  undone: 'Dernier positionnement annulé.',
  pos_choose: 'Choisir le positionnement',
  pos_level: 'Niveau',
  pos_keys: 'Au clavier : 1 à 4 pour les objectifs terminaux, Maj + 1 à 4 pour les objectifs intermédiaires, N pour NE.',
  pos_clear: 'Retirer la position',
  pos_set: '{code} : {position}.',
  pos_undo: 'Annuler la dernière position',
  pos_results: {
    one: 'Un résultat depuis le dernier bilan.',
    other: '{n} résultats depuis le dernier bilan.',
  },
  bi_missing: {
    one: 'Reste une compétence à positionner : {codes}.',
    other: 'Restent {n} compétences à positionner : {codes}.',
  },
  bi_hidden_title: {
    one: 'Une compétence masquée n’a pas de position',
    other: '{n} compétences masquées n’ont pas de position',
  },
  bi_hidden_text: {
    one: 'Le filtre par unité masque {codes}. Elle sera mise à « non évaluée » (NE) dans ce bilan. Vous pourrez encore la changer avant de confirmer.',
    other: 'Le filtre par unité masque {codes}. Ces {n} compétences seront mises à « non évaluée » (NE) dans ce bilan. Vous pourrez encore les changer avant de confirmer.',
  },
  bi_hidden_agree: {
    one: 'La mettre à NE et continuer',
    other: 'Les mettre à NE ({n}) et continuer',
  },
};
