/* Sniffing: the form and the columns of a text, from its beginning. */
#ifndef CORE_INGEST_SNIFF_H
#define CORE_INGEST_SNIFF_H

#include "core/ingest/columns.h"

#define SNIFF_BYTES ((gsize)64 * 1024) /* how much of a text is looked at */

typedef struct {
  const char *name;         /* of the file, for messages */
  const char *form;         /* "raw", "csv", "combined"; NULL: recognise */
  gboolean cohorts;         /* it is said to be a cohort table */
  const GPtrArray *columns; /* of ColumnSetting*, empty for none; not for cohort tables */
} SniffHints;

typedef struct {
  Layout layout;
  gsize start;          /* offset of the first row: behind byte-order mark and header */
  guint64 lines, blank; /* lines in front of it, and those of them that are blank */
  gboolean has_rows;    /* FALSE: nothing but white space follows */
  char *columns;        /* what was recognised, for people */
  GPtrArray *ignored;   /* of char* */
} Sniffed;

void sniffed_clear(Sniffed *s);
/* `whole`: the text ends at `len`. CORE_ERROR_INPUT when it is not a log and no cohort table,
 * CORE_ERROR_USAGE when the hints do not fit it; *ret is then untouched. */
gboolean sniff(const char *text, gsize len, gboolean whole, const SniffHints *hints, Sniffed *ret,
               GError **error);
/* "date, time, path", twenty at most; safe; free with g_free. */
char *column_names_text(const ColumnName *names, guint n);
/* CORE_ERROR_INPUT: neither time nor user is among the columns of `name` (safe), or one is not. */
void layout_set_incomplete(GError **error, const Layout *l, const char *name,
                           const ColumnName *names, guint n);

#endif
