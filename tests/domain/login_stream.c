/*
 * Login stream: the login module as a filter, for login_oracle.mjs.
 *
 * One line in, one line out, fields separated by tabs:
 *     base <first name> <last name>      the base
 *     suffix <base> <k>                  the k-th login of that base
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/login.h"

int
main(void)
{
	static char line[4096];
	char out[LOGIN_ROOM];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		char *one = strchr(line, '\t');
		char *two = one ? strchr(one + 1, '\t') : NULL;

		if (two == NULL)
			return 2;
		*one++ = '\0';
		*two++ = '\0';
		two[strcspn(two, "\n")] = '\0';
		if (strcmp(line, "base") == 0)
			login_base(one, two, out);
		else
			login_suffix(one, (unsigned int)strtoul(two, NULL, 10),
			    out);
		puts(out);
	}
	return 0;
}
