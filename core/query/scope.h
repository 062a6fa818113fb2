/* Scope: the list of filters in force, one grammar for screens, options, scripts and reports.
 *
 *   program=3 cohort=Darden,Easley phase=class -kind=asset lesson~^sql time=2019-08..2020-02
 *
 * Terms are ANDed, values in a term are ORed, `-` negates, `~` is a regular expression (GRegex,
 * case-insensitive, up to the next space), `..` is an inclusive range known to time, hour and
 * numbers (`22..4` wraps for hour and weekday). Values that hold a space, comma, quote or `..`
 * stand in double quotes, doubled inside. Parse and print round-trip.
 *
 * An id wins over a name, and exact spelling over the same word in another case; a name that
 * several things bear means all of them; `none` means a missing one. A pattern is tried on id and
 * name. A value that the log does not have is an error, but for times. `last30d`, `last4w`,
 * `last3m`, `last1y` end with the day of the last row. */
#ifndef CORE_QUERY_SCOPE_H
#define CORE_QUERY_SCOPE_H

#include "core/query/dimension.h"

typedef enum {
  FIELD_PROGRAM,
  FIELD_COHORT,
  FIELD_LESSON,
  FIELD_MODULE,
  FIELD_PATH,
  FIELD_USER,
  FIELD_IP, /* an address or a block: ip=198.51.100.0/24 */
  FIELD_KIND,
  FIELD_PHASE,
  FIELD_WEEKDAY, /* mon..sun, or 1..7 */
  FIELD_HOUR,
  FIELD_TIME, /* 2019, 2019-08, 2019-08-14, 2019-W33, 2019-08-14T10:00, ranges of them, `last30d` */
  FIELD_TRACK, /* of the row's cohort */
  FIELD_COURSE_WEEK,
  FIELD_AGENT,
  FIELD_STAFF,   /* yes, no: a row of a staff cohort */
  FIELD_FLAGGED, /* yes, no: a row whose user or address is flagged */
  N_FIELDS
} ScopeField;

typedef struct {
  ScopeField field;
  gboolean negated;
  gboolean regex;    /* then values[0] is the pattern */
  gboolean off;      /* switched off: printed by the explorer, ignored by everything else */
  GPtrArray *values; /* of char*, unquoted; "none" means missing */
} ScopeTerm;

typedef struct {
  GPtrArray *terms; /* of ScopeTerm* */
} Scope;

Scope *scope_new(void);
void scope_free(Scope *s);
Scope *scope_copy(const Scope *s);
gboolean scope_equal(const Scope *a, const Scope *b);
gboolean scope_is_empty(const Scope *s);

/* Syntax only; names are resolved by scope_check and scope_select. NULL with CORE_ERROR_USAGE that
 * points at the place and names the closest field. */
Scope *scope_parse(const char *text, GError **error);
ScopeTerm *scope_term_parse(const char *text, GError **error);
void scope_term_free(ScopeTerm *t);
ScopeTerm *scope_term_copy(const ScopeTerm *t);
/* A term of one value. */
ScopeTerm *scope_term_new(ScopeField field, const char *value, gboolean negated);
/* Canonical text; free with g_free. Switched-off terms are left out by scope_print. */
char *scope_print(const Scope *s);
char *scope_term_print(const ScopeTerm *t);
/* For people: names in place of ids ("cohort=Darden"); free with g_free. Safe text. */
char *scope_term_label(const ScopeTerm *t, const Dataset *ds);
const char *scope_field_name(ScopeField f);
/* Field that filters by a dimension (DIM_USER -> FIELD_USER; day, week and month -> FIELD_TIME). */
ScopeField scope_field_of(Dimension d);
/* The term that keeps exactly the rows with `key`. */
ScopeTerm *scope_term_for_key(const Dataset *ds, Dimension d, guint32 key, gboolean negated);

/* Resolves every name and value. FALSE with CORE_ERROR_USAGE that names the closest one. */
gboolean scope_check(const Scope *s, const Dataset *ds, GError **error);

/* Rows kept, ascending. `rows` NULL: the rows begin .. begin + n - 1. A list belongs to the
 * selection when it stands in `own`; else it is part of an index of the log, which must outlive
 * the selection. */
typedef struct {
  guint32 n;
  guint32 begin;
  const guint32 *rows;
  guint32 *own;
} Selection;

/* Row number at place i of a selection. */
static inline guint32 selection_row(const Selection *sel, guint32 i)
{
  return sel->rows ? sel->rows[i] : sel->begin + i;
}

/* First place from `from` on whose row is `row` or comes after it; sel->n when none does. Fast when
 * that place is near. */
guint32 selection_seek(const Selection *sel, guint32 from, guint32 row);

/* NULL with an error as for scope_check. Picks the index of the narrowest user, address or cohort
 * term, or the time range, and tests the rest. */
Selection *scope_select(const Scope *s, const Dataset *ds, GError **error);
/* The same, but ends early once *stop (atomic) is not 0: then NULL without an error. */
Selection *scope_select_until(const Scope *s, const Dataset *ds, const gint *stop, GError **error);
void selection_free(Selection *sel);

#endif
