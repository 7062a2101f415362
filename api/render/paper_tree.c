#include "paper_inside.h"

static const struct {
	const char *name;
	const char *attributes;
} tags[TAG__MAX] = {
	[TAG_DOCUMENT] = { "Document", "" },
	[TAG_SECTION] = { "Sect", "" },
	[TAG_TABLE] = { "Table", "" },
	[TAG_ROW] = { "TR", "" },
	[TAG_TITLE] = { "H1", "" },
	[TAG_HEADING] = { "H2", "" },
	[TAG_PARAGRAPH] = { "P", "" },
	[TAG_HEAD_COLUMN] = { "TH", "/A<</O/Table/Scope/Column>>" },
	[TAG_HEAD_ROW] = { "TH", "/A<</O/Table/Scope/Row>>" },
	[TAG_CELL] = { "TD", "" },
	[TAG_FIGURE] = { "Figure", "" },
};

static bool
holds_words(enum tag tag)
{
	return tag >= TAG_TITLE;
}

static struct element *
element(struct paper *p, uint32_t i)
{
	return (struct element *)p->elements.items + i;
}

/* As the last child of the open one. */
static uint32_t
add_element(struct paper *p, enum tag tag)
{
	struct element *e = paper_list_add(p->arena, &p->elements, sizeof(*e));
	uint32_t self = (uint32_t)p->elements.count - 1;
	struct element *parent;

	*e = (struct element){ tag, p->open, NOBODY, NOBODY, NOBODY, NOBODY, 0,
		0, NULL };
	if (p->open == NOBODY)
		return self;
	parent = element(p, p->open);
	if (parent->first == NOBODY)
		parent->first = self;
	else
		element(p, parent->last)->next = self;
	parent->last = self;
	return self;
}

void
paper_tag(struct paper *p, enum tag tag)
{
	uint32_t self = add_element(p, tag);
	struct leaf *leaf;

	p->open = self;
	if (!holds_words(tag))
		return;
	paper_begin(p);
	leaf = (struct leaf *)p->leaves.items + p->leaves.count - 1;
	element(p, self)->page = (uint32_t)p->leaves.count - 1;
	element(p, self)->mark = (uint32_t)leaf->marks.count;
	paper_mark(p, MARK_WORDS);
	text_char(&p->content, '/');
	text_put(&p->content, tags[tag].name);
	text_put(&p->content, "<</MCID ");
	text_int(&p->content, (long long)leaf->marks.count);
	text_put(&p->content, ">>BDC\n");
	*(uint32_t *)paper_list_add(p->arena, &leaf->marks, sizeof(uint32_t)) =
	    self;
}

void
paper_untag(struct paper *p)
{
	const struct element *e = element(p, p->open);

	if (holds_words(e->tag))
		paper_mark(p, MARK_NONE);
	p->open = e->parent;
}

void
paper_alt(struct paper *p, const char *words)
{
	element(p, p->open)->alt = words;
}

void
paper_bookmark(struct paper *p, const char *title)
{
	struct bookmark *b =
	    paper_list_add(p->arena, &p->bookmarks, sizeof(*b));

	*b = (struct bookmark){ title, (uint32_t)p->leaves.count };
}

static void
write_element(struct paper *p, uint32_t i, uint32_t root, struct text *out)
{
	const struct element *e = element(p, i);
	const struct leaf *leaves = p->leaves.items;

	out->length = 0;
	text_put(out, "<</S/");
	text_put(out, tags[e->tag].name);
	text_put(out, tags[e->tag].attributes);
	text_put(out, "/P");
	paper_refer(out,
	    e->parent == NOBODY ? root : element(p, e->parent)->object);
	if (e->alt != NULL) {
		text_put(out, "/Alt");
		paper_words(out, e->alt);
	}
	if (holds_words(e->tag)) {
		text_put(out, "/Pg");
		paper_refer(out, leaves[e->page].object);
		text_put(out, "/K ");
		text_int(out, e->mark);
		text_put(out, ">>");
	} else {
		text_put(out, "/K[");
		for (uint32_t k = e->first; k != NOBODY;
		     k = element(p, k)->next)
			paper_refer(out, element(p, k)->object);
		text_put(out, "]>>");
	}
	paper_object(p, e->object, out);
}

/* From the numbers on each page to the elements they belong to. */
static void
put_parents(struct paper *p, struct text *out)
{
	const struct leaf *leaves = p->leaves.items;

	text_put(out, "/ParentTree<</Nums[");
	for (size_t i = 0; i < p->leaves.count; i++) {
		const uint32_t *marks = leaves[i].marks.items;

		text_print(out, "%zu[", i);
		for (size_t k = 0; k < leaves[i].marks.count; k++)
			paper_refer(out, element(p, marks[k])->object);
		text_put(out, "]\n");
	}
	text_put(out, "]>>");
}

/* The first element is the document, which holds all others. */
static void
write_elements(struct paper *p, struct text *catalog)
{
	uint32_t root = paper_number(p);
	struct text out = text_in(p->arena);

	for (uint32_t i = 0; i < p->elements.count; i++)
		element(p, i)->object = paper_number(p);
	for (uint32_t i = 0; i < p->elements.count; i++)
		write_element(p, i, root, &out);
	out.length = 0;
	text_print(&out, "<</Type/StructTreeRoot/K %u 0 R",
	    element(p, 0)->object);
	put_parents(p, &out);
	text_put(&out, ">>");
	paper_object(p, root, &out);
	text_print(catalog, "/StructTreeRoot %u 0 R", root);
}

static void
write_bookmarks(struct paper *p, struct text *catalog)
{
	const struct bookmark *b = p->bookmarks.items;
	const struct leaf *leaves = p->leaves.items;
	uint32_t root = paper_number(p);
	uint32_t n = (uint32_t)p->bookmarks.count;
	struct text out = text_in(p->arena);

	for (uint32_t i = 0; i < n; i++)
		paper_number(p);
	for (uint32_t i = 0; i < n; i++) {
		out.length = 0;
		text_put(&out, "<</Title");
		paper_words(&out, b[i].title);
		text_print(&out, "/Parent %u 0 R/Dest[%u 0 R/Fit]", root,
		    leaves[b[i].page].object);
		if (i > 0)
			text_print(&out, "/Prev %u 0 R", root + i);
		if (i + 1 < n)
			text_print(&out, "/Next %u 0 R", root + i + 2);
		text_put(&out, ">>");
		paper_object(p, root + 1 + i, &out);
	}
	out.length = 0;
	text_print(&out, "<</Type/Outlines/First %u 0 R/Last %u 0 R/Count %u>>",
	    root + 1, root + n, n);
	paper_object(p, root, &out);
	text_print(catalog, "/Outlines %u 0 R/PageMode/UseOutlines", root);
}

void
paper_tree(struct paper *p, struct text *catalog)
{
	if (p->elements.count > 0)
		write_elements(p, catalog);
	if (p->bookmarks.count > 0)
		write_bookmarks(p, catalog);
}
