#include <stddef.h>
#include <string.h>

#include "access.h"
#include "role.h"

/* In the order of the columns. */
static const unsigned int columns[] = { ROLE_ADMINISTRATOR, ROLE_DDFPT,
	ROLE_HEAD, ROLE_TEACHER, ROLE_LEARNER, ROLE_GUARDIAN, ROLE_TUTOR,
	ROLE_MASTER, ROLE_PARTNER, ROLE_SCRIPT, ROLE_ANYONE };
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* clang-format off */
static const struct row {
	const char *name;
	const char *cells; /* blanks between */
	const char *when;  /* a further condition of the statements, or NULL */
} rows[] = {
	/*  ADM    DDF    HD    TE       LE   GU   TU   AM   PA   SC   anyone */
	[RESOURCE_PUBLIC] = { "public",
	   "RW     RW     RW    RW       RW   RW   RW   RW   RW   RW   RW" },
	[RESOURCE_SESSION] = { "session",
	   "RWD:s  RWD:s  RWD:s RWD:s  RWD:s RWD:s RWD:s RWD:s .  .    ." },
	[RESOURCE_ACCOUNT] = { "account",
	   "RWD:s  RWD:s  RWD:s RWD:s  RWD:s RWD:s RWD:s RWD:s .  .    ." },
	[RESOURCE_HOME] = { "home",
	   "R:s    R:s    R:s   R:s      R:s  R:s  R:s  R:s  .    .    ." },
	[RESOURCE_FRAMEWORK] = { "framework",
	   "R      R      R     R        R    R    R    R    R    R    ." },
	[RESOURCE_SETTINGS] = { "settings",
	   "RW:e   RW:e   RW:e  R:e      .    .    .    .    .    .    ." },
	[RESOURCE_PERSON] = { "person",
	   "RWDX:e RWX:e  R:e   .        .    .    .    .    .    .    .",
	   "a DDFPT: writes teachers, learners, tutors, masters" },
	[RESOURCE_GUARDIAN] = { "guardian",
	   "RWD:e  .      .     .        .    .    .    .    .    .    ." },
	[RESOURCE_ACTIVATION] = { "activation",
	   "W:e    W:e    .     W:t      .    .    .    .    .    .    .",
	   "a DDFPT as for people; a teacher: tutors of learners taught" },
	[RESOURCE_COMPANY] = { "company",
	   "RW:e   RW:e   R:e   R:e,W:t  .    .    .    .    .    .    .",
	   "the administrator: masters only; a teacher: tutors only" },
	[RESOURCE_IMPORT] = { "import",
	   "RW:e   .      .     .        .    .    .    .    .    RW:e ." },
	[RESOURCE_CLASS] = { "class",
	   "RW:e   RWX:e  RX:e  R:e,X:t  R:s  R:c  R:p  R:p  R:e  R:e  ." },
	[RESOURCE_EVALUATION] = { "evaluation",
	   ".      R:e    R:e   RWD:t    R:s  R:c  .    .    .    R:t  .",
	   "a teacher: also the own ones; a family: those made visible" },
	[RESOURCE_MARKS] = { "marks",
	   ".      R:e    R:e   RW:t     R:s  R:c  .    .    .    RW:t .",
	   "all those of an evaluation that may be read" },
	[RESOURCE_DASHBOARD] = { "dashboard",
	   ".      R:e    R:e   R:e      R:s  R:c  .    .    .    R:t  ." },
	[RESOURCE_DRAFT] = { "draft",
	   ".      R:e    .     RWD:t    .    .    .    .    .    .    ." },
	[RESOURCE_INTERIM] = { "interim",
	   ".      RUX:e  RX:e  R:e,LX:t RX:s RX:c .    .    R:e  RX:t .",
	   "a partner: of the terms it may pull, without the findings" },
	[RESOURCE_GRADE] = { "grade",
	   ".      RX:e   RX:e  RWX:t    R:s  R:c  .    .    R:e  RX:t .",
	   "a learner and a guardian: where the school shows it" },
	[RESOURCE_GRADING] = { "grading",
	   ".      R:e    R:e   R:t      .    .    .    .    .    R:t  ." },
	[RESOURCE_JOURNAL] = { "journal",
	   ".      R:e    R:e   R:a      .    .    .    .    .    .    ." },
	[RESOURCE_TRACE] = { "trace",
	   "RX:e   RX:e   RX:e  RX:a     RX:s RX:c .    .    .    .    ." },
	[RESOURCE_MAIL] = { "mail",
	   "RW:e   .      .     .        .    .    .    .    .    .    ." },
	[RESOURCE_PARTNER] = { "partner",
	   "RWD:e  RWD:e  .     .        .    .    .    .    .    .    ." },
	[RESOURCE_FEED] = { "feed",
	   ".      .      .     .        .    .    .    .    RW:s .    ." },
};
/* clang-format on */

_Static_assert(sizeof(rows) / sizeof(rows[0]) == RESOURCE__MAX,
    "every resource needs its row");

static const struct {
	char letter;
	const char *name;
} rights[RIGHT__MAX] = {
	[RIGHT_READ] = { 'R', "read" },
	[RIGHT_WRITE] = { 'W', "write" },
	[RIGHT_DELETE] = { 'D', "delete" },
	[RIGHT_LOCK] = { 'L', "lock" },
	[RIGHT_UNLOCK] = { 'U', "unlock" },
	[RIGHT_EXPORT] = { 'X', "export" },
};

/* In the order of the bits; '\0' where no letter is written. */
static const struct {
	char letter;
	const char *name;
} scopes[SCOPE_COUNT] = { { '\0', "nation" }, { 'e', "school" },
	{ 't', "taught" }, { 'a', "author" }, { 's', "self" }, { 'c', "child" },
	{ 'p', "trainee" } };

static unsigned int
scope_of(char letter)
{
	for (unsigned int i = 0; i < SCOPE_COUNT; i++)
		if (scopes[i].letter == letter)
			return 1u << i;
	return 0;
}

static size_t
until(const char *s, size_t n, char stop)
{
	const char *found = memchr(s, stop, n);

	return found == NULL ? n : (size_t)(found - s);
}

/* The cell that begins at or after s; its length, 0 at the end of the row. */
static size_t
cell_at(const char **s)
{
	while (**s == ' ')
		(*s)++;
	return until(*s, strlen(*s), ' ');
}

/* How far a cell lets go who has a right; 0 where it does not give it. */
static unsigned int
cell_scope(const char *cell, size_t n, char right)
{
	size_t part, letters;

	for (; n > 0; cell += part, n -= part) {
		part = until(cell, n, ',');
		letters = until(cell, part, ':');
		if (memchr(cell, right, letters) != NULL)
			return scope_of(
			    letters < part ? cell[letters + 1] : '\0');
		part += part < n;
	}
	return 0;
}

unsigned int
access_scopes(enum resource resource, enum right right, unsigned int roles)
{
	const char *s = rows[resource].cells;
	unsigned int found = 0;

	for (size_t i = 0, n; i < COLUMNS; i++, s += n) {
		n = cell_at(&s);
		if (columns[i] & roles)
			found |= cell_scope(s, n, rights[right].letter);
	}
	return found;
}

unsigned int
access_roles(enum resource resource, enum right right)
{
	unsigned int roles = 0;

	for (size_t i = 0; i < COLUMNS; i++)
		if (access_scopes(resource, right, columns[i]) != 0)
			roles |= columns[i];
	return roles;
}

bool
access_whole(enum resource resource, enum right right, unsigned int roles)
{
	return access_scopes(resource, right, roles) &
	       (SCOPE_NATION | SCOPE_SCHOOL);
}

const char *
access_resource(enum resource resource)
{
	return rows[resource].name;
}

const char *
access_right(enum right right)
{
	return rights[right].name;
}

const char *
access_scope(enum scope scope)
{
	for (unsigned int i = 0; i < SCOPE_COUNT; i++)
		if (1u << i == (unsigned int)scope)
			return scopes[i].name;
	return NULL;
}

const char *
access_when(enum resource resource)
{
	return rows[resource].when;
}

static bool
right_known(char letter)
{
	for (size_t i = 0; i < RIGHT__MAX; i++)
		if (rights[i].letter == letter)
			return true;
	return false;
}

/* Letters of rights, then nothing or the one letter of a scope. */
static bool
part_ok(const char *s, size_t n)
{
	size_t letters = until(s, n, ':');

	for (size_t i = 0; i < letters; i++)
		if (!right_known(s[i]))
			return false;
	return letters > 0 &&
	       (letters == n ||
		   (n == letters + 2 && scope_of(s[letters + 1]) != 0));
}

static bool
cell_ok(const char *cell, size_t n)
{
	size_t part;

	if (n == 1 && *cell == '.')
		return true;
	do {
		part = until(cell, n, ',');
		if (!part_ok(cell, part))
			return false;
		part += part < n;
		cell += part;
		n -= part;
	} while (n > 0);
	return true;
}

bool
access_ok(void)
{
	for (enum resource r = 0; r < RESOURCE__MAX; r++) {
		const char *s = rows[r].cells;

		for (size_t i = 0, n; i < COLUMNS; i++, s += n) {
			n = cell_at(&s);
			if (n == 0 || !cell_ok(s, n))
				return false;
		}
		if (*s != '\0')
			return false;
	}
	return true;
}
