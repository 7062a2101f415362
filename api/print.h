/*
 * Prints: interim assessments as PDF, and their radar as a picture (M-221,
 * M-235 to M-238).
 *
 * What is printed is the last confirmed revision.  A handler loads and fills
 * the documents; drawing is done on a task thread, so that nobody waits for
 * somebody else's class.
 */
#ifndef ACQUIS_PRINT_H
#define ACQUIS_PRINT_H

#include "context.h"

enum fault interim_pdf(struct ctx *);
enum fault learner_interims_pdf(struct ctx *);
enum fault class_latest_pdf(struct ctx *);
enum fault interim_radar_svg(struct ctx *);
enum fault interim_radar_png(struct ctx *);
enum fault draft_radar_svg(struct ctx *);

#endif
