/* One scene of a story: the rows of one person on one day. */
#ifndef TESTS_DATA_SCENE_H
#define TESTS_DATA_SCENE_H

#include "tests/data/stories.h"

/* Adds the rows of the story's k-th day for one user. */
void scene_add(const Stories *st, guint story, guint user, guint k, Day *d);
/* Second of the day of a clock written as HHMM. */
guint scene_seconds(guint hhmm);

#endif
