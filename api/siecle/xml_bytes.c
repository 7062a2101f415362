#include <string.h>
#include <strings.h>

#include "xml_own.h"
#include "zip.h"

struct patch {
	unsigned char byte;
	int code; /* -1: the byte means nothing */
};

static void
map_bytes(XML_Encoding *out, const struct patch *patches, size_t count)
{
	for (int i = 0; i < 256; i++)
		out->map[i] = i;
	for (size_t i = 0; i < count; i++)
		out->map[patches[i].byte] = patches[i].code;
	out->data = NULL;
	out->convert = NULL;
	out->release = NULL;
}

/* Expat knows neither the encoding of SIECLE nor that of Windows. */
int XMLCALL
xml_encoding(void *data, const char *name, XML_Encoding *out)
{
	/* clang-format off */
	static const struct patch latin9[] = {
		{ 0xa4, 0x20ac }, { 0xa6, 0x160 }, { 0xa8, 0x161 },
		{ 0xb4, 0x17d }, { 0xb8, 0x17e }, { 0xbc, 0x152 },
		{ 0xbd, 0x153 }, { 0xbe, 0x178 },
	};
	static const struct patch windows[] = {
		{ 0x80, 0x20ac }, { 0x81, -1 }, { 0x82, 0x201a },
		{ 0x83, 0x192 }, { 0x84, 0x201e }, { 0x85, 0x2026 },
		{ 0x86, 0x2020 }, { 0x87, 0x2021 }, { 0x88, 0x2c6 },
		{ 0x89, 0x2030 }, { 0x8a, 0x160 }, { 0x8b, 0x2039 },
		{ 0x8c, 0x152 }, { 0x8d, -1 }, { 0x8e, 0x17d }, { 0x8f, -1 },
		{ 0x90, -1 }, { 0x91, 0x2018 }, { 0x92, 0x2019 },
		{ 0x93, 0x201c }, { 0x94, 0x201d }, { 0x95, 0x2022 },
		{ 0x96, 0x2013 }, { 0x97, 0x2014 }, { 0x98, 0x2dc },
		{ 0x99, 0x2122 }, { 0x9a, 0x161 }, { 0x9b, 0x203a },
		{ 0x9c, 0x153 }, { 0x9d, -1 }, { 0x9e, 0x17e },
		{ 0x9f, 0x178 },
	};
	/* clang-format on */

	(void)data;
	if (strcasecmp(name, "ISO-8859-15") == 0)
		map_bytes(out, latin9, sizeof(latin9) / sizeof(latin9[0]));
	else if (strcasecmp(name, "windows-1252") == 0)
		map_bytes(out, windows, sizeof(windows) / sizeof(windows[0]));
	else
		return XML_STATUS_ERROR;
	return XML_STATUS_OK;
}

/* A byte order mark wins over the declaration. */
const char *
xml_marked(const char *s, size_t n)
{
	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		return "UTF-8";
	if (n >= 2 &&
	    (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0))
		return "UTF-16";
	return NULL;
}

/* Past the byte order mark, blanks and what may stand before a page. */
static void
skip_prologue(const char **s, size_t *n)
{
	const char *end;

	if (*n >= 3 && memcmp(*s, "\xef\xbb\xbf", 3) == 0) {
		*s += 3;
		*n -= 3;
	}
	for (;;) {
		xml_trim(s, n);
		if (*n < 5 ||
		    (memcmp(*s, "<?xml", 5) != 0 && memcmp(*s, "<!--", 4) != 0))
			return;
		end = memchr(*s, '>', *n);
		if (end == NULL)
			return;
		*n -= (size_t)(end + 1 - *s);
		*s = end + 1;
	}
}

static bool
is_page(const char *s, size_t n)
{
	static const char *const starts[] = { "<!doctype html", "<html",
		"<head", "<body" };

	skip_prologue(&s, &n);
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (n >= strlen(starts[i]) &&
		    strncasecmp(s, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* What can be told from the first bytes, before any XML is read. */
enum fault
xml_sniff(const char *s, size_t n, struct siecle_problem *out)
{
	if (zip_is(s, n)) {
		out->detail = WORDS("Ce fichier est une archive ZIP, dans une "
				    "archive ou à la place d'un fichier XML : "
				    "décompressez-la et envoyez ce qu'elle "
				    "contient.",
		    "This file is a ZIP archive, within an archive or in place "
		    "of an XML file: unpack it and send what it holds.");
		return FAULT_WRONG_FILE;
	}
	if (is_page(s, n)) {
		out->detail =
		    WORDS("Ce fichier est une page web : la session du portail "
			  "avait "
			  "sans doute expiré pendant le téléchargement. "
			  "Reconnectez-vous et refaites l'export.",
			"This file is a web page: the session of the portal "
			"had probably expired during the download. Sign in "
			"there again and export again.");
		return FAULT_HTML_PAGE;
	}
	xml_trim(&s, &n);
	if (n == 0) {
		out->line = 1;
		out->detail =
		    WORDS("Le fichier est vide.", "The file is empty.");
		return FAULT_XML_MALFORMED;
	}
	return FAULT_NONE;
}
