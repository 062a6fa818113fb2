/* Columns: names to roles, roles to a layout. */
#include "core/ingest/columns.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

static const char *const role_names[N_ROLES] = {
    "date", "clock", "time",  "path", "user",    "cohort",  "ip",      "agent",
    "name", "slack", "start", "end",  "created", "updated", "deleted", "program",
};

/* Names as they are compared: lower case, without separators ("User ID" is "userid"). The first
 * name of a role found in a header wins over those further down in this table. `time` beside
 * `date` is a time of day: layout_settle sees to that. */
static const struct {
  const char *name;
  Role role;
} synonyms[] = {
    {"datetime", ROLE_TIME},
    {"timestamp", ROLE_TIME},
    {"accessedat", ROLE_TIME},
    {"requesttime", ROLE_TIME},
    {"logtime", ROLE_TIME},
    {"eventtime", ROLE_TIME},
    {"timelocal", ROLE_TIME},
    {"ts", ROLE_TIME},
    {"date", ROLE_DATE},
    {"day", ROLE_DATE},
    {"accessdate", ROLE_DATE},
    {"logdate", ROLE_DATE},
    {"time", ROLE_CLOCK},
    {"clock", ROLE_CLOCK},
    {"timeofday", ROLE_CLOCK},
    {"path", ROLE_PATH},
    {"endpoint", ROLE_PATH},
    {"page", ROLE_PATH},
    {"pageviewed", ROLE_PATH},
    {"url", ROLE_PATH},
    {"uri", ROLE_PATH},
    {"requestpath", ROLE_PATH},
    {"requesturi", ROLE_PATH},
    {"resource", ROLE_PATH},
    {"lesson", ROLE_PATH},
    {"userid", ROLE_USER},
    {"user", ROLE_USER},
    {"student", ROLE_USER},
    {"studentid", ROLE_USER},
    {"username", ROLE_USER},
    {"uid", ROLE_USER},
    {"login", ROLE_USER},
    {"account", ROLE_USER},
    {"remoteuser", ROLE_USER},
    {"cohortid", ROLE_COHORT},
    {"cohort", ROLE_COHORT},
    {"classid", ROLE_COHORT},
    {"class", ROLE_COHORT},
    {"ip", ROLE_IP},
    {"ipaddress", ROLE_IP},
    {"ipaddr", ROLE_IP},
    {"sourceip", ROLE_IP},
    {"clientip", ROLE_IP},
    {"address", ROLE_IP},
    {"remoteaddr", ROLE_IP},
    {"host", ROLE_IP},
    {"useragent", ROLE_AGENT},
    {"agent", ROLE_AGENT},
    {"httpuseragent", ROLE_AGENT},
    {"browser", ROLE_AGENT},
    {"name", ROLE_NAME},
    {"cohortname", ROLE_NAME},
    {"slack", ROLE_SLACK},
    {"slackchannel", ROLE_SLACK},
    {"startdate", ROLE_START},
    {"start", ROLE_START},
    {"cohortstart", ROLE_START},
    {"starts", ROLE_START},
    {"enddate", ROLE_END},
    {"end", ROLE_END},
    {"cohortend", ROLE_END},
    {"ends", ROLE_END},
    {"createdat", ROLE_CREATED},
    {"created", ROLE_CREATED},
    {"updatedat", ROLE_UPDATED},
    {"updated", ROLE_UPDATED},
    {"deletedat", ROLE_DELETED},
    {"deleted", ROLE_DELETED},
    {"programid", ROLE_PROGRAM},
    {"program", ROLE_PROGRAM},
    {"programname", ROLE_PROGRAM},
    {"id", ROLE_COHORT}, /* see below */
};

/* Order of the columns where a table has no header. */
static const guint8 usual_order[] = {
    ROLE_DATE,  ROLE_CLOCK, ROLE_PATH, ROLE_USER,    ROLE_COHORT,  ROLE_IP,      ROLE_NAME,
    ROLE_SLACK, ROLE_START, ROLE_END,  ROLE_CREATED, ROLE_UPDATED, ROLE_DELETED, ROLE_PROGRAM,
};
#define N_NARROW 6

const char *input_synonym(guint i, Role *ret)
{
  if (i >= G_N_ELEMENTS(synonyms))
    return NULL;
  *ret = synonyms[i].role;
  return synonyms[i].name;
}

const char *input_role_name(Role r)
{
  return r < N_ROLES ? role_names[r] : "";
}

void layout_init(Layout *l)
{
  memset(l, 0, sizeof *l);
  memset(l->role, ROLE_IGNORED, sizeof l->role);
  for (int r = 0; r < N_ROLES; r++)
    l->column[r] = COLUMN_NONE;
}

void layout_clear(Layout *l)
{
  g_clear_pointer(&l->query_user, g_free);
}

#define NAME_MAX_BYTES 64

/* Brings a header name into the form of the table; FALSE when it is too long to be in it. */
static gboolean fold_name(const char *s, gsize len, char *out)
{
  gsize n = 0;
  for (gsize i = 0; i < len; i++) {
    if (strchr(" _-.#", s[i]) != NULL && s[i] != '\0')
      continue;
    if (n + 1 >= NAME_MAX_BYTES)
      return FALSE;
    out[n++] = g_ascii_tolower(s[i]);
  }
  out[n] = '\0';
  return TRUE;
}

static void set_column(Layout *l, Role role, int column)
{
  if (l->column[role] != COLUMN_NONE)
    l->role[l->column[role]] = ROLE_IGNORED;
  if (column != COLUMN_NONE && l->role[column] != ROLE_IGNORED)
    l->column[l->role[column]] = COLUMN_NONE;
  l->column[role] = column;
  if (column != COLUMN_NONE)
    l->role[column] = (guint8)role;
}

static gboolean has(const Layout *l, Role r)
{
  return l->column[r] != COLUMN_NONE;
}

/* Columns of a header that carry the name of table entry `entry`; COLUMN_NONE when none does. */
static int find_name(const char *folded, guint n, const char *name)
{
  for (guint i = 0; i < n; i++) {
    if (strcmp(folded + (gsize)i * NAME_MAX_BYTES, name) == 0)
      return (int)i;
  }
  return COLUMN_NONE;
}

/* `id` is the cohort's in a cohort table, and the row's in a log, where it says nothing. `name`
 * and `created_at` belong to the cohort only where a table speaks of cohorts. */
static void settle_ambiguous(Layout *l, const char *folded, guint n)
{
  gboolean time = has(l, ROLE_TIME) || has(l, ROLE_DATE) || has(l, ROLE_CLOCK);
  gboolean dates = has(l, ROLE_START) && has(l, ROLE_END);
  int id = find_name(folded, n, "id");
  if (id != COLUMN_NONE && l->column[ROLE_COHORT] == id && (time || !dates))
    set_column(l, ROLE_COHORT, COLUMN_NONE);
  if (id != COLUMN_NONE && dates && !time && !has(l, ROLE_NAME)) { /* id,cohort,start_date,... */
    int cohort = l->column[ROLE_COHORT];
    set_column(l, ROLE_COHORT, id);
    set_column(l, ROLE_NAME, cohort != id ? cohort : COLUMN_NONE);
  }
  if (!time && !dates && has(l, ROLE_CREATED))
    set_column(l, ROLE_TIME, l->column[ROLE_CREATED]);
  gboolean wide =
      has(l, ROLE_COHORT) && (has(l, ROLE_START) || has(l, ROLE_END) || has(l, ROLE_PROGRAM));
  if (!wide && !dates) {
    for (Role r = ROLE_FIRST_FACT; r < N_ROLES; r++)
      set_column(l, r, COLUMN_NONE);
  }
}

void layout_from_names(Layout *l, const ColumnName *names, guint n)
{
  n = MIN(n, COLUMNS_MAX);
  l->header = TRUE;
  l->n_columns = n;
  char *folded = g_malloc0((gsize)n * NAME_MAX_BYTES);
  for (guint i = 0; i < n; i++)
    fold_name(names[i].s, names[i].len, folded + (gsize)i * NAME_MAX_BYTES);
  for (gsize i = 0; i < G_N_ELEMENTS(synonyms); i++) {
    if (has(l, synonyms[i].role))
      continue;
    int column = find_name(folded, n, synonyms[i].name);
    if (column != COLUMN_NONE)
      set_column(l, synonyms[i].role, column);
  }
  if (l->form != FORM_COHORTS)
    settle_ambiguous(l, folded, n);
  g_free(folded);
}

gboolean layout_usual_order(Layout *l, guint n)
{
  if (n != N_NARROW && n != G_N_ELEMENTS(usual_order))
    return FALSE;
  l->n_columns = n;
  for (guint i = 0; i < n; i++)
    set_column(l, (Role)usual_order[i], (int)i);
  return TRUE;
}

/* --- settings -------------------------------------------------------------------------------- */

static void setting_free(void *p)
{
  ColumnSetting *s = p;
  g_free(s->value);
  g_free(s);
}

/* A role by its own name or by any header name of the table. */
static Role find_role(const char *name)
{
  char folded[NAME_MAX_BYTES];
  for (Role r = 0; r < N_ROLES; r++) {
    if (g_ascii_strcasecmp(name, role_names[r]) == 0)
      return r;
  }
  if (!fold_name(name, strlen(name), folded) || strcmp(folded, "id") == 0)
    return ROLE_IGNORED;
  for (gsize i = 0; i < G_N_ELEMENTS(synonyms); i++) {
    if (strcmp(folded, synonyms[i].name) == 0)
      return synonyms[i].role;
  }
  return ROLE_IGNORED;
}

static ColumnSetting *parse_setting(const char *text, GError **error)
{
  char *safe = text_safe(text, -1);
  ColumnSetting *s = NULL;
  const char *eq = strchr(text, '=');
  char *name = g_strstrip(g_strndup(text, eq != NULL ? (gsize)(eq - text) : strlen(text)));
  Role role = find_role(name);
  if (eq == NULL) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--columns: \"%s\" is not ROLE=COLUMN; for example time=3,user=student", safe);
  } else if (role == ROLE_IGNORED) {
    const char *known[N_ROLES + 1] = {NULL};
    memcpy(known, role_names, sizeof role_names);
    const char *near = text_closest(name, known);
    char *all = g_strjoinv(", ", (char **)known);
    char *safe_name = text_safe(name, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--columns: there is no role \"%s\"%s%s%s; the roles are %s", safe_name,
                near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                near != NULL ? "\"" : "", all);
    g_free(safe_name);
    g_free(all);
  } else {
    s = g_new0(ColumnSetting, 1);
    s->role = role;
    s->value = g_strstrip(g_strdup(eq + 1));
    guint64 number;
    if (g_ascii_string_to_unsigned(s->value, 10, 1, COLUMNS_MAX, &number, NULL))
      s->number = (guint)number;
  }
  g_free(name);
  g_free(safe);
  return s;
}

GPtrArray *columns_parse(const char *text, GError **error)
{
  GPtrArray *settings = g_ptr_array_new_with_free_func(setting_free);
  char **parts = g_strsplit(text != NULL ? text : "", ",", -1);
  for (guint i = 0; parts[i] != NULL && settings != NULL; i++) {
    if (*g_strstrip(parts[i]) == '\0')
      continue;
    ColumnSetting *s = parse_setting(parts[i], error);
    if (s != NULL)
      g_ptr_array_add(settings, s);
    else
      g_clear_pointer(&settings, g_ptr_array_unref);
  }
  g_strfreev(parts);
  return settings;
}

static int column_of(const ColumnSetting *s, const ColumnName *names, guint n)
{
  if (s->number > 0)
    return s->number <= n ? (int)s->number - 1 : COLUMN_NONE;
  for (int exact = 1; exact >= 0; exact--) {
    for (guint i = 0; names != NULL && i < n; i++) {
      if (names[i].len == strlen(s->value) &&
          (exact ? strncmp(names[i].s, s->value, names[i].len)
                 : g_ascii_strncasecmp(names[i].s, s->value, names[i].len)) == 0)
        return (int)i;
    }
  }
  return COLUMN_NONE;
}

static void set_no_column(GError **error, const ColumnSetting *s, const ColumnName *names, guint n,
                          const char *file)
{
  GString *list = g_string_new(NULL);
  for (guint i = 0; names != NULL && i < MIN(n, 20); i++) {
    g_string_append(list, i > 0 ? ", " : "; its header has ");
    text_append_safe(list, names[i].s, (gssize)names[i].len);
  }
  char *safe_file = text_safe(file, -1), *safe = text_safe(s->value, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "--columns %s=%s: %s has %u columns and none is \"%s\"%s", role_names[s->role], safe,
              safe_file, n, safe, list->str);
  g_free(safe_file);
  g_free(safe);
  g_string_free(list, TRUE);
}

/* TRUE when the names alone make it a table of cohorts. */
static gboolean is_cohort_table(const Layout *l)
{
  if (l->form == FORM_COHORTS)
    return TRUE;
  for (Role r = ROLE_FIRST_LOG; r < ROLE_FIRST_FACT; r++)
    if (r != ROLE_COHORT && has(l, r))
      return FALSE;
  return has(l, ROLE_START) && has(l, ROLE_END) && (has(l, ROLE_COHORT) || has(l, ROLE_NAME));
}

static gboolean has_facts(const Layout *l)
{
  for (Role r = ROLE_FIRST_FACT; r < N_ROLES; r++)
    if (has(l, r))
      return TRUE;
  return FALSE;
}

/* A log and its cohort table are read with the same settings. Those that speak of the log say
 * nothing about the cohort table, and the other way round: without a header name that is there,
 * they are meant for the other file. */
static gboolean is_for_other_file(const Layout *l, const ColumnSetting *s, const ColumnName *names,
                                  guint n)
{
  if (names == NULL || s->value[0] == '\0')
    return FALSE;
  gboolean found = column_of(s, names, n) != COLUMN_NONE;
  if (is_cohort_table(l))
    return s->role < ROLE_FIRST_FACT && (s->number > 0 || !found) &&
           (s->role != ROLE_COHORT || has(l, ROLE_COHORT));
  return s->role >= ROLE_FIRST_FACT && !found && !has_facts(l);
}

gboolean layout_apply(Layout *l, const GPtrArray *settings, const ColumnName *names, guint n,
                      const char *file, GError **error)
{
  for (guint i = 0; i < settings->len; i++)
    l->date_said = l->date_said || ((const ColumnSetting *)settings->pdata[i])->role == ROLE_DATE;
  gboolean other[N_ROLES] = {FALSE};
  for (guint i = 0; i < settings->len; i++) {
    const ColumnSetting *s = settings->pdata[i];
    other[s->role] = is_for_other_file(l, s, names, n);
  }
  for (guint i = 0; i < settings->len; i++) {
    const ColumnSetting *s = settings->pdata[i];
    if (other[s->role])
      continue;
    /* "date=1,time=2" speaks of a time of day, "time=1" of the whole time. */
    Role role = s->role == ROLE_TIME && l->date_said ? ROLE_CLOCK : s->role;
    if (l->form == FORM_COMBINED) { /* its columns are fixed, but for the user */
      if (s->role == ROLE_USER && s->value[0] == '?') {
        g_free(l->query_user);
        l->query_user = g_strdup(s->value + 1);
      }
      continue;
    }
    if (s->value[0] == '\0') { /* "agent=": leave that column out */
      set_column(l, role, COLUMN_NONE);
      continue;
    }
    int column = column_of(s, names, n);
    if (column == COLUMN_NONE) {
      set_no_column(error, s, names, n, file);
      return FALSE;
    }
    if (role == ROLE_TIME) { /* said outright, it is no longer the time of day of a date */
      if (l->column[ROLE_CLOCK] == column)
        set_column(l, ROLE_CLOCK, COLUMN_NONE);
      if (l->column[ROLE_DATE] == column)
        set_column(l, ROLE_DATE, COLUMN_NONE);
    }
    set_column(l, role, column);
  }
  return TRUE;
}

/* Which columns make the time: `date` with `time` beside it is both; either alone holds the whole
 * time; a column named for a whole time wins over both. */
static void settle_time(Layout *l)
{
  if (has(l, ROLE_DATE) && has(l, ROLE_CLOCK) && l->date_said)
    set_column(l, ROLE_TIME, COLUMN_NONE);
  if (!has(l, ROLE_TIME) && has(l, ROLE_DATE) != has(l, ROLE_CLOCK))
    set_column(l, ROLE_TIME, l->column[has(l, ROLE_DATE) ? ROLE_DATE : ROLE_CLOCK]);
  if (has(l, ROLE_TIME)) {
    set_column(l, ROLE_DATE, COLUMN_NONE);
    set_column(l, ROLE_CLOCK, COLUMN_NONE);
  }
}

gboolean layout_settle(Layout *l)
{
  settle_time(l);
  gboolean time = has(l, ROLE_TIME) || has(l, ROLE_DATE);
  gboolean id = has(l, ROLE_COHORT) || has(l, ROLE_NAME);
  gboolean facts = FALSE;
  for (Role r = ROLE_FIRST_FACT; r < N_ROLES; r++)
    facts = facts || has(l, r);
  gboolean log = time && has(l, ROLE_USER);
  if (l->form == FORM_COHORTS)
    return id && facts && !log;
  if (!time && has(l, ROLE_START) && has(l, ROLE_END) && id && !has(l, ROLE_USER)) {
    l->form = FORM_COHORTS;
    return TRUE;
  }
  if (!log)
    return FALSE;
  if (l->form != FORM_RAW)
    l->form = facts && has(l, ROLE_COHORT) ? FORM_WIDE : FORM_CSV;
  return TRUE;
}

/* --- for people ------------------------------------------------------------------------------ */

static void append_column(GString *out, int column, const ColumnName *names, guint n)
{
  if (names != NULL && (guint)column < n && names[column].len > 0)
    text_append_safe(out, names[column].s, (gssize)names[column].len);
  else
    g_string_append_printf(out, "%d", column + 1);
}

char *layout_describe(const Layout *l, const ColumnName *names, guint n)
{
  GString *out = g_string_new(NULL);
  for (Role r = 0; r < N_ROLES; r++) {
    if (!has(l, r) || r == ROLE_CLOCK)
      continue;
    if (out->len > 0)
      g_string_append_c(out, ' ');
    g_string_append_printf(out, "%s=", r == ROLE_DATE ? "time" : role_names[r]);
    append_column(out, l->column[r], names, n);
    if (r == ROLE_DATE) {
      g_string_append_c(out, '+');
      append_column(out, l->column[ROLE_CLOCK], names, n);
    }
  }
  return g_string_free(out, FALSE);
}

GPtrArray *layout_ignored(const Layout *l, const ColumnName *names, guint n)
{
  GPtrArray *ignored = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; names != NULL && i < n; i++) {
    if (l->role[i] != ROLE_IGNORED)
      continue;
    if (names[i].len > 0)
      g_ptr_array_add(ignored, text_safe(names[i].s, (gssize)names[i].len));
    else
      g_ptr_array_add(ignored, g_strdup_printf("column %u (no name)", i + 1));
  }
  return ignored;
}
