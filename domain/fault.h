/*
 * Faults: every way to be refused, in the words of the trade.
 *
 * A function that can be refused returns one of these and writes its results
 * only on FAULT_NONE.  What a fault looks like over HTTP (status, code, French
 * and English words) is the business of api/problem.c alone.
 */
#ifndef ACQUIS_FAULT_H
#define ACQUIS_FAULT_H

enum fault {
	FAULT_NONE,

	/* the request itself */
	FAULT_JSON,      /* not JSON, or not what we call JSON */
	FAULT_UTF8,      /* bytes that are not UTF-8, or a NUL */
	FAULT_KEY_TWICE, /* a JSON object with one key twice */
	FAULT_PARAMETER, /* a path, query or header value out of shape */
	FAULT_FIELD,     /* a member that is unknown or not yours to send */
	FAULT_VALUE,     /* a member whose value is out of its domain */
	FAULT_METHOD,    /* the path exists, the method does not */
	FAULT_ACCEPT,    /* no representation the client accepts */
	FAULT_MEDIA,     /* a body of a type we do not read */
	FAULT_LARGE,     /* a body over the limit of its route */
	FAULT_URI_LONG,
	FAULT_HEADERS, /* more header lines than can be read safely */
	FAULT_SHAPE,   /* not HTTP as we know it */
	FAULT_LENGTH,  /* a body that does not say how long it is */
	FAULT_VERSION, /* a later HTTP, or none */

	/* who is asking */
	FAULT_SESSION,     /* nobody is signed in, or not any more */
	FAULT_CREDENTIALS, /* login and password do not match */
	FAULT_ROLE,        /* visible, but not for this role */
	FAULT_CSRF,        /* no proof that our own page sent it */
	FAULT_SCOPE,       /* the access lacks the scope */
	FAULT_ADDRESS,     /* the access is not for this address */
	FAULT_RATE,        /* too many, come back later */
	FAULT_EXPORTS,     /* too much taken out within an hour */
	FAULT_SUSPENDED,   /* the whole school is, for a while */
	FAULT_SCHOOL,      /* a login of several schools: which one? */

	/* people */
	FAULT_OWN_RIGHTS,         /* of the caller's own roles or account */
	FAULT_LAST_ADMINISTRATOR, /* nobody would be left to run the school */
	FAULT_IMPORTED,           /* of a file: changed by the next import */
	FAULT_PROBABLE_DUPLICATE, /* somebody of these names is there */
	FAULT_SCHOOL_INCOMPLETE,  /* the school has no name or no address */

	/* activation codes */
	FAULT_CODE_WRONG,   /* not the one issued last, for this login */
	FAULT_CODE_USED,    /* it opened the account already */
	FAULT_CODE_EXPIRED, /* it was not used in time */

	/* the thing asked for */
	FAULT_ABSENT,      /* no such thing, or not for these eyes */
	FAULT_GONE,        /* was there, has been withdrawn */
	FAULT_CONFLICT,    /* contradicts what is there */
	FAULT_DUPLICATE,   /* is there already */
	FAULT_BUSY,        /* somebody else is at it right now */
	FAULT_STALE,       /* was changed since it was read */
	FAULT_NO_REVISION, /* which state was read is not said */
	FAULT_LOCKED,      /* taken into a confirmed interim assessment */

	/* repeated requests */
	FAULT_KEY_BODY, /* same idempotency key, another body */
	FAULT_KEY_BUSY, /* same idempotency key, still running */

	/* interim assessments */
	FAULT_CONFIRM_WORD,     /* the word CONFIRMATION is not there */
	FAULT_POSITION_MISSING, /* a competency without a position */
	FAULT_POSITION_SHAPE,   /* NE with an objective, or a level without */
	FAULT_NOT_CONFIRMED,    /* unlock of what is not confirmed */
	FAULT_REASON,           /* unlock without a reason */
	FAULT_EXPIRY,           /* unlock without an end, or one in the past */

	/* weights and grades */
	FAULT_WEIGHT_RANGE, /* outside 0 % .. 100 %, or over two decimals */
	FAULT_WEIGHT_NE,    /* weight on a competency not assessed */
	FAULT_WEIGHT_SUM,   /* the whole is not exactly 100 % */
	FAULT_WEIGHT_OVER,  /* more than 100 % spread */
	FAULT_PROFILE,      /* not the same competencies assessed */
	FAULT_MODEL,        /* the framework has no model weights */
	FAULT_NOT_GRADABLE, /* nothing was assessed */
	FAULT_NOT_LATEST,   /* only the last assessment is graded */

	/* imports: the codes of the trade, see api/siecle/siecle.h */
	FAULT_XML_MALFORMED,
	FAULT_XML_DOCTYPE,
	FAULT_XML_LIMIT,
	FAULT_ENCODING,
	FAULT_ENCODING_SUSPECT,
	FAULT_HTML_PAGE,
	FAULT_WRONG_FILE,
	FAULT_NO_UAI,
	FAULT_NO_YEAR,
	FAULT_OTHER_SCHOOL,
	FAULT_OTHER_YEAR,
	FAULT_NO_STRUCTURES,
	FAULT_MASS_DEPARTURE,
	FAULT_OLDER_EXPORT,
	FAULT_STAFF_FIRST,
	FAULT_PREVIEW_STALE,
	FAULT_INTERRUPTED, /* the worker is gone: nothing was done */
	FAULT_GIVEN_TWICE, /* two files of one kind */
	FAULT_ZIP_BAD,
	FAULT_ZIP_ENCRYPTED,
	FAULT_ZIP_AMBIGUOUS, /* two files of one kind in an archive */
	FAULT_ZIP_NO_XML,
	FAULT_ZIP_LIMIT,

	/* partner */
	FAULT_TERM_CLOSED,
	FAULT_TERM_NONE,
	FAULT_CURSOR,
	FAULT_CURSOR_OLD,
	FAULT_RESYNC,

	/* us */
	FAULT_UNAVAILABLE, /* the base is away, or too slow: try again */
	FAULT_UNKNOWN,     /* the outcome of a commit could not be learnt */
	FAULT_INTERNAL,

	FAULT__MAX
};

/*
 * Pass a fault up.  Allowed only where nothing is held that the caller's
 * arena does not own.
 */
#define TRY(call)                                                              \
	do {                                                                   \
		enum fault try_fault_ = (call);                                \
		if (try_fault_ != FAULT_NONE)                                  \
			return try_fault_;                                     \
	} while (0)

#endif
