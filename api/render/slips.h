/*
 * Slips: activation codes to cut out and hand out, eight on a page.
 *
 * Each says whose it is, the login, the code and what to do with them; its
 * QR code opens the page where both are filled in.  Nothing but the person it
 * names should read it, so nothing about anybody else stands on it.
 */
#ifndef ACQUIS_RENDER_SLIPS_H
#define ACQUIS_RENDER_SLIPS_H

#include "document.h"

struct slip_view {
	const char *first_name;
	const char *last_name;
	const char *class_code; /* NULL: none */
	const char *login;
	const char *code; /* 7K3Q-M9FD-2XTB */
	const char *url;  /* of the QR code */
	const char *expires_at;
};

struct slips_document {
	const char *school_name;
	const char *site; /* https://acquis.example, to be typed */
	const struct slip_view *slips;
	size_t count; /* 1 or more */
};

/*
 * The file, A4.  FAULT_VALUE when an address is too long for a QR code.
 */
enum fault render_slips_pdf(struct arena *, const struct slips_document *,
    struct text *out);

#endif
