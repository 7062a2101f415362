#include <string.h>

#include "header.h"
#include "json.h"
#include "problem.h"
#include "route.h"

/* clang-format off */
static const struct problem problems[] = {
	[FAULT_NONE] = { 200, "none", { "", "" }, { "", "" } },
	[FAULT_JSON] = { 400, "invalid-json",
	    { "JSON illisible",
	        "Unreadable JSON" },
	    { "Corrigez le corps de la requête : il doit être un objet JSON.",
	        "Correct the body: it must be one JSON object." } },
	[FAULT_UTF8] = { 400, "invalid-utf8",
	    { "Texte mal codé",
	        "Badly encoded text" },
	    { "Envoyez le texte en UTF-8, sans caractère nul.",
	        "Send text in UTF-8 without NUL characters." } },
	[FAULT_KEY_TWICE] = { 400, "duplicate-key",
	    { "Membre en double",
	        "Duplicate member" },
	    { "Chaque nom ne peut figurer qu'une fois dans un objet JSON.",
	        "Each name may stand only once in a JSON object." } },
	[FAULT_PARAMETER] = { 400, "invalid-parameter",
	    { "Paramètre invalide",
	        "Invalid parameter" },
	    { "Vérifiez le nom et la valeur du paramètre indiqué.",
	        "Check the name and value of the parameter named." } },
	[FAULT_FIELD] = { 400, "invalid-parameter",
	    { "Champ inconnu",
	        "Unknown field" },
	    { "Retirez le champ indiqué : il n'existe pas ou n'est pas modifiable.",
	        "Remove the field named: it does not exist or cannot be set." } },
	[FAULT_VALUE] = { 422, "validation",
	    { "Valeur refusée",
	        "Value refused" },
	    { "Corrigez les champs indiqués, puis recommencez.",
	        "Correct the fields named, then try again." } },
	[FAULT_METHOD] = { 405, "method-not-allowed",
	    { "Action impossible ici",
	        "Method not allowed" },
	    { "Les actions possibles sont dans l'en-tête Allow.",
	        "The Allow header lists what can be done." } },
	[FAULT_ACCEPT] = { 406, "not-acceptable",
	    { "Format non disponible",
	        "Format not available" },
	    { "Demandez un des formats documentés pour cette adresse.",
	        "Ask for one of the formats documented for this address." } },
	[FAULT_MEDIA] = { 415, "unsupported-media-type",
	    { "Type de contenu non accepté",
	        "Unsupported content type" },
	    { "Envoyez le type de contenu documenté pour cette adresse.",
	        "Send the content type documented for this address." } },
	[FAULT_LARGE] = { 413, "too-large",
	    { "Envoi trop volumineux",
	        "Too large" },
	    { "Réduisez la taille de l'envoi.",
	        "Send less at a time." } },
	[FAULT_URI_LONG] = { 414, "uri-too-long",
	    { "Adresse trop longue",
	        "Address too long" },
	    { "Raccourcissez l'adresse.",
	        "Shorten the address." } },
	[FAULT_HEADERS] = { 431, "headers-too-large",
	    { "Trop d'en-têtes",
	        "Too many headers" },
	    { "Envoyez moins d'en-têtes.",
	        "Send fewer header lines." } },
	[FAULT_SHAPE] = { 400, "invalid-parameter",
	    { "Requête refusée",
	        "Request refused" },
	    { "Vérifiez l'adresse et la forme de la requête.",
	        "Check the address and the form of the request." } },
	[FAULT_LENGTH] = { 411, "invalid-parameter",
	    { "Longueur non indiquée",
	        "Length not given" },
	    { "Indiquez la longueur du corps dans l'en-tête Content-Length.",
	        "Give the length of the body in Content-Length." } },
	[FAULT_VERSION] = { 505, "invalid-parameter",
	    { "Version de HTTP inconnue",
	        "Unknown version of HTTP" },
	    { "Envoyez la requête en HTTP/1.1.",
	        "Send the request as HTTP/1.1." } },
	[FAULT_SESSION] = { 401, "unauthenticated",
	    { "Connexion nécessaire",
	        "Sign-in needed" },
	    { "Connectez-vous : vous n'êtes pas connecté ou la session a expiré.",
	        "Sign in: you are not signed in, or the session has ended." } },
	[FAULT_CREDENTIALS] = { 401, "unauthenticated",
	    { "Identifiant ou mot de passe incorrect",
	        "Wrong login or password" },
	    { "Vérifiez l'identifiant et le mot de passe, puis recommencez.",
	        "Check the login and the password, then try again." } },
	[FAULT_ROLE] = { 403, "forbidden",
	    { "Action non autorisée",
	        "Not allowed" },
	    { "Votre rôle ne permet pas cette action.",
	        "Your role does not allow this." } },
	[FAULT_CSRF] = { 403, "csrf",
	    { "Requête non vérifiée",
	        "Request not verified" },
	    { "Rechargez la page, puis recommencez.",
	        "Reload the page, then try again." } },
	[FAULT_SCOPE] = { 403, "insufficient-scope",
	    { "Accès insuffisant",
	        "Insufficient scope" },
	    { "Demandez à l'établissement un accès avec ce droit.",
	        "Ask the school for an access with this right." } },
	[FAULT_ADDRESS] = { 403, "address-refused",
	    { "Adresse non autorisée",
	        "Address refused" },
	    { "Cet accès n'est pas ouvert à cette adresse.",
	        "This access is not open to this address." } },
	[FAULT_RATE] = { 429, "rate-limited",
	    { "Trop de demandes",
	        "Too many requests" },
	    { "Patientez, puis recommencez.",
	        "Wait, then try again." } },
	[FAULT_CODE_WRONG] = { 422, "code-wrong",
	    { "Code d'activation incorrect",
	        "Wrong activation code" },
	    { "Vérifiez l'identifiant et le code : seul le dernier code remis fonctionne.",
	        "Check the login and the code: only the last code issued works." } },
	[FAULT_CODE_USED] = { 410, "code-used",
	    { "Code d'activation déjà utilisé",
	        "Activation code already used" },
	    { "Connectez-vous avec votre mot de passe, ou demandez un nouveau code.",
	        "Sign in with your password, or ask for a new code." } },
	[FAULT_CODE_EXPIRED] = { 410, "code-expired",
	    { "Code d'activation périmé",
	        "Activation code expired" },
	    { "Demandez un nouveau code à l'établissement.",
	        "Ask the school for a new code." } },
	[FAULT_EXPORTS] = { 429, "export-limit",
	    { "Trop d'exports",
	        "Too many exports" },
	    { "Vous avez exporté trop de classes ou de listes en une heure :"
	      " patientez. Cette demande est tracée.",
	        "You have exported too many classes or lists within an hour: wait."
	        " This request is traced." } },
	[FAULT_SUSPENDED] = { 403, "school-suspended",
	    { "Établissement suspendu",
	        "School suspended" },
	    { "L'accès à votre établissement est suspendu ; ses données sont"
	      " conservées. Adressez-vous à sa direction.",
	        "Access to your school is suspended; its data are kept. Ask its"
	        " management." } },
	[FAULT_SCHOOL] = { 409, "school-needed",
	    { "Établissement à choisir",
	        "School needed" },
	    { "Vous avez un compte dans plusieurs établissements : choisissez"
	      " celui où vous connecter.",
	        "You have an account in several schools: choose the one to sign"
	        " in to." } },
	[FAULT_ABSENT] = { 404, "not-found",
	    { "Introuvable",
	        "Not found" },
	    { "Cet élément n'existe pas ou ne vous est pas accessible.",
	        "There is no such thing, or it is not for you to see." } },
	[FAULT_GONE] = { 410, "gone",
	    { "Retiré",
	        "Withdrawn" },
	    { "Cet élément a été retiré.",
	        "This has been withdrawn." } },
	[FAULT_CONFLICT] = { 409, "conflict",
	    { "Contradiction avec l'existant",
	        "Conflict" },
	    { "Rechargez pour voir l'état actuel, puis recommencez.",
	        "Reload to see how things stand, then try again." } },
	[FAULT_DUPLICATE] = { 409, "duplicate",
	    { "Existe déjà",
	        "Already there" },
	    { "Utilisez l'élément existant ou changez ce qui le distingue.",
	        "Use the existing one, or change what tells them apart." } },
	[FAULT_BUSY] = { 409, "in-progress",
	    { "Modification en cours",
	        "Being changed" },
	    { "Quelqu'un modifie la même chose en ce moment : recommencez dans un instant.",
	        "Somebody is changing the same thing: try again in a moment." } },
	[FAULT_STALE] = { 412, "stale",
	    { "Modifié entre-temps",
	        "Changed meanwhile" },
	    { "Quelqu'un a enregistré depuis votre lecture : rechargez, puis reprenez votre saisie.",
	        "Somebody saved since you read this: reload, then enter yours again." } },
	[FAULT_NO_REVISION] = { 428, "precondition-required",
	    { "Version non indiquée",
	        "Revision not given" },
	    { "Indiquez la version lue dans l'en-tête If-Match.",
	        "Give the revision you read in If-Match." } },
	[FAULT_LOCKED] = { 423, "locked",
	    { "Bilan confirmé : modification impossible",
	        "Locked by a confirmed assessment" },
	    { "Seul le DDFPT peut débloquer le bilan intermédiaire qui l'a pris en compte.",
	        "Only the DDFPT can unlock the interim assessment that took it into account." } },
	[FAULT_KEY_BODY] = { 422, "idempotency-mismatch",
	    { "Clé déjà utilisée",
	        "Key already used" },
	    { "Cette clé Idempotency-Key a servi pour une autre demande : prenez-en une nouvelle.",
	        "This Idempotency-Key was used for another request: take a new one." } },
	[FAULT_KEY_BUSY] = { 409, "in-progress",
	    { "Demande en cours",
	        "Still running" },
	    { "La même demande est en cours : recommencez dans un instant.",
	        "The same request is still running: try again in a moment." } },
	[FAULT_CONFIRM_WORD] = { 422, "confirmation-word",
	    { "Mot de confirmation attendu",
	        "Confirmation word expected" },
	    { "Tapez exactement CONFIRMATION, en capitales.",
	        "Type exactly CONFIRMATION, in capitals." } },
	[FAULT_POSITION_MISSING] = { 422, "validation",
	    { "Compétence sans positionnement",
	        "Competency without a position" },
	    { "Positionnez chaque compétence : « NE » compte comme un positionnement.",
	        "Give every competency a position: NE counts as one." } },
	[FAULT_POSITION_SHAPE] = { 422, "validation",
	    { "Positionnement incomplet",
	        "Incomplete position" },
	    { "Un niveau va avec un objectif ; « NE » n'en a pas.",
	        "A level goes with an objective; NE has none." } },
	[FAULT_NOT_CONFIRMED] = { 409, "conflict",
	    { "Bilan non confirmé",
	        "Not confirmed" },
	    { "Ce bilan est déjà débloqué : il n'y a rien à débloquer.",
	        "This assessment is already unlocked." } },
	[FAULT_REASON] = { 422, "validation",
	    { "Motif obligatoire",
	        "Reason needed" },
	    { "Indiquez pourquoi le bilan est débloqué.",
	        "Say why the assessment is unlocked." } },
	[FAULT_EXPIRY] = { 422, "validation",
	    { "Date de fin invalide",
	        "Invalid end date" },
	    { "Indiquez une date de fin à venir, dans les 92 jours.",
	        "Give an end date to come, within 92 days." } },
	[FAULT_WEIGHT_RANGE] = { 422, "validation",
	    { "Pondération hors limites",
	        "Weight out of range" },
	    { "Une pondération va de 0 à 100 %, avec deux décimales au plus.",
	        "A weight goes from 0 to 100 % with two decimals at most." } },
	[FAULT_WEIGHT_NE] = { 422, "validation",
	    { "Pondération sur une compétence non évaluée",
	        "Weight on a competency not assessed" },
	    { "Retirez la pondération de la compétence « NE ».",
	        "Remove the weight from the competency marked NE." } },
	[FAULT_WEIGHT_SUM] = { 422, "weights-not-100",
	    { "Les pondérations ne font pas 100 %",
	        "Weights do not make 100 %" },
	    { "Répartissez exactement 100 %.",
	        "Share out exactly 100 %." } },
	[FAULT_WEIGHT_OVER] = { 422, "weights-not-100",
	    { "Plus de 100 % répartis",
	        "More than 100 % shared out" },
	    { "Diminuez une pondération : le total dépasse 100 %.",
	        "Lower a weight: the total is over 100 %." } },
	[FAULT_PROFILE] = { 409, "profile-mismatch",
	    { "Profils différents",
	        "Different profiles" },
	    { "Les mêmes compétences doivent être évaluées chez les deux apprenants.",
	        "Both learners must have the same competencies assessed." } },
	[FAULT_MODEL] = { 409, "conflict",
	    { "Pas de pondération modèle",
	        "No model weights" },
	    { "Le référentiel ne donne pas de pondération modèle : répartissez à la main.",
	        "The framework gives no model weights: share them out by hand." } },
	[FAULT_NOT_GRADABLE] = { 409, "conflict",
	    { "Bilan non notable",
	        "Nothing to grade" },
	    { "Aucune compétence n'est évaluée dans ce bilan.",
	        "No competency was assessed." } },
	[FAULT_NOT_LATEST] = { 409, "conflict",
	    { "Ce n'est pas le dernier bilan",
	        "Not the last assessment" },
	    { "Seul le dernier bilan de l'apprenant peut être noté.",
	        "Only the learner's last assessment can be graded." } },
	[FAULT_XML_MALFORMED] = { 422, "xml_malformed",
	    { "Fichier XML illisible",
	        "Unreadable XML file" },
	    { "Exportez à nouveau le fichier depuis SIECLE ou STSWEB.",
	        "Export the file again from SIECLE or STSWEB." } },
	[FAULT_XML_DOCTYPE] = { 422, "xml_doctype",
	    { "Fichier XML refusé",
	        "XML file refused" },
	    { "Un export authentique ne contient pas de DOCTYPE.",
	        "A genuine export holds no DOCTYPE." } },
	[FAULT_XML_LIMIT] = { 422, "xml_limit",
	    { "Fichier XML hors limites",
	        "XML file out of bounds" },
	    { "Un export authentique est plus petit : exportez-le à nouveau.",
	        "A genuine export is smaller: export it again." } },
	[FAULT_ENCODING] = { 422, "encoding_unsupported",
	    { "Codage inconnu",
	        "Unknown encoding" },
	    { "Exportez à nouveau le fichier sans le modifier.",
	        "Export the file again and leave it as it is." } },
	[FAULT_ENCODING_SUSPECT] = { 409, "suspect_encoding",
	    { "Accents douteux",
	        "Suspicious accents" },
	    { "Vérifiez les noms affichés, puis confirmez ou exportez à nouveau.",
	        "Check the names shown, then confirm or export again." } },
	[FAULT_HTML_PAGE] = { 422, "html_page",
	    { "Page web au lieu d'un fichier",
	        "Web page instead of a file" },
	    { "La session du portail avait expiré : reconnectez-vous et exportez à nouveau.",
	        "The portal session had ended: sign in there and export again." } },
	[FAULT_WRONG_FILE] = { 422, "wrong_file",
	    { "Mauvais fichier",
	        "Wrong file" },
	    { "Donnez le fichier demandé.",
	        "Give the file asked for." } },
	[FAULT_NO_UAI] = { 422, "no_uai",
	    { "Établissement absent du fichier",
	        "No school in the file" },
	    { "Exportez à nouveau le fichier : il ne dit pas de quel établissement il vient.",
	        "Export the file again: it does not say which school it is from." } },
	[FAULT_NO_YEAR] = { 422, "no_year",
	    { "Année scolaire absente du fichier",
	        "No school year in the file" },
	    { "Exportez à nouveau le fichier : il ne dit pas de quelle année il est.",
	        "Export the file again: it does not say which year it is for." } },
	[FAULT_OTHER_SCHOOL] = { 409, "other_school",
	    { "Fichier d'un autre établissement",
	        "File of another school" },
	    { "Donnez le fichier de votre établissement.",
	        "Give the file of your own school." } },
	[FAULT_OTHER_YEAR] = { 409, "other_year",
	    { "Fichier d'une autre année",
	        "File of another year" },
	    { "Donnez le fichier de l'année en cours.",
	        "Give the file of the current year." } },
	[FAULT_NO_STRUCTURES] = { 422, "no_structures",
	    { "Aucune affectation en classe",
	        "No class assignments" },
	    { "SIECLE n'exporte les affectations que le lendemain : exportez à nouveau.",
	        "SIECLE exports assignments only the next day: export again." } },
	[FAULT_MASS_DEPARTURE] = { 409, "mass_departure",
	    { "Départ massif",
	        "Mass departure" },
	    { "Vérifiez le fichier : beaucoup de personnes disparaîtraient. Confirmez si c'est voulu.",
	        "Check the file: many people would leave. Confirm if it is meant." } },
	[FAULT_OLDER_EXPORT] = { 409, "older_export",
	    { "Export plus ancien",
	        "Older export" },
	    { "Un export plus récent a déjà été importé. Confirmez si c'est voulu.",
	        "A later export was imported already. Confirm if it is meant." } },
	[FAULT_STAFF_FIRST] = { 409, "staff_first",
	    { "Personnels d'abord",
	        "Staff first" },
	    { "Importez d'abord le fichier sts_emp des personnels.",
	        "Import the sts_emp staff file first." } },
	[FAULT_PREVIEW_STALE] = { 409, "conflict",
	    { "Aperçu dépassé",
	        "Preview out of date" },
	    { "Les données ont changé depuis l'analyse : analysez à nouveau les fichiers.",
	        "Data changed since the analysis: analyse the files again." } },
	[FAULT_INTERRUPTED] = { 503, "interrupted",
	    { "Travail interrompu",
	        "Interrupted" },
	    { "Le serveur s'est arrêté pendant ce travail : rien n'a été écrit. Recommencez.",
	        "The server stopped during this work: nothing was written. Try again." } },
	[FAULT_GIVEN_TWICE] = { 422, "file_twice",
	    { "Fichier en double",
	        "File given twice" },
	    { "Donnez un seul fichier de chaque sorte.",
	        "Give one file of each kind." } },
	[FAULT_ZIP_BAD] = { 422, "zip_bad",
	    { "Archive ZIP illisible",
	        "Unreadable ZIP archive" },
	    { "Refaites l'export, ou envoyez les fichiers XML.",
	        "Export again, or send the XML files." } },
	[FAULT_ZIP_ENCRYPTED] = { 422, "zip_encrypted",
	    { "Archive ZIP protégée",
	        "Encrypted ZIP archive" },
	    { "Enlevez le mot de passe, ou envoyez les fichiers XML.",
	        "Remove the password, or send the XML files." } },
	[FAULT_ZIP_AMBIGUOUS] = { 422, "zip_ambiguous",
	    { "Archive ZIP ambiguë",
	        "Ambiguous ZIP archive" },
	    { "N'y laissez qu'un fichier de chaque sorte.",
	        "Leave one file of each kind in it." } },
	[FAULT_ZIP_NO_XML] = { 422, "zip_no_xml",
	    { "Archive ZIP sans fichier à importer",
	        "ZIP archive with nothing to import" },
	    { "Mettez-y les fichiers XML de SIECLE ou de STSWEB.",
	        "Put the XML files of SIECLE or STSWEB in it." } },
	[FAULT_ZIP_LIMIT] = { 422, "zip_limit",
	    { "Archive ZIP hors limites",
	        "ZIP archive out of bounds" },
	    { "Un export authentique est plus petit : exportez-le à nouveau.",
	        "A genuine export is smaller: export it again." } },
	[FAULT_TERM_CLOSED] = { 409, "period_closed",
	    { "Période close",
	        "Period closed" },
	    { "La période demandée est close.",
	        "The period asked for is closed." } },
	[FAULT_TERM_NONE] = { 409, "no_open_period",
	    { "Aucune période ouverte",
	        "No open period" },
	    { "L'établissement n'a pas de période ouverte à ce jour.",
	        "The school has no open period today." } },
	[FAULT_CURSOR] = { 400, "cursor_invalid",
	    { "Curseur invalide",
	        "Invalid cursor" },
	    { "Reprenez depuis la première page.",
	        "Start again from the first page." } },
	[FAULT_CURSOR_OLD] = { 410, "cursor_expired",
	    { "Curseur expiré",
	        "Cursor expired" },
	    { "Reprenez depuis la première page.",
	        "Start again from the first page." } },
	[FAULT_RESYNC] = { 410, "resync_required",
	    { "Reprise complète nécessaire",
	        "Full pull needed" },
	    { "Reprenez une lecture complète, sans since.",
	        "Pull in full, without since." } },
	[FAULT_UNAVAILABLE] = { 503, "unavailable",
	    { "Service momentanément indisponible",
	        "Temporarily unavailable" },
	    { "Rien n'est perdu : recommencez dans quelques secondes.",
	        "Nothing is lost: try again in a few seconds." } },
	[FAULT_UNKNOWN] = { 503, "outcome-unknown",
	    { "Enregistrement à vérifier",
	        "Outcome unknown" },
	    { "Répétez la même demande avec la même clé : elle ne sera exécutée qu'une fois.",
	        "Repeat the request with the same key: it is carried out only once." } },
	[FAULT_INTERNAL] = { 500, "internal",
	    { "Erreur interne",
	        "Internal error" },
	    { "Recommencez ; si cela persiste, donnez le numéro de la demande au support.",
	        "Try again; if it lasts, give the request number to support." } },
};
/* clang-format on */

_Static_assert(sizeof(problems) / sizeof(problems[0]) == FAULT__MAX,
    "every fault needs its problem");

const struct problem *
problem_of(enum fault fault)
{
	return &problems[fault];
}

/* Words of the partner contract that differ from ours. */
static const char *
problem_code(const struct ctx *c, enum fault fault)
{
	static const struct {
		enum fault fault;
		const char *code;
	} words[] = {
		{ FAULT_ABSENT, "not_found" },
		{ FAULT_METHOD, "method_not_allowed" },
		{ FAULT_ACCEPT, "not_acceptable" },
		{ FAULT_LARGE, "too_large" },
		{ FAULT_URI_LONG, "uri_too_long" },
		{ FAULT_MEDIA, "unsupported_media_type" },
		{ FAULT_HEADERS, "headers_too_large" },
		{ FAULT_KEY_BODY, "idempotency_mismatch" },
		{ FAULT_KEY_BUSY, "in_progress" },
		{ FAULT_BUSY, "in_progress" },
		{ FAULT_CONFLICT, "in_progress" },
		{ FAULT_SCOPE, "scope_missing" },
		{ FAULT_ADDRESS, "address_refused" },
		{ FAULT_RATE, "too_many_requests" },
		{ FAULT_UNAVAILABLE, "maintenance" },
		{ FAULT_UNKNOWN, "outcome_unknown" },
	};
	const struct problem *p = problem_of(fault);
	size_t i;

	if (c->route == NULL || !(c->route->flags & ROUTE_PARTNER))
		return p->code;
	if (p->status == 400 && fault != FAULT_CURSOR)
		return "bad_parameter";
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].fault == fault)
			return words[i].code;
	return p->code;
}

static void
problem_errors(struct ctx *c, struct json *j)
{
	const struct field_error *e;
	const struct problem *p;
	size_t i;

	json_open(j, "errors", '[');
	for (i = 0; i < c->errors_count; i++) {
		e = &c->errors[i];
		p = problem_of(e->fault);
		json_open(j, NULL, '{');
		json_text(j, "pointer", e->pointer);
		json_text(j, "code", p->code);
		json_text(j, "message",
		    e->message != NULL ? e->message : p->title[c->language]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
problem_headers(struct ctx *c, enum fault fault)
{
	if (fault == FAULT_METHOD)
		reply_header(c, "allow", route_methods(c));
	if (problem_of(fault)->status == 401)
		reply_header(c, "www-authenticate", "Bearer realm=\"acquis\"");
	if (problem_of(fault)->status == 503)
		reply_header(c, "retry-after", "2");
	if (fault == FAULT_RATE || fault == FAULT_EXPORTS)
		reply_header(c, "retry-after", "60");
}

void
problem_write(struct ctx *c, struct json *j, enum fault fault)
{
	const struct problem *p = problem_of(fault);

	json_text(j, "type", arena_print(c->arena, "/problems/%s", p->code));
	json_text(j, "title", p->title[c->language]);
	json_int(j, "status", p->status);
	json_text(j, "code", problem_code(c, fault));
	json_text(j, "detail",
	    c->detail != NULL ? c->detail : p->advice[c->language]);
	json_text(j, "instance", c->path);
	json_text(j, "request_id", c->request_id);
	problem_errors(c, j);
	if (c->more != NULL)
		text_print(j->out, ",%s", c->more);
}

void
problem_reply(struct ctx *c, enum fault fault)
{
	struct json j;

	c->reply = (struct reply){ .status = problem_of(fault)->status,
		.type = "application/problem+json; charset=utf-8",
		.body = text_in(c->arena) };
	problem_headers(c, fault);
	j = json_in(&c->reply.body);
	json_open(&j, NULL, '{');
	problem_write(c, &j, fault);
	json_close(&j, '}');
}
