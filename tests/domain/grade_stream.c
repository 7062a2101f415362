/*
 * Grade stream: the weight and grade modules as a filter, so that a program in
 * another language can compare itself with them (G1).
 *
 * One case per line:
 *     v1,v2,v3,v4 factor policy positions amount,amount,...  weight,weight,...
 * One answer per line: the fault of the proposal, its state, remainder, S, D,
 * hundredths and value, points and share of every term, then the 100 %
 * redistributed over the amounts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/grade.h"
#include "domain/weight.h"

struct sum {
	struct grade_rules rules;
	struct position positions[POSITION_MAX];
	uint64_t amounts[POSITION_MAX];
	int bp[POSITION_MAX];
	size_t n;
};

static void
bad_line(const char *what)
{
	fprintf(stderr, "grade_stream: %s\n", what);
	exit(2);
}

/* Numbers with commas between them, then a blank or the end of the line. */
static char *
numbers(char *at, size_t n, int64_t *out)
{
	for (size_t i = 0; i < n; i++, at++) {
		char *end;

		out[i] = strtoll(at, &end, 10);
		if (end == at || (i + 1 < n && *end != ','))
			bad_line("numbers");
		at = end;
	}
	return at;
}

static char *
word(char *at, const char **out)
{
	char *end = strchr(at, ' ');

	if (end == NULL)
		bad_line("a word is missing");
	*end = '\0';
	*out = at;
	return end + 1;
}

static void
read_sum(char *line, struct sum *s)
{
	int64_t v[POSITION_MAX];
	const char *text;
	char *at = numbers(line, 4, v);

	for (size_t i = 0; i < 4; i++)
		s->rules.scale.value[i] = (int)v[i];
	at = numbers(at, 1, v);
	s->rules.intermediate_bp = (int)v[0];
	at = word(at, &text);
	if (!grade_policy_read(text, &s->rules.policy))
		bad_line("policy");
	at = word(at, &text);
	s->n = strlen(text) / 2;
	if (s->n > POSITION_MAX || !position_read(text, s->n, s->positions))
		bad_line("positions");
	at = numbers(at, s->n, v);
	for (size_t i = 0; i < s->n; i++)
		s->amounts[i] = (uint64_t)v[i];
	numbers(at, s->n, v);
	for (size_t i = 0; i < s->n; i++)
		s->bp[i] = (int)v[i];
}

static void
print_terms(const struct sum *s, const struct grade *g)
{
	struct grade_term terms[POSITION_MAX];

	if (g->state != GRADE_PROPOSED)
		return;
	grade_explain(s->bp, s->positions, s->n, &s->rules, terms);
	for (size_t i = 0; i < s->n; i++)
		printf(" %d:%d", terms[i].points_milli, terms[i].share_tenths);
}

static void
answer(const struct sum *s)
{
	struct grade g = { GRADE_INCOMPLETE, 0, 0, 0, 0, 0 };
	int bp[POSITION_MAX];
	enum fault fault;

	fault = grade_propose(s->bp, s->positions, s->n, &s->rules, &g);
	if (fault == FAULT_NONE)
		printf("ok %d %d %" PRId64 " %" PRId64 " %d %d", g.state,
		    g.remainder_bp, g.reached, g.whole, g.raw, g.value);
	else if (fault == FAULT_WEIGHT_RANGE)
		printf("range");
	else if (fault == FAULT_WEIGHT_NE)
		printf("ne");
	else if (fault == FAULT_WEIGHT_OVER)
		printf("over");
	else
		printf("fault");
	if (fault == FAULT_NONE)
		print_terms(s, &g);
	printf(" |");
	if (weight_redistribute(s->amounts, s->positions, s->n, bp) ==
	    FAULT_NONE)
		for (size_t i = 0; i < s->n; i++)
			printf(" %d", bp[i]);
	printf("\n");
}

int
main(void)
{
	static char line[8192];
	struct sum s = { .n = 0 };

	/* whoever asks waits for each answer */
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		read_sum(line, &s);
		answer(&s);
	}
	return 0;
}
