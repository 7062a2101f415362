#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "asset.h"

#define ASSETS_MAX 400

/* Same origin only, nothing inline, texts through Trusted Types (ux.md 10). */
#define POLICY                                                                 \
	"default-src 'none'; script-src 'self'; style-src 'self'; "            \
	"img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "      \
	"worker-src 'self'; font-src 'self'; base-uri 'none'; "                \
	"form-action 'self'; frame-ancestors 'none'; "                         \
	"require-trusted-types-for 'script'; trusted-types lit-html sw"

/* The documentation page is a web component that brings its own styles. */
#define POLICY_DOCS                                                            \
	"default-src 'none'; script-src 'self'; "                              \
	"style-src 'self' 'unsafe-inline'; img-src 'self' data:; "             \
	"connect-src 'self'; font-src 'self' data:; base-uri 'none'; "         \
	"frame-ancestors 'none'"

struct asset {
	char *path; /* as a browser asks for it */
	char *bytes;
	size_t length;
	const char *type;
	char etag[36];
};

static struct asset assets[ASSETS_MAX];
static size_t assets_count;
static size_t folder_length;
static const char *trouble;

static const struct {
	const char *ending;
	const char *type;
} types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json; charset=utf-8" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".woff2", "font/woff2" },
	{ ".yaml", "application/yaml; charset=utf-8" },
	{ ".txt", "text/plain; charset=utf-8" },
};

static const char *
type_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t i;

	for (i = 0; dot != NULL && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(dot, types[i].ending) == 0)
			return types[i].type;
	return NULL;
}

static bool
read_whole(const char *file, struct asset *a)
{
	FILE *f = fopen(file, "rb");
	bool good = false;
	long n;

	if (f == NULL)
		return false;
	if (fseek(f, 0, SEEK_END) == 0 && (n = ftell(f)) >= 0) {
		rewind(f);
		a->length = (size_t)n;
		a->bytes = malloc(a->length + 1);
		good = a->bytes != NULL &&
		       fread(a->bytes, 1, a->length, f) == a->length;
	}
	fclose(f);
	return good;
}

static int
load_one(const char *file, const char *path)
{
	unsigned char hash[16];
	struct asset *a = &assets[assets_count];

	if (type_of(path) == NULL)
		return 0;
	if (assets_count == ASSETS_MAX || !read_whole(file, a)) {
		trouble = "a file could not be read";
		return 1;
	}
	a->path = strdup(path);
	a->type = type_of(path);
	crypto_generichash(hash, sizeof(hash), (unsigned char *)a->bytes,
	    a->length, NULL, 0);
	a->etag[0] = '"';
	sodium_bin2hex(a->etag + 1, 33, hash, sizeof(hash));
	a->etag[33] = '"';
	assets_count++;
	return 0;
}

static int
load_found(const char *file, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)where;
	return kind == FTW_F ? load_one(file, file + folder_length) : 0;
}

const char *
asset_load(struct arena *arena, const char *root)
{
	const char *folder;

	if (root == NULL)
		root = ".";
	folder = arena_print(arena, "%s/frontend", root);
	folder_length = strlen(folder);
	if (nftw(folder, load_found, 16, FTW_PHYS) != 0)
		return trouble != NULL ? trouble
				       : arena_print(arena, "%s: %s", folder,
					     strerror(errno));
	if (load_one(arena_print(arena, "%s/openapi.yaml", root),
		"/openapi.yaml") != 0)
		return "openapi.yaml could not be read";
	return NULL;
}

static const struct asset *
asset_find(const char *path)
{
	size_t i;

	for (i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, path) == 0)
			return &assets[i];
	return NULL;
}

static enum fault
asset_reply(struct ctx *c, const char *path, const char *policy)
{
	const struct asset *a = asset_find(path);
	struct text *t;

	if (a == NULL)
		return FAULT_ABSENT;
	t = reply_file(c, a->type, NULL);
	text_add(t, a->bytes, a->length);
	c->reply.etag = a->etag;
	c->reply.cacheable = true;
	reply_header(c, "cache-control", "no-cache");
	reply_header(c, "content-security-policy", policy);
	reply_header(c, "referrer-policy", "same-origin");
	reply_header(c, "cross-origin-opener-policy", "same-origin");
	return FAULT_NONE;
}

enum fault
asset_get(struct ctx *c)
{
	return asset_reply(c,
	    strcmp(c->path, "/") == 0 ? "/index.html" : c->path, POLICY);
}

enum fault
openapi_get(struct ctx *c)
{
	return asset_reply(c, "/openapi.yaml", POLICY);
}

enum fault
docs_get(struct ctx *c)
{
	return asset_reply(c, "/docs.html", POLICY_DOCS);
}
