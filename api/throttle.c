#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include <sodium.h>

#include "throttle.h"

#define WRONG_MAX 10
#define WINDOW_SECONDS 60
/*
 * Two addresses in one slot share its count, two keys the memory of being
 * good: the first costs a wrong key a minute, the second a look into the base.
 */
#define SLOTS 4096

struct throttle {
	unsigned char key[crypto_shorthash_KEYBYTES];
	atomic_ullong wrong[SLOTS]; /* start of the window << 16 | count */
	atomic_ullong good[SLOTS];  /* hash of a key */
};

static struct throttle *throttle;

void
throttle_open(void)
{
	throttle = mmap(NULL, sizeof(*throttle), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (throttle == MAP_FAILED)
		abort();
	randombytes_buf(throttle->key, sizeof(throttle->key));
}

static unsigned long long
hash_of(const char *s)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	unsigned long long hash;

	crypto_shorthash(bytes, (const unsigned char *)s, strlen(s),
	    throttle->key);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}

static unsigned long long
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (unsigned long long)t.tv_sec;
}

static bool
window_over(unsigned long long wrong, unsigned long long now)
{
	return now - (wrong >> 16) >= WINDOW_SECONDS;
}

bool
throttle_blocked(const char *address, const char *key)
{
	unsigned long long wrong, hash;

	wrong = throttle->wrong[hash_of(address) % SLOTS];
	if ((wrong & 0xffff) < WRONG_MAX || window_over(wrong, seconds()))
		return false;
	if (key == NULL)
		return true;
	hash = hash_of(key);
	return throttle->good[hash % SLOTS] != hash;
}

void
throttle_wrong(const char *address)
{
	atomic_ullong *slot = &throttle->wrong[hash_of(address) % SLOTS];
	unsigned long long now = seconds(), was = *slot, next;

	do {
		if (window_over(was, now))
			next = now << 16 | 1;
		else if ((was & 0xffff) < WRONG_MAX)
			next = was + 1;
		else
			return;
	} while (!atomic_compare_exchange_weak(slot, &was, next));
}

void
throttle_good(const char *key)
{
	unsigned long long hash = hash_of(key);

	atomic_store_explicit(&throttle->good[hash % SLOTS], hash,
	    memory_order_relaxed);
}
