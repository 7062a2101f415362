#include "utf8.h"

/* How many bytes a first byte announces, 0 if it cannot be a first one. */
static size_t
length_of(unsigned char c)
{
	if (c < 0x80)
		return c != 0;
	if (c >= 0xc2 && c < 0xe0)
		return 2;
	if (c >= 0xe0 && c < 0xf0)
		return 3;
	if (c >= 0xf0 && c < 0xf5)
		return 4;
	return 0;
}

size_t
utf8_next(const char *s, size_t n, uint32_t *code)
{
	static const uint32_t least[] = { 0, 1, 0x80, 0x800, 0x10000 };
	static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t length = n > 0 ? length_of((unsigned char)s[0]) : 0;
	uint32_t c;

	if (length == 0 || length > n)
		return 0;
	c = (unsigned char)s[0] & first[length];
	for (size_t i = 1; i < length; i++) {
		unsigned char byte = (unsigned char)s[i];

		if ((byte & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (byte & 0x3f);
	}
	if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*code = c;
	return length;
}

bool
utf8_ok(const char *s, size_t n)
{
	uint32_t code;
	size_t length;

	for (size_t i = 0; i < n; i += length) {
		length = utf8_next(s + i, n - i, &code);
		if (length == 0)
			return false;
	}
	return true;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			count++;
	return count;
}

bool
utf8_is_blank(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 ||
	       c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	       c == 0x3000 || c == 0xfeff;
}

bool
utf8_blank(const char *s, size_t n)
{
	uint32_t code;
	size_t length;

	for (size_t i = 0; i < n; i += length) {
		length = utf8_next(s + i, n - i, &code);
		if (length == 0 || !utf8_is_blank(code))
			return false;
	}
	return true;
}
