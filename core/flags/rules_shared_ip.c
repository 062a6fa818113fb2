/* Rule shared-ip: one private line at which accounts of several classes stay at the same time.
 *
 * Who came by once does not count, nor do neighbours who had an address one after the other: what
 * counts is how many users were there on several days within the same weeks. Two or three are a
 * household. Many more than a household can be, over the whole log, make it a public place, which
 * is a doubt. */
#include "core/base/marked.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#define LISTED_MAX 12 /* users in a sentence */

/* One user on one day on the line. */
typedef struct {
  CivilDay day;
  guint32 user;
} Visit;

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  guint32 *days;       /* by user: days in the window */
  double median_users; /* of private lines */
} Shared;

static const NetStay *stays_of(const Shared *x, guint32 line, guint32 *ret_n)
{
  const Stays *s = x->c->study->lines;
  *ret_n = stays_users(s, line);
  return s->stays + s->start[line];
}

static double median_users(const Study *s)
{
  double *values = g_new(double, (gsize)s->lines->n_nets + 1);
  gsize n = 0;
  for (guint32 b = 1; b < s->lines->n_nets; b++)
    if (stays_kind(s->lines, s->places, b) == PLACE_PRIVATE)
      values[n++] = stays_users(s->lines, b);
  double median = robust_median(values, n);
  g_free(values);
  return median;
}

/* Whether enough users came on enough days, whenever that was. */
static gboolean is_candidate(const Shared *x, guint32 line)
{
  const Study *s = x->c->study;
  guint32 n, staying = 0;
  const NetStay *stay = stays_of(x, line, &n);
  if (stays_kind(s->lines, s->places, line) != PLACE_PRIVATE)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    staying += stay[i].days >= rule_value(x->c, "days");
  return staying >= rule_value(x->c, "users");
}

static int compare_visits(gconstpointer a, gconstpointer b)
{
  const Visit *x = a, *y = b;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->user < y->user ? -1 : x->user > y->user;
}

/* Visits of the line by day and user, each once. */
static GArray *visits_of(const Shared *x, guint32 line)
{
  const AccessLog *log = x->c->study->ds->log;
  const Stays *s = x->c->study->lines;
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Visit));
  for (guint32 k = s->ip_start[line]; k < s->ip_start[line + 1]; k++)
    for (guint32 i = log->ip_start[s->ips[k]]; i < log->ip_start[s->ips[k] + 1]; i++) {
      guint32 row = log->rows_by_ip[i];
      Visit v = {.day = civil_day_of(log->time[row]), .user = log->user[row]};
      g_array_append_val(list, v);
    }
  g_array_sort(list, compare_visits);
  guint n = 0;
  for (guint i = 0; i < list->len; i++) {
    Visit v = g_array_index(list, Visit, i);
    if (n == 0 || compare_visits(&v, &g_array_index(list, Visit, n - 1)) != 0)
      g_array_index(list, Visit, n++) = v;
  }
  g_array_set_size(list, n);
  return list;
}

/* The users of the line who stay, by their days in the window, into `ret`; returns their cohorts.
 */
static guint32 staying_users(const Shared *x, guint32 line, GArray *ret)
{
  const Study *s = x->c->study;
  guint32 n;
  const NetStay *stay = stays_of(x, line, &n);
  GHashTable *cohorts = g_hash_table_new(g_direct_hash, g_direct_equal);
  g_array_set_size(ret, 0);
  for (guint32 i = 0; i < n; i++) {
    guint16 cohort = s->cohort_of_user[stay[i].user];
    if (x->days[stay[i].user] < rule_value(x->c, "days"))
      continue;
    g_array_append_val(ret, stay[i].user);
    if (cohort != COHORT_NONE)
      g_hash_table_add(cohorts, GUINT_TO_POINTER((guint)cohort));
  }
  n = g_hash_table_size(cohorts);
  g_hash_table_unref(cohorts);
  return n;
}

/* The window of weeks in which most users stay: they go into `ret`. Returns their cohorts; 0 when
 * no window has enough users and cohorts. */
static guint32 best_window(Shared *x, guint32 line, const GArray *visits, GArray *ret)
{
  guint32 need = (guint32)rule_value(x->c, "days"), staying = 0, cohorts = 0;
  double weeks = rule_value(x->c, "weeks");
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint tail = 0;
  for (guint i = 0; i < visits->len; i++) {
    const Visit *v = &g_array_index(visits, Visit, i);
    for (; v->day - g_array_index(visits, Visit, tail).day >= 7 * weeks; tail++)
      staying -= x->days[g_array_index(visits, Visit, tail).user]-- == need;
    staying += ++x->days[v->user] == need;
    if (staying < rule_value(x->c, "users") || staying <= ret->len)
      continue;
    guint32 n = staying_users(x, line, users);
    if (n < rule_value(x->c, "cohorts"))
      continue;
    cohorts = n;
    g_array_set_size(ret, 0);
    g_array_append_vals(ret, users->data, users->len);
  }
  for (; tail < visits->len; tail++)
    x->days[g_array_index(visits, Visit, tail).user] = 0;
  g_array_unref(users);
  return cohorts;
}

/* --- the flag --------------------------------------------------------------------------------- */

static gboolean is_among(const GArray *users, guint32 user)
{
  for (guint i = 0; i < users->len; i++)
    if (g_array_index(users, guint32, i) == user)
      return TRUE;
  return FALSE;
}

/* All rows on the line of those who stay. */
static GArray *rows_of(const Shared *x, guint32 line, const GArray *users)
{
  const AccessLog *log = x->c->study->ds->log;
  const Stays *s = x->c->study->lines;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 k = s->ip_start[line]; k < s->ip_start[line + 1]; k++)
    for (guint32 i = log->ip_start[s->ips[k]]; i < log->ip_start[s->ips[k] + 1]; i++)
      if (is_among(users, log->user[log->rows_by_ip[i]]))
        g_array_append_val(rows, log->rows_by_ip[i]);
  return rows;
}

/* "534, 561 and 788" */
static char *list_users(const Shared *x, const GArray *users)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < users->len && i < LISTED_MAX; i++)
    g_string_append_printf(
        out, "%s" MARKED_USER,
        i == 0               ? ""
        : i + 1 < users->len ? ", "
                             : " and ",
        strpool_get(x->c->study->ds->log->users, g_array_index(users, guint32, i), NULL));
  if (users->len > LISTED_MAX)
    g_string_append_printf(out, " and %u more", users->len - LISTED_MAX);
  return g_string_free(out, FALSE);
}

/* The address; of IPv6 the block. */
static char *line_text(const Study *s, guint32 ip)
{
  const IpTable *ips = s->ds->log->ips;
  if (ip_table_family(ips, ip) == IP_V6)
    return places_block_text(s->places, s->ds, s->places->block_of_ip[ip]);
  return g_strdup(ip_table_text(ips, ip));
}

static void shared_flag(const Shared *x, guint32 line, const GArray *users, guint32 cohorts)
{
  const RuleContext *c = x->c;
  const Study *s = c->study;
  guint32 all = stays_users(s->lines, line), first_ip = s->lines->ips[s->lines->ip_start[line]];
  GArray *rows = rows_of(x, line, users);
  Flag *f = flag_new(c->rule, SUBJECT_IP, first_ip);
  for (guint i = 0; i < users->len; i++)
    flag_add_user(f, g_array_index(users, guint32, i));
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->raw_score = score_of(users->len, rule_value(c, "users"));
  flag_add_term(f, "users", users->len);
  flag_add_term(f, "threshold", rule_value(c, "users"));
  flag_add_term(f, "cohorts", cohorts);
  flag_add_term(f, "window weeks", rule_value(c, "weeks"));
  flag_add_term(f, "users at any time", all);
  flag_add_term(f, "hits", rows->len);
  flag_set_baseline(f, BASELINE_PROGRAM, x->median_users, s->lines->n_nets,
                    "median users of a private address");
  if (all >= STAYS_PUBLIC_USERS)
    f->doubts |= DOUBT_PUBLIC;
  char *where = line_text(s, first_ip), *who = list_users(x, users);
  flag_set_text(f,
                "%u users of %u cohorts used the private address " MARKED_ADDRESS
                " within the same %.0f weeks, each on %.0f days or more: %s (%u hits; %u users at "
                "any time).",
                users->len, cohorts, where, rule_value(c, "weeks"), rule_value(c, "days"), who,
                rows->len, all);
  g_free(where);
  g_free(who);
  g_array_unref(rows);
  flag_sink_add(x->sink, c, f);
}

void rule_shared_ip(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  Shared x = {.c = c,
              .sink = sink,
              .days = g_new0(guint32, (gsize)s->lines->n_users + 1),
              .median_users = median_users(s)};
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 b = 1; b < s->lines->n_nets; b++) {
    if (!is_candidate(&x, b))
      continue;
    GArray *visits = visits_of(&x, b);
    g_array_set_size(users, 0);
    guint32 cohorts = best_window(&x, b, visits, users);
    if (cohorts)
      shared_flag(&x, b, users, cohorts);
    g_array_unref(visits);
  }
  g_array_unref(users);
  g_free(x.days);
}
