/* Question 8: the school as a whole. Length of classes, what is read, growth, when, and from where.
 */
#include "core/answers/q8.h"
#include "core/stats/entropy.h"
#include "core/stats/robust.h"
#include "core/stats/trend.h"

#include <math.h>

#define TREND_MIN_MONTHS 10 /* a trend of fewer is not worth a word */
#define STOPPED_DAYS     30 /* a site address not met for so long at the end is no longer used */
#define LONG_WEEKS       2  /* a class is off its nominal length by so much */

/* --- length of classes -------------------------------------------------------------------------
 */

enum { LEN_COHORT, LEN_NAME, LEN_PROGRAM, LEN_START, LEN_END, LEN_WEEKS, LEN_NOMINAL, LEN_OFF };

static const AnswerColumn length_columns[] = {
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"program", "program", CELL_TEXT, 0, "Program of the cohort.", COLUMN_PLAIN},
    {"start", "start", CELL_DATE, 0, "First day of the class.", COLUMN_PLAIN},
    {"end", "end", CELL_DATE, 0, "Last day of the class.", COLUMN_PLAIN},
    {"weeks", "weeks", CELL_REAL, 1, "Weeks from the first to the last day, both included.",
     COLUMN_PLAIN},
    {"nominal_weeks", "nominal", CELL_INT, 0, "Nominal weeks of the program, from programs.conf.",
     COLUMN_PLAIN},
    {"difference", "off", CELL_REAL, 1, "Weeks minus nominal weeks.", COLUMN_PLAIN},
    {NULL}};

static void length_row(AnswerTable *at, const Dataset *ds, const Cohort *c, double weeks)
{
  const Program *p = cohort_table_get_program(ds->log->cohorts, c->program);
  Table *t = at->table;
  answer_row(at, NULL);
  table_set_text(t, LEN_COHORT, c->id);
  table_set_text(t, LEN_NAME, c->name);
  table_set_text(t, LEN_PROGRAM, program_text(ds, c->program));
  table_set_int(t, LEN_START, c->start);
  table_set_int(t, LEN_END, c->end);
  table_set_real(t, LEN_WEEKS, weeks);
  if (p->weeks <= 0)
    return;
  table_set_int(t, LEN_NOMINAL, p->weeks);
  table_set_real(t, LEN_OFF, weeks - p->weeks);
}

/* "PHP 15.9 weeks (median of 14 classes, nominally 20; 0 are longer ...)", appended. */
static void append_lengths(GString *out, const Dataset *ds, guint8 program, double *weeks, guint n)
{
  const Program *p = cohort_table_get_program(ds->log->cohorts, program);
  guint longer = 0, shorter = 0;
  if (n == 0 || p->weeks <= 0)
    return;
  for (guint i = 0; i < n; i++) {
    longer += weeks[i] > p->weeks + LONG_WEEKS;
    shorter += weeks[i] < p->weeks - LONG_WEEKS;
  }
  g_string_append_printf(out,
                         "%s%s %s weeks (median of %s, nominally %d; %s longer by more than "
                         "%d weeks, %s shorter)",
                         out->len ? "; " : "", p->name, REAL_TEXT(robust_median(weeks, n), 1),
                         COUNT_TEXT(n, "class", "classes"), p->weeks, N_TEXT(longer), LONG_WEEKS,
                         N_TEXT(shorter));
}

static void class_lengths(Answer *a, const Dataset *ds)
{
  const CohortTable *ct = ds->log->cohorts;
  double *weeks = g_new(double, ct->cohorts->len);
  GString *said = g_string_new(NULL);
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "class_lengths",
                                "Length of classes against the nominal weeks", length_columns);
  for (guint p = 0; p < ct->programs->len; p++) {
    guint n = 0;
    for (guint c = COHORT_NONE + 1; c < ct->cohorts->len; c++) {
      const Cohort *cohort = cohort_table_get(ct, (guint16)c);
      if (cohort->program != p || cohort->start == CIVIL_DAY_NONE ||
          cohort_phase(cohort, cohort->start) != PHASE_CLASS)
        continue;
      weeks[n] = (cohort->end - cohort->start + 1) / 7.0;
      length_row(t, ds, cohort, weeks[n]);
      n++;
    }
    append_lengths(said, ds, (guint8)p, weeks, n);
  }
  if (said->len)
    answer_finding(a, NULL, "How long classes last by their dates: %s.", said->str);
  g_string_free(said, TRUE);
  g_free(weeks);
}

/* --- diversity ---------------------------------------------------------------------------------
 */

enum { DIV_PROGRAM, DIV_HITS, DIV_LESSONS, DIV_BITS, DIV_EFFECTIVE, DIV_EVENNESS };

static const AnswerColumn diversity_columns[] = {
    {"program", "program", CELL_TEXT, 0, "Program of the rows.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits on lessons, staff left out.", COLUMN_PLAIN},
    {"lessons", "lessons", CELL_INT, 0, "Distinct lessons with such a hit.", COLUMN_PLAIN},
    {"entropy_bits", "bits", CELL_REAL, 2,
     "Shannon entropy of the hits over the lessons: 0 when all lie on one lesson, log2(lessons) "
     "when they are spread evenly.",
     COLUMN_PLAIN},
    {"effective_lessons", "effective", CELL_REAL, 0,
     "2 to the power of the entropy: so many equally used lessons would be as diverse.",
     COLUMN_PLAIN},
    {"evenness", "evenness", CELL_SHARE, 0, "Entropy as a share of the largest possible.",
     COLUMN_PLAIN},
    {NULL}};

/* Hits on lessons by program and entry, staff left out. */
static guint64 *count_lessons(const Dataset *ds)
{
  const AccessLog *log = ds->log;
  guint32 n_entries = ds->catalog->n_entries;
  guint64 *hits = g_new0(guint64, (gsize)log->cohorts->programs->len * n_entries + 1);
  for (guint32 row = 0; row < log->n_rows; row++) {
    guint32 entry = ds->catalog->entry_of_path[log->path[row]];
    const Cohort *c = cohort_table_get(log->cohorts, log->cohort[row]);
    if (ds->catalog->kind_of_entry[entry] == KIND_LESSON && !c->staff)
      hits[(gsize)c->program * n_entries + entry]++;
  }
  return hits;
}

static void diversity(Answer *a, const Dataset *ds)
{
  const CohortTable *ct = ds->log->cohorts;
  guint64 *hits = count_lessons(ds);
  GString *said = g_string_new(NULL);
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "diversity", "How widely each program reads",
                                diversity_columns);
  for (guint p = PROGRAM_NONE + 1; p < ct->programs->len; p++) {
    Entropy e = entropy_of(hits + (gsize)p * ds->catalog->n_entries, ds->catalog->n_entries);
    if (e.classes == 0)
      continue;
    answer_row(t, answer_link_key("lessons", ds, DIM_PROGRAM, p, "kind=lesson"));
    table_set_text(t->table, DIV_PROGRAM, program_text(ds, (guint8)p));
    table_set_int(t->table, DIV_HITS, (gint64)e.total);
    table_set_int(t->table, DIV_LESSONS, (gint64)e.classes);
    table_set_real(t->table, DIV_BITS, entropy_bits(&e));
    table_set_real(t->table, DIV_EFFECTIVE, entropy_effective_number(&e));
    table_set_real(t->table, DIV_EVENNESS, entropy_evenness(&e));
    g_string_append_printf(said, "%s%s %s as if %s of them were used equally",
                           said->len ? "; " : "", program_text(ds, (guint8)p),
                           COUNT_TEXT(e.classes, "lesson", "lessons"),
                           REAL_TEXT(entropy_effective_number(&e), 0));
  }
  if (said->len)
    answer_finding(a, answer_link("lessons", "kind=lesson"), "How widely a program reads: %s.",
                   said->str);
  g_string_free(said, TRUE);
  g_free(hits);
}

/* --- growth ------------------------------------------------------------------------------------
 */

enum { GROW_MONTH, GROW_HITS, GROW_USERS, GROW_PER_USER, GROW_WHOLE };

static const AnswerColumn growth_columns[] = {
    {"month", "month", CELL_TEXT, 0, "Month of the log.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of every kind.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users.", COLUMN_PLAIN},
    {"hits_per_user", "h/user", CELL_REAL, 1, "Hits divided by users.", COLUMN_PLAIN},
    {"whole", "whole", CELL_BOOL, 0, "Yes when the log covers every day of the month.",
     COLUMN_PLAIN},
    {NULL}};

typedef struct {
  guint n;
  int first;
  double *hits, *users; /* by month */
} Months;

static Months count_months(const AccessLog *log)
{
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  Months m = {.first = civil_month_of(log->first_day)};
  m.n = (guint)(civil_month_of(last) - m.first) + 1;
  m.hits = g_new0(double, m.n);
  m.users = g_new0(double, m.n);
  for (guint32 day = 0; day < log->n_days; day++)
    m.hits[civil_month_of(log->first_day + (CivilDay)day) - m.first] +=
        log->day_start[day + 1] - log->day_start[day];
  for (guint32 u = 0; u < strpool_count(log->users); u++) {
    CivilTime end = CIVIL_NONE; /* of the month counted last: the rows are in order of time */
    for (guint32 i = log->user_start[u]; i < log->user_start[u + 1]; i++) {
      CivilTime t = log->time[log->rows_by_user[i]];
      if (end != CIVIL_NONE && t < end)
        continue;
      int month = civil_month_of(civil_day_of(t));
      end = civil_day_start(civil_month_start(month + 1));
      m.users[month - m.first]++;
    }
  }
  return m;
}

static gboolean is_whole(const AccessLog *log, int month)
{
  return civil_month_start(month) >= log->first_day &&
         civil_month_start(month + 1) <= log->first_day + (CivilDay)log->n_days;
}

static void say_growth(Answer *a, const AccessLog *log, const Months *m)
{
  guint begin = is_whole(log, m->first) ? 0 : 1;
  guint end = is_whole(log, m->first + (int)m->n - 1) ? m->n : m->n - 1;
  if (end < begin + TREND_MIN_MONTHS) {
    answer_finding(a, NULL, "The log covers %s whole months, too few to speak of growth.",
                   N_TEXT(end > begin ? end - begin : 0));
    return;
  }
  TrendLine users = trend_theil_sen(NULL, m->users + begin, end - begin);
  TrendTest test = trend_test(NULL, m->users + begin, end - begin);
  answer_finding(
      a, answer_link("overview", NULL),
      "From %s to %s active users a month went from %s to %s: %s by about %s a month "
      "(the median of the slopes between any two months; a trend as clear by chance alone: %s).",
      MONTH_TEXT(m->first + (int)begin), MONTH_TEXT(m->first + (int)end - 1),
      N_TEXT(m->users[begin]), N_TEXT(m->users[end - 1]),
      test.p >= 0.05     ? "no clear trend,"
      : users.slope >= 0 ? "a growth"
                         : "a decline",
      REAL_TEXT(fabs(users.slope), 1), P_TEXT(test.p));
}

static void growth(Answer *a, const Dataset *ds)
{
  Months m = count_months(ds->log);
  say_growth(a, ds->log, &m);
  AnswerTable *t =
      answer_table(a, ds, PROGRAM_NONE, "months", "Hits and users month by month", growth_columns);
  for (guint i = 0; i < m.n; i++) {
    int month = m.first + (int)i;
    answer_row(t, answer_link_days("cohorts", civil_month_start(month),
                                   civil_month_start(month + 1) - 1, NULL));
    table_set_text(t->table, GROW_MONTH, MONTH_TEXT(month));
    table_set_int(t->table, GROW_HITS, (gint64)m.hits[i]);
    table_set_int(t->table, GROW_USERS, (gint64)m.users[i]);
    table_set_real(t->table, GROW_PER_USER, m.users[i] > 0 ? m.hits[i] / m.users[i] : NAN);
    table_set_int(t->table, GROW_WHOLE, is_whole(ds->log, month));
  }
  g_free(m.hits);
  g_free(m.users);
}

/* --- season, weekday, hour ---------------------------------------------------------------------
 */

enum { PROFILE_SORT, PROFILE_KEY, PROFILE_HITS, PROFILE_SHARE, PROFILE_DAYS, PROFILE_PER_DAY };

static const AnswerColumn profile_columns[] = {
    {"profile", "profile", CELL_TEXT, 0, "season (month of the year), weekday, or hour of the day.",
     COLUMN_PLAIN},
    {"key", "key", CELL_TEXT, 0, "The month 1 to 12, the weekday, or the hour 0 to 23.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of every kind.", COLUMN_PLAIN},
    {"share", "share", CELL_SHARE, 1, "Of all hits.", COLUMN_PLAIN},
    {"days", "days", CELL_INT, 0, "Days of the log that fall on it.", COLUMN_PLAIN},
    {"hits_per_day", "h/day", CELL_REAL, 0, "Hits divided by these days.", COLUMN_PLAIN},
    {NULL}};

#define N_SEASONS  12
#define N_WEEKDAYS 7
#define N_HOURS    24

typedef struct {
  guint64 season[N_SEASONS], weekday[N_WEEKDAYS], hour[N_HOURS];
  guint32 season_days[N_SEASONS], weekday_days[N_WEEKDAYS];
} Profile;

static void count_profile(const AccessLog *log, Profile *p)
{
  for (guint32 d = 0; d < log->n_days; d++) {
    CivilDay day = log->first_day + (CivilDay)d;
    guint64 hits = log->day_start[d + 1] - log->day_start[d];
    int season = civil_fields(civil_day_start(day)).month - 1, weekday = civil_weekday(day);
    p->season[season] += hits;
    p->season_days[season]++;
    p->weekday[weekday] += hits;
    p->weekday_days[weekday]++;
  }
  for (guint32 row = 0; row < log->n_rows; row++)
    p->hour[civil_hour(log->time[row])]++;
}

static void profile_rows(AnswerTable *at, const char *sort, const guint64 *hits,
                         const guint32 *days, guint n, guint32 all_days, double all)
{
  Table *t = at->table;
  for (guint i = 0; i < n; i++) {
    guint32 n_days = days ? days[i] : all_days;
    char key[16];
    g_snprintf(key, sizeof key, "%u", n == N_SEASONS ? i + 1 : i);
    answer_row(at, NULL);
    table_set_text(t, PROFILE_SORT, sort);
    table_set_text(t, PROFILE_KEY, n == N_WEEKDAYS ? civil_weekday_name((int)i) : key);
    table_set_int(t, PROFILE_HITS, (gint64)hits[i]);
    table_set_real(t, PROFILE_SHARE, (double)hits[i] / all);
    table_set_int(t, PROFILE_DAYS, n_days);
    table_set_real(t, PROFILE_PER_DAY, n_days ? (double)hits[i] / n_days : NAN);
  }
}

static guint most_of(const guint64 *hits, guint n)
{
  guint most = 0;
  for (guint i = 1; i < n; i++)
    most = hits[i] > hits[most] ? i : most;
  return most;
}

static const char *weekday_text(guint weekday)
{
  static const char *const names[N_WEEKDAYS] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};
  return names[weekday];
}

/* The span of hours around the busiest one that holds half of the hits, at least. */
static void busy_hours(const guint64 *hour, guint64 all, guint *ret_from, guint *ret_to)
{
  guint from = most_of(hour, N_HOURS), to = from;
  guint64 held = hour[from];
  while (held * 2 < all && (from > 0 || to + 1 < N_HOURS)) {
    if (to + 1 >= N_HOURS || (from > 0 && hour[from - 1] > hour[to + 1]))
      held += hour[--from];
    else
      held += hour[++to];
  }
  *ret_from = from;
  *ret_to = to;
}

static void profiles(Answer *a, const Dataset *ds)
{
  const AccessLog *log = ds->log;
  Profile p = {0};
  guint from, to;
  count_profile(log, &p);
  busy_hours(p.hour, log->n_rows, &from, &to);
  guint64 weekend = p.weekday[5] + p.weekday[6];
  guint busiest = most_of(p.weekday, N_WEEKDAYS);
  answer_finding(a, answer_link("overview", NULL),
                 "Half of all hits fall between %02u:00 and %02u:59; %s is the busiest weekday "
                 "(%s of all hits), Saturday and Sunday together have %s.",
                 from, to, weekday_text(busiest),
                 SHARE_TEXT((double)p.weekday[busiest] / log->n_rows),
                 SHARE_TEXT((double)weekend / log->n_rows));
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "profiles",
                                "By month of the year, weekday "
                                "and hour",
                                profile_columns);
  profile_rows(t, "season", p.season, p.season_days, N_SEASONS, 0, log->n_rows);
  profile_rows(t, "weekday", p.weekday, p.weekday_days, N_WEEKDAYS, 0, log->n_rows);
  profile_rows(t, "hour", p.hour, NULL, N_HOURS, log->n_days, log->n_rows);
}

/* --- addresses of the school -------------------------------------------------------------------
 */

enum { SITE_IP, SITE_KIND, SITE_DAYS, SITE_FIRST, SITE_LAST, SITE_HITS, SITE_SHARE, SITE_USERS };

static const AnswerColumn site_columns[] = {
    {"address", "address", CELL_TEXT, 0, "The address.", COLUMN_ADDRESS},
    {"kind", "kind", CELL_TEXT, 0,
     "regular: used like the school's own network on 20 days or more; occasional: on fewer.",
     COLUMN_PLAIN},
    {"days", "days", CELL_INT, 0,
     "Days on which a quarter of the active users, and ten at least, came from it.", COLUMN_PLAIN},
    {"first", "first", CELL_DATE, 0, "First of these days.", COLUMN_PLAIN},
    {"last", "last", CELL_DATE, 0, "Last of these days.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits from it over the whole log.", COLUMN_PLAIN},
    {"share", "share", CELL_SHARE, 1, "Of all hits.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users over the whole log.", COLUMN_PLAIN},
    {NULL}};

static void site_addresses(Answer *a, const Study *study)
{
  const Dataset *ds = study->ds;
  CivilDay last = ds->log->first_day + (CivilDay)ds->log->n_days - 1;
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "site_addresses",
                                "Addresses that look like the school's own", site_columns);
  for (guint i = 0; i < study->places->n_sites; i++) {
    const SiteAddress *s = &study->places->sites[i];
    const char *ip = ip_table_text(ds->log->ips, s->ip);
    gboolean regular = s->kind == PLACE_SITE_REGULAR;
    answer_row(t, answer_link_key("users", ds, DIM_IP, s->ip, NULL));
    table_set_text(t->table, SITE_IP, ip);
    table_set_text(t->table, SITE_KIND, regular ? "regular" : "occasional");
    table_set_int(t->table, SITE_DAYS, s->days);
    table_set_int(t->table, SITE_FIRST, s->first);
    table_set_int(t->table, SITE_LAST, s->last);
    table_set_int(t->table, SITE_HITS, s->hits);
    table_set_real(t->table, SITE_SHARE, (double)s->hits / ds->log->n_rows);
    table_set_int(t->table, SITE_USERS, s->users);
    if (regular)
      answer_finding(a, answer_link_key("users", ds, DIM_IP, s->ip, NULL),
                     MARKED_ADDRESS " is an address of the school: %s by %s, used by much of the "
                                    "school on %s from %s to %s%s.",
                     ip, COUNT_TEXT(s->hits, "hit", "hits"), COUNT_TEXT(s->users, "user", "users"),
                     COUNT_TEXT(s->days, "day", "days"), DAY_TEXT(s->first), DAY_TEXT(s->last),
                     last - s->last >= STOPPED_DAYS ? ", and no longer" : "");
  }
}

void q8_school(Answer *a, const Study *study)
{
  site_addresses(a, study);
  growth(a, study->ds);
  profiles(a, study->ds);
  class_lengths(a, study->ds);
  diversity(a, study->ds);
}
