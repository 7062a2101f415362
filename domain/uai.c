#include "uai.h"

/* Without I, O and Q, which are read as digits. */
static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";

char
uai_letter(const char *s)
{
	unsigned int number = 0;

	for (int i = 0; i < UAI_LENGTH - 1; i++) {
		if (s[i] < '0' || s[i] > '9')
			return '\0';
		number = number * 10 + (unsigned int)(s[i] - '0');
	}
	return letters[number % (sizeof(letters) - 1)];
}

bool
uai_ok(const char *s)
{
	char letter = uai_letter(s);

	return letter != '\0' && s[UAI_LENGTH - 1] == letter &&
	       s[UAI_LENGTH] == '\0';
}
