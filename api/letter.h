/*
 * Letter: a mail as it is written, in French or English.
 *
 * Plain text in UTF-8.  Nothing a person typed can become a line of the head:
 * names and subjects are encoded words, and an address that is no address is
 * refused.  The Message-ID is that of the mail, not of the try, so that a
 * server that takes it twice can know.
 */
#ifndef ACQUIS_LETTER_H
#define ACQUIS_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "../db/text.h"

struct letter {
	const char *template; /* of the table mail */
	const char *language; /* fr, en */
	const char *from;     /* address */
	const char *address;  /* to whom */
	const char *name;     /* theirs */
	const char *login;
	const char *school;
	const char *site;   /* https://acquis.example, no slash at its end */
	const char *secret; /* of the link, or NULL: carries none */
	const char *detail; /* or NULL */
	int64_t school_id, id;
	int64_t written; /* seconds since 1970 */
};

/*
 * One person at one host, in ASCII, as RFC 5321 has it without quotes: what
 * a mail can be sent to.
 */
bool address_ok(const char *);

/* The whole of it, lines ended by CR LF.  False: there is no such template. */
bool letter_write(const struct letter *, struct text *);

#endif
