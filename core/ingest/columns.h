/* Columns: which column of a table holds what.
 *
 * One table of roles and of the header names by which they are recognised. A layout is the
 * outcome for one file: the role of each of its columns. */
#ifndef CORE_INGEST_COLUMNS_H
#define CORE_INGEST_COLUMNS_H

#include "core/ingest/load.h"

typedef enum {
  ROLE_DATE,  /* a date; with ROLE_CLOCK beside it */
  ROLE_CLOCK, /* a time of day */
  ROLE_TIME,  /* date and time of day in one column */
  ROLE_PATH,
  ROLE_USER,
  ROLE_COHORT,
  ROLE_IP,
  ROLE_AGENT,
  /* what a cohort is: the cohort table, or the wide form */
  ROLE_NAME,
  ROLE_SLACK,
  ROLE_START,
  ROLE_END,
  ROLE_CREATED,
  ROLE_UPDATED,
  ROLE_DELETED,
  ROLE_PROGRAM,
  N_ROLES
} Role;

#define ROLE_IGNORED    N_ROLES
#define ROLE_FIRST_LOG  ROLE_DATE
#define ROLE_FIRST_FACT ROLE_NAME
#define N_FACTS         (N_ROLES - ROLE_FIRST_FACT)
#define COLUMNS_MAX     1024
#define FIELD_BYTES_MAX ((gsize)64 * 1024)
#define COLUMN_NONE     (-1)

const char *input_role_name(Role r); /* "user" */
/* Header names that are understood, in their folded form: number `i`, NULL after the last. */
const char *input_synonym(guint i, Role *ret);

typedef struct {
  InputForm form;
  char delimiter;
  gboolean quotes;          /* `"` quotes fields */
  gboolean header;          /* the first line names the columns */
  guint n_columns;          /* fields of a row */
  guint8 role[COLUMNS_MAX]; /* of each column; ROLE_IGNORED */
  int column[N_ROLES];      /* of each role; COLUMN_NONE */
  gboolean date_said;       /* a setting names the column of the date */
  char *query_user;         /* web server logs: the query parameter that names the user, or NULL */
} Layout;

void layout_init(Layout *l);
void layout_clear(Layout *l);

/* A name in a header. */
typedef struct {
  const char *s;
  gsize len;
} ColumnName;

/* Roles by the names in a header. Decides between log, wide log and cohort table; form stays
 * FORM_UNKNOWN when the names are those of neither. */
void layout_from_names(Layout *l, const ColumnName *names, guint n);
/* The same for `n` columns in the usual order, without a header. FALSE when `n` is not the width
 * of a narrow or a wide log. */
gboolean layout_usual_order(Layout *l, guint n);

/* One setting of "--columns time=3,user=student". */
typedef struct {
  Role role;
  char *value;  /* a header name, or the query parameter behind "?" */
  guint number; /* from 1; 0 when it is a name */
} ColumnSetting;

/* CORE_ERROR_USAGE for what cannot be understood. Elements are ColumnSetting*. */
GPtrArray *columns_parse(const char *text, GError **error);
/* Applies settings over what was recognised, `names` NULL when there is no header. Settings of a
 * log leave a cohort table alone, and the other way round. CORE_ERROR_USAGE when the file has no
 * such column. */
gboolean layout_apply(Layout *l, const GPtrArray *settings, const ColumnName *names, guint n,
                      const char *file, GError **error);
/* After all settings: one time column or two, and the form that follows. FALSE when a log lacks
 * its time or its users, and no cohort table. */
gboolean layout_settle(Layout *l);

/* "time=date+time path=endpoint ..."; names NULL: column numbers. Free with g_free. */
char *layout_describe(const Layout *l, const ColumnName *names, guint n);
/* Header names without a role. Elements are char*. */
GPtrArray *layout_ignored(const Layout *l, const ColumnName *names, guint n);

#endif
