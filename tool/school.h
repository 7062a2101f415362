/*
 * Schools of an installation, for who runs it.
 *
 * None of these commands shows what is in a school.  What they do to one is
 * in its journal, where its head reads it.
 */
#ifndef ACQUIS_TOOL_SCHOOL_H
#define ACQUIS_TOOL_SCHOOL_H

#include <stddef.h>

#include "base.h"

#define SCHOOL_USAGE                                                           \
	"usage: acquis school list, add UAI NAME YEAR [--login LOGIN],"        \
	" address UAI [HOST], suspend UAI, resume UAI, export UAI FILE, or"    \
	" import FILE"

/* argv[0] is the name of each: add, export... */
void school_add(int argc, char **argv);
void school_export(int argc, char **argv);
void school_import(int argc, char **argv);

#endif
