/*
 * Guardian file: ResponsablesAvecAdresses.xml, made by SIECLE, root
 * BEE_RESPONSABLES.
 *
 * Adults, and the tie of each to learners.  Two generations of files say who
 * has legal rights in two ways (NIVEAU_RESPONSABILITE, before it RESP_LEGAL);
 * both are read, and rights are never granted on an anomaly.  Real files keep
 * thousands of adults whose children have left: it is for plan.h to ignore
 * them.
 */
#ifndef ACQUIS_SIECLE_GUARDIAN_FILE_H
#define ACQUIS_SIECLE_GUARDIAN_FILE_H

#include "export_file.h"

struct adult_record {
	int line;
	bool refused;
	const char *guardian_key; /* PERSONNE_ID */
	const char *title;        /* "M." or "Mme" */
	const char *last_name;
	const char *usual_name; /* only when it is another one */
	const char *first_name;
	const char *phone; /* the mobile one, else home, else work */
	const char *email;
	const char *address_id;
	const char *address; /* its lines, one under the other */
	const char *postcode;
	const char *town;
	const char *country;
};

struct link_record {
	int line;
	bool refused;
	const char *learner;     /* ELEVE_ID */
	const char *adult;       /* PERSONNE_ID */
	const char *level;       /* "1" legal, "2" in charge, "3" contact */
	const char *parent_code; /* "10" mother, "20" father…; NULL unknown */
	bool legal;
	int rank; /* among the learner's adults: legal ones first, from 1 */
};

struct guardian_file {
	struct export_header header;
	struct list adults;    /* of struct adult_record */
	struct list links;     /* of struct link_record */
	struct list anomalies; /* of struct anomaly */
};

/* Refuses as export_read(); above 100,000 adults or links, FAULT_XML_LIMIT. */
enum fault guardian_file_read(struct arena *, const struct siecle_input *,
    struct guardian_file *, struct siecle_problem *);

#endif
