/*
 * What is XML's own: the parts of xml.c that stand alone.
 */
#ifndef ACQUIS_SIECLE_XML_OWN_H
#define ACQUIS_SIECLE_XML_OWN_H

#include <expat.h>

#include "xml.h"

/* --- texts (xml_text.c) --- */

/* Without the blanks around it, no-break spaces among them. */
void xml_trim(const char **, size_t *);

/* Trimmed, in NFC, in the arena; NULL when nothing is left. */
const char *xml_clean(struct arena *, const char *, size_t);

/* Does it look like UTF-8 that was read as a Latin? */
bool xml_mojibake(const char *, size_t);

/* --- bytes (xml_bytes.c) --- */

/* What can be told from the first bytes, before any XML is read. */
enum fault xml_sniff(const char *, size_t, struct siecle_problem *);

/* The encoding that a byte order mark says, or NULL: the declaration does. */
const char *xml_marked(const char *, size_t);

/* For expat, which knows neither the encoding of SIECLE nor of Windows. */
int XMLCALL xml_encoding(void *, const char *, XML_Encoding *);

#endif
