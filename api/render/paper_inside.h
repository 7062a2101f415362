/*
 * Inside of a paper: what paper.c (file and objects), paper_tree.c (tags and
 * outline), paper_ink.c (paths and colours) and paper_text.c (words) share.
 */
#ifndef ACQUIS_RENDER_PAPER_INSIDE_H
#define ACQUIS_RENDER_PAPER_INSIDE_H

#include "paper.h"

#define NOBODY UINT32_MAX

/* A list that grows in an arena. */
struct paper_list {
	void *items;
	size_t count;
	size_t room;
};

/* One element of the structure tree; they name each other by index. */
struct element {
	enum tag tag;
	uint32_t parent, first, last, next;
	uint32_t page; /* of its words, and their number on it */
	uint32_t mark;
	uint32_t object;
	const char *alt;
};

struct bookmark {
	const char *title;
	uint32_t page;
};

struct leaf {
	uint32_t object;
	struct paper_list marks; /* uint32_t: elements, by number on the page */
};

/* A font of the file: the core part of a face, or the rest of it. */
struct paper_font {
	uint32_t object; /* 0: not used */
	uint32_t *chars; /* the rest: see face_cut() */
};

enum mark { MARK_NONE, MARK_DECORATION, MARK_WORDS };

struct paper {
	struct arena *arena;
	struct text file;
	double width, height;
	bool broken;

	/* objects */
	struct paper_list places;  /* struct place, by number */
	struct text packed;        /* small objects, to be deflated together */
	struct text pack;          /* them and where they start */
	struct paper_list members; /* struct member: what is packed */
	uint32_t resources;
	uint32_t page_tree;

	/* tags and outline */
	struct paper_list elements;
	struct paper_list bookmarks;
	uint32_t open;

	/* pages, and the one being drawn */
	struct paper_list leaves;
	bool drawing;
	struct text content;
	struct text path;
	enum mark mark;
	struct paper_font fonts[FACE__MAX][2];
	bool opacities[101];

	/* what was set last on this page */
	unsigned int fill, stroke;
	double line_width, dash;
	int opacity;
	int font;
	double size;

	/* whether this tag has words, and a blank is due before the next */
	bool wrote, gap;

	/* words being written; where their last line began, in hundredths */
	bool writing;
	long line_x, line_y;

	/* the piece of a line being written with care */
	bool inside;
	double x, y;
};

/* One more zeroed item of a list. */
void *paper_list_add(struct arena *, struct paper_list *, size_t size);

/* A number for an object, and the object under it. */
uint32_t paper_number(struct paper *);
void paper_object(struct paper *, uint32_t number, const struct text *);

/* UTF-16BE in hexadecimal, so that nothing must be escaped. */
void paper_words(struct text *, const char *);

/* " 12 0 R", an object's name; and four hexadecimal digits. */
void paper_refer(struct text *, uint32_t object);
void paper_hex(struct text *, uint32_t value);

/* A number with two decimals, and a blank; the same in hundredths. */
void paper_put(struct text *, double);
void paper_put_hundredths(struct text *, long);
long paper_hundredths(double);

/* Start a page if none is; and decoration on it if nothing else is open. */
void paper_begin(struct paper *);
void paper_draw(struct paper *);
void paper_mark(struct paper *, enum mark);

/* Set what is painted or written next; end what is being written. */
void paper_fill(struct paper *, unsigned int colour);
void paper_opacity(struct paper *, int percent);
void paper_end_text(struct paper *);

/* Write the tree and the outline; give what the catalog says of them. */
void paper_tree(struct paper *, struct text *catalog);

#endif
