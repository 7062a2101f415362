/* Words of results side by side. The same keys stand in fr. */
export default {
  dash_whole: 'Competency assessed as a whole',
  dash_no_result: 'No result with these filters.',
  dash_bar: 'Left: already taken into an interim assessment. Right: not yet.',
};
