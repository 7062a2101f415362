#include <string.h>

#include "../../domain/date.h"
#include "siecle.h"

#define BIRTH_FIRST "1920-01-01"
#define AGE_LEAST 10

struct list
anomalies_in(struct arena *a)
{
	return list_of(a, sizeof(struct anomaly));
}

void
anomaly_add(struct list *anomalies, const struct anomaly *what)
{
	*(struct anomaly *)list_add(anomalies) = *what;
}

const char *
siecle_date(struct arena *a, const char *text)
{
	char *out, *only;
	int32_t day;

	if (text == NULL)
		return NULL;
	only = arena_copy(a, text, strcspn(text, " T"));
	if (!date_read_iso(only, &day) && !date_read_french(only, &day))
		return NULL;
	out = arena_take(a, DATE_ROOM);
	date_write_iso(day, out);
	return out;
}

const char *
siecle_birth_date(struct arena *a, const char *text, const char *at)
{
	const char *date = siecle_date(a, text);
	struct date latest;
	int32_t day, born;

	if (date == NULL || strcmp(date, BIRTH_FIRST) < 0 ||
	    !date_read_iso(date, &born) || !date_read_iso(at, &day))
		return NULL;
	latest = date_of(day);
	latest.year -= AGE_LEAST;
	if (!date_ok(&latest)) /* 29 February */
		latest.day = 28;
	return born > date_day(&latest) ? NULL : date;
}

bool
siecle_id_ok(const char *id)
{
	size_t n;

	if (id == NULL)
		return false;
	n = strlen(id);
	return n >= 1 && n <= 18 && strspn(id, "0123456789") == n;
}

bool
siecle_ine_ok(const char *ine)
{
	return ine != NULL && strlen(ine) == 11 &&
	       strspn(ine, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 11;
}

bool
siecle_code_ok(const char *code)
{
	size_t n = 0;

	if (code == NULL)
		return false;
	for (; *code != '\0'; code++)
		if (((unsigned char)*code & 0xc0) != 0x80)
			n++;
	return n >= 1 && n <= 8;
}

bool
siecle_same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

const char *
siecle_who(struct arena *a, const char *name, const char *first, const char *id)
{
	const char *gap = name != NULL && first != NULL ? " " : "";

	if (name == NULL)
		name = "";
	if (first == NULL)
		first = "";
	if (id == NULL)
		return arena_print(a, "%s%s%s", name, gap, first);
	if (*name == '\0' && *first == '\0')
		return arena_print(a, "(%s)", id);
	return arena_print(a, "%s%s%s (%s)", name, gap, first, id);
}
