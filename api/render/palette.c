#include <string.h>

#include "document.h"
#include "palette.h"

static const struct {
	const char *name;
	unsigned int fill;
	unsigned int ink;
} colours[] = {
	{ "red", 0xc5405a, 0xffffff },
	{ "orange", 0xe9982f, 0x111111 },
	{ "light_green", 0xc6efa8, 0x111111 },
	{ "dark_green", 0x0a4a22, 0xffffff },
	{ "blue", 0x9fc0ea, 0x111111 },
};

void
palette_look(struct level_look *look, const char *name)
{
	look->fill = COLOUR_PAGE;
	look->ink = 0x111111;
	for (size_t i = 0; i < sizeof(colours) / sizeof(colours[0]); i++) {
		if (name == NULL || strcmp(colours[i].name, name) != 0)
			continue;
		look->fill = colours[i].fill;
		look->ink = colours[i].ink;
	}
}
