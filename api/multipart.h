/*
 * Multipart: the files of a form, as a browser sends them (RFC 7578).
 *
 * Strict: nothing before the first boundary nor after the last, CR LF
 * everywhere, one Content-Disposition a part, no transfer encoding, no part
 * within a part.  What a browser never sends is refused rather than guessed
 * at.  The bytes of a part are those of the body, not copied.
 */
#ifndef ACQUIS_MULTIPART_H
#define ACQUIS_MULTIPART_H

#include <stddef.h>

#include "../db/arena.h"
#include "../domain/fault.h"

#define MULTIPART_BOUNDARY_MAX 70
#define MULTIPART_HEADERS_MAX 1024 /* bytes, of one part */
#define MULTIPART_NAME_MAX 64      /* bytes, of a field */
#define MULTIPART_FILENAME_MAX 255 /* bytes */

struct part {
	const char *name;
	const char *filename; /* UTF-8; "" when none is given */
	const char *bytes;    /* borrowed from the body, no NUL after them */
	size_t length;
};

/*
 * Read at most `room` parts.  FAULT_PARAMETER when the body is not what the
 * Content-Type announces, FAULT_LARGE when there are more parts, FAULT_UTF8
 * when a name is not UTF-8.
 */
enum fault multipart_read(struct arena *, const char *content_type,
    const char *body, size_t length, struct part *, size_t room, size_t *count);

#endif
