/*
 * Smtp: one letter to one server.
 *
 * It waits for the server, a minute at most, so it is for a thread of its
 * own.
 */
#ifndef ACQUIS_SMTP_H
#define ACQUIS_SMTP_H

#include <stdbool.h>
#include <stddef.h>

struct smtp {
	const char *url;      /* smtp://host:port or smtps://host:port */
	const char *user;     /* or NULL: nobody is asked */
	const char *password; /* or NULL */
	const char *ca; /* file of who is trusted, or NULL: the system's */
	const char *from;
	bool plain; /* no TLS: a server on this very machine */
};

enum smtp_end {
	SMTP_SENT,
	SMTP_LATER,  /* the server is away, or says "not now" */
	SMTP_REFUSED /* it says "never" of this letter */
};

#define SMTP_REASON_ROOM 300

/* Once, before there are threads. */
void smtp_open(void);

/* `reason` is a line for people, written unless SMTP_SENT. */
enum smtp_end smtp_send(const struct smtp *, const char *to, const char *letter,
    size_t length, char reason[SMTP_REASON_ROOM]);

#endif
