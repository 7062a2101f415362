export default {
  sign_in: 'Se connecter',
  sign_in_busy: 'Connexion…',
  sign_in_title: 'Ce que chacun sait vraiment faire',
  sign_in_text: 'Acquis suit les compétences des apprenants de la voie professionnelle, de l’atelier au bilan.',
  sign_in_wrong: 'Identifiant ou mot de passe incorrect.',
  sign_in_forgotten: 'Mot de passe oublié ? L’administrateur de l’établissement peut en donner un nouveau.',
  login: 'Identifiant',
  password: 'Mot de passe',
  password_show: 'Afficher le mot de passe',
  school_several: 'J’ai un compte dans plusieurs établissements',
  school_uai: 'Code de l’établissement (UAI)',
  school_uai_hint: 'Sept chiffres et une lettre, par exemple 0999001W.',
};
