/* Words shared by the screens of one learner. The same keys stand in fr. */
export default {
  tabs: 'Screens of the learner',
  tab_dashboard: 'Dashboard',
  tab_draft: 'Assessment in preparation',
  tab_interims: 'Interim assessments',
  tab_grading: 'Grades of the class',
  tab_class: 'Class view',
  track_school: 'School status',
  track_apprentice: 'Apprentice',
  no_class: 'No class',
  no_learner: 'No learner to show: choose a class, or ask the administrator to import the learners.',
  undo: 'Undo',

  pos_none: 'not positioned',
  pos_legend: 'Signs of positions',
  pos_after: ', validated on {date} by {author}',
  interim_findings: 'Findings',
  interim_advice: 'Advice',
  pos_box: 'Position {code}: {position}',
  bi: 'BI',
  bi_open: 'Preview the interim assessment',
  bi_left: {
    one: 'One competency is left to position',
    other: '{n} competencies are left to position',
  },
};
