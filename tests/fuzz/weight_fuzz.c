/*
 * Fuzz: any text as a percent, any bytes as a weighting.
 *
 * A percent that is read is within 0..100 and reads the same again; parts
 * always add up to the whole, on assessed competencies only.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../domain/date.h"
#include "../../domain/weight.h"

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static void
fuzz_percent(const char *s)
{
	char out[DECIMAL_ROOM];
	int bp, again;

	if (weight_parse(s, &bp) != FAULT_NONE)
		return;
	promise(bp >= 0 && bp <= WEIGHT_WHOLE);
	decimal_write(bp, out);
	promise(weight_parse(out, &again) == FAULT_NONE && again == bp);
}

static void
fuzz_date(const char *s)
{
	char out[DATE_ROOM];
	int32_t day, again;

	if (date_read_iso(s, &day)) {
		date_write_iso(day, out);
		promise(strcmp(out, s) == 0);
	}
	if (date_read_french(s, &day)) {
		date_write_iso(day, out);
		promise(date_read_iso(out, &again) && again == day);
	}
}

/* Five bytes a competency: its position, then its amount. */
static void
fuzz_share(const uint8_t *bytes, size_t n)
{
	static const struct position kinds[] = { { .set = false },
		{ true, LEVEL_NE, OBJECTIVE_NONE },
		{ true, LEVEL_1, OBJECTIVE_INTERMEDIATE },
		{ true, LEVEL_4, OBJECTIVE_TERMINAL } };
	struct position position[POSITION_MAX];
	uint64_t amount[POSITION_MAX], total = 0;
	int bp[POSITION_MAX], sum = 0;
	size_t i, k, count = n / 5;

	if (count > POSITION_MAX)
		count = POSITION_MAX;
	for (i = 0; i < count; i++) {
		position[i] = kinds[bytes[5 * i] % 4];
		for (amount[i] = 0, k = 1; k < 5; k++)
			amount[i] = amount[i] << 8 | bytes[5 * i + k];
		total += amount[i];
	}
	weight_apportion(amount, count, bp);
	for (i = 0; i < count; i++)
		sum += bp[i];
	promise(sum == (total == 0 ? 0 : WEIGHT_WHOLE));
	if (weight_redistribute(amount, position, count, bp) != FAULT_NONE)
		return;
	promise(weight_ok(bp, position, count) == FAULT_NONE);
	promise(weight_remainder(bp, count) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *s = malloc(n + 1);

	if (s == NULL)
		abort();
	if (n > 0)
		memcpy(s, bytes, n);
	s[n] = '\0';
	fuzz_percent(s);
	fuzz_date(s);
	free(s);
	fuzz_share(bytes, n);
	return 0;
}
