/*
 * JSON gate: what is JSON for us, decided before cJSON sees it.
 *
 * cJSON lets through bad UTF-8, NUL, keys twice, bytes after the value and
 * bottomless nesting; a request with any of these is refused here.  One pass,
 * no allocation.
 */
#ifndef ACQUIS_JSON_GATE_H
#define ACQUIS_JSON_GATE_H

#include <stddef.h>

#include "../domain/fault.h"

#define JSON_DEPTH_MAX 16
#define JSON_KEYS_MAX 64

/*
 * FAULT_UTF8 for bytes that are not UTF-8 or hold a NUL (written or escaped),
 * FAULT_KEY_TWICE, FAULT_JSON for anything else that is not one JSON value,
 * too deep, too many keys, or an integer beyond 32 bits.
 */
enum fault json_gate(const char *, size_t);

#endif
