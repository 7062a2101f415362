#include <string.h>

#include "../domain/login.h"
#include "body.h"
#include "json.h"
#include "people_write.h"

#define NAME_MAX_CHARS 100

/* --- read --- */

/* A member that null clears. */
static enum fault
read_optional(struct ctx *c, const char *name, size_t longest, const char **out)
{
	const cJSON *m = body_member(c->body, name);

	if (m == NULL)
		return FAULT_NONE;
	if (cJSON_IsNull(m)) {
		*out = NULL;
		return FAULT_NONE;
	}
	return body_text(c, c->body, "", name, 1, longest, out);
}

/* Something must be left of a name when blanks are gone. */
static enum fault
read_name(struct ctx *c, const char *name, const char **out)
{
	if (body_member(c->body, name) == NULL && *out != NULL)
		return FAULT_NONE;
	TRY(body_text(c, c->body, "", name, 1, NAME_MAX_CHARS, out));
	if ((*out)[strspn(*out, " ")] == '\0')
		return fault_at(c, arena_print(c->arena, "/%s", name),
		    FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
read_email(struct ctx *c, struct person_in *in)
{
	const char *at;

	TRY(read_optional(c, "email", 200, &in->email));
	if (body_member(c->body, "email") == NULL || in->email == NULL)
		return FAULT_NONE;
	at = strchr(in->email, '@');
	if (at == NULL || at == in->email || at[1] == '\0' ||
	    strchr(at + 1, '@') != NULL || strpbrk(in->email, " \r\n\t<>,;"))
		return fault_say(c, "/email", FAULT_VALUE,
		    say(c, "Adresse électronique illisible",
			"Unreadable e-mail address"));
	return FAULT_NONE;
}

static enum fault
read_birth_date(struct ctx *c, struct person_in *in)
{
	const cJSON *m = body_member(c->body, "birth_date");

	if (m == NULL)
		return FAULT_NONE;
	if (cJSON_IsNull(m)) {
		in->birth_date = NULL;
		return FAULT_NONE;
	}
	return body_date(c, c->body, "", "birth_date", &in->birth_date);
}

/* One of two words, or null. */
static enum fault
read_either(struct ctx *c, const char *name, const char *words,
    const char **out)
{
	TRY(read_optional(c, name, 20, out));
	if (*out == NULL || word_listed(words, *out))
		return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "/%s", name), FAULT_VALUE);
}

enum fault
person_in_read(struct ctx *c, struct person_in *in)
{
	TRY(read_name(c, "first_name", &in->first_name));
	TRY(read_name(c, "last_name", &in->last_name));
	TRY(read_optional(c, "usual_name", NAME_MAX_CHARS, &in->usual_name));
	TRY(read_either(c, "sex", "F M", &in->sex));
	TRY(read_birth_date(c, in));
	TRY(read_email(c, in));
	return read_optional(c, "phone", 30, &in->phone);
}

static enum fault
read_roles(struct ctx *c, struct person_in *in)
{
	const cJSON *list, *one;
	unsigned int role;

	if (body_member(c->body, "roles") == NULL && in->roles != 0)
		return FAULT_NONE;
	in->roles = 0;
	TRY(body_array(c, c->body, "", "roles", 1, 8, &list));
	cJSON_ArrayForEach(one, list) {
		if (!cJSON_IsString(one) || !role_read(one->valuestring, &role))
			return fault_at(c, "/roles", FAULT_VALUE);
		in->roles |= role;
	}
	return FAULT_NONE;
}

static enum fault
read_services(struct ctx *c, struct person_in *in)
{
	const cJSON *list, *one;
	const char *at;

	if (body_member(c->body, "services") == NULL)
		return FAULT_NONE;
	in->services_told = true;
	TRY(body_array(c, c->body, "", "services", 0, SERVICES_MAX, &list));
	cJSON_ArrayForEach(one, list) {
		at = arena_print(c->arena, "/services/%zu", in->services);
		TRY(body_only(c, one, at, "class_id subject"));
		TRY(body_id(c, one, at, "class_id",
		    &in->service_class[in->services]));
		TRY(body_text(c, one, at, "subject", 0, 100,
		    &in->service_subject[in->services]));
		in->services++;
	}
	return FAULT_NONE;
}

static enum fault
read_classes(struct ctx *c, struct person_in *in)
{
	const cJSON *list, *one;

	if (body_member(c->body, "class_ids") == NULL)
		return FAULT_NONE;
	in->classes_told = true;
	TRY(body_array(c, c->body, "", "class_ids", 0, CLASSES_MAX, &list));
	cJSON_ArrayForEach(one, list) {
		if (!cJSON_IsString(one) ||
		    !id_read(one->valuestring, &in->classes[in->classes_count]))
			return fault_at(c, "/class_ids", FAULT_VALUE);
		in->classes_count++;
	}
	return FAULT_NONE;
}

/* Only who teaches has services, only who learns a track and classes. */
static enum fault
check_ties(struct ctx *c, const struct person_in *in)
{
	bool learner = in->roles & ROLE_LEARNER;

	if (in->services > 0 && !(in->roles & ROLE_TEACHER))
		return fault_at(c, "/services", FAULT_VALUE);
	if (in->classes_count > 0 && !learner)
		return fault_at(c, "/class_ids", FAULT_VALUE);
	if ((in->track != NULL) != learner)
		return fault_at(c, "/track", FAULT_VALUE);
	return FAULT_NONE;
}

enum fault
person_in_read_ties(struct ctx *c, struct person_in *in)
{
	TRY(read_roles(c, in));
	TRY(read_either(c, "track", "school apprentice", &in->track));
	TRY(read_services(c, in));
	TRY(read_classes(c, in));
	return check_ties(c, in);
}

/* --- known already? --- */

static const char *
likes(struct ctx *c, const struct rows *r)
{
	struct text t = text_in(c->arena);
	struct json j;
	size_t i;

	text_put(&t, "\"people\":");
	j = json_in(&t);
	json_open(&j, NULL, '[');
	for (i = 0; i < r->count; i++) {
		json_open(&j, NULL, '{');
		json_text(&j, "id", row_text(r, i, "id"));
		json_text(&j, "first_name", row_text(r, i, "first_name"));
		json_text(&j, "last_name", row_text(r, i, "last_name"));
		json_text(&j, "usual_name", row_text(r, i, "usual_name"));
		json_text(&j, "login", row_text(r, i, "login"));
		json_text(&j, "birth_date", row_text(r, i, "birth_date"));
		json_raw(&j, "roles", row_text(r, i, "roles"));
		json_bool(&j, "active", row_bool(r, i, "active"));
		json_text(&j, "source", row_text(r, i, "source"));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	return text_string(&t);
}

enum fault
person_unlike(struct ctx *c, const struct person_in *in)
{
	struct db *db = c->db;
	bool despite = false;
	struct rows r;

	if (body_member(c->body, "despite_duplicates") != NULL)
		TRY(body_bool(c, c->body, "", "despite_duplicates", &despite));
	if (despite)
		return FAULT_NONE;
	TRY(db_run(db, &r, Q_PEOPLE_LIKE,
	    PARAMS(p_text(in->first_name), p_text(in->last_name),
		p_text(in->usual_name), p_text(in->birth_date))));
	if (r.count == 0)
		return FAULT_NONE;
	c->more = likes(c, &r);
	return FAULT_PROBABLE_DUPLICATE;
}

/* --- write --- */

static bool
taken(const struct rows *r, const char *login)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (strcmp(row_text(r, i, "login"), login) == 0)
			return true;
	return false;
}

enum fault
person_login(struct ctx *c, const struct person_in *in, const char **login)
{
	char base[LOGIN_ROOM], *out = arena_take(c->arena, LOGIN_ROOM);
	struct db *db = c->db;
	unsigned int k = 1;
	struct rows r;

	if (!login_base(in->first_name,
		in->usual_name != NULL ? in->usual_name : in->last_name, base))
		(void)login_base("compte", "", base); /* no Latin letter */
	db_queue(db, NULL, Q_PEOPLE_TURN, PARAMS_NONE);
	TRY(db_run(db, &r, Q_PEOPLE_LOGINS, PARAMS(p_text(base))));
	do
		login_suffix(base, k++, out);
	while (taken(&r, out));
	*login = out;
	return FAULT_NONE;
}

enum fault
person_add(struct ctx *c, const struct person_in *in, int64_t *id)
{
	struct db *db = c->db;
	const char *login;
	struct rows r;

	TRY(person_login(c, in, &login));
	TRY(db_run(db, &r, Q_PEOPLE_ADD,
	    PARAMS(p_text(in->first_name), p_text(in->last_name),
		p_text(in->usual_name), p_text(in->sex), p_text(in->birth_date),
		p_text(in->email), p_text(in->phone), p_text(in->track),
		p_text(login))));
	*id = row_int(&r, 0, "id");
	return FAULT_NONE;
}

/* Each of some classes is there this year. */
static enum fault
check_classes(struct ctx *c, const char *pointer, const int64_t *ids, size_t n)
{
	int64_t *each = arena_array(c->arena, n + 1, sizeof(*each));
	struct db *db = c->db;
	size_t i, k, count = 0;
	struct rows r;

	for (i = 0; i < n; i++) {
		for (k = 0; k < count; k++)
			if (each[k] == ids[i])
				break;
		if (k == count)
			each[count++] = ids[i];
	}
	TRY(db_run(db, &r, Q_PEOPLE_CLASSES_KNOWN,
	    PARAMS(p_ints(each, count))));
	return (size_t)row_int(&r, 0, "known") == count
		   ? FAULT_NONE
		   : fault_at(c, pointer, FAULT_VALUE);
}

/* What a file says that somebody teaches cannot be left out. */
static enum fault
put_services(struct ctx *c, const struct person_in *in, int64_t id)
{
	struct db *db = c->db;
	struct rows r;

	TRY(check_classes(c, "/services", in->service_class, in->services));
	TRY(db_run(db, &r, Q_PEOPLE_SERVICES_KEPT,
	    PARAMS(p_int(id), p_ints(in->service_class, in->services),
		p_texts(in->service_subject, in->services))));
	if (row_int(&r, 0, "missing") > 0)
		return fault_at(c, "/services", FAULT_IMPORTED);
	db_queue(db, NULL, Q_PEOPLE_SERVICES,
	    PARAMS(p_int(id), p_ints(in->service_class, in->services),
		p_texts(in->service_subject, in->services)));
	return FAULT_NONE;
}

static enum fault
put_classes(struct ctx *c, const struct person_in *in, int64_t id)
{
	struct db *db = c->db;

	TRY(check_classes(c, "/class_ids", in->classes, in->classes_count));
	db_queue(db, NULL, Q_PEOPLE_CLASSES,
	    PARAMS(p_int(id), p_ints(in->classes, in->classes_count)));
	return FAULT_NONE;
}

enum fault
person_tie(struct ctx *c, const struct person_in *in, int64_t id)
{
	const char *codes[ROLE_COUNT];
	struct db *db = c->db;
	unsigned int bit;
	size_t n = 0;

	for (bit = 1; bit <= ROLE_MASTER; bit <<= 1)
		if (in->roles & bit)
			codes[n++] = role_code(bit);
	db_queue(db, NULL, Q_PEOPLE_ROLES,
	    PARAMS(p_int(id), p_texts(codes, n)));
	if (in->services_told)
		TRY(put_services(c, in, id));
	if (in->classes_told)
		TRY(put_classes(c, in, id));
	return db_flush(db);
}
