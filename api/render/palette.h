/*
 * Palette: the colours of ux.md 3, in one place for paper and pictures.
 *
 * Colours are 0xrrggbb.  Level colours were computed for contrast and for
 * colour-blind readers: change one only by recomputing all.
 */
#ifndef ACQUIS_RENDER_PALETTE_H
#define ACQUIS_RENDER_PALETTE_H

#define COLOUR_NONE 0xff000000u
#define COLOUR_PAGE 0xffffffu
#define COLOUR_TEXT 0x1b1b1bu
#define COLOUR_SECOND 0x595959u
#define COLOUR_BORDER 0x767676u
#define COLOUR_HAIR 0xc9d3deu
#define COLOUR_BRAND 0x0b2f6bu
#define COLOUR_BAND 0xdbe7f3u
#define COLOUR_PALE 0xf3f7fbu
#define COLOUR_WARN 0xa3121fu
#define COLOUR_LAST 0x1d4e9eu
#define COLOUR_BEFORE 0xb45309u

struct level_look;

/*
 * Set fill and ink of a look from the colour a framework names: red, orange,
 * light_green, dark_green or blue.  A name we do not know gives the neutral
 * pair of an empty cell.
 */
void palette_look(struct level_look *, const char *name);

#endif
