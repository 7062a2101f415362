/*
 * UAI: the national number of a school, seven digits and a control letter.
 */
#ifndef ACQUIS_UAI_H
#define ACQUIS_UAI_H

#include <stdbool.h>

#define UAI_LENGTH 8

/* The letter of a number of seven digits, 0 if they are not. */
char uai_letter(const char *digits);

/* Is it exactly seven digits and their letter, in capitals? */
bool uai_ok(const char *);

#endif
