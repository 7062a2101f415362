#include <stddef.h>
#include <string.h>

#include "role.h"

/* In the order of the bits. */
static const char *const codes[ROLE_COUNT] = {
	"administrator",
	"ddfpt",
	"head",
	"teacher",
	"learner",
	"guardian",
	"tutor",
	"master",
	"partner",
	"limited",
	"script",
	"anyone",
};

bool
role_read(const char *code, unsigned int *role)
{
	for (unsigned int i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(codes[i], code) == 0) {
			*role = 1u << i;
			return true;
		}
	}
	return false;
}

const char *
role_code(unsigned int role)
{
	for (unsigned int i = 0; i < ROLE_COUNT; i++)
		if (role == 1u << i)
			return codes[i];
	return NULL;
}
