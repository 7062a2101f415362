/*
 * The words of letters.  In a body, {name}, {login}, {school}, {site},
 * {detail} and {link} stand for what the letter has; a line whose {detail} is
 * not known is left out.
 */
#ifndef ACQUIS_LETTER_WORDS_H
#define ACQUIS_LETTER_WORDS_H

struct letter_words {
	const char *template;
	const char *path; /* of the link, before its secret; NULL: none */
	struct {
		const char *subject;
		const char *body;
	} in[2]; /* French, English */
};

/* NULL when there is no such template. */
const struct letter_words *letter_words(const char *template);

#endif
