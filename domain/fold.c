#include "fold.h"
#include "utf8.h"

/*
 * One character per code point, sixteen a line: the letter it folds to, '.'
 * for none, a digit for one of the pairs.
 */
/* clang-format off */
#define LATIN_FIRST 0xa0
static const char latin[] =
	"..........a....." /* 00A0 */
	"..........o....." /* 00B0 */
	"aaaaaa1ceeeeiiii" /* 00C0 */
	"dnooooo.ouuuuy43" /* 00D0 */
	"aaaaaa1ceeeeiiii" /* 00E0 */
	"dnooooo.ouuuuy4y" /* 00F0 */
	"aaaaaaccccccccdd" /* 0100 */
	"ddeeeeeeeeeegggg" /* 0110 */
	"gggghhhhiiiiiiii" /* 0120 */
	"ii55jjkkklllllll" /* 0130 */
	"lllnnnnnnnnnoooo" /* 0140 */
	"oo22rrrrrrssssss" /* 0150 */
	"ssttttttuuuuuuuu" /* 0160 */
	"uuuuwwyyyzzzzzzs" /* 0170 */
	"bbbb..occdddd.ee" /* 0180 */
	"effgg.iikkllwnno" /* 0190 */
	"oo..ppr....ttttu" /* 01A0 */
	"uuvyyzzz........" /* 01B0 */
	"....666777888aai" /* 01C0 */
	"ioouuuuuuuuuueaa" /* 01D0 */
	"aa11ggggkkoooozz" /* 01E0 */
	"j666gg..nnaa11oo" /* 01F0 */
	"aaaaeeeeiiiioooo" /* 0200 */
	"rrrruuuusstt..hh" /* 0210 */
	"nd..zzaaeeoooooo" /* 0220 */
	"ooyylntj..acclts" /* 0230 */
	"z..bu.eejj..rryy"; /* 0240 */

#define ADDITIONAL_FIRST 0x1e00
static const char additional[] =
	"aabbbbbbccdddddd" /* 1E00 */
	"ddddeeeeeeeeeeff" /* 1E10 */
	"gghhhhhhhhhhiiii" /* 1E20 */
	"kkkkkkllllllllmm" /* 1E30 */
	"mmmmnnnnnnnnoooo" /* 1E40 */
	"oooopppprrrrrrrr" /* 1E50 */
	"sssssssssstttttt" /* 1E60 */
	"ttuuuuuuuuuuvvvv" /* 1E70 */
	"wwwwwwwwwwxxxxyy" /* 1E80 */
	"zzzzzzhtwyas..3d" /* 1E90 */
	"aaaaaaaaaaaaaaaa" /* 1EA0 */
	"aaaaaaaaeeeeeeee" /* 1EB0 */
	"eeeeeeeeiiiioooo" /* 1EC0 */
	"oooooooooooooooo" /* 1ED0 */
	"oooouuuuuuuuuuuu" /* 1EE0 */
	"uuyyyyyyyy..vvyy"; /* 1EF0 */
/* clang-format on */

static const char pairs[][3] = { "", "ae", "oe", "ss", "th", "ij", "dz", "lj",
	"nj" };

static char
ascii_letter(uint32_t code)
{
	if (code >= 'A' && code <= 'Z')
		return (char)(code - 'A' + 'a');
	if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'))
		return (char)code;
	return '.';
}

static char
table_letter(uint32_t code)
{
	if (code < 0x80)
		return ascii_letter(code);
	if (code >= LATIN_FIRST && code - LATIN_FIRST < sizeof(latin) - 1)
		return latin[code - LATIN_FIRST];
	if (code >= ADDITIONAL_FIRST &&
	    code - ADDITIONAL_FIRST < sizeof(additional) - 1)
		return additional[code - ADDITIONAL_FIRST];
	return '.';
}

size_t
fold_letters(uint32_t code, char out[2])
{
	char letter = table_letter(code);
	const char *pair;

	if (letter == '.')
		return 0;
	if (code < 0x80 || letter > '9') {
		out[0] = letter;
		return 1;
	}
	pair = pairs[letter - '0'];
	out[0] = pair[0];
	out[1] = pair[1];
	return 2;
}

/* Straight, curly, or what keyboards offer instead. */
static bool
is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xb4 || c == 0x2b9 || c == 0x2bb ||
	       c == 0x2bc || (c >= 0x2018 && c <= 0x201b) || c == 0x2032 ||
	       c == 0xff07;
}

bool
fold_is_hyphen(uint32_t c)
{
	return c == '-' || c == 0xad || (c >= 0x2010 && c <= 0x2015) ||
	       c == 0x2212;
}

static bool
is_accent(uint32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

size_t
fold_name(const char *s, size_t n, char *out)
{
	size_t length, at = 0;
	uint32_t code;
	bool apart = false;

	for (size_t i = 0; i < n; i += length) {
		char letters[2];
		size_t count;

		length = utf8_next(s + i, n - i, &code);
		if (length == 0)
			break;
		if (is_accent(code))
			continue;
		if (is_apostrophe(code) || fold_is_hyphen(code) ||
		    utf8_is_blank(code)) {
			apart = at > 0;
			continue;
		}
		if (apart)
			out[at++] = ' ';
		apart = false;
		count = fold_letters(code, letters);
		for (size_t k = 0; k < (count > 0 ? count : length); k++)
			out[at++] = count > 0 ? letters[k] : s[i + k];
	}
	out[at] = '\0';
	return at;
}
