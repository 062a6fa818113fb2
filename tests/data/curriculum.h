/* The lessons of the sample school, invented for it.
 *
 * Owns modules and lessons, when each program teaches them, the paths under which a lesson was
 * ever served (renamed, prefixed, misspelt), and the tables from which a reader of a given program
 * and week draws the next page. */
#ifndef TESTS_DATA_CURRICULUM_H
#define TESTS_DATA_CURRICULUM_H

#include "tests/data/prng.h"

enum { PROGRAM_JAVA, PROGRAM_DATA, PROGRAM_FRONT, N_SCHOOL_PROGRAMS };
enum { POOL_WEB, POOL_DATA, N_POOLS }; /* lessons that belong to one track alone */

#define CURRICULUM_SLOTS 4096
#define CURRICULUM_WEEKS 22
#define NO_LESSON        G_MAXUINT16

typedef guint16 SlotTable[CURRICULUM_SLOTS];

typedef struct {
  char *text;
  char *csv; /* quoted when it must be */
  guint8 text_len, csv_len;
} PagePath;

typedef enum {
  SPELLED_PLAIN,
  SPELLED_NUMBERED,
  SPELLED_PREFIXED,
  SPELLED_ODD,
  N_SPELLINGS
} Spelling;

typedef struct {
  char *name;          /* canonical: module, or module/lesson */
  guint16 module_page; /* the lesson that opens its module */
  guint8 module;       /* index of its module */
  guint8 tracks;       /* bit 0 web, bit 1 data science */
  guint8 weight;       /* popularity within its module; 0 = read only when a story says so */
  int last_day;        /* taken off the site after that day */
  int rename_day;      /* numbered from that day on; CALENDAR_NEVER = keeps its name */
} Lesson;

typedef struct {
  int rename_day, move_day;
  guint n_lessons;
  Lesson *lessons;
  GArray *paths; /* of PagePath: fixed pages, lessons x spellings, pictures, probes, slips */
  guint first_lesson_path, first_picture_path, first_probe_path, n_probes;
  guint first_slip_path, n_slips, n_written_slips;     /* the first ones are written by a story */
  SlotTable week[N_SCHOOL_PROGRAMS][CURRICULUM_WEEKS]; /* what a class reads in that week */
  SlotTable after[N_SCHOOL_PROGRAMS];                  /* what its graduates come back for */
  SlotTable staff;
  SlotTable pool[N_POOLS]; /* lessons of one track alone, as often as its classes read them */
} Curriculum;

enum { PATH_HOME, PATH_TOC, PATH_SEARCH, PATH_MISSING, PATH_INDEX, N_FIXED_PATHS };

/* Ids of a program in assets/programs.conf, and its length in weeks. */
extern const guint8 curriculum_program_ids[N_SCHOOL_PROGRAMS];
extern const guint8 curriculum_program_weeks[N_SCHOOL_PROGRAMS];

Curriculum *curriculum_new(void);
void curriculum_free(Curriculum *c);
/* Index of a lesson by its canonical name, which must exist. */
guint curriculum_find(const Curriculum *c, const char *name);
/* First week, from 0, in which the program teaches the lesson's module; -1 when it does not. */
int curriculum_first_week(const Curriculum *c, guint lesson, int program);
static inline guint curriculum_path(const Curriculum *c, guint lesson, Spelling s)
{
  return c->first_lesson_path + lesson * N_SPELLINGS + (guint)s;
}
/* How the site spells a lesson for a reader of `program` on that day. */
Spelling curriculum_spelling(const Curriculum *c, guint lesson, int program, int day);
/* The lesson that a path shows, or NO_LESSON. */
guint curriculum_lesson_of_path(const Curriculum *c, guint path);

#endif
