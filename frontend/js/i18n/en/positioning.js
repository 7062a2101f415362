/* Words of who prepares positions. The same keys stand in fr. */
export default {
  undone: 'Last position undone.',
  pos_choose: 'Choose the position',
  pos_level: 'Level',
  pos_keys: 'Keyboard: 1 to 4 for terminal objectives, Shift + 1 to 4 for intermediate ones, N for NE.',
  pos_clear: 'Take the position off',
  pos_set: '{code}: {position}.',
  pos_undo: 'Undo the last position',
  pos_results: {
    one: 'One result since the last interim assessment.',
    other: '{n} results since the last interim assessment.',
  },
  bi_missing: {
    one: 'One competency is left to position: {codes}.',
    other: '{n} competencies are left to position: {codes}.',
  },
  bi_hidden_title: {
    one: 'One hidden competency has no position',
    other: '{n} hidden competencies have no position',
  },
  bi_hidden_text: {
    one: 'The unit filter hides {codes}. It will be set to “not evaluated” (NE) in this assessment. You can still change it before confirming.',
    other: 'The unit filter hides {codes}. These {n} competencies will be set to “not evaluated” (NE) in this assessment. You can still change them before confirming.',
  },
  bi_hidden_agree: {
    one: 'Set it to NE and go on',
    other: 'Set them to NE ({n}) and go on',
  },
};
