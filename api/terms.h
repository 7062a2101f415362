/*
 * Terms: the periods of a school year, as the school sets them.
 *
 * All of one kind are set at once; assessments are put in the term that
 * holds their day each time.  Partners pull while a term is open (M-254,
 * M-255).  The revision is that of the settings.
 */
#ifndef ACQUIS_TERMS_H
#define ACQUIS_TERMS_H

#include "../domain/term.h"
#include "context.h"

/* What a partner finds today; a row of Q_TERM_LIST or like it. */
enum term_state terms_state(const struct rows *, size_t row);

/* "Trimestre 1"; belongs to the arena. */
const char *terms_label(struct ctx *, const struct rows *, size_t row);

/* GET and PUT /terms. */
enum fault term_list(struct ctx *);
enum fault term_put(struct ctx *);

#endif
