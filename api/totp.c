#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include <sodium.h>

#include "totp.h"

#define WINDOW 1

unsigned int
totp_code(const unsigned char secret[TOTP_SECRET], int64_t step)
{
	unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned int length = 0, at, value;
	int i;

	for (i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(EVP_sha1(), secret, TOTP_SECRET, counter, sizeof(counter), mac,
	    &length);
	at = mac[length - 1] & 15;
	value = (unsigned int)(mac[at] & 127) << 24 |
		(unsigned int)mac[at + 1] << 16 |
		(unsigned int)mac[at + 2] << 8 | mac[at + 3];
	return value % 1000000;
}

/* All three are looked at, however early one is right. */
bool
totp_step(const unsigned char secret[TOTP_SECRET], int64_t now,
    const char *code, int64_t *step)
{
	unsigned char digits[TOTP_DIGITS];
	bool found = false;
	unsigned int value;
	int64_t at;
	int i;

	for (at = now - WINDOW; at <= now + WINDOW; at++) {
		value = totp_code(secret, at);
		for (i = TOTP_DIGITS - 1; i >= 0; i--, value /= 10)
			digits[i] = (unsigned char)('0' + value % 10);
		if (sodium_memcmp(digits, code, TOTP_DIGITS) == 0) {
			found = true;
			*step = at;
		}
	}
	return found;
}

void
totp_base32(const unsigned char secret[TOTP_SECRET],
    char out[TOTP_SECRET / 5 * 8 + 1])
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint64_t bits;
	size_t i, k;

	for (i = 0; i < TOTP_SECRET / 5; i++) {
		bits = 0;
		for (k = 0; k < 5; k++)
			bits = bits << 8 | secret[5 * i + k];
		for (k = 0; k < 8; k++)
			*out++ = signs[bits >> (35 - 5 * k) & 31];
	}
	*out = '\0';
}
