/* Dimensions: one table of names, ids, labels and look-ups. Keys of rows are in keys.c, natural
 * orders in order.c. */
#include "core/query/dimension.h"
#include "core/base/text.h"
#include "core/query/period.h"
#include "core/query/tables.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  DimensionInfo info;
  guint32 (*count)(const Dataset *ds);
  /* Id of a key; computed ones are written into `buf` of CIVIL_BUF bytes. NULL: missing. */
  const char *(*text)(const Dataset *ds, guint32 key, char *buf);
  /* Name where people use another word than the id, or NULL. */
  const char *(*name)(const Dataset *ds, guint32 key);
  /* Key for an id of exactly this spelling. */
  gboolean (*find)(const Dataset *ds, const char *id, guint32 *ret);
} DimensionRow;

/* --- counts ----------------------------------------------------------------------------------- */

static guint32 count_program(const Dataset *ds)
{
  return ds->log->cohorts->programs->len;
}
static guint32 count_cohort(const Dataset *ds)
{
  return ds->tables->n_cohorts;
}
static guint32 count_lesson(const Dataset *ds)
{
  return ds->catalog->n_entries;
}
static guint32 count_module(const Dataset *ds)
{
  return ds->catalog->n_modules;
}
static guint32 count_path(const Dataset *ds)
{
  return ds->tables->n_paths;
}
static guint32 count_user(const Dataset *ds)
{
  return ds->tables->n_users;
}
static guint32 count_ip(const Dataset *ds)
{
  return ds->tables->n_ips;
}
static guint32 count_kind(const Dataset *ds)
{
  (void)ds;
  return N_KINDS;
}
static guint32 count_phase(const Dataset *ds)
{
  (void)ds;
  return N_PHASES;
}
static guint32 count_weekday(const Dataset *ds)
{
  (void)ds;
  return 7;
}
static guint32 count_hour(const Dataset *ds)
{
  (void)ds;
  return 24;
}
static guint32 count_day(const Dataset *ds)
{
  return ds->log->n_days;
}
static guint32 count_week(const Dataset *ds)
{
  return ds->tables->n_weeks;
}
static guint32 count_month(const Dataset *ds)
{
  return ds->tables->n_months;
}
static guint32 count_course_week(const Dataset *ds)
{
  return ds->tables->n_course_weeks;
}
static guint32 count_agent(const Dataset *ds)
{
  return MAX(ds->tables->n_agents, 1);
}

/* --- ids and names ---------------------------------------------------------------------------- */

static const char *text_program(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  return cohort_table_get_program(ds->log->cohorts, (guint8)key)->id;
}
static const char *name_program(const Dataset *ds, guint32 key)
{
  return key == PROGRAM_NONE ? NULL : cohort_table_get_program(ds->log->cohorts, (guint8)key)->name;
}
static const char *text_cohort(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  return cohort_table_get(ds->log->cohorts, (guint16)key)->id;
}
static const char *name_cohort(const Dataset *ds, guint32 key)
{
  return key == COHORT_NONE ? NULL : cohort_table_get(ds->log->cohorts, (guint16)key)->name;
}
static const char *text_lesson(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  const CatalogEntry *e = &ds->catalog->entries[key];
  return e->kind == KIND_MISSING ? NULL : e->name;
}
static const char *text_module(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  const char *name = ds->catalog->modules[key];
  return *name ? name : NULL;
}
static const char *text_path(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  return key == PATH_MISSING ? NULL : strpool_get(ds->log->paths, key, NULL);
}
static const char *text_user(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  return strpool_get(ds->log->users, key, NULL);
}
static const char *text_ip(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  return key == IP_NONE ? NULL : ip_table_text(ds->log->ips, key);
}
static const char *text_kind(const Dataset *ds, guint32 key, char *buf)
{
  (void)ds, (void)buf;
  return kind_name((Kind)key);
}
static const char *text_phase(const Dataset *ds, guint32 key, char *buf)
{
  (void)ds, (void)buf;
  return phase_name((Phase)key);
}
static const char *text_weekday(const Dataset *ds, guint32 key, char *buf)
{
  (void)ds;
  g_strlcpy(buf, civil_weekday_name((int)key), CIVIL_BUF);
  buf[0] = g_ascii_tolower(buf[0]);
  return buf;
}
static const char *name_weekday(const Dataset *ds, guint32 key)
{
  (void)ds;
  return civil_weekday_name((int)key);
}
static const char *text_number(const Dataset *ds, guint32 key, char *buf)
{
  (void)ds;
  g_snprintf(buf, CIVIL_BUF, "%u", key);
  return buf;
}
static const char *text_day(const Dataset *ds, guint32 key, char *buf)
{
  return civil_format_day(ds->tables->first_day + (CivilDay)key, buf);
}
static const char *text_week(const Dataset *ds, guint32 key, char *buf)
{
  return period_format_week(ds->tables->first_monday + 7 * (CivilDay)key, buf);
}
static const char *text_month(const Dataset *ds, guint32 key, char *buf)
{
  return civil_format_month(ds->tables->first_month + (int)key, buf);
}
static const char *text_course_week(const Dataset *ds, guint32 key, char *buf)
{
  return key ? text_number(ds, key, buf) : NULL;
}
static const char *text_agent(const Dataset *ds, guint32 key, char *buf)
{
  (void)buf;
  const char *s = ds->tables->n_agents ? strpool_get(ds->log->agents, key, NULL) : "";
  return *s ? s : NULL;
}

/* --- look-ups by id --------------------------------------------------------------------------- */

static gboolean find_cohort(const Dataset *ds, const char *id, guint32 *ret)
{
  guint16 key = cohort_table_find(ds->log->cohorts, id);
  *ret = key;
  return key != COHORT_NONE;
}

/* `name (kind)` for an entry that shares its name with another that is found first. */
static char *qualified_name(const CatalogEntry *e)
{
  return g_strdup_printf("%s (%s)", e->name, kind_name(e->kind));
}

static gboolean find_lesson(const Dataset *ds, const char *id, guint32 *ret)
{
  guint32 key = catalog_find(ds->catalog, id);
  if (key != CATALOG_NONE && ds->catalog->entries[key].kind != KIND_MISSING) {
    *ret = key;
    return TRUE;
  }
  gsize len = strlen(id);
  if (len < 4 || id[len - 1] != ')')
    return FALSE;
  for (guint32 i = 0; i < ds->catalog->n_entries; i++) {
    const CatalogEntry *e = &ds->catalog->entries[i];
    gsize name_len = strlen(e->name);
    if (name_len + 3 > len || strncmp(id, e->name, name_len) != 0 || id[name_len] != ' ')
      continue;
    char *full = qualified_name(e);
    gboolean same = strcmp(full, id) == 0;
    g_free(full);
    if (same) {
      *ret = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean find_in_pool(const StrPool *pool, const char *id, guint32 *ret)
{
  guint32 key = strpool_find(pool, id, strlen(id));
  *ret = key;
  return key != STRPOOL_NONE;
}
static gboolean find_path(const Dataset *ds, const char *id, guint32 *ret)
{
  return *id && find_in_pool(ds->log->paths, id, ret) && *ret < ds->tables->n_paths;
}
static gboolean find_user(const Dataset *ds, const char *id, guint32 *ret)
{
  return find_in_pool(ds->log->users, id, ret);
}
static gboolean find_agent(const Dataset *ds, const char *id, guint32 *ret)
{
  return *id && ds->tables->n_agents && find_in_pool(ds->log->agents, id, ret);
}
static gboolean find_ip(const Dataset *ds, const char *id, guint32 *ret)
{
  guint32 key = *id ? ip_table_find(ds->log->ips, id, strlen(id)) : G_MAXUINT32;
  *ret = key;
  return key != G_MAXUINT32 && key != IP_NONE;
}

/* The day of a period that starts on a day of the log or, for weeks and months, just before it;
 * the caller's check of the id refuses what is not written as the dimension writes it. */
static gboolean find_first_day(const Dataset *ds, const char *id, CivilDay *ret)
{
  Period p;
  if (!ds->log->n_days || !period_parse(id, &p))
    return FALSE;
  *ret = civil_day_of(p.from);
  return TRUE;
}
static gboolean find_day(const Dataset *ds, const char *id, guint32 *ret)
{
  CivilDay day;
  if (!find_first_day(ds, id, &day))
    return FALSE;
  *ret = (guint32)(day - ds->tables->first_day);
  return TRUE;
}
static gboolean find_week(const Dataset *ds, const char *id, guint32 *ret)
{
  CivilDay day;
  if (!find_first_day(ds, id, &day))
    return FALSE;
  *ret = (guint32)((day - ds->tables->first_monday) / 7);
  return TRUE;
}
static gboolean find_month(const Dataset *ds, const char *id, guint32 *ret)
{
  CivilDay day;
  if (!find_first_day(ds, id, &day))
    return FALSE;
  *ret = (guint32)(civil_month_of(day) - ds->tables->first_month);
  return TRUE;
}
static gboolean find_number(const Dataset *ds, const char *id, guint32 *ret)
{
  (void)ds;
  if (!g_ascii_isdigit(*id))
    return FALSE;
  *ret = (guint32)MIN(strtoull(id, NULL, 10), G_MAXUINT32);
  return TRUE;
}

/* --- the table -------------------------------------------------------------------------------- */

static const DimensionRow dimensions[N_DIMENSIONS] = {
    [DIM_PROGRAM] = {{"program", "Programs", "Program of the cohort that the row carries."},
                     count_program,
                     text_program,
                     name_program,
                     NULL},
    [DIM_COHORT] = {{"cohort", "Cohorts", "Cohort that the row carries."},
                    count_cohort,
                    text_cohort,
                    name_cohort,
                    find_cohort},
    [DIM_LESSON] = {{"lesson", "Lessons",
                     "Canonical name of the page, of every kind: spellings of one lesson are one."},
                    count_lesson,
                    text_lesson,
                    NULL,
                    find_lesson},
    [DIM_MODULE] = {{"module", "Modules", "First part of the canonical name of the page."},
                    count_module,
                    text_module,
                    NULL,
                    NULL},
    [DIM_PATH] = {{"path", "Paths", "Path as it stands in the log."},
                  count_path,
                  text_path,
                  NULL,
                  find_path},
    [DIM_USER] = {{"user", "Users", "User id as it stands in the log."},
                  count_user,
                  text_user,
                  NULL,
                  find_user},
    [DIM_IP] = {{"ip", "IPs", "Address the request came from."}, count_ip, text_ip, NULL, find_ip},
    [DIM_KIND] = {{"kind", "Kinds",
                   "What the path is: lesson, home, toc, search, asset, probe, stray or missing."},
                  count_kind,
                  text_kind,
                  NULL,
                  NULL},
    [DIM_PHASE] = {{"phase", "Phases",
                    "Where the day lies by the row's own cohort: before, class (both end days "
                    "included), after; or staff, undated (no dates), none (no cohort)."},
                   count_phase,
                   text_phase,
                   NULL,
                   NULL},
    [DIM_WEEKDAY] = {{"weekday", "Weekdays", "Day of the week on the log's clock."},
                     count_weekday,
                     text_weekday,
                     name_weekday,
                     NULL},
    [DIM_HOUR] = {{"hour", "Hours", "Hour of the day, 0 to 23, on the log's clock."},
                  count_hour,
                  text_number,
                  NULL,
                  find_number},
    [DIM_DAY] = {{"day", "Days", "Date on the log's clock."}, count_day, text_day, NULL, find_day},
    [DIM_WEEK] = {{"week", "Weeks", "ISO 8601 week, Monday to Sunday."},
                  count_week,
                  text_week,
                  NULL,
                  find_week},
    [DIM_MONTH] = {{"month", "Months", "Calendar month on the log's clock."},
                   count_month,
                   text_month,
                   NULL,
                   find_month},
    [DIM_COURSE_WEEK] = {{"course-week", "Course weeks",
                          "Week of the row's own cohort: 1 for its first seven days; none before "
                          "the start and without a start date."},
                         count_course_week,
                         text_course_week,
                         NULL,
                         find_number},
    [DIM_AGENT] = {{"agent", "Agents", "User agent as it stands in the log."},
                   count_agent,
                   text_agent,
                   NULL,
                   find_agent},
};

const DimensionInfo *dimension_info(Dimension d)
{
  return &dimensions[d].info;
}

gboolean dimension_parse(const char *name, Dimension *ret)
{
  for (guint d = 0; d < N_DIMENSIONS; d++)
    if (g_ascii_strcasecmp(name, dimensions[d].info.name) == 0) {
      *ret = (Dimension)d;
      return TRUE;
    }
  return FALSE;
}

guint32 dimension_count(const Dataset *ds, Dimension d)
{
  return dimensions[d].count(ds);
}

char *dimension_id(const Dataset *ds, Dimension d, guint32 key)
{
  char buf[CIVIL_BUF];
  const char *text = dimensions[d].text(ds, key, buf);
  if (text && d == DIM_LESSON && catalog_find(ds->catalog, text) != key)
    return qualified_name(&ds->catalog->entries[key]);
  return g_strdup(text);
}

const char *dimension_text(const Dataset *ds, Dimension d, guint32 key, char *buf)
{
  return dimensions[d].text(ds, key, buf);
}

const char *dimension_name(const Dataset *ds, Dimension d, guint32 key)
{
  return dimensions[d].name ? dimensions[d].name(ds, key) : NULL;
}

char *dimension_label(const Dataset *ds, Dimension d, guint32 key)
{
  const char *name = dimension_name(ds, d, key);
  if (name)
    return text_safe(name, -1);
  char *id = dimension_id(ds, d, key);
  if (!id)
    return g_strdup(d == DIM_PATH || d == DIM_LESSON ? "(missing)" : "(none)");
  char *label = text_safe(id, -1);
  g_free(id);
  return label;
}

/* TRUE when `id` is, byte by byte, the id of `key`. */
static gboolean id_is(const Dataset *ds, Dimension d, guint32 key, const char *id)
{
  char buf[CIVIL_BUF];
  const char *text = dimensions[d].text(ds, key, buf);
  return text && strcmp(text, id) == 0;
}

gboolean dimension_find_id(const Dataset *ds, Dimension d, const char *id, guint32 *ret)
{
  guint32 n = dimension_count(ds, d), key = 0;
  if (dimensions[d].find) {
    /* An address has several spellings, and a lesson may be qualified by its kind. */
    gboolean exact = d != DIM_IP && d != DIM_LESSON;
    if (!dimensions[d].find(ds, id, &key) || key >= n || (exact && !id_is(ds, d, key, id)))
      return FALSE;
    *ret = key;
    return TRUE;
  }
  for (key = 0; key < n; key++)
    if (id_is(ds, d, key, id)) {
      *ret = key;
      return TRUE;
    }
  return FALSE;
}

gboolean dimension_is_called(const Dataset *ds, Dimension d, guint32 key, const char *word)
{
  char buf[CIVIL_BUF];
  const char *text = dimensions[d].text(ds, key, buf), *name = dimension_name(ds, d, key);
  return (text && text_same_word(text, word)) || (name && text_same_word(name, word));
}

gboolean dimension_missing(const Dataset *ds, Dimension d, guint32 *ret)
{
  char buf[CIVIL_BUF];
  if (d == DIM_KIND)
    *ret = KIND_MISSING;
  else if (d == DIM_PHASE)
    *ret = PHASE_NONE;
  else if (d == DIM_LESSON)
    *ret = ds->catalog->entry_of_path[PATH_MISSING];
  else if (d == DIM_USER || dimension_count(ds, d) == 0 || dimensions[d].text(ds, 0, buf))
    return FALSE;
  else
    *ret = 0;
  return TRUE;
}

gboolean dimension_find(const Dataset *ds, Dimension d, const char *id_or_name, guint32 *ret)
{
  if (dimension_find_id(ds, d, id_or_name, ret))
    return TRUE;
  guint32 n = dimension_count(ds, d);
  for (guint32 key = 0; key < n; key++)
    if (dimension_is_called(ds, d, key, id_or_name)) {
      *ret = key;
      return TRUE;
    }
  return strcmp(id_or_name, "none") == 0 && dimension_missing(ds, d, ret);
}
