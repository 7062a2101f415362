/*
 * What a person is made of, as somebody typed it.
 */
#ifndef ACQUIS_PEOPLE_WRITE_H
#define ACQUIS_PEOPLE_WRITE_H

#include "context.h"

#define SERVICES_MAX 200
#define CLASSES_MAX 20

struct person_in {
	const char *first_name;
	const char *last_name;
	const char *usual_name; /* NULL: none, as with those below */
	const char *sex;
	const char *birth_date;
	const char *email;
	const char *phone;
	const char *track; /* of a learner */
	unsigned int roles;
	/* Of a teacher; the subject is "" where none is told. */
	int64_t service_class[SERVICES_MAX];
	const char *service_subject[SERVICES_MAX];
	size_t services;
	bool services_told;
	/* Of a learner. */
	int64_t classes[CLASSES_MAX];
	size_t classes_count;
	bool classes_told;
};

/*
 * Names, sex, birth date, address and phone that the body tells; what it does
 * not tell stays.  FAULT_VALUE with the pointer.
 */
enum fault person_in_read(struct ctx *, struct person_in *);

/* The same of roles, services and classes. */
enum fault person_in_read_ties(struct ctx *, struct person_in *);

/* A login nobody has, by the rule of domain/login.h. */
enum fault person_login(struct ctx *, const struct person_in *,
    const char **login);

/*
 * Write somebody new, with a login; nothing is known of classes yet.  Services
 * and classes must be of this year: FAULT_VALUE.
 */
enum fault person_add(struct ctx *, const struct person_in *, int64_t *id);

/* Write roles, and services and classes where they were told. */
enum fault person_tie(struct ctx *, const struct person_in *, int64_t id);

/*
 * FAULT_PROBABLE_DUPLICATE with those who may be the same person, unless the
 * body says `despite_duplicates`.
 */
enum fault person_unlike(struct ctx *, const struct person_in *);

#endif
