/*
 * Documents: what a school prints or takes away.
 *
 * A document is a value: everything that stands on the paper is in these
 * structs, and nothing else is read, neither base nor clock nor settings.
 * Same value, same bytes (F-12).  So a handler loads, fills one of these in
 * its arena, and hands it to a task thread.
 *
 * Texts are UTF-8 as the base holds them; whatever a format cannot take is
 * replaced while drawing (plain.h), so a hostile name breaks nothing.  NULL is
 * an absent text.  Dates are "2026-11-22", or an instant that starts so.
 *
 * Every pointer is borrowed for the call.
 */
#ifndef ACQUIS_RENDER_DOCUMENT_H
#define ACQUIS_RENDER_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "../../db/text.h"
#include "../../domain/fault.h"
#include "../../domain/position.h"

/* How one level looks: sign and title come from the framework's scale. */
struct level_look {
	const char *sign;  /* "++", or "E" on a scale with letters */
	const char *title; /* Compétence totalement acquise et transférable */
	unsigned int fill; /* 0xrrggbb, see palette.h */
	unsigned int ink;
};

#define LEVEL_LOOKS (LEVEL_4 + 1)

struct competency_view {
	const char *code;
	const char *title;
};

struct unit_view {
	const char *code;
	const char *title;
	const size_t *members; /* indexes of competencies */
	size_t member_count;
};

struct framework_view {
	const char *title; /* Baccalauréat professionnel Métiers de … */
	const char *short_title; /* Bac Pro MELEC */
	const char *scale_title; /* Niveaux d'acquisition de la compétence */
	struct level_look looks[LEVEL_LOOKS]; /* by enum level */
	const struct competency_view *competencies;
	size_t competency_count;
	const struct unit_view *units;
	size_t unit_count;
};

/*
 * A radar (rules.md 7).  Axes are in drawing order, clockwise from the top,
 * and a sector is a run of neighbouring axes.  The caller takes axes and
 * sectors from the framework (F-02); an axis that stands for a group of
 * competencies has its position worked out in the domain.
 */
struct radar_axis {
	const char *code;
	const char *title;
};

struct radar_sector {
	const char *title; /* the short one: Préparation */
	size_t axis_count; /* sectors follow each other from axis 0 */
};

struct radar_series {
	const char *date;
	const struct position *positions; /* one per axis */
};

struct radar_view {
	const struct radar_axis *axes;
	size_t axis_count;
	const struct radar_sector *sectors;
	size_t sector_count;
	struct radar_series last;
	struct radar_series before;     /* positions NULL: there is none */
	const struct level_look *looks; /* LEVEL_LOOKS of them */
};

enum interim_look {
	INTERIM_LOOK_DRAFT,
	INTERIM_LOOK_CONFIRMED,
	INTERIM_LOOK_UNLOCKED
};

/* One interim assessment. */
struct interim_view {
	const char *date;
	const char *author; /* as printed: Mme Claire MOREL */
	int revision;
	enum interim_look state;
	const char *findings;             /* constats */
	const char *advice;               /* conseils */
	const struct position *positions; /* one per competency */
};

struct school_view {
	const char *name;
	const char *uai;
	const char *city;
};

struct learner_view {
	const char *first_name;
	const char *last_name;
	const char *birth_date; /* NULL: not printed */
};

/*
 * The print of one interim assessment: the last of the list.  Those before
 * it fill the table of earlier positions.
 */
struct interim_document {
	struct school_view school;
	struct learner_view learner;
	const struct framework_view *framework;
	const char *class_name;
	const struct interim_view *interims; /* oldest to newest */
	size_t interim_count;                /* 1 or more */
	const struct radar_view *radar;      /* NULL: no radar (M-235) */
	const char *grade; /* "13.50", or NULL where it is not for the reader */
};

#endif
