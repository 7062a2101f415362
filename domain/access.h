/*
 * Access: who may do what, the whole of it in one table.
 *
 * A row of access.c is a resource, a column an actor: the eight roles of a
 * person, a partner's key, a script's token, and whoever is not signed in.  A
 * cell says which rights that actor has and how far they reach:
 *
 *	R read   W create or change   D delete
 *	L confirm, which locks   U unlock   X export as a file
 *
 *	:e the school   :t learners, classes and diplomas taught
 *	:a what one made   :s oneself   :c own children
 *	:p own trainees and their period   nothing: the nation
 *
 * "R:e,WD:t" reads all of the school and writes what is taught; "." is
 * nothing.  A route names one resource and one right (api/route.h): who may
 * call it follows from here, and nobody else is let in.  How far somebody who
 * was let in reaches is the business of the statements and of row-level
 * security; the authorization matrix of the tests holds them to this table,
 * for each route, each actor, and things within reach, out of reach, of
 * another school and of nowhere.
 *
 * To add a resource: a member here, its row there.  `acquis access` prints
 * the table and what it makes of the routes.
 */
#ifndef ACQUIS_ACCESS_H
#define ACQUIS_ACCESS_H

#include <stdbool.h>

enum resource {
	RESOURCE_PUBLIC,     /* what needs no account, and signing in */
	RESOURCE_SESSION,    /* one's own, be it good for nothing else */
	RESOURCE_ACCOUNT,    /* one's own: address, second factor, tokens */
	RESOURCE_HOME,       /* the screen after signing in */
	RESOURCE_FRAMEWORK,  /* diplomas: data of the nation */
	RESOURCE_SETTINGS,   /* of the school, its terms among them */
	RESOURCE_PERSON,     /* people, roles, their accounts */
	RESOURCE_GUARDIAN,   /* who is a guardian of whom, by hand */
	RESOURCE_ACTIVATION, /* codes that open accounts */
	RESOURCE_COMPANY,    /* accounts of tutors and masters */
	RESOURCE_IMPORT,     /* files of the national registers */
	RESOURCE_CLASS,      /* classes, groups, the learners in them */
	RESOURCE_EVALUATION, /* what is assessed, and of whom */
	RESOURCE_MARKS,      /* the results in it */
	RESOURCE_DASHBOARD,  /* the path of a learner */
	RESOURCE_DRAFT,      /* an interim assessment being prepared */
	RESOURCE_INTERIM,    /* one that was confirmed */
	RESOURCE_GRADE,      /* weights and grade of the last one */
	RESOURCE_GRADING,    /* the same of a whole class */
	RESOURCE_JOURNAL,    /* who changed what about a learner */
	RESOURCE_TRACE,      /* who read what, signed in, was given what */
	RESOURCE_MAIL,       /* what was mailed, and what was not */
	RESOURCE_PARTNER,    /* keys of partners */
	RESOURCE_FEED,       /* a partner's own: its key, what it took over */
	RESOURCE__MAX
};

enum right {
	RIGHT_READ,
	RIGHT_WRITE,
	RIGHT_DELETE,
	RIGHT_LOCK,
	RIGHT_UNLOCK,
	RIGHT_EXPORT,
	RIGHT__MAX
};

/* How far a right reaches.  Several roles may make several bits. */
enum scope {
	SCOPE_NATION = 1,
	SCOPE_SCHOOL = 2,
	SCOPE_TAUGHT = 4,
	SCOPE_AUTHOR = 8,
	SCOPE_SELF = 16,
	SCOPE_CHILD = 32,
	SCOPE_TRAINEE = 64,
};
#define SCOPE_COUNT 7

/* Who has a right at all, however far: bits of role.h. */
unsigned int access_roles(enum resource, enum right);

/* How far a right reaches with these roles: bits of enum scope, or 0. */
unsigned int access_scopes(enum resource, enum right, unsigned int roles);

/* Does a right reach all of the school with one of these roles? */
bool access_whole(enum resource, enum right, unsigned int roles);

/* "settings", "read", "school", and on what condition besides, or NULL. */
const char *access_resource(enum resource);
const char *access_right(enum right);
const char *access_scope(enum scope);
const char *access_when(enum resource);

/* Every cell is one that can be read: for the tests. */
bool access_ok(void);

#endif
