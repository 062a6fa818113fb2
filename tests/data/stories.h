/* The stories told in the sample log: what is planted and what only looks like it.
 *
 * Owns the table of stories, what each changes in the lives of its people, the days it takes away
 * from their habits, and the rows it writes. What came of it is tallied in truth.c. */
#ifndef TESTS_DATA_STORIES_H
#define TESTS_DATA_STORIES_H

#include "tests/data/day.h"

typedef enum {
  /* Shapes that write rows, on `days` days from `date`, `every` days apart. */
  SHAPE_SCATTER,   /* pages at uneven pace between two times of the day */
  SHAPE_BURST,     /* pages within `seconds` */
  SHAPE_BEAT,      /* a page every `seconds`, give or take `jitter` */
  SHAPE_GROUPS,    /* `jitter` pages at once every `seconds` */
  SHAPE_ALTERNATE, /* the same as scatter, from home and a second place in turn */
  SHAPE_BLOCKS,    /* three pages from each of many networks */
  SHAPE_CARRIER,   /* two pages from each of many addresses of the carrier */
  SHAPE_CLICKS,    /* pages 4 to 9 seconds apart */
  SHAPE_PROBES,    /* paths that are no lessons */
  SHAPE_CLASS,     /* every student of the cohort opens the same pages within a minute */
  SHAPE_CLASSWORK, /* scatter for every student of the cohort; not in the truth file */
  SHAPE_SCHOOL,    /* scatter for most people of the school */
  SHAPE_HANDOVER,  /* one id stops, another goes on at the same place */
  SHAPE_TURNS,     /* one page a day, each day another student of another cohort */
  SHAPE_ODD_ROWS,  /* a row without path, and junk that was pasted into the address bar */
  /* Shapes that write nothing and are counted only. */
  SHAPE_USER,       /* all rows of the users */
  SHAPE_HOME,       /* all rows of the users from where they live */
  SHAPE_CLASS_ROWS, /* all rows of the cohort */
  SHAPE_LESSON,     /* all rows of a lesson; of one cohort when it has one */
  SHAPE_CROSS,      /* reading the other track while it is open; program = of the readers' pool */
  SHAPE_DAY,        /* a day: nothing to write */
  SHAPE_TWICE       /* rows between two times are written twice */
} Shape;

typedef enum {
  DECK_SO_FAR, /* lessons of the course up to that week */
  DECK_ALL,    /* everything the track's classes can read */
  DECK_OTHER,  /* lessons of the other track alone */
  DECK_BOTH,   /* both tracks, one after the other */
  DECK_LESSON  /* one lesson */
} Deck;

enum { FROM_HOME, FROM_SITE, FROM_ABROAD };

typedef struct StoryText StoryText;
typedef void (*StorySetup)(School *s, const StoryText *t, guint story, GArray *users);

struct StoryText {
  const char *kind;
  const char *rule;  /* flag rule or question that is about it, "" = none */
  gboolean innocent; /* looks like something and is nothing */
  guint8 cohort;     /* N_CORE_COHORTS = a user without cohort */
  guint8 student;    /* place in the class */
  guint8 more[3][2]; /* further people: cohort, place; 0 0 = none */
  StorySetup setup;  /* NULL = changes nothing in their lives */
  Shape shape;
  const char *date;    /* first day of the rows, or of the fact */
  const char *date_to; /* last day of a fact that lasts */
  guint8 days, every;  /* 0 = 1 */
  guint16 pages;       /* a day */
  guint16 from, until; /* HHMM */
  guint16 seconds;
  guint8 jitter;
  Deck deck;
  guint8 distinct; /* size of the deck, 0 = all of it */
  guint8 place;    /* FROM_* */
  const char *lesson;
  const char *what;
};

typedef struct {
  School *s;
  GArray **users;        /* by story: the people (guint), in the order of the table */
  int *date;             /* by story: its first day */
  GHashTable *own;       /* pairs of user and day */
  guint16 *lesson_story; /* by lesson: the story that counts it, or 0 */
  guint16 cross[N_POOLS];
  int event_day; /* the day on which the whole school reads */
  int twice_day; /* the day on which rows were written twice */
} Stories;

extern const StoryText stories_table[]; /* story n is stories_table[n - 1] */
extern const guint stories_n;

/* Changes the school as the stories need it. */
Stories *stories_new(School *s);
void stories_free(Stories *st);
/* TRUE when the user's rows of that day are a story's alone. */
gboolean stories_own(const Stories *st, guint user, int date);
/* Number of the story that counts readers of the other track, by the pool they read. */
guint16 stories_cross(const Stories *st, int pool);
/* Adds the stories' rows of `d->date`. */
void stories_add(const Stories *st, Day *d);
/* TRUE when rows at that second are written twice. */
gboolean stories_twice(const Stories *st, int date, guint second, guint *ret_story);

#endif
