#include <stddef.h>
#include <string.h>

#include "letter_words.h"

/* clang-format off */
static const struct letter_words all[] = {
	{ "reset", "/#/reset/", { {
	    "Choisir un nouveau mot de passe",
	    "Bonjour {name},\n\n"
	    "Un nouveau mot de passe a été demandé pour votre compte {login} de"
	    " {school}. Pour le choisir, ouvrez ce lien dans l'heure :\n\n"
	    "{link}\n\n"
	    "Il ne sert qu'une fois. Si vous n'avez rien demandé, ne faites"
	    " rien : votre mot de passe reste le même.\n" }, {
	    "Choose a new password",
	    "Hello {name},\n\n"
	    "A new password was asked for your account {login} at {school}."
	    " To choose it, open this link within the hour:\n\n"
	    "{link}\n\n"
	    "It works once. If you asked for nothing, do nothing: your password"
	    " stays the same.\n" } } },
	{ "email_confirm", "/#/email/", { {
	    "Confirmer votre adresse électronique",
	    "Bonjour {name},\n\n"
	    "Pour que cette adresse devienne celle de votre compte {login} de"
	    " {school}, ouvrez ce lien dans la journée :\n\n"
	    "{link}\n\n"
	    "Si vous ne connaissez pas ce compte, ne faites rien.\n" }, {
	    "Confirm your e-mail address",
	    "Hello {name},\n\n"
	    "For this address to become that of your account {login} at"
	    " {school}, open this link within a day:\n\n"
	    "{link}\n\n"
	    "If you do not know this account, do nothing.\n" } } },
	{ "email_asked", NULL, { {
	    "Une autre adresse a été demandée pour votre compte",
	    "Bonjour {name},\n\n"
	    "Une autre adresse électronique a été demandée pour votre compte"
	    " {login} de {school}. Elle remplacera celle-ci quand elle aura été"
	    " confirmée.\n\n"
	    "Si ce n'est pas vous, changez votre mot de passe tout de suite :\n"
	    "{site}/\n" }, {
	    "Another address was asked for your account",
	    "Hello {name},\n\n"
	    "Another e-mail address was asked for your account {login} at"
	    " {school}. It will replace this one once it is confirmed.\n\n"
	    "If it was not you, change your password at once:\n"
	    "{site}/\n" } } },
	{ "email_changed", NULL, { {
	    "L'adresse de votre compte a changé",
	    "Bonjour {name},\n\n"
	    "Cette adresse n'est plus celle de votre compte {login} de"
	    " {school}.\n\n"
	    "Si ce n'est pas vous, prévenez votre établissement.\n" }, {
	    "The address of your account has changed",
	    "Hello {name},\n\n"
	    "This address is no longer that of your account {login} at"
	    " {school}.\n\n"
	    "If it was not you, tell your school.\n" } } },
	{ "password_changed", NULL, { {
	    "Votre mot de passe a changé",
	    "Bonjour {name},\n\n"
	    "Le mot de passe de votre compte {login} de {school} vient de"
	    " changer. Les autres appareils ont été déconnectés.\n\n"
	    "Si ce n'est pas vous, prévenez votre établissement.\n" }, {
	    "Your password has changed",
	    "Hello {name},\n\n"
	    "The password of your account {login} at {school} has just changed."
	    " Other devices were signed out.\n\n"
	    "If it was not you, tell your school.\n" } } },
	{ "new_device", NULL, { {
	    "Connexion depuis un nouvel appareil",
	    "Bonjour {name},\n\n"
	    "Votre compte {login} de {school} vient d'être ouvert depuis un"
	    " appareil qui ne l'avait jamais été.\n"
	    "Appareil : {detail}\n\n"
	    "Si ce n'est pas vous, changez votre mot de passe, puis retirez cet"
	    " appareil dans « Mon compte » :\n"
	    "{site}/\n" }, {
	    "Sign-in from a new device",
	    "Hello {name},\n\n"
	    "Your account {login} at {school} has just been opened from a device"
	    " it never was before.\n"
	    "Device: {detail}\n\n"
	    "If it was not you, change your password, then remove this device in"
	    " \"My account\":\n"
	    "{site}/\n" } } },
	{ "second_factor_on", NULL, { {
	    "Double authentification activée",
	    "Bonjour {name},\n\n"
	    "Votre compte {login} de {school} demande désormais un code de votre"
	    " téléphone à chaque connexion.\n\n"
	    "Si ce n'est pas vous, prévenez votre établissement.\n" }, {
	    "Second factor turned on",
	    "Hello {name},\n\n"
	    "Your account {login} at {school} now asks for a code from your"
	    " phone at each sign-in.\n\n"
	    "If it was not you, tell your school.\n" } } },
	{ "second_factor_off", NULL, { {
	    "Double authentification retirée",
	    "Bonjour {name},\n\n"
	    "Votre compte {login} de {school} ne demande plus de code à la"
	    " connexion.\n\n"
	    "Si ce n'est pas vous, changez votre mot de passe et prévenez votre"
	    " établissement.\n" }, {
	    "Second factor removed",
	    "Hello {name},\n\n"
	    "Your account {login} at {school} no longer asks for a code at"
	    " sign-in.\n\n"
	    "If it was not you, change your password and tell your school.\n" } } },
	{ "token_made", NULL, { {
	    "Un jeton d'accès a été créé",
	    "Bonjour {name},\n\n"
	    "Un jeton pour des programmes a été créé sur votre compte {login} de"
	    " {school}.\n"
	    "Nom : {detail}\n\n"
	    "Si ce n'est pas vous, retirez-le dans « Mon compte » et changez"
	    " votre mot de passe :\n"
	    "{site}/\n" }, {
	    "An access token was made",
	    "Hello {name},\n\n"
	    "A token for programs was made on your account {login} at"
	    " {school}.\n"
	    "Name: {detail}\n\n"
	    "If it was not you, revoke it in \"My account\" and change your"
	    " password:\n"
	    "{site}/\n" } } },
	{ "test", NULL, { {
	    "Message d'essai",
	    "Bonjour {name},\n\n"
	    "Ce message montre que {school} envoie bien du courrier depuis"
	    " {site}/.\n" }, {
	    "Test message",
	    "Hello {name},\n\n"
	    "This message shows that {school} does send mail from {site}/.\n" } } },
};
/* clang-format on */

const struct letter_words *
letter_words(const char *template)
{
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].template, template) == 0)
			return &all[i];
	return NULL;
}
