/* Words of results side by side. The same keys stand in en. */
export default {
  dash_whole: 'Compétence évaluée en entier',
  dash_no_result: 'Aucun résultat avec ces filtres.',
  dash_bar: 'À gauche : déjà pris dans un bilan. À droite : pas encore.',
};
