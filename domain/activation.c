#include <stddef.h>
#include <string.h>

#include "activation.h"

#define GROUP 4

static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The n-th sign of a code, with a hyphen after each group but the last. */
static void
put(char out[ACTIVATION_ROOM], size_t n, char sign)
{
	size_t at = n + n / GROUP;

	out[at] = sign;
	if (n % GROUP == GROUP - 1)
		out[at + 1] = n + 1 < ACTIVATION_SIGNS ? '-' : '\0';
}

void
activation_write(uint64_t chance, char out[ACTIVATION_ROOM])
{
	for (size_t n = 0; n < ACTIVATION_SIGNS; n++, chance >>= 5)
		put(out, n, signs[chance & 31]);
}

/* The sign that is meant; NUL where there is none. */
static char
meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c != '\0' && strchr(signs, c) != NULL ? c : '\0';
}

bool
activation_read(const char *typed, char out[ACTIVATION_ROOM])
{
	size_t n = 0;
	char sign;

	for (; *typed != '\0'; typed++) {
		if (*typed == '-' || *typed == ' ')
			continue;
		sign = meant(*typed);
		if (sign == '\0' || n == ACTIVATION_SIGNS) {
			out[0] = '\0';
			return false;
		}
		put(out, n++, sign);
	}
	if (n < ACTIVATION_SIGNS)
		out[0] = '\0';
	return n == ACTIVATION_SIGNS;
}
