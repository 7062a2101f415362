/* Words of the view of a class. The same keys stand in fr. */
export default {
  class_table: 'Last position of every learner, by competency',
  class_cell: '{name}, {code}: {position}',
  class_count: { one: '{n} learner', other: '{n} learners' },
  class_interim: 'Last assessment',
  class_no_interim: 'none',
  class_unlocked: 'unlocked',
  class_tutors: 'Company tutors',
  class_grade: 'Grade the last assessment of the learners',
  class_pdf: 'Print the last assessment of the learners',
  class_empty: 'This class has no learner. The administrator imports them from SIECLE.',
  class_none: 'No class is open to you. The administrator imports classes and services from SIECLE and STSWEB.',
  class_no_diploma: 'This class is not tied to a diploma yet: the administrator chooses it when importing.',
};
