/* Helper of the loading tests: a text in, everything that came of it out as text. */
#ifndef TESTS_INGEST_LOAD_HELPER_H
#define TESTS_INGEST_LOAD_HELPER_H

#include "core/ingest/load.h"

typedef struct {
  AccessLog *log;
  LoadReport *report;
  GError *error;
} Loaded;

/* Loads; checks that every line of every file is accounted for. */
Loaded loaded_run(const LoadRequest *req);
/* Checks that every line of every file is one of those counted. */
void loaded_check(const LoadReport *r);
/* Loads a text from memory; `req` may be NULL. len -1: NUL-terminated. */
Loaded loaded_text(const LoadRequest *req, const char *text, gssize len);
void loaded_clear(Loaded *l);

/* The rows, ids mapped to text, one a line: time path user cohort ip agent. */
char *loaded_rows(const Loaded *l);
/* The cohorts that rows or tables know: id name slack start end program staff deleted created. */
char *loaded_cohorts(const Loaded *l);
/* Counts, rejects, notes, warnings. */
char *loaded_report(const Loaded *l);
guint64 loaded_rejects(const Loaded *l, RejectReason r);
gboolean loaded_warns(const Loaded *l, const char *part);

/* A file in a fresh folder for temporary files; free the name with helper_remove. */
char *helper_file(const char *name, const void *data, gsize len);
void helper_remove(char *file);

/* Texts packed as files by a filter ("gzip", or NULL) in a format ("raw", "zip") of libarchive. */
GBytes *helper_pack(const char *filter, const char *format, const char *const *names,
                    const char *const *texts);

/* assert_string_equal for a text that is freed. */
#define assert_text(made, expected)                                                                \
  do {                                                                                             \
    char *assert_text_made = (made);                                                               \
    assert_string_equal(assert_text_made, expected);                                               \
    g_free(assert_text_made);                                                                      \
  } while (0)

#endif
