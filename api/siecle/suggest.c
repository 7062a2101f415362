#include <string.h>

#include "suggest.h"

/* ASCII capitals and digits; anything else ends a word. */
static const char *
simple(struct arena *a, const char *text)
{
	char *out;
	size_t n;

	if (text == NULL)
		return "";
	out = arena_text(a, text);
	n = strlen(out);
	for (size_t i = 0; i < n; i++) {
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
		else if (!(out[i] >= 'A' && out[i] <= 'Z') &&
			 !(out[i] >= '0' && out[i] <= '9'))
			out[i] = ' ';
	}
	return out;
}

/* Frameworks by the words that give them away, the surest first. */
static const struct {
	const char *word, *and; /* both must be there */
	const char *framework;
} frameworks[] = {
	{ "CAP", "ELECTRICIEN", "cap-electricien" },
	{ "CAP", "ELEC", "cap-electricien" },
	{ "MELEC", "", "bacpro-melec" },
	{ "METIERS", "ELECTRICITE", "bacpro-melec" },
	{ "MCV", " A ", "bacpro-mcv-a" },
	{ "MCV", " B ", "bacpro-mcv-b" },
	{ "COMMERCE", " A ", "bacpro-mcv-a" },
	{ "COMMERCE", " B ", "bacpro-mcv-b" },
	{ "GESTION ADMINISTRATION", "", "bacpro-ga" },
};

static const char *
framework_of(const char *words)
{
	for (size_t i = 0; i < sizeof(frameworks) / sizeof(frameworks[0]); i++)
		if (strstr(words, frameworks[i].word) != NULL &&
		    strstr(words, frameworks[i].and) != NULL)
			return frameworks[i].framework;
	return NULL;
}

/* A MEF ends in duration, year, 0: 24799901310 is the first of three years. */
static const char *
level_of_mef(const char *mef)
{
	static const struct {
		const char *end, *level;
	} levels[] = {
		{ "31", "2nde" },
		{ "32", "1re" },
		{ "33", "Tle" },
		{ "21", "CAP1" },
		{ "22", "CAP2" },
	};

	if (mef == NULL || strlen(mef) != 11)
		return NULL;
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (memcmp(mef + 8, levels[i].end, 2) == 0)
			return levels[i].level;
	return NULL;
}

static const char *
level_of_words(const char *words)
{
	static const struct {
		const char *word, *and, *level;
	} levels[] = {
		{ "CAP", "2EME ANNEE", "CAP2" },
		{ "CAP", "2E ANNEE", "CAP2" },
		{ "CAP", "1ERE ANNEE", "CAP1" },
		{ "CAP", "1RE ANNEE", "CAP1" },
		{ "SECONDE", "", "2nde" },
		{ "2NDE", "", "2nde" },
		{ "PREMIERE", "", "1re" },
		{ "1ERE", "", "1re" },
		{ "TERMINALE", "", "Tle" },
		{ "TLE", "", "Tle" },
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (strstr(words, levels[i].word) != NULL &&
		    strstr(words, levels[i].and) != NULL)
			return levels[i].level;
	return NULL;
}

struct suggestion
suggest(struct arena *a, const char *code, const char *label, const char *mef,
    const char *mef_label)
{
	struct suggestion out;
	const char *words;

	words = arena_print(a, " %s  %s  %s ", simple(a, code),
	    simple(a, label), simple(a, mef_label));
	out.framework = framework_of(words);
	out.level = level_of_mef(mef);
	if (out.level == NULL)
		out.level = level_of_words(words);
	return out;
}
