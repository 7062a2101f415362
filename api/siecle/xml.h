/*
 * XML: bytes nobody vouches for, to elements a reader can trust.
 *
 * Read as a stream by expat, out of an archive too.  Refused: any DOCTYPE (so
 * no entity, no external file, no network), a page of HTML, an archive, an
 * encoding we do not know, bytes that do not fit their encoding, and anything
 * above the limits below.
 * Known encodings: UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15 and
 * windows-1252; a byte order mark wins over the declaration.
 *
 * Two functions of the reader are called for each element below the root, when
 * it opens and when it closes.  Where they are is a path without the root:
 * "DONNEES/ELEVES/ELEVE/PRENOM".
 */
#ifndef ACQUIS_SIECLE_XML_H
#define ACQUIS_SIECLE_XML_H

#include "siecle.h"

#define XML_BYTES_MAX (20 << 20) /* as sent; see zip.h for archives */
#define XML_DEPTH_MAX 32
#define XML_NAME_MAX 64        /* bytes */
#define XML_ATTRIBUTE_MAX 1024 /* bytes */
#define XML_TEXT_MAX 4096      /* bytes, of one run of text */
#define XML_ELEMENTS_MAX 5000000
#define XML_TOKEN_MAX (256 << 10)  /* bytes, of a tag or a comment */
#define XML_RECORDS_MAX (56 << 20) /* bytes kept; 20,000 learners take 47 */

struct xml;

struct xml_reader {
	/* The root opens: look at its name, refuse it if it is not ours. */
	void (*root)(struct xml *, const char *name, void *data);
	void (*open)(struct xml *, void *data);
	void (*close)(struct xml *, void *data);
	void *data;
};

/*
 * Read a whole document.  Refuses with FAULT_LARGE, FAULT_WRONG_FILE (an
 * archive), FAULT_HTML_PAGE, FAULT_XML_MALFORMED, FAULT_XML_DOCTYPE,
 * FAULT_XML_LIMIT, FAULT_ENCODING, FAULT_ENCODING_SUSPECT, FAULT_ZIP_BAD, or
 * what the reader refused with; *problem is then written.
 */
enum fault xml_read(struct arena *, const struct siecle_input *,
    const struct xml_reader *, struct siecle_problem *);

/* For the reader's functions. */
struct arena *xml_arena(const struct xml *);

/* Stop here with this fault; the detail is kept as it is. */
void xml_refuse(struct xml *, enum fault, struct words detail);

/* Stop here: enough was read. */
void xml_stop(struct xml *);

/* Is this the path of the element? */
bool xml_at(const struct xml *, const char *path);

/* The path below an ancestor's, or NULL when it is not an ancestor. */
const char *xml_below(const struct xml *, const char *path);

/* While it opens: its line. */
int xml_line(const struct xml *);

/* While it opens: an attribute, in the arena. */
const char *xml_attribute(const struct xml *, const char *name);

/* While it closes: its text, in the arena. */
const char *xml_text(const struct xml *);

/*
 * Fields of a record that are elements directly below one path.  When the
 * element that closes is one of them its text goes to the record.
 */
struct xml_field {
	const char *name;
	size_t offset; /* of a const char * */
};

void xml_fill(const struct xml *, const char *path, const struct xml_field *,
    size_t count, void *record);

#endif
