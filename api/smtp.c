#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

#include "smtp.h"

#define CONNECT_SECONDS 10L
#define WHOLE_SECONDS 60L

struct sending {
	const char *letter;
	size_t length, sent;
	char said[SMTP_REASON_ROOM]; /* the last "no" of the server */
};

void
smtp_open(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	size_t room = size * n, left = s->length - s->sent;

	if (left > room)
		left = room;
	memcpy(to, s->letter + s->sent, left);
	s->sent += left;
	return left;
}

static size_t
take(char *line, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	size_t all = size * n;

	if (all > 0 && (line[0] == '4' || line[0] == '5')) {
		snprintf(s->said, sizeof(s->said), "%.*s", (int)all, line);
		s->said[strcspn(s->said, "\r\n")] = '\0';
	}
	return all;
}

static void
prepare(CURL *curl, const struct smtp *to, struct curl_slist *whom,
    struct sending *s)
{
	curl_easy_setopt(curl, CURLOPT_URL, to->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    to->plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	if (to->ca != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, to->ca);
	curl_easy_setopt(curl, CURLOPT_USERNAME, to->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, to->password);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, to->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, whom);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, s);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, WHOLE_SECONDS);
	/* Signals are the worker's. */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	/* No proxy of the environment between us and the mail server. */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

/*
 * 5xx is about this letter when it was said to its sender, its recipient or
 * itself.  Said to our connecting or to our name and password, it is about
 * us, and somebody will mend that.
 */
static enum smtp_end
end_of(CURLcode code, long status, const struct sending *s)
{
	bool named = code == CURLE_SEND_ERROR || s->sent > 0;

	if (code == CURLE_OK)
		return SMTP_SENT;
	if (status < 500 || status > 599 || !named)
		return SMTP_LATER;
	return status == 530 || status == 534 || status == 535 || status == 538
		   ? SMTP_LATER
		   : SMTP_REFUSED;
}

enum smtp_end
smtp_send(const struct smtp *to, const char *address, const char *letter,
    size_t length, char reason[SMTP_REASON_ROOM])
{
	struct sending s = { .letter = letter, .length = length };
	struct curl_slist *whom = curl_slist_append(NULL, address);
	CURL *curl = curl_easy_init();
	enum smtp_end end = SMTP_LATER;
	long status = 0;
	CURLcode code;

	snprintf(reason, SMTP_REASON_ROOM, "out of memory");
	if (curl != NULL && whom != NULL) {
		prepare(curl, to, whom, &s);
		code = curl_easy_perform(curl);
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
		end = end_of(code, status, &s);
		snprintf(reason, SMTP_REASON_ROOM, "%s",
		    status >= 400 ? s.said : curl_easy_strerror(code));
	}
	curl_easy_cleanup(curl);
	curl_slist_free_all(whom);
	return end;
}
