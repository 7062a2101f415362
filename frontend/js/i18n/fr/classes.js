/* Words of the view of a class. The same keys stand in en. */
export default {
  class_table: 'Dernier positionnement de chaque apprenant, par compétence',
  class_cell: '{name}, {code} : {position}',
  class_count: { one: '{n} apprenant', other: '{n} apprenants' },
  class_interim: 'Dernier bilan',
  class_no_interim: 'pas de bilan',
  class_unlocked: 'débloqué',
  class_tutors: 'Tuteurs en entreprise',
  class_grade: 'Noter le dernier bilan des apprenants',
  class_pdf: 'Imprimer le dernier bilan des apprenants',
  class_empty: 'Cette classe n’a pas d’apprenant. L’administrateur les importe depuis SIECLE.',
  class_none: 'Aucune classe ne vous est ouverte. L’administrateur importe les classes et les services depuis SIECLE et STSWEB.',
  class_no_diploma: 'Cette classe n’est pas encore rattachée à un diplôme : l’administrateur le choisit lors de l’import.',
};
