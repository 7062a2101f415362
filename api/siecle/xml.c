#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <expat.h>
#include "xml_own.h"
#include "zip.h"

/* What expat is given at once. */
#define CHUNK (64 << 10)

#define SUSPECTS_SHOWN 3

struct xml {
	struct arena *arena;
	size_t arena_before;
	const struct xml_reader *reader;
	const struct siecle_input *in;
	XML_Parser parser; /* once the first bytes have been seen */
	long long fed;     /* bytes */
	struct siecle_problem problem;

	char path[XML_DEPTH_MAX * (XML_NAME_MAX + 1) + 1];
	size_t path_length;
	size_t ends[XML_DEPTH_MAX + 1]; /* of the path, at each depth */
	int depth;
	long elements;
	bool stopped;
	const char **attributes; /* only while an element opens */

	char text[XML_TEXT_MAX + 1];
	size_t text_length;

	const char *suspects[SUSPECTS_SHOWN];
	size_t suspect_count;
	int suspect_line;
};

struct arena *
xml_arena(const struct xml *x)
{
	return x->arena;
}

void
xml_refuse(struct xml *x, enum fault fault, struct words detail)
{
	if (x->problem.fault != FAULT_NONE)
		return;
	x->problem.fault = fault;
	x->problem.line = (int)XML_GetCurrentLineNumber(x->parser);
	x->problem.detail = detail;
	XML_StopParser(x->parser, XML_FALSE);
}

void
xml_stop(struct xml *x)
{
	x->stopped = true;
	XML_StopParser(x->parser, XML_FALSE);
}

bool
xml_at(const struct xml *x, const char *path)
{
	return strcmp(x->path, path) == 0;
}

const char *
xml_below(const struct xml *x, const char *path)
{
	size_t n = strlen(path);

	if (n >= x->path_length || x->path[n] != '/')
		return NULL;
	return memcmp(x->path, path, n) == 0 ? x->path + n + 1 : NULL;
}

int
xml_line(const struct xml *x)
{
	return (int)XML_GetCurrentLineNumber(x->parser);
}

const char *
xml_attribute(const struct xml *x, const char *name)
{
	for (const char **a = x->attributes; a != NULL && *a != NULL; a += 2)
		if (strcmp(a[0], name) == 0)
			return xml_clean(x->arena, a[1], strlen(a[1]));
	return NULL;
}

const char *
xml_text(const struct xml *x)
{
	return xml_clean(x->arena, x->text, x->text_length);
}

void
xml_fill(const struct xml *x, const char *path, const struct xml_field *fields,
    size_t count, void *record)
{
	const char *name = xml_below(x, path);

	if (name == NULL)
		return;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(fields[i].name, name) != 0)
			continue;
		*(const char **)((char *)record + fields[i].offset) =
		    xml_text(x);
		return;
	}
}

static void
look_for_mojibake(struct xml *x, const char *s, size_t n)
{
	xml_trim(&s, &n);
	if (x->suspect_count == SUSPECTS_SHOWN || !xml_mojibake(s, n))
		return;
	if (x->suspect_count == 0)
		x->suspect_line = (int)XML_GetCurrentLineNumber(x->parser);
	x->suspects[x->suspect_count++] = arena_copy(x->arena, s, n);
}

static bool
attributes_fit(const char **attributes)
{
	for (const char **a = attributes; *a != NULL; a += 2)
		if (strlen(a[0]) > XML_NAME_MAX ||
		    strlen(a[1]) > XML_ATTRIBUTE_MAX)
			return false;
	return true;
}

static void
path_push(struct xml *x, const char *name, size_t n)
{
	if (x->path_length > 0)
		x->path[x->path_length++] = '/';
	memcpy(x->path + x->path_length, name, n);
	x->path_length += n;
	x->path[x->path_length] = '\0';
	x->ends[x->depth] = x->path_length;
}

static void
path_pop(struct xml *x)
{
	x->path_length = x->ends[x->depth - 1];
	x->path[x->path_length] = '\0';
}

static void XMLCALL
on_start(void *data, const char *name, const char **attributes)
{
	struct xml *x = data;
	size_t n = strlen(name);

	if (x->problem.fault != FAULT_NONE || x->stopped)
		return;
	if (x->depth == XML_DEPTH_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Les éléments du fichier sont trop imbriqués.",
			"The elements of the file are nested too deeply."));
	else if (n > XML_NAME_MAX || !attributes_fit(attributes))
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Un nom ou un attribut du fichier est trop long.",
			"A name or an attribute of the file is too long."));
	else if (++x->elements > XML_ELEMENTS_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier compte trop d'éléments.",
			"The file has too many elements."));
	else if (arena_used(x->arena) - x->arena_before > XML_RECORDS_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier contient trop de données.",
			"The file holds too much data."));
	if (x->problem.fault != FAULT_NONE)
		return;
	x->text_length = 0;
	x->depth++;
	for (const char **a = attributes; *a != NULL; a += 2)
		look_for_mojibake(x, a[1], strlen(a[1]));
	if (x->depth == 1) {
		x->reader->root(x, name, x->reader->data);
		return;
	}
	path_push(x, name, n);
	x->attributes = attributes;
	x->reader->open(x, x->reader->data);
	x->attributes = NULL;
}

static void XMLCALL
on_end(void *data, const char *name)
{
	struct xml *x = data;

	(void)name;
	if (x->problem.fault != FAULT_NONE || x->stopped)
		return;
	if (x->depth > 1) {
		look_for_mojibake(x, x->text, x->text_length);
		x->reader->close(x, x->reader->data);
		path_pop(x);
	}
	x->depth--;
	x->text_length = 0;
}

static void XMLCALL
on_text(void *data, const char *s, int length)
{
	struct xml *x = data;
	size_t n = (size_t)length;

	if (x->problem.fault != FAULT_NONE || x->stopped)
		return;
	if (n > XML_TEXT_MAX - x->text_length) {
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Un texte du fichier est trop long.",
			"A text of the file is too long."));
		return;
	}
	memcpy(x->text + x->text_length, s, n);
	x->text_length += n;
}

static void XMLCALL
on_doctype(void *data, const char *name, const char *sysid, const char *pubid,
    int internal)
{
	struct xml *x = data;

	(void)sysid;
	(void)pubid;
	(void)internal;
	if (strcasecmp(name, "html") == 0)
		xml_refuse(x, FAULT_HTML_PAGE,
		    WORDS("Ce fichier est une page web.",
			"This file is a web page."));
	else
		xml_refuse(x, FAULT_XML_DOCTYPE,
		    WORDS("Ce fichier contient une déclaration DOCTYPE ; les "
			  "exports de SIECLE et de STSWEB n'en ont jamais.",
			"This file has a DOCTYPE declaration; exports of "
			"SIECLE and STSWEB never have one."));
}

static struct words
malformed_words(enum XML_Error e)
{
	switch ((int)e) {
	case XML_ERROR_NO_ELEMENTS:
	case XML_ERROR_UNCLOSED_TOKEN:
	case XML_ERROR_UNCLOSED_CDATA_SECTION:
		return WORDS("il s'arrête trop tôt (fichier tronqué ?)",
		    "it ends too early (a truncated file?)");
	case XML_ERROR_INVALID_TOKEN:
	case XML_ERROR_PARTIAL_CHAR:
	case XML_ERROR_INCORRECT_ENCODING:
		return WORDS("un caractère n'est pas permis ou ne correspond "
			     "pas à "
			     "l'encodage annoncé",
		    "a character is not allowed or is not of the encoding "
		    "announced");
	case XML_ERROR_TAG_MISMATCH:
		return WORDS("une balise n'est pas fermée",
		    "a tag is not closed");
	case XML_ERROR_DUPLICATE_ATTRIBUTE:
		return WORDS("un attribut est écrit deux fois",
		    "an attribute is written twice");
	case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
		return WORDS("il y a quelque chose après la fin",
		    "there is something after the end");
	case XML_ERROR_UNDEFINED_ENTITY:
		return WORDS("une entité n'est pas définie",
		    "an entity is not defined");
	}
	return WORDS("ce n'est pas du XML bien formé",
	    "this is not well-formed XML");
}

static struct words
unreadable(struct xml *x, int line, struct words why)
{
	return WORDS(arena_print(x->arena,
			 "Le fichier est illisible à la ligne %d : %s.", line,
			 why.in[0]),
	    arena_print(x->arena, "The file cannot be read at line %d: %s.",
		line, why.in[1]));
}

/* Expat gave up: say so, unless one of us had stopped it. */
static void
parser_failed(struct xml *x)
{
	enum XML_Error e = XML_GetErrorCode(x->parser);
	bool unknown = e == XML_ERROR_UNKNOWN_ENCODING;

	if (x->problem.fault != FAULT_NONE || x->stopped)
		return;
	if (e == XML_ERROR_NO_MEMORY)
		abort();
	x->problem.fault = unknown ? FAULT_ENCODING : FAULT_XML_MALFORMED;
	x->problem.line = (int)XML_GetCurrentLineNumber(x->parser);
	if (unknown)
		x->problem.detail =
		    WORDS("L'encodage annoncé par le fichier n'est "
			  "pas reconnu.",
			"The encoding that the file announces is not known.");
	else
		x->problem.detail =
		    unreadable(x, x->problem.line, malformed_words(e));
}

static void
report_suspects(struct xml *x)
{
	const char *shown = "";

	for (size_t i = 0; i < x->suspect_count; i++)
		shown = arena_print(x->arena, "%s%s« %s »", shown,
		    i == 0 ? "" : ", ", x->suspects[i]);
	x->problem.fault = FAULT_ENCODING_SUSPECT;
	x->problem.line = x->suspect_line;
	x->problem.detail = WORDS_OF(x->arena,
	    "Des textes semblent mal décodés : %s. Le fichier a sans doute été "
	    "modifié ou converti ; refaites l'export, ou confirmez.",
	    "Some texts seem to be badly decoded: %s. The file was probably "
	    "changed or converted; export again, or confirm.",
	    shown);
}

static void
begin(struct xml *x, const char *s, size_t n)
{
	x->problem.fault = xml_sniff(s, n, &x->problem);
	if (x->problem.fault != FAULT_NONE)
		return;
	x->parser = XML_ParserCreate(xml_marked(s, n));
	if (x->parser == NULL)
		abort();
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	XML_SetUnknownEncodingHandler(x->parser, xml_encoding, NULL);
}

/*
 * Expat keeps a tag or a comment that does not end, and begins it anew with
 * each piece: the place where it is waiting must not fall far behind.
 */
static void
check_token(struct xml *x)
{
	long long at = XML_GetCurrentByteIndex(x->parser);

	if (at >= 0 && x->fed - at > XML_TOKEN_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Un nom, un attribut ou un commentaire du fichier "
			  "est trop "
			  "long.",
			"A name, an attribute or a comment of the file is too "
			"long."));
}

/* One piece; false when no more is wanted. */
static bool
feed(void *data, const char *s, size_t n)
{
	struct xml *x = data;

	if (x->parser == NULL)
		begin(x, s, n);
	if (x->problem.fault != FAULT_NONE)
		return false;
	x->fed += (long long)n;
	if (XML_Parse(x->parser, s, (int)n, false) == XML_STATUS_ERROR)
		parser_failed(x);
	else
		check_token(x);
	return x->problem.fault == FAULT_NONE && !x->stopped;
}

static void
feed_bytes(struct xml *x, const char *s, size_t left)
{
	size_t n;

	do {
		n = left < CHUNK ? left : CHUNK;
		if (!feed(x, s, n))
			return;
		s += n;
		left -= n;
	} while (left > 0);
}

static void
feed_zipped(struct xml *x, const struct zip_entry *e)
{
	/* Nothing is given of a file of nothing. */
	if (e->length == 0)
		begin(x, "", 0);
	else if (zip_read(x->arena, e, feed, x) != FAULT_NONE &&
		 x->problem.fault == FAULT_NONE)
		x->problem = zip_bad();
}

static void
read_all(struct xml *x)
{
	if (x->in->zipped != NULL) {
		feed_zipped(x, x->in->zipped);
	} else if (x->in->length > XML_BYTES_MAX) {
		x->problem = (struct siecle_problem){ FAULT_LARGE, 0,
			WORDS("Le fichier dépasse 20 Mio.",
			    "The file is larger than 20 MiB.") };
	} else {
		feed_bytes(x, x->in->bytes, x->in->length);
	}
	if (x->problem.fault != FAULT_NONE || x->stopped)
		return;
	if (XML_Parse(x->parser, NULL, 0, true) == XML_STATUS_ERROR)
		parser_failed(x);
}

enum fault
xml_read(struct arena *a, const struct siecle_input *in,
    const struct xml_reader *reader, struct siecle_problem *problem)
{
	struct xml *x = arena_take(a, sizeof(*x));

	x->arena = a;
	x->arena_before = arena_used(a);
	x->reader = reader;
	x->in = in;
	read_all(x);
	if (x->problem.fault == FAULT_NONE && x->suspect_count > 0 &&
	    !in->encoding_confirmed)
		report_suspects(x);
	if (x->parser != NULL)
		XML_ParserFree(x->parser);
	x->parser = NULL;
	if (x->problem.fault != FAULT_NONE)
		*problem = x->problem;
	return x->problem.fault;
}
