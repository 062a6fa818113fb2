/* What a story changes in the lives of its people, before any row is written. */
#ifndef TESTS_DATA_SETUP_H
#define TESTS_DATA_SETUP_H

#include "tests/data/stories.h"

/* `users` holds the people named in the table (indexes); a setup may add more. */
void setup_only(School *s, const StoryText *t, guint story, GArray *users);  /* no habits at all */
void setup_until(School *s, const StoryText *t, guint story, GArray *users); /* none after `date` */
void setup_silent(School *s, const StoryText *t, guint story, GArray *users); /* date_to to date */
void setup_staff(School *s, const StoryText *t, guint story, GArray *users); /* staff from `date` */
void setup_change(School *s, const StoryText *t, guint story, GArray *users); /* to another class */
void setup_linked(School *s, const StoryText *t, guint story, GArray *users); /* a second id */
void setup_hostel(School *s, const StoryText *t, guint story, GArray *users); /* one address */
void setup_flat(School *s, const StoryText *t, guint story, GArray *users);   /* one address */
void setup_class(School *s, const StoryText *t, guint story, GArray *users);  /* adds the class */
void setup_outlier(School *s, const StoryText *t, guint story, GArray *users); /* for the cohort */

/* Addresses that belong to stories alone. */
Address setup_second_place(guint story);
Address setup_network(guint n);
#define SETUP_N_NETWORKS 9

#endif
