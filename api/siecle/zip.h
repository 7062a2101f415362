/*
 * Zip: what an archive nobody vouches for holds, read from memory.
 *
 * On zlib alone.  libzip, which Debian has too, is a sound library, but of
 * what siecle.md 8 and 9 ask it leaves most to us: entries that overlap, the
 * number of entries before any of them is held, methods other than the two,
 * links, names that climb, local headers that say otherwise.  It would also
 * bring four more decoders and a cipher library into the worker.  What is left
 * once these are checked is the walk below, and inflate().
 *
 * Sizes may be missing from local headers (Java streams its archives), so only
 * the central directory is believed.  Nothing is ever written to a file.
 */
#ifndef ACQUIS_SIECLE_ZIP_H
#define ACQUIS_SIECLE_ZIP_H

#include <stdint.h>

#include "siecle.h"

#define ZIP_ENTRIES_MAX 100
#define ZIP_ENTRY_MAX (64 << 20)  /* bytes, once inflated */
#define ZIP_TOTAL_MAX (128 << 20) /* of all the XML files together */

/* An XML file in an archive; borrows the archive's bytes. */
struct zip_entry {
	const char *name; /* as the archive has it, in no known encoding */
	const char *packed;
	size_t packed_length;
	size_t length; /* once inflated */
	uint32_t crc;
	bool deflated; /* else stored as it is */
};

/* Do these bytes begin as an archive? */
bool zip_is(const char *, size_t);

/*
 * The XML files of an archive, of struct zip_entry, in its order.  Left out:
 * folders, links, other files, hidden ones and those of __MACOSX, names that
 * are absolute or hold `..` or a backslash.  Refuses with FAULT_ZIP_BAD,
 * FAULT_ZIP_ENCRYPTED, FAULT_ZIP_LIMIT or, when there is none,
 * FAULT_ZIP_NO_XML; *problem is then written.
 */
enum fault zip_list(struct arena *, const char *, size_t, struct list *,
    struct siecle_problem *);

/*
 * Give the content to `take` piece by piece until it returns false.
 * FAULT_ZIP_BAD when it is not of the length and sum announced, or is no
 * content at all: what was given by then is not to be trusted.
 */
enum fault zip_read(struct arena *, const struct zip_entry *,
    bool (*take)(void *, const char *, size_t), void *);

/* What is said of FAULT_ZIP_BAD. */
struct siecle_problem zip_bad(void);

#endif
