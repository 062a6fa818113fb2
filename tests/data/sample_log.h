/* The sample as the tests read it: rows, cohorts and the truth file, straight from the files.
 *
 * Nothing of the program is used: what the program says about the sample is compared with this. */
#ifndef TESTS_DATA_SAMPLE_LOG_H
#define TESTS_DATA_SAMPLE_LOG_H

#include <glib.h>
#include <json-glib/json-glib.h>

typedef struct {
  gint64 when;        /* seconds since 1970 on the log's clock */
  const char *path;   /* interned */
  const char *lesson; /* interned canonical name, NULL when the path is no page */
  const char *ip;     /* interned */
  guint user;
  guint cohort; /* id, 0 = none */
} SampleRow;

typedef struct {
  guint id, program;
  int start, end; /* days */
  char *name;
} SampleCohort;

typedef struct {
  GArray *rows;    /* of SampleRow, in the order of the file */
  GArray *cohorts; /* of SampleCohort */
  JsonParser *truth;
} SampleLog;

typedef struct {
  const char *id, *kind;
  gboolean innocent;
  JsonObject *json;
  GArray *rows; /* of SampleRow: of its users, on its days, from its addresses, first to last */
} SampleStory;

/* Bytes of a file, unpacked when the name ends in .gz. Fails the test when it cannot be read. */
char *sample_read(const char *name, gsize *ret_len);
/* Fields of one CSV line, quotes removed. Free with g_strfreev. */
char **sample_fields(const char *line, char delimiter);
/* Reads logs.csv (or logs.csv.gz), cohorts.csv and truth.json of a folder. */
SampleLog *sample_load(const char *folder);
/* That of the folder assets/sample. */
SampleLog *sample_load_committed(void);
void sample_free(SampleLog *log);
const SampleCohort *sample_cohort(const SampleLog *log, guint id); /* or NULL */
#define sample_row(log, i) (&g_array_index((log)->rows, SampleRow, i))

/* Calls `check` for every story of a kind (NULL: of all), planted and innocent; returns how many.
 */
typedef void (*SampleCheck)(const SampleLog *log, const SampleStory *story);
guint sample_each_story(const SampleLog *log, const char *kind, SampleCheck check);

/* Fails the test with the name of the story. */
#define sample_claim(story, condition)                                                             \
  do {                                                                                             \
    if (!(condition))                                                                              \
      fail_msg("%s %s: not so: %s", (story)->id, (story)->kind, #condition);                       \
  } while (0)

/* The digits at the start of a text; 0 when there are none. */
guint sample_number(const char *text);
/* Seconds since 1970 of `YYYY-MM-DD`, with or without ` HH:MM:SS`. */
gint64 sample_time(const char *text);
#define SAMPLE_DAY 86400

#endif
