#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "grades.h"
#include "plain.h"

#define CELL_MAX 32767 /* bytes, fewer characters than Excel's limit */
#define SCALE_NAME "Barème"
#define SCALE_SHEET "'" SCALE_NAME "'"

/*
 * libxlsxwriter dates the file with gmtime() and names its temporary files
 * from shared state: one workbook is written at a time.
 */
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

struct book {
	struct arena *arena;
	const struct grades_document *doc;
	size_t n; /* competencies */
	lxw_workbook *workbook;
	lxw_worksheet *sheet; /* the one being filled */
	lxw_format *head;
	lxw_format *text;
	lxw_format *date;
	lxw_format *mark;
	lxw_format *strong;
};

static void
put_text(struct book *b, lxw_row_t row, lxw_col_t col, const char *value,
    lxw_format *format)
{
	char *s = plain_text(b->arena, value, PLAIN_ONE_LINE);
	size_t n = strlen(s);

	if (n > CELL_MAX) {
		n = CELL_MAX;
		while (n > 0 && (s[n] & 0xc0) == 0x80)
			n--;
		s[n] = '\0';
	}
	if (*s != '\0')
		worksheet_write_string(b->sheet, row, col, s, format);
}

static int
number(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

static void
put_date(struct book *b, lxw_row_t row, lxw_col_t col, const char *value)
{
	lxw_datetime date = { 0 };

	if (!plain_date_ok(value) || number(value, 4) < 1900) {
		put_text(b, row, col, value, b->text);
		return;
	}
	date.year = number(value, 4);
	date.month = number(value + 5, 2);
	date.day = number(value + 8, 2);
	worksheet_write_datetime(b->sheet, row, col, &date, b->date);
}

/* A cell is binary floating point: here, at the border, and only here. */
static void
put_hundredths(struct book *b, lxw_row_t row, lxw_col_t col, int value,
    lxw_format *format)
{
	if (value >= 0)
		worksheet_write_number(b->sheet, row, col, value / 100.0,
		    format);
}

static void
put_head(struct book *b, lxw_col_t col, const char *name, double width)
{
	worksheet_set_column(b->sheet, col, col, width, NULL);
	put_text(b, 0, col, name, b->head);
}

static void
fill_notes(struct book *b)
{
	static const struct {
		const char *name;
		double width;
	} columns[] = { { "INE", 14 }, { "Nom", 26 }, { "Nom d'usage", 18 },
		{ "Prénom", 18 }, { "Né(e) le", 12 }, { "Division", 12 },
		{ "Diplôme", 16 }, { "Période", 9 }, { "Date du bilan", 13 },
		{ "Note /20", 10 }, { "Mention", 12 } };

	b->sheet = workbook_add_worksheet(b->workbook, "Notes");
	for (lxw_col_t i = 0; i < 11; i++)
		put_head(b, i, columns[i].name, columns[i].width);
	for (size_t i = 0; i < b->doc->row_count; i++) {
		const struct grade_row *r = &b->doc->rows[i];
		lxw_row_t row = (lxw_row_t)(i + 1);

		put_text(b, row, 0, r->ine, b->text);
		put_text(b, row, 1, r->last_name, b->text);
		put_text(b, row, 2, r->usage_name, b->text);
		put_text(b, row, 3, r->first_name, b->text);
		put_date(b, row, 4, r->birth_date);
		put_text(b, row, 5, r->class_code, b->text);
		put_text(b, row, 6, r->framework_code, b->text);
		put_text(b, row, 7, r->term, b->text);
		put_date(b, row, 8, r->date);
		put_hundredths(b, row, 9, r->value, b->strong);
		put_text(b, row, 10, r->mention, b->text);
	}
	worksheet_freeze_panes(b->sheet, 1, 2);
	worksheet_autofilter(b->sheet, 0, 0, (lxw_row_t)b->doc->row_count, 10);
	worksheet_set_landscape(b->sheet);
	worksheet_set_paper(b->sheet, 9);
	worksheet_repeat_rows(b->sheet, 0, 0);
}

/* Columns of the sheet that computes: names, then three blocks of n. */
enum block { BLOCK_LEVEL, BLOCK_OBJECTIVE, BLOCK_WEIGHT, BLOCK__MAX };

static lxw_col_t
block_column(const struct book *b, enum block block, size_t which)
{
	return (lxw_col_t)(4 + b->n * (size_t)block + which);
}

/* "$E2:$Q2": a block in one row. */
static const char *
block_range(const struct book *b, enum block block, lxw_row_t row)
{
	char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];

	lxw_rowcol_to_cell(first, row, block_column(b, block, 0));
	lxw_rowcol_to_cell(last, row, block_column(b, block, b->n - 1));
	return arena_print(b->arena, "%s:%s", first, last);
}

static const char *
cell(const struct book *b, lxw_row_t row, lxw_col_t col)
{
	char name[LXW_MAX_CELL_NAME_LENGTH];

	lxw_rowcol_to_cell(name, row, col);
	return arena_text(b->arena, name);
}

/*
 * R-08: S, an integer below 2^53 once it is rounded, so that what follows from
 * it is exact in a spreadsheet too.
 */
static const char *
reached_formula(const struct book *b, lxw_row_t row)
{
	const char *level = block_range(b, BLOCK_LEVEL, row);

	return arena_print(b->arena,
	    "ROUND(100*SUMPRODUCT(%s,"
	    "(%s=1)*" SCALE_SHEET "!$B$2+(%s=2)*" SCALE_SHEET "!$B$3+"
	    "(%s=3)*" SCALE_SHEET "!$B$4+(%s=4)*" SCALE_SHEET "!$B$5,"
	    "10000-(%s=\"I\")*(10000-" SCALE_SHEET "!$B$6*10000)),0)",
	    block_range(b, BLOCK_WEIGHT, row), level, level, level, level,
	    block_range(b, BLOCK_OBJECTIVE, row));
}

/* R-10 from h (raw x 100) or from the exact fraction S / D. */
static const char *
rounded_formula(const struct book *b, const char *h, const char *s)
{
	const char *d = SCALE_SHEET "!$B$7";

	switch (b->doc->rules.policy) {
	case GRADE_S5:
		return arena_print(b->arena, "ROUNDUP(%s/50,0)/2", h);
	case GRADE_S1:
		return arena_print(b->arena, "ROUNDUP(%s/10,0)/10", h);
	case GRADE_SE:
		return arena_print(b->arena, "ROUNDUP(%s/100,0)", h);
	case GRADE_P5:
		return arena_print(b->arena, "INT((80*%s+%s)/(2*%s))/2", s, d,
		    d);
	case GRADE_P1:
		return arena_print(b->arena, "INT((400*%s+%s)/(2*%s))/10", s, d,
		    d);
	case GRADE_PE:
		return arena_print(b->arena, "INT((40*%s+%s)/(2*%s))", s, d, d);
	case GRADE_CCF:
		return arena_print(b->arena, "ROUNDUP(40*%s/%s,0)/2", s, d);
	case GRADE_POLICY__MAX:
		break;
	}
	return "0";
}

/* A formula that shows nothing until the whole 100 % is spent (R-07). */
static void
put_formula(struct book *b, lxw_row_t row, lxw_col_t col, const char *total,
    const char *formula, const double *cached, lxw_format *format)
{
	const char *whole = arena_print(b->arena,
	    "=IF(ROUND(%s*100,0)=10000,%s,\"\")", total, formula);

	if (cached != NULL)
		worksheet_write_formula_num(b->sheet, row, col, whole, format,
		    *cached);
	else
		worksheet_write_formula_str(b->sheet, row, col, whole, format,
		    "");
}

static void
put_total(struct book *b, const struct grade_row *r, lxw_row_t row,
    lxw_col_t col)
{
	int spent = 0;

	for (size_t i = 0; i < b->n; i++)
		spent += r->weight_bp[i];
	worksheet_write_formula_num(b->sheet, row, col,
	    arena_print(b->arena, "=ROUND(SUM(%s)*100,0)/100",
		block_range(b, BLOCK_WEIGHT, row)),
	    b->mark, spent / 100.0);
}

/* Total, S, raw note and note, each a formula with the domain's value. */
static enum fault
put_formulas(struct book *b, const struct grade_row *r, lxw_row_t row)
{
	lxw_col_t col = block_column(b, BLOCK__MAX, 0);
	const char *total = cell(b, row, col);
	const char *s = cell(b, row, (lxw_col_t)(col + 1));
	const char *raw = cell(b, row, (lxw_col_t)(col + 2));
	const char *h = arena_print(b->arena, "ROUND(%s*100,0)", raw);
	struct grade grade;
	double cached[3];
	bool proposed;

	TRY(grade_propose(r->weight_bp, r->positions, b->n, &b->doc->rules,
	    &grade));
	proposed = grade.state == GRADE_PROPOSED;
	cached[0] = (double)grade.reached;
	cached[1] = grade.raw / 100.0;
	cached[2] = grade.value / 100.0;
	put_total(b, r, row, col);
	put_formula(b, row, (lxw_col_t)(col + 1), total,
	    reached_formula(b, row), proposed ? &cached[0] : NULL, NULL);
	put_formula(b, row, (lxw_col_t)(col + 2), total,
	    arena_print(b->arena,
		"INT((4000*%s+" SCALE_SHEET "!$B$7)/(2*" SCALE_SHEET
		"!$B$7))/100",
		s),
	    proposed ? &cached[1] : NULL, b->mark);
	put_formula(b, row, (lxw_col_t)(col + 3), total,
	    rounded_formula(b, h, s), proposed ? &cached[2] : NULL, b->strong);
	return FAULT_NONE;
}

static void
put_position(struct book *b, const struct grade_row *r, lxw_row_t row,
    size_t which)
{
	const struct position *p = &r->positions[which];
	lxw_col_t level = block_column(b, BLOCK_LEVEL, which);

	if (position_assessed(p))
		worksheet_write_number(b->sheet, row, level, (int)p->level,
		    NULL);
	else
		put_text(b, row, level, grades_level_code(p), NULL);
	put_text(b, row, block_column(b, BLOCK_OBJECTIVE, which),
	    grades_objective_code(p), NULL);
	if (position_assessed(p) && r->weight_bp != NULL)
		put_hundredths(b, row, block_column(b, BLOCK_WEIGHT, which),
		    r->weight_bp[which], b->mark);
}

static void
check_head(struct book *b)
{
	static const char *const kinds[BLOCK__MAX] = { "niveau", "visée",
		"poids %" };
	static const char *const last[] = { "Total des poids %",
		"Points pondérés (S)", "Note brute /20", "Note recalculée /20",
		"Note enregistrée /20" };

	put_head(b, 0, "INE", 14);
	put_head(b, 1, "Nom", 24);
	put_head(b, 2, "Prénom", 18);
	put_head(b, 3, "Date du bilan", 13);
	for (int k = 0; k < BLOCK__MAX; k++)
		for (size_t i = 0; i < b->n; i++)
			put_head(b, block_column(b, (enum block)k, i),
			    arena_print(b->arena, "%s %s",
				plain_text(b->arena,
				    b->doc->framework->competencies[i].code,
				    PLAIN_ONE_LINE),
				kinds[k]),
			    8);
	for (size_t i = 0; i < 5; i++)
		put_head(b, (lxw_col_t)(block_column(b, BLOCK__MAX, 0) + i),
		    last[i], 13);
}

static enum fault
fill_check(struct book *b)
{
	b->sheet = workbook_add_worksheet(b->workbook, "Vérification");
	worksheet_set_row(b->sheet, 0, 32, NULL);
	check_head(b);
	for (size_t i = 0; i < b->doc->row_count; i++) {
		const struct grade_row *r = &b->doc->rows[i];
		lxw_row_t row = (lxw_row_t)(i + 1);

		put_text(b, row, 0, r->ine, b->text);
		put_text(b, row, 1, r->last_name, b->text);
		put_text(b, row, 2, r->first_name, b->text);
		put_date(b, row, 3, r->date);
		put_hundredths(b, row,
		    (lxw_col_t)(block_column(b, BLOCK__MAX, 0) + 4), r->value,
		    b->mark);
		if (r->positions == NULL)
			continue;
		for (size_t k = 0; k < b->n; k++)
			put_position(b, r, row, k);
		if (r->weight_bp != NULL && b->n > 0)
			TRY(put_formulas(b, r, row));
	}
	worksheet_freeze_panes(b->sheet, 1, 3);
	return FAULT_NONE;
}

/* What levels are worth, and how the note is rounded (R-02, R-03, R-10). */
static void
fill_scale(struct book *b)
{
	static const char *const policies[GRADE_POLICY__MAX] = {
		[GRADE_S5] = "au demi-point supérieur",
		[GRADE_S1] = "au dixième supérieur",
		[GRADE_SE] = "au point supérieur",
		[GRADE_P5] = "au demi-point le plus proche",
		[GRADE_P1] = "au dixième le plus proche",
		[GRADE_PE] = "au point le plus proche",
		[GRADE_CCF] = "au demi-point supérieur, sans arrondi préalable",
	};
	const struct grade_rules *rules = &b->doc->rules;
	lxw_format *percent = workbook_add_format(b->workbook);

	format_set_num_format(percent, "0.00%");
	b->sheet = workbook_add_worksheet(b->workbook, SCALE_NAME);
	put_head(b, 0, "Niveau", 46);
	put_head(b, 1, "Valeur", 16);
	put_head(b, 2, "Intitulé", 52);
	for (lxw_row_t i = 1; i <= 4; i++) {
		put_text(b, i, 0, arena_print(b->arena, "%u", i), NULL);
		worksheet_write_number(b->sheet, i, 1,
		    rules->scale.value[i - 1], NULL);
		put_text(b, i, 2, b->doc->framework->looks[i].title, NULL);
	}
	put_text(b, 5, 0, "Poids d'un objectif intermédiaire (I)", NULL);
	worksheet_write_number(b->sheet, 5, 1, rules->intermediate_bp / 10000.0,
	    percent);
	put_text(b, 6, 0, "Maximum possible (D)", NULL);
	worksheet_write_formula_num(b->sheet, 6, 1, "=10000*$B$5*10000", NULL,
	    1e8 * rules->scale.value[3]);
	put_text(b, 7, 0, "Arrondi de la note", NULL);
	put_text(b, 7, 1, policies[rules->policy], NULL);
	put_text(b, 8, 0,
	    "Note brute = 20 × S / D, au centième ; NE ne compte "
	    "pas.",
	    NULL);
}

static void
add_formats(struct book *b)
{
	b->head = workbook_add_format(b->workbook);
	format_set_bold(b->head);
	format_set_text_wrap(b->head);
	format_set_font_color(b->head, 0xffffff);
	format_set_bg_color(b->head, 0x0b2f6b);
	format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
	b->text = workbook_add_format(b->workbook);
	format_set_num_format(b->text, "@");
	b->date = workbook_add_format(b->workbook);
	format_set_num_format(b->date, "dd/mm/yyyy");
	b->mark = workbook_add_format(b->workbook);
	format_set_num_format(b->mark, "0.00");
	b->strong = workbook_add_format(b->workbook);
	format_set_num_format(b->strong, "0.00");
	format_set_bold(b->strong);
}

/* Seconds of 1970 at a day's start, without a clock or a time zone. */
static time_t
day_seconds(const char *s)
{
	int year = number(s, 4), month = number(s + 5, 2);
	int day = number(s + 8, 2);

	/* Years start in March: leap days then come last. */
	year -= month <= 2;
	month = month > 2 ? month - 3 : month + 9;
	return ((time_t)year * 365 + year / 4 - year / 100 + year / 400 +
		   (153 * month + 2) / 5 + day - 1 - 719468) *
	       86400;
}

static void
set_properties(struct book *b)
{
	lxw_doc_properties p = { 0 };

	p.title = arena_print(b->arena, "Notes %s",
	    plain_text(b->arena, b->doc->class_code, PLAIN_ONE_LINE));
	p.author = "Acquis";
	/* A fixed day when there is no assessment: 0 would mean "now". */
	p.created = day_seconds(
	    plain_date_ok(b->doc->date) ? b->doc->date : "2000-01-01");
	workbook_set_properties(b->workbook, &p);
}

static enum fault
fill_book(struct book *b)
{
	add_formats(b);
	set_properties(b);
	fill_notes(b);
	TRY(fill_check(b));
	fill_scale(b);
	return FAULT_NONE;
}

static enum fault
read_back(int fd, struct text *out)
{
	off_t size = lseek(fd, 0, SEEK_END);
	ssize_t n;

	if (size <= 0 || lseek(fd, 0, SEEK_SET) != 0)
		return FAULT_INTERNAL;
	while (size > 0) {
		n = read(fd, text_room(out, (size_t)size), (size_t)size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAULT_INTERNAL;
		out->length += (size_t)n;
		size -= n;
	}
	return FAULT_NONE;
}

/*
 * Version 1.1.4 only writes to a named file: the name is a file in memory.
 * Its own temporary files are unlinked at birth, in memory too.
 */
enum fault
render_grades_xlsx(struct arena *arena, const struct grades_document *doc,
    struct text *out)
{
	lxw_workbook_options options = { .tmpdir = "/dev/shm" };
	struct book b = { .arena = arena,
		.doc = doc,
		.n = doc->framework->competency_count };
	int fd = memfd_create("xlsx", MFD_CLOEXEC);
	enum fault fault;

	if (fd < 0)
		return FAULT_INTERNAL;
	*out = text_in(arena);
	pthread_mutex_lock(&writing);
	b.workbook =
	    workbook_new_opt(arena_print(arena, "/proc/self/fd/%d", fd),
		&options);
	fault = fill_book(&b);
	if (workbook_close(b.workbook) != LXW_NO_ERROR && fault == FAULT_NONE)
		fault = FAULT_INTERNAL;
	pthread_mutex_unlock(&writing);
	/* A workbook is many small blocks, of which the thread keeps some. */
	malloc_trim(0);
	if (fault == FAULT_NONE)
		fault = read_back(fd, out);
	close(fd);
	return fault;
}
