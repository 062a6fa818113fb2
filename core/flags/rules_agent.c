/* Rule agent: accounts that come with tools in place of a browser, with no user agent, or with many
 * families of browsers in a day. Only for logs that have user agents. */
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>

#define EMPTY_SHARE                                                                                \
  0.05 /* of the log's rows: where more have no agent, an empty one says nothing */
#define TOOLS_SHOWN 3

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  gboolean empty_counts;
  guint32 *tool_hits;  /* by user */
  guint16 *day_family; /* by user-day: distinct families */
  guint32 *stamp;      /* by name */
} Tools;

static const char *const no_agent = "no user agent";

static guint32 agent_of(const Tools *t, guint32 row)
{
  return t->c->study->ds->log->agent[row];
}

static gboolean is_tool(const Tools *t, guint32 row)
{
  const Agents *a = t->c->study->agents;
  guint32 agent = agent_of(t, row);
  return a->tool[agent] != AGENT_OTHER || (t->empty_counts && a->empty[agent]);
}

static gboolean are_empty_rare(const Study *s)
{
  guint32 n = 0;
  for (guint32 row = 0; row < s->ds->log->n_rows; row++)
    n += s->agents->empty[s->ds->log->agent[row]];
  return n <= EMPTY_SHARE * s->ds->log->n_rows;
}

/* Hits with tools of each user; families of each user-day. */
static void count(Tools *t)
{
  const Study *s = t->c->study;
  const AccessLog *log = s->ds->log;
  for (guint32 row = 0; row < log->n_rows; row++)
    t->tool_hits[log->user[row]] += is_tool(t, row);
  for (guint32 d = 0; d < s->pages->n_days; d++) {
    const UserDay *day = &s->pages->days[d];
    for (guint32 i = day->first_row; i < day->first_row + day->hits; i++) {
      guint32 row = log->rows_by_user[i];
      guint16 family = s->agents->family[agent_of(t, row)];
      if (is_tool(t, row) || s->agents->empty[agent_of(t, row)] || t->stamp[family] == d + 1)
        continue;
      t->stamp[family] = d + 1;
      t->day_family[d]++;
    }
  }
}

/* --- tools ------------------------------------------------------------------------------------ */

/* "curl (30), python-requests (4)": the tools of these rows, most used first. */
static char *list_tools(const Tools *t, const GArray *rows)
{
  const Agents *a = t->c->study->agents;
  guint n_names = a->names->len;
  guint32 *hits = g_new0(guint32, (gsize)n_names + 1); /* the last: no user agent */
  for (guint i = 0; i < rows->len; i++) {
    guint16 tool = a->tool[agent_of(t, g_array_index(rows, guint32, i))];
    hits[tool == AGENT_OTHER ? n_names : tool]++;
  }
  GString *out = g_string_new(NULL);
  for (guint shown = 0; shown < TOOLS_SHOWN; shown++) {
    guint best = 0;
    for (guint i = 1; i <= n_names; i++)
      if (hits[i] > hits[best])
        best = i;
    if (hits[best] == 0)
      break;
    g_string_append_printf(out, "%s%s (%u)", shown ? ", " : "",
                           best == n_names ? no_agent : agents_name(a, (guint16)best), hits[best]);
    hits[best] = 0;
  }
  g_free(hits);
  return g_string_free(out, FALSE);
}

/* Share of hits with tools among the other students of the cohort, or program. */
static double others_share(const Tools *t, guint32 user, BaselineKind k, guint32 *ret_n)
{
  const Study *s = t->c->study;
  const guint32 *start = s->ds->log->user_start;
  guint64 tools = 0, hits = 0;
  *ret_n = 0;
  for (guint32 u = 0; s->cohort_of_user[user] != COHORT_NONE && u < s->pages->n_users; u++) {
    if (u == user || s->cohort_of_user[u] == COHORT_NONE ||
        (k == BASELINE_COHORT ? s->cohort_of_user[u] != s->cohort_of_user[user]
                              : study_program_of(s, u) != study_program_of(s, user)))
      continue;
    tools += t->tool_hits[u];
    hits += start[u + 1] - start[u];
    ++*ret_n;
  }
  return hits ? (double)tools / (double)hits : NAN;
}

static void tool_flag(const Tools *t, guint32 user)
{
  const RuleContext *c = t->c;
  const AccessLog *log = c->study->ds->log;
  guint32 all = log->user_start[user + 1] - log->user_start[user], n;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++)
    if (is_tool(t, log->rows_by_user[i]))
      g_array_append_val(rows, log->rows_by_user[i]);
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->raw_score = score_of(rows->len, rule_value(c, "hits"));
  flag_add_term(f, "hits with tools", rows->len);
  flag_add_term(f, "threshold", rule_value(c, "hits"));
  flag_add_term(f, "hits in all", all);
  flag_set_baseline(f, BASELINE_OWN, (double)rows->len / all, all, "share of hits with tools");
  double share = others_share(t, user, BASELINE_COHORT, &n);
  flag_set_baseline(f, BASELINE_COHORT, share, n, "share of hits with tools of other students");
  share = others_share(t, user, BASELINE_PROGRAM, &n);
  flag_set_baseline(f, BASELINE_PROGRAM, share, n, "share of hits with tools of other students");
  char *who = episode_user(c, user), *tools = list_tools(t, rows);
  flag_set_text(f, "%s made %u of its %u hits with tools in place of a browser: %s.", who,
                rows->len, all, tools);
  g_free(who);
  g_free(tools);
  g_array_unref(rows);
  flag_sink_add(t->sink, c, f);
}

/* --- families --------------------------------------------------------------------------------- */

static void set_family_rows(Flag *f, const Study *s, const UserDay *d)
{
  flag_set_rows(f, s->ds->log->rows_by_user + d->first_row, d->hits);
  f->from = s->ds->log->time[f->rows[0]];
  f->to = s->ds->log->time[f->rows[f->n_rows - 1]];
}

/* One flag for all such days of a user, about the one with most families. */
static void family_flag(const Tools *t, guint32 user)
{
  const RuleContext *c = t->c;
  const Study *s = c->study;
  double h = rule_value(c, "families");
  guint32 best = s->pages->day_start[user], days = 0;
  for (guint32 d = best; d < s->pages->day_start[user + 1]; d++) {
    days += t->day_family[d] >= h;
    if (t->day_family[d] > t->day_family[best])
      best = d;
  }
  if (days == 0)
    return;
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  set_family_rows(f, s, &s->pages->days[best]);
  f->raw_score = score_of(t->day_family[best], h);
  flag_add_term(f, "families", t->day_family[best]);
  flag_add_term(f, "threshold", h);
  flag_add_term(f, "days with so many", days);
  baseline_set_values(f, s, t->day_family, "median families of browsers per active day");
  char *who = episode_user(c, user), day[CIVIL_BUF];
  flag_set_text(f, "%s came with %u families of browsers on %s; on %u days with %.0f or more.", who,
                t->day_family[best], civil_format_day(civil_day_of(f->from), day), days, h);
  g_free(who);
  flag_sink_add(t->sink, c, f);
}

void rule_agent(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  if (!s->agents)
    return;
  Tools t = {.c = c,
             .sink = sink,
             .empty_counts = are_empty_rare(s),
             .tool_hits = g_new0(guint32, (gsize)s->pages->n_users + 1),
             .day_family = g_new0(guint16, (gsize)s->pages->n_days + 1),
             .stamp = g_new0(guint32, (gsize)s->agents->names->len + 1)};
  count(&t);
  for (guint32 user = 0; user < s->pages->n_users; user++) {
    if (t.tool_hits[user])
      tool_flag(&t, user);
    if (s->pages->day_start[user] < s->pages->day_start[user + 1])
      family_flag(&t, user);
  }
  g_free(t.tool_hits);
  g_free(t.day_family);
  g_free(t.stamp);
}
