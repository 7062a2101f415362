/*
 * Faces: the two fonts of our paper, as a PDF carries them.
 *
 * A font is put into a PDF as parts, each with some glyphs under their own
 * numbers.  The core part has what French documents are written with; it is
 * made once, at start, so that an ordinary document pays for no font.  What
 * else a document holds goes into a part of its own.
 */
#ifndef ACQUIS_RENDER_FACE_H
#define ACQUIS_RENDER_FACE_H

#include <stdbool.h>
#include <stdint.h>

#include "../../db/text.h"
#include "../../domain/fault.h"

#define FACE_FOLDER "/usr/share/fonts/truetype/dejavu/"

enum face { FACE_REGULAR, FACE_BOLD, FACE__MAX };

/* What a PDF holds of a part; streams are deflated. */
struct face_part {
	struct text file;   /* the font program */
	size_t file_size;   /* before it was deflated */
	struct text widths; /* the array W, in thousandths of the size */
	struct text chars;  /* the ToUnicode table */
};

/*
 * Make the core parts.  Once, before threads; all that follows only reads.
 * FAULT_INTERNAL when a font is missing.
 */
enum fault face_open(void);

const char *face_file(enum face);
const char *face_name(enum face);          /* DejaVuSans */
const char *face_box(enum face);           /* FontBBox */
size_t face_glyphs(enum face);             /* how many there are, from 0 */
int face_width(enum face, uint32_t glyph); /* thousandths of the size */

uint32_t face_blank(enum face); /* the glyph of a blank */

/* In units of the font, of which there are so many in its size. */
#define FACE_UNITS 2048
uint32_t face_glyph(enum face, uint32_t c); /* 0: it has none */
int face_units(enum face, uint32_t glyph);

/*
 * By how much a glyph stands further from the one before it, characters of
 * Latin script; false where they change each other otherwise.
 */
bool face_pair(enum face, uint32_t before, uint32_t c, int *units);

const struct face_part *face_core(enum face);

/* The character of a glyph of the core part; 0 for another glyph. */
uint32_t face_core_char(enum face, uint32_t glyph);

/*
 * A part with the glyphs whose element of chars is not 0: it is what a
 * reader copies for that glyph, UINT32_MAX for nothing.  False when the font
 * cannot be cut.
 */
bool face_cut(struct arena *, enum face, const uint32_t *chars,
    struct face_part *);

#endif
