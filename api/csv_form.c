#include <string.h>

#include "csv_form.h"

/* One of two words; silence means the first, NULL if it has no word. */
static enum fault
either(struct ctx *c, const char *name, const char *first, const char *second,
    bool *is_second)
{
	const char *value = query_text(c, name);

	*is_second = value != NULL && strcmp(value, second) == 0;
	if (value == NULL || *is_second ||
	    (first != NULL && strcmp(value, first) == 0))
		return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "?%s", name), FAULT_PARAMETER);
}

enum fault
csv_form_read(struct ctx *c, struct csv_form *form)
{
	bool french;

	TRY(either(c, "dialect", "standard", "fr", &french));
	TRY(either(c, "sep", NULL, "tab", &form->tab));
	TRY(either(c, "encoding", "utf-8", "windows-1252",
	    &form->windows_1252));
	form->dialect = french ? CSV_FRENCH : CSV_PLAIN;
	return FAULT_NONE;
}

const char *
csv_form_type(struct csv_form form)
{
	return form.windows_1252
		   ? "text/csv; charset=windows-1252; header=present"
		   : "text/csv; charset=utf-8; header=present";
}
