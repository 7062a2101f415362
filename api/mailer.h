/*
 * Mailer: the thread that sends what stands in the table mail.
 *
 * One worker of a server has one, with a connection of its own, so that a
 * mail server that keeps us waiting keeps nobody else.  Several servers on one
 * base share the work: a mail is taken by one of them, for three minutes.  One
 * that dies in between leaves it to whoever comes next, so a mail may go out
 * twice, with one Message-ID, when we died between the server's "yes" and our
 * writing it down; it is never lost.
 *
 * $ACQUIS_SMTP_URL, $ACQUIS_MAIL_FROM and $ACQUIS_URL say how.  Without them
 * mails wait.
 */
#ifndef ACQUIS_MAILER_H
#define ACQUIS_MAILER_H

#include <stdbool.h>

/* Once, in the parent: reads the settings.  NULL, or what is wrong. */
const char *mailer_open(void);

/* Is there a way to send mail? */
bool mailer_ready(void);

/* Start the thread of this worker, and let it end what it is at. */
void mailer_start(const char *database);
void mailer_stop(void);

#endif
