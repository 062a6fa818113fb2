/* Filters: a scope with every name and value resolved against one dataset.
 *
 * Owns the step from words to tables of bytes, one per dictionary, and from times to ranges of
 * rows. Private to core/query: scope.c writes and reads the words, select.c runs the filter. */
#ifndef CORE_QUERY_FILTER_H
#define CORE_QUERY_FILTER_H

#include "core/query/scope.h"

typedef struct {
  const char *name;
  int dimension;   /* whose ids and names are the values, or -1 */
  gboolean ranges; /* `..` is a range, never part of a value */
  gboolean regex;  /* `~` is known */
} FieldInfo;

const FieldInfo *scope_field_info(ScopeField f);
/* Sets a CORE_ERROR_USAGE whose text is safe to show. */
void scope_set_error(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* --- ranges of rows: sorted, disjoint, none empty --------------------------------------------- */

typedef struct {
  guint32 begin, end; /* begin <= row < end */
} RowRange;

GArray *ranges_new(void); /* of RowRange; free with g_array_unref */
/* Appends a range; an empty one is dropped, one that touches the last is joined to it. Ranges come
 * in order of their beginning. */
void ranges_add(GArray *ranges, guint32 begin, guint32 end);
void ranges_sort(GArray *ranges); /* puts ranges pushed in any order right */
GArray *ranges_intersect(const GArray *a, const GArray *b);
GArray *ranges_complement(const GArray *a, guint32 n_rows);
guint32 ranges_total(const GArray *ranges);

/* Ranges of rows of a time, weekday or hour term, negation included; NULL with an error. */
GArray *ranges_of_term(const ScopeTerm *t, const Dataset *ds, GError **error);

/* --- resolving -------------------------------------------------------------------------------- */

/* Marks in `match` (dimension_count bytes, zero) the keys that the values or the pattern of a term
 * name; the negation is left to the caller. */
gboolean term_match_keys(const ScopeTerm *t, const Dataset *ds, guint8 *match, GError **error);
/* The same for the tracks of the cohort table; the entry behind the last track is "no track". */
gboolean term_match_tracks(const ScopeTerm *t, const Dataset *ds, guint8 *match, GError **error);
/* Whole numbers or ranges of them, "12", "3..7", "..4", "9..", into first and last. NULL when
 * understood, else what is wrong; free with g_free. `word` reads one end: TRUE when it could. */
char *number_range_parse(const char *s, gboolean (*word)(const char *s, guint32 *ret), guint32 min,
                         guint32 max, guint32 *ret_first, guint32 *ret_last);

/* --- the filter ------------------------------------------------------------------------------- */

/* What a row must satisfy. A NULL table lets everything pass. */
typedef struct {
  guint8 *cohort_ok, *path_ok, *user_ok, *ip_ok, *agent_ok; /* by id */
  guint8 *phase_ok, *course_week_ok;                        /* by key of the dimension */
  guint8 *flagged_ok;                                       /* [0] not flagged, [1] flagged */
  GArray *ranges;
} Filter;

/* NULL with CORE_ERROR_USAGE. Terms that are switched off are left out. */
Filter *filter_new(const Scope *s, const Dataset *ds, GError **error);
void filter_free(Filter *f);

#endif
