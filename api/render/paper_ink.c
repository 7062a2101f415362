#include "paper_inside.h"

#define CIRCLE 0.5522847498 /* where the handles of a quarter of one are */

#define NUMBER_MAX 24 /* bytes of a number and the blank after it */

long
paper_hundredths(double value)
{
	return (long)(value * 100 + (value < 0 ? -0.5 : 0.5));
}

/* Not by printf, which would heed the locale, and is slow. */
static char *
write_number(char *at, long n)
{
	unsigned long left = n < 0 ? 0 - (unsigned long)n : (unsigned long)n;
	char digits[NUMBER_MAX], *d = digits;
	unsigned long part = left % 100;

	if (n < 0)
		*at++ = '-';
	for (left /= 100; left > 0; left /= 10)
		*d++ = (char)('0' + left % 10);
	if (d == digits && part == 0)
		*d++ = '0';
	while (d > digits)
		*at++ = *--d;
	if (part > 0) {
		*at++ = '.';
		*at++ = (char)('0' + part / 10);
		if (part % 10 > 0)
			*at++ = (char)('0' + part % 10);
	}
	*at++ = ' ';
	return at;
}

void
paper_put_hundredths(struct text *out, long n)
{
	char *from = text_room(out, NUMBER_MAX);

	out->length += (size_t)(write_number(from, n) - from);
}

void
paper_put(struct text *out, double value)
{
	paper_put_hundredths(out, paper_hundredths(value));
}

/* A point of the path, and what it is there; 0 if that comes later. */
static void
point(struct paper *p, double x, double y, char operator)
{
	char *from = text_room(&p->path, 2 * NUMBER_MAX + 2), *at = from;

	at = write_number(at, paper_hundredths(x));
	at = write_number(at, paper_hundredths(p->height - y));
	if (operator!= 0) {
		*at++ = operator;
		*at++ = '\n';
	}
	p->path.length += (size_t)(at - from);
}

void
paper_move(struct paper *p, double x, double y)
{
	point(p, x, y, 'm');
}

void
paper_line(struct paper *p, double x, double y)
{
	point(p, x, y, 'l');
}

void
paper_shut(struct paper *p)
{
	text_add(&p->path, "h\n", 2);
}

/* A quarter of a circle from the point before: by way of a corner, to x, y. */
static void
quarter(struct paper *p, double fx, double fy, double cx, double cy, double x,
    double y)
{
	point(p, fx + (cx - fx) * CIRCLE, fy + (cy - fy) * CIRCLE, 0);
	point(p, x + (cx - x) * CIRCLE, y + (cy - y) * CIRCLE, 0);
	point(p, x, y, 'c');
}

void
paper_box(struct paper *p, double x, double y, double w, double h, double r)
{
	double right = x + w, low = y + h;

	if (r <= 0) {
		point(p, x, low, 0);
		paper_put(&p->path, w);
		paper_put(&p->path, h);
		text_put(&p->path, "re\n");
		return;
	}
	paper_move(p, x + r, y);
	paper_line(p, right - r, y);
	quarter(p, right - r, y, right, y, right, y + r);
	paper_line(p, right, low - r);
	quarter(p, right, low - r, right, low, right - r, low);
	paper_line(p, x + r, low);
	quarter(p, x + r, low, x, low, x, low - r);
	paper_line(p, x, y + r);
	quarter(p, x, y + r, x, y, x + r, y);
	paper_shut(p);
}

void
paper_circle(struct paper *p, double x, double y, double r)
{
	paper_move(p, x, y - r);
	quarter(p, x, y - r, x + r, y - r, x + r, y);
	quarter(p, x + r, y, x + r, y + r, x, y + r);
	quarter(p, x, y + r, x - r, y + r, x - r, y);
	quarter(p, x - r, y, x - r, y - r, x, y - r);
	paper_shut(p);
}

/* 0 to 255 as 0 to 1: three decimals tell them all apart. */
static void
put_part(struct text *out, unsigned int value)
{
	unsigned int n = (value * 1000 + 127) / 255;
	char part[5] = { '.', (char)('0' + n / 100), (char)('0' + n / 10 % 10),
		(char)('0' + n % 10), ' ' };

	if (n == 0 || n == 1000)
		text_put(out, n == 0 ? "0 " : "1 ");
	else
		text_add(out, part, sizeof(part));
}

/* Colours are set once for all that follows in them; a grey by one number. */
static void
set_colour(struct paper *p, unsigned int *last, unsigned int colour,
    const char *operator, const char * grey)
{
	unsigned int red = colour >> 16 & 0xff, green = colour >> 8 & 0xff;
	unsigned int blue = colour & 0xff;

	if (colour == *last)
		return;
	*last = colour;
	put_part(&p->content, red);
	if (red == green && green == blue) {
		text_put(&p->content, grey);
		return;
	}
	put_part(&p->content, green);
	put_part(&p->content, blue);
	text_put(&p->content, operator);
}

void
paper_fill(struct paper *p, unsigned int colour)
{
	set_colour(p, &p->fill, colour, "rg\n", "g\n");
}

void
paper_opacity(struct paper *p, int percent)
{
	if (percent == p->opacity)
		return;
	p->opacities[percent] = true;
	text_print(&p->content, "/O%d gs\n", percent);
	p->opacity = percent;
}

static void
set_pen(struct paper *p, const struct ink *ink)
{
	set_colour(p, &p->stroke, ink->stroke, "RG\n", "G\n");
	if (ink->width != p->line_width) {
		paper_put(&p->content, ink->width);
		text_put(&p->content, "w\n");
		p->line_width = ink->width;
	}
	if (ink->dash == p->dash)
		return;
	text_char(&p->content, '[');
	if (ink->dash > 0)
		paper_put(&p->content, ink->dash);
	text_put(&p->content, "]0 d\n");
	p->dash = ink->dash;
}

void
paper_paint(struct paper *p, const struct ink *ink)
{
	bool fill = ink->fill != COLOUR_NONE;
	bool stroke = ink->stroke != COLOUR_NONE;

	if (p->path.length == 0 || (!fill && !stroke))
		goto done;
	paper_draw(p);
	paper_end_text(p);
	if (fill)
		paper_fill(p, ink->fill);
	if (fill)
		paper_opacity(p, ink->opacity == 0 ? 100 : ink->opacity);
	if (stroke)
		set_pen(p, ink);
	text_add(&p->content, p->path.bytes, p->path.length);
	text_put(&p->content, !stroke ? "f\n" : fill ? "B\n" : "S\n");
done:
	p->path.length = 0;
}
