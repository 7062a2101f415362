/*
 * Upload: what was sent, as the exports it holds.
 *
 * A file is what its bytes say, whatever its name and the field it came in: an
 * XML document, or an archive of several.  Each export is told by its root
 * element (export_file.h), so their order does not matter either.
 */
#ifndef ACQUIS_SIECLE_UPLOAD_H
#define ACQUIS_SIECLE_UPLOAD_H

#include "siecle.h"

struct upload_file {
	enum siecle_kind kind;
	struct siecle_input input; /* borrows the bytes of what was sent */
	const char *name; /* in the archive, without folders; NULL if odd or
			     when it came by itself */
};

/*
 * The exports of one file that was sent, of struct upload_file, one of a kind.
 * In an archive, XML files that are none of ours are passed over.  Every
 * archived file has been inflated once and found whole.
 *
 * Refuses with the faults of zip_list() and of export_kind(), or
 * FAULT_ZIP_AMBIGUOUS; *problem is then written.
 */
enum fault upload_open(struct arena *, const struct siecle_input *,
    struct list *, struct siecle_problem *);

#endif
