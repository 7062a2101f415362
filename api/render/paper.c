#include <stdio.h>
#include <string.h>

#include "deflate.h"
#include "paper_inside.h"
#include "plain.h"

#define PACK_MAX 200        /* objects that are deflated together */
#define BLANKS "          " /* for the length of a stream */
#define LENGTH_MAX (sizeof(BLANKS) - 1)
#define FILE_FIRST 65536 /* most files of one document are smaller */

/* Where an object is: in the file, or in a pack at an index. */
struct place {
	uint32_t pack; /* 0: in the file */
	uint32_t at;
};

struct member {
	uint32_t number;
	size_t start;
};

void *
paper_list_add(struct arena *arena, struct paper_list *list, size_t size)
{
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 32 : list->room * 2;
		char *items = arena_array(arena, room, size);

		if (list->count > 0)
			memcpy(items, list->items, list->count * size);
		list->items = items;
		list->room = room;
	}
	return (char *)list->items + size * list->count++;
}

/* --- objects --- */

uint32_t
paper_number(struct paper *p)
{
	paper_list_add(p->arena, &p->places, sizeof(struct place));
	return (uint32_t)p->places.count - 1;
}

static struct place *
place_of(struct paper *p, uint32_t number)
{
	return (struct place *)p->places.items + number;
}

static void
put_stream(struct paper *p, uint32_t number, const char *dictionary,
    const struct text *deflated)
{
	place_of(p, number)->at = (uint32_t)p->file.length;
	text_print(&p->file,
	    "%u 0 obj\n<<%s/Filter/FlateDecode/Length %zu>>\nstream\n", number,
	    dictionary, deflated->length);
	text_add(&p->file, deflated->bytes, deflated->length);
	text_put(&p->file, "\nendstream\nendobj\n");
}

/* Deflated where it will stay: its length is filled in behind it. */
static void
stream_of(struct paper *p, uint32_t number, const char *dictionary,
    const struct text *plain)
{
	char length[LENGTH_MAX + 1];
	size_t at, start;
	int n;

	place_of(p, number)->at = (uint32_t)p->file.length;
	text_int(&p->file, number);
	text_put(&p->file, " 0 obj\n<<");
	text_put(&p->file, dictionary);
	text_put(&p->file, "/Filter/FlateDecode/Length ");
	at = p->file.length;
	text_put(&p->file, BLANKS ">>\nstream\n");
	start = p->file.length;
	deflate_add(&p->file, DEFLATE_FAST, plain->bytes, plain->length);
	n = snprintf(length, sizeof(length), "%zu", p->file.length - start);
	memcpy(p->file.bytes + at, length, (size_t)n);
	text_put(&p->file, "\nendstream\nendobj\n");
}

/* Write the small objects so far, as one stream. */
static void
write_pack(struct paper *p)
{
	const struct member *m = p->members.items;
	uint32_t pack = paper_number(p);
	struct text *all = &p->pack;
	size_t first;

	all->length = 0;
	for (size_t i = 0; i < p->members.count; i++) {
		text_int(all, m[i].number);
		text_char(all, ' ');
		text_int(all, (long long)m[i].start);
		text_char(all, ' ');
		*place_of(p, m[i].number) = (struct place){ pack, (uint32_t)i };
	}
	first = all->length;
	text_add(all, p->packed.bytes, p->packed.length);
	stream_of(p, pack,
	    arena_print(p->arena, "/Type/ObjStm/N %zu/First %zu",
		p->members.count, first),
	    all);
	p->members.count = 0;
	p->packed.length = 0;
}

void
paper_object(struct paper *p, uint32_t number, const struct text *object)
{
	struct member *m = paper_list_add(p->arena, &p->members, sizeof(*m));

	*m = (struct member){ number, p->packed.length };
	text_add(&p->packed, object->bytes, object->length);
	text_char(&p->packed, '\n');
	if (p->members.count == PACK_MAX)
		write_pack(p);
}

static void
put_bytes(struct text *out, uint64_t value, int bytes)
{
	while (bytes-- > 0)
		text_char(out, (char)(value >> 8 * bytes & 0xff));
}

/* The table of all objects, which is the last of them. */
static void
write_table(struct paper *p, uint32_t catalog, uint32_t info)
{
	uint32_t number = paper_number(p);
	struct text table = text_in(p->arena);
	size_t start = p->file.length;

	place_of(p, number)->at = (uint32_t)start;
	put_bytes(&table, 0, 5);
	put_bytes(&table, 0xffff, 2);
	for (uint32_t i = 1; i < p->places.count; i++) {
		const struct place *place = place_of(p, i);

		put_bytes(&table, place->pack == 0 ? 1 : 2, 1);
		put_bytes(&table, place->pack == 0 ? place->at : place->pack,
		    4);
		put_bytes(&table, place->pack == 0 ? 0 : place->at, 2);
	}
	stream_of(p, number,
	    arena_print(p->arena,
		"/Type/XRef/Size %zu/W[1 4 2]/Root %u 0 R/Info %u 0 R",
		p->places.count, catalog, info),
	    &table);
	text_print(&p->file, "startxref\n%zu\n%%%%EOF\n", start);
}

/* --- words of PDF --- */

void
paper_refer(struct text *out, uint32_t object)
{
	text_char(out, ' ');
	text_int(out, object);
	text_put(out, " 0 R");
}

void
paper_hex(struct text *out, uint32_t value)
{
	static const char digits[] = "0123456789abcdef";
	char hex[4] = { digits[value >> 12 & 15], digits[value >> 8 & 15],
		digits[value >> 4 & 15], digits[value & 15] };

	text_add(out, hex, sizeof(hex));
}

static void
put_char(struct text *out, uint32_t c)
{
	if (c > 0xffff) {
		paper_hex(out, 0xd7c0 + (c >> 10));
		paper_hex(out, 0xdc00 + (c & 0x3ff));
	} else {
		paper_hex(out, c);
	}
}

void
paper_words(struct text *out, const char *s)
{
	uint32_t c;

	text_put(out, "<FEFF");
	while ((c = plain_next(&s)) != 0)
		put_char(out, c);
	text_char(out, '>');
}

static void
put_fact(struct text *out, const char *name, const char *words)
{
	if (words == NULL || *words == '\0')
		return;
	text_put(out, name);
	paper_words(out, words);
}

/* --- pages --- */

struct paper *
paper_open(struct arena *arena, double width, double height)
{
	struct paper *p = arena_take(arena, sizeof(*p));

	p->arena = arena;
	p->file = text_in(arena);
	p->packed = text_in(arena);
	p->pack = text_in(arena);
	p->content = text_in(arena);
	p->path = text_in(arena);
	p->width = width;
	p->height = height;
	p->open = NOBODY;
	text_room(&p->file, FILE_FIRST);
	text_put(&p->file, "%PDF-1.7\n%\xb5\xed\xae\xfb\n");
	paper_number(p); /* 0 is nobody's */
	p->resources = paper_number(p);
	p->page_tree = paper_number(p);
	return p;
}

void
paper_begin(struct paper *p)
{
	struct leaf *leaf;

	if (p->drawing)
		return;
	leaf = paper_list_add(p->arena, &p->leaves, sizeof(*leaf));
	leaf->object = paper_number(p);
	p->drawing = true;
	p->content.length = 0;
	p->mark = MARK_NONE;
	p->fill = p->stroke = COLOUR_NONE;
	p->line_width = p->dash = -1;
	p->opacity = 100;
	p->font = -1;
	/* Round joins: lines of a radar meet at sharp angles. */
	text_put(&p->content, "1 j\n");
}

void
paper_draw(struct paper *p)
{
	paper_begin(p);
	if (p->mark == MARK_NONE)
		paper_mark(p, MARK_DECORATION);
}

void
paper_mark(struct paper *p, enum mark mark)
{
	paper_end_text(p);
	if (p->mark != MARK_NONE)
		text_put(&p->content, "EMC\n");
	if (mark == MARK_DECORATION)
		text_put(&p->content, "/Artifact BMC\n");
	p->mark = mark;
	p->wrote = p->gap = false;
}

void
paper_page(struct paper *p)
{
	struct text page = text_in(p->arena);
	uint32_t content = paper_number(p);
	const struct leaf *leaf;

	paper_begin(p);
	paper_mark(p, MARK_NONE);
	stream_of(p, content, "", &p->content);
	leaf = (struct leaf *)p->leaves.items + p->leaves.count - 1;
	text_print(&page, "<</Type/Page/Parent %u 0 R/MediaBox[0 0 ",
	    p->page_tree);
	paper_put(&page, p->width);
	paper_put(&page, p->height);
	text_print(&page,
	    "]/Resources %u 0 R/Contents %u 0 R/StructParents %zu/Tabs/S>>",
	    p->resources, content, p->leaves.count - 1);
	paper_object(p, leaf->object, &page);
	p->drawing = false;
}

/* --- the end of the file --- */

static const struct face_part *
part_of(struct paper *p, enum face f, int rest)
{
	struct face_part *part;

	if (!rest)
		return face_core(f);
	part = arena_take(p->arena, sizeof(*part));
	if (!face_cut(p->arena, f, p->fonts[f][1].chars, part)) {
		p->broken = true;
		return NULL;
	}
	return part;
}

/* Two parts of a face are two fonts: six letters tell them apart. */
static void
write_font(struct paper *p, enum face f, int rest)
{
	const struct face_part *part = part_of(p, f, rest);
	const char *name = arena_print(p->arena, "%s+%s",
	    rest ? "ACQUIT" : "ACQUIS", face_name(f));
	uint32_t chars, file, about, glyphs;
	struct text out = text_in(p->arena);

	if (part == NULL)
		return;
	chars = paper_number(p);
	file = paper_number(p);
	about = paper_number(p);
	glyphs = paper_number(p);
	put_stream(p, chars, "", &part->chars);
	put_stream(p, file,
	    arena_print(p->arena, "/Length1 %zu", part->file_size),
	    &part->file);
	text_print(&out,
	    "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%s]"
	    "/ItalicAngle 0/Ascent 928/Descent -236/CapHeight 729/StemV 80"
	    "/FontFile2 %u 0 R>>",
	    name, face_box(f), file);
	paper_object(p, about, &out);
	out.length = 0;
	text_print(&out,
	    "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo"
	    "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
	    "/FontDescriptor %u 0 R/CIDToGIDMap/Identity/W",
	    name, about);
	text_add(&out, part->widths.bytes, part->widths.length);
	text_put(&out, ">>");
	paper_object(p, glyphs, &out);
	out.length = 0;
	text_print(&out,
	    "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
	    "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>",
	    name, glyphs, chars);
	paper_object(p, p->fonts[f][rest].object, &out);
}

static void
write_resources(struct paper *p)
{
	struct text out = text_in(p->arena);

	text_put(&out, "<</Font<<");
	for (int f = 0; f < FACE__MAX; f++)
		for (int rest = 0; rest < 2; rest++) {
			if (p->fonts[f][rest].object == 0)
				continue;
			write_font(p, (enum face)f, rest);
			text_print(&out, "/F%d %u 0 R", 2 * f + rest,
			    p->fonts[f][rest].object);
		}
	text_put(&out, ">>/ExtGState<<");
	for (int i = 0; i <= 100; i++)
		if (p->opacities[i])
			text_print(&out, "/O%d<</ca %d.%02d>>", i, i / 100,
			    i % 100);
	text_put(&out, ">>>>");
	paper_object(p, p->resources, &out);
}

static void
write_pages(struct paper *p)
{
	const struct leaf *leaves = p->leaves.items;
	struct text out = text_in(p->arena);

	text_print(&out, "<</Type/Pages/Count %zu/Kids[", p->leaves.count);
	for (size_t i = 0; i < p->leaves.count; i++)
		paper_refer(&out, leaves[i].object);
	text_put(&out, "]>>");
	paper_object(p, p->page_tree, &out);
}

static uint32_t
write_info(struct paper *p, const struct paper_facts *facts)
{
	struct text out = text_in(p->arena);
	uint32_t number = paper_number(p);

	text_put(&out, "<</Creator(Acquis)/Producer(Acquis)");
	put_fact(&out, "/Title", facts->title);
	put_fact(&out, "/Author", facts->author);
	put_fact(&out, "/Subject", facts->subject);
	if (facts->date != NULL && plain_date_ok(facts->date)) {
		char day[9] = "";

		memcpy(day, facts->date, 4);
		memcpy(day + 4, facts->date + 5, 2);
		memcpy(day + 6, facts->date + 8, 2);
		text_print(&out,
		    "/CreationDate(D:%s000000Z)/ModDate(D:%s000000Z)", day,
		    day);
	}
	text_put(&out, ">>");
	paper_object(p, number, &out);
	return number;
}

enum fault
paper_close(struct paper *p, const struct paper_facts *facts, struct text *out)
{
	struct text catalog = text_in(p->arena);
	uint32_t root = paper_number(p), info;

	write_resources(p);
	write_pages(p);
	info = write_info(p, facts);
	text_print(&catalog,
	    "<</Type/Catalog/Pages %u 0 R/MarkInfo<</Marked true>>"
	    "/ViewerPreferences<</DisplayDocTitle true>>/Lang(%s)",
	    p->page_tree, facts->language);
	paper_tree(p, &catalog);
	text_put(&catalog, ">>");
	paper_object(p, root, &catalog);
	if (p->members.count > 0)
		write_pack(p);
	write_table(p, root, info);
	*out = p->file;
	return p->broken ? FAULT_INTERNAL : FAULT_NONE;
}
