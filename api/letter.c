#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "letter.h"
#include "letter_words.h"

/* RFC 5321 4.5.3.1, RFC 2045 6.8, RFC 2047 2. */
#define ADDRESS_MAX 254
#define LOCAL_MAX 64
#define LINE_BYTES 57
#define WORD_BYTES 42

bool
address_ok(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	const char *at = strrchr(s, '@'), *p;
	size_t n = strlen(s);

	if (at == NULL || at == s || at - s > LOCAL_MAX || n > ADDRESS_MAX)
		return false;
	for (p = s; p < at; p++)
		if (strchr(letters, *p) == NULL &&
		    strchr("!#$%&'*+-/=?^_`{|}~.", *p) == NULL)
			return false;
	if (s[0] == '.' || at[-1] == '.' || strstr(s, "..") != NULL)
		return false;
	/* A host has a point, and labels that neither begin nor end in -. */
	at++;
	if (strspn(at, letters) == 0 || strchr(at, '.') == NULL ||
	    strstr(at, ".-") != NULL || strstr(at, "-.") != NULL ||
	    s[n - 1] == '.' || s[n - 1] == '-')
		return false;
	for (p = at; *p != '\0'; p++)
		if (strchr(letters, *p) == NULL && *p != '-' && *p != '.')
			return false;
	return true;
}

static void
put_base64(struct text *t, const char *bytes, size_t n)
{
	size_t room =
	    sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);

	sodium_bin2base64(text_room(t, room), room,
	    (const unsigned char *)bytes, n, sodium_base64_VARIANT_ORIGINAL);
	t->length += room - 1;
}

/* RFC 2047, whatever the words are; a sign is never cut in two. */
static void
put_words(struct text *t, const char *s)
{
	size_t left = strlen(s), n;

	while (left > 0) {
		n = left < WORD_BYTES ? left : WORD_BYTES;
		while (
		    n < left && n > 1 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
		text_put(t, "=?UTF-8?B?");
		put_base64(t, s, n);
		text_put(t, "?=");
		s += n;
		left -= n;
		if (left > 0)
			text_put(t, "\r\n ");
	}
}

/* RFC 5322 3.3, in English whatever the locale. */
static void
put_date(struct text *t, int64_t seconds)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t at = (time_t)seconds;
	struct tm tm;

	gmtime_r(&at, &tm);
	text_print(t, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d +0000\r\n",
	    days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
put_head(struct text *t, const struct letter *l, const char *subject)
{
	put_date(t, l->written);
	text_put(t, "From: ");
	put_words(t, l->school);
	text_print(t, "\r\n <%s>\r\nTo: ", l->from);
	put_words(t, l->name);
	text_print(t, "\r\n <%s>\r\nSubject: ", l->address);
	put_words(t, subject);
	text_print(t, "\r\nMessage-ID: <%lld.%lld.%lld@%s>\r\n",
	    (long long)l->written, (long long)l->school_id, (long long)l->id,
	    strrchr(l->from, '@') + 1);
	text_put(t, "MIME-Version: 1.0\r\n"
		    "Content-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: base64\r\n"
		    "Auto-Submitted: auto-generated\r\n\r\n");
}

static const char *
value_of(const struct letter *l, const char *name, size_t n)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ "name", l->name },
		{ "login", l->login },
		{ "school", l->school },
		{ "site", l->site },
		{ "detail", l->detail },
	};
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (strlen(values[i].name) == n &&
		    memcmp(values[i].name, name, n) == 0)
			return values[i].value == NULL ? "" : values[i].value;
	return "";
}

/* One line of a body, what stands between brackets filled in. */
static void
put_line(struct text *t, const struct letter *l, const char *path,
    const char *s, size_t n)
{
	const char *end = s + n, *close;

	while (s < end) {
		if (*s != '{') {
			text_char(t, *s++);
			continue;
		}
		close = memchr(s, '}', (size_t)(end - s));
		if (strncmp(s, "{link}", 6) == 0)
			text_print(t, "%s%s%s", l->site, path, l->secret);
		else
			text_put(t,
			    value_of(l, s + 1, (size_t)(close - s - 1)));
		s = close + 1;
	}
}

static void
put_body(struct text *out, const struct letter *l, const char *path,
    const char *s)
{
	struct text t = text_in(out->arena);
	size_t n, i;

	for (; *s != '\0'; s += n + 1) {
		n = strcspn(s, "\n");
		if (l->detail == NULL && memmem(s, n, "{detail}", 8) != NULL)
			continue;
		put_line(&t, l, path, s, n);
		text_put(&t, "\r\n");
	}
	for (i = 0; i < t.length; i += LINE_BYTES) {
		n = t.length - i < LINE_BYTES ? t.length - i : LINE_BYTES;
		put_base64(out, t.bytes + i, n);
		text_put(out, "\r\n");
	}
}

bool
letter_write(const struct letter *l, struct text *t)
{
	const struct letter_words *w = letter_words(l->template);
	int language = strcmp(l->language, "en") == 0;

	if (w == NULL || (w->path != NULL && l->secret == NULL))
		return false;
	put_head(t, l, w->in[language].subject);
	put_body(t, l, w->path, w->in[language].body);
	return true;
}
