/*
 * Send: the answer of a context as Kore sends it.
 */
#ifndef ACQUIS_SEND_H
#define ACQUIS_SEND_H

#include "context.h"

/* To the client that still waits: c->request is not NULL. */
void send_reply(struct ctx *);

#endif
