/*
 * Suggestion: which diploma and year a class seems to be for.
 *
 * Nothing in the files says "this is MELEC" but labels, so this is only a
 * proposal for the administrator, who confirms it once for each MEF.
 */
#ifndef ACQUIS_SIECLE_SUGGEST_H
#define ACQUIS_SIECLE_SUGGEST_H

#include "../../db/arena.h"

struct suggestion {
	const char *framework; /* id of a framework, "bacpro-melec", or NULL */
	const char *level;     /* code of its class level, "2nde", or NULL */
};

/*
 * From the class's code and label and its MEF's code and label; each may be
 * NULL.
 */
struct suggestion suggest(struct arena *, const char *code, const char *label,
    const char *mef, const char *mef_label);

#endif
