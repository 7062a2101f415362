#include <stddef.h>

#include "decimal.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
decimal_read(const char *s, int most, int *out)
{
	long long v = 0;
	int places = 0;

	if (!is_digit(*s))
		return false;
	for (; is_digit(*s); s++) {
		v = v * 10 + (*s - '0');
		if (v * 100 > most)
			return false;
	}
	if (*s == '.' || *s == ',') {
		if (!is_digit(*++s))
			return false;
		for (; is_digit(*s) && places < 2; s++, places++)
			v = v * 10 + (*s - '0');
	}
	for (; places < 2; places++)
		v *= 10;
	if (*s != '\0' || v > most)
		return false;
	*out = (int)v;
	return true;
}

void
decimal_write(int hundredths, char out[DECIMAL_ROOM])
{
	char digits[DECIMAL_ROOM];
	unsigned int v = (unsigned int)hundredths;
	size_t n = 0;

	if (hundredths < 0) {
		*out++ = '-';
		v = 0u - v;
	}
	while (v > 0 || n < 4) {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
		if (n == 2)
			digits[n++] = '.';
	}
	while (n > 0)
		*out++ = digits[--n];
	*out = '\0';
}
