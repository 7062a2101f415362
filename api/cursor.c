#include <string.h>

#include <sodium.h>

#include "cursor.h"

#define HOUR 3600
#define LIFETIME (25 * HOUR)
#define NUMBERS 4
#define BYTES (NUMBERS * 8 + crypto_auth_hmacsha256_BYTES)

_Static_assert(crypto_auth_hmacsha256_KEYBYTES == CURSOR_KEY,
    "cursors are signed with HMAC-SHA-256");
_Static_assert(sodium_base64_ENCODED_LEN(BYTES,
		   sodium_base64_VARIANT_URLSAFE_NO_PADDING) <= CURSOR_ROOM,
    "a cursor fits its room");

int64_t
cursor_hour(int64_t seconds)
{
	return seconds - seconds % HOUR;
}

static void
number_write(unsigned char *out, int64_t n)
{
	int i;

	for (i = 7; i >= 0; i--, n >>= 8)
		out[i] = (unsigned char)(n & 0xff);
}

static int64_t
number_read(const unsigned char *in)
{
	uint64_t n = 0;
	int i;

	for (i = 0; i < 8; i++)
		n = n << 8 | in[i];
	return (int64_t)n;
}

static void
sign(unsigned char *mac, const unsigned char *numbers, const unsigned char *key,
    const char *filters)
{
	crypto_auth_hmacsha256_state s;

	crypto_auth_hmacsha256_init(&s, key, CURSOR_KEY);
	crypto_auth_hmacsha256_update(&s, numbers, NUMBERS * 8);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)filters,
	    strlen(filters));
	crypto_auth_hmacsha256_final(&s, mac);
}

const char *
cursor_write(struct arena *a, const unsigned char key[CURSOR_KEY],
    const char *filters, const struct cursor *c)
{
	unsigned char bytes[BYTES];

	number_write(bytes, c->issued);
	number_write(bytes + 8, c->through);
	number_write(bytes + 16, c->rev);
	number_write(bytes + 24, c->id);
	sign(bytes + NUMBERS * 8, bytes, key, filters);
	return sodium_bin2base64(arena_take(a, CURSOR_ROOM), CURSOR_ROOM, bytes,
	    sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum fault
cursor_read(const char *text, const unsigned char key[CURSOR_KEY],
    const char *filters, int64_t now, struct cursor *c)
{
	unsigned char bytes[BYTES], mac[crypto_auth_hmacsha256_BYTES];
	size_t n;

	if (sodium_base642bin(bytes, sizeof(bytes), text, strlen(text), NULL,
		&n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != sizeof(bytes))
		return FAULT_CURSOR;
	sign(mac, bytes, key, filters);
	if (sodium_memcmp(mac, bytes + NUMBERS * 8, sizeof(mac)) != 0)
		return FAULT_CURSOR;
	*c = (struct cursor){ .issued = number_read(bytes),
		.through = number_read(bytes + 8),
		.rev = number_read(bytes + 16),
		.id = number_read(bytes + 24) };
	return now - c->issued >= LIFETIME ? FAULT_CURSOR_OLD : FAULT_NONE;
}
