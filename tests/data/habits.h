/* What people do on an ordinary day: classes, evenings, graduates coming back, staff. */
#ifndef TESTS_DATA_HABITS_H
#define TESTS_DATA_HABITS_H

#include "tests/data/day.h"
#include "tests/data/stories.h"

/* Adds the ordinary rows of `d->date`. Days that a story owns are left to it. */
void habits_add(const School *s, const Stories *stories, Day *d);

#endif
