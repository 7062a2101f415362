/* Words shared by the screens of one learner. The same keys stand in en. */
export default {
  tabs: 'Écrans de l’apprenant',
  tab_dashboard: 'Tableau de bord',
  tab_draft: 'Bilan en préparation',
  tab_interims: 'Bilans',
  tab_grading: 'Notes de la classe',
  tab_class: 'Vue classe',
  track_school: 'Statut scolaire',
  track_apprentice: 'Apprenti',
  no_class: 'Sans classe',
  no_learner: 'Aucun apprenant à afficher : choisissez une classe, ou demandez à l’administrateur d’importer les élèves.',
  undo: 'Annuler',

  pos_none: 'non positionnée',
  pos_legend: 'Légende des positionnements',
  pos_after: ', validé le {date} par {author}',
  interim_findings: 'Constats',
  interim_advice: 'Conseils',
  pos_box: 'Positionner {code} : {position}',
  bi: 'BI',
  bi_open: 'Prévisualiser le bilan intermédiaire',
  bi_left: {
    one: 'Reste une compétence à positionner',
    other: 'Restent {n} compétences à positionner',
  },
};
