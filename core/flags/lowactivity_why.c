/* Low activity: what may explain it, and what is known of a student. */
#include "core/flags/lowactivity_private.h"

#include <stdlib.h>

/* Days of a class outside the log that are worth a word. */
#define EDGE_DAYS 7

static const struct {
  const char *name;       /* "log-starts-late" */
  const char *text;       /* a clause for people with %s for the evidence */
  const char *one, *many; /* unit of the evidence; NULL: the text says it itself */
} infos[N_LOW_REASONS] = {
    [REASON_LOG_STARTS_LATE] = {"log-starts-late", "the log begins %s into the class", "day",
                                "days"},
    [REASON_LOG_ENDS_EARLY] = {"log-ends-early", "the log ends %s before the class does", "day",
                               "days"},
    [REASON_FIRST_DAYS_ONLY] = {"first-days-only", "the last hit is on %s of the class", NULL,
                                NULL},
    [REASON_STOPPED] = {"stopped", "no hit on the last %s", "class day", "class days"},
    [REASON_LATE_JOINER] = {"late-joiner", "no hit on the first %s", "class day", "class days"},
    [REASON_ONE_DAY] = {"one-day", "one day only (%s)", "hit", "hits"},
    [REASON_LINKED_ID] = {"linked-id",
                          "%s after the last hit another id of the class begins at the same "
                          "private address",
                          "minute", "minutes"},
    [REASON_TEST_ACCOUNT] = {"staff-or-test-account", "%s", NULL, NULL},
};

static void add_reason(LowStudent *s, LowReason r, guint32 evidence)
{
  s->reasons |= 1u << r;
  s->evidence[r] = evidence;
}

/* --- dates -------------------------------------------------------------------------------------
 */

static void explain_days(LowStudent *s, const LowOptions *o)
{
  const SchoolClass *c = s->in;
  CivilDay first = civil_day_of(s->student->first), last = civil_day_of(s->student->last);
  guint32 before = class_days_between(c, c->from, first - 1);
  guint32 after = class_days_between(c, last + 1, c->to);
  if (last - c->from < (CivilDay)o->first_days && after >= o->silent_days)
    add_reason(s, REASON_FIRST_DAYS_ONLY, (guint32)(last - c->from) + 1);
  if (after >= o->silent_days)
    add_reason(s, REASON_STOPPED, after);
  /* a class that was running when the log began tells nothing about when somebody joined */
  if (before >= o->silent_days && c->from == c->start)
    add_reason(s, REASON_LATE_JOINER, before);
  if (s->student->n_days == 1)
    add_reason(s, REASON_ONE_DAY, s->student->hits);
}

void low_explain(LowStudent *s, const Study *study, const LowOptions *o)
{
  const SchoolClass *c = s->in;
  (void)study;
  if (!c)
    return;
  if (c->from - c->start >= EDGE_DAYS)
    add_reason(s, REASON_LOG_STARTS_LATE, (guint32)(c->from - c->start));
  if (c->end - c->to >= EDGE_DAYS)
    add_reason(s, REASON_LOG_ENDS_EARLY, (guint32)(c->end - c->to));
  if (s->student->hits > 0)
    explain_days(s, o);
}

/* --- addresses ---------------------------------------------------------------------------------
 */

guint8 *low_staff_addresses(const Study *study)
{
  const AccessLog *log = study->ds->log;
  guint8 *staff_ip = g_new0(guint8, (gsize)ip_table_count(log->ips) + 1);
  for (guint c = COHORT_NONE + 1; c < log->cohorts->cohorts->len; c++)
    if (cohort_table_get(log->cohorts, (guint16)c)->staff)
      for (guint32 i = log->cohort_start[c]; i < log->cohort_start[c + 1]; i++)
        staff_ip[log->ip[log->rows_by_cohort[i]]] = 1;
  return staff_ip;
}

static gboolean is_site(const Study *study, guint32 ip)
{
  guint8 kind = study->places->kind_of_ip[ip];
  return kind == PLACE_SITE_REGULAR || kind == PLACE_SITE_OCCASIONAL;
}

gboolean low_is_test_account(const Study *study, guint32 user, const guint8 *staff_ip)
{
  const AccessLog *log = study->ds->log;
  guint32 begin = log->user_start[user], end = log->user_start[user + 1];
  CivilDay first = civil_day_of(log->time[log->rows_by_user[begin]]);
  for (guint32 i = begin; i < end; i++) {
    guint32 row = log->rows_by_user[i], ip = log->ip[row];
    if (civil_day_of(log->time[row]) != first || ip == IP_NONE ||
        !(is_site(study, ip) || staff_ip[ip]))
      return FALSE;
  }
  return begin < end;
}

typedef struct {
  guint32 ip, hits;
} IpHits;

static int compare_ip_hits(gconstpointer a, gconstpointer b)
{
  const IpHits *x = a, *y = b;
  return x->hits != y->hits ? (x->hits > y->hits ? -1 : 1) : x->ip < y->ip ? -1 : 1;
}

/* Addresses of a user with their hits, most first; a missing one left out. */
static GArray *addresses_of(const AccessLog *log, guint32 user)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(IpHits));
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 ip = log->ip[log->rows_by_user[i]];
    guint k = 0;
    while (k < list->len && g_array_index(list, IpHits, k).ip != ip)
      k++;
    IpHits one = {ip, 0};
    if (ip == IP_NONE)
      continue;
    if (k == list->len)
      g_array_append_val(list, one);
    g_array_index(list, IpHits, k).hits++;
  }
  g_array_sort(list, compare_ip_hits);
  return list;
}

static int compare_users(gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

/* Adds the users of one address; each once. */
static void add_users_of(const AccessLog *log, guint32 ip, guint32 self, GHashTable *seen,
                         GArray *ret)
{
  for (guint32 i = log->ip_start[ip]; i < log->ip_start[ip + 1]; i++) {
    guint32 user = log->user[log->rows_by_ip[i]];
    if (user != self && g_hash_table_add(seen, GUINT_TO_POINTER(user + 1)))
      g_array_append_val(ret, user);
  }
}

/* Other users of the private blocks of `ips`, by id. */
static GArray *sharers_of(const Study *study, const GArray *ips, guint32 self)
{
  const Places *p = study->places;
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint k = 0; k < ips->len; k++) {
    guint32 block = p->block_of_ip[g_array_index(ips, IpHits, k).ip];
    if (p->kind_of_ip[g_array_index(ips, IpHits, k).ip] != PLACE_PRIVATE)
      continue;
    for (guint32 ip = 0; ip < p->n_ips; ip++)
      if (p->block_of_ip[ip] == block)
        add_users_of(study->ds->log, ip, self, seen, users);
  }
  g_array_sort(users, compare_users);
  g_hash_table_unref(seen);
  return users;
}

static CivilTime edge_of(const AccessLog *log, guint32 user, gboolean last)
{
  guint32 place = last ? log->user_start[user + 1] - 1 : log->user_start[user];
  return log->time[log->rows_by_user[place]];
}

/* Another id of the class that begins where this one stops. */
static void find_linked(LowStudent *s, const Study *study, const LowOptions *o,
                        const GArray *sharers)
{
  const AccessLog *log = study->ds->log;
  CivilTime stop = edge_of(log, s->user, TRUE), best = CIVIL_NONE;
  for (guint i = 0; i < sharers->len; i++) {
    guint32 other = g_array_index(sharers, guint32, i);
    CivilTime start = edge_of(log, other, FALSE);
    if (study->cohort_of_user[other] != s->cohort || start <= stop ||
        start - stop > (CivilTime)o->link_hours * 3600 || (best != CIVIL_NONE && start >= best))
      continue;
    best = start;
    s->linked = other;
  }
  if (best != CIVIL_NONE)
    add_reason(s, REASON_LINKED_ID, (guint32)((best - stop + 59) / 60));
}

static void count_reading(LowStudent *s, const Study *study)
{
  const AccessLog *log = study->ds->log;
  const Catalog *catalog = study->ds->catalog;
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  CivilDay before = CIVIL_DAY_NONE;
  for (guint32 i = log->user_start[s->user]; i < log->user_start[s->user + 1]; i++) {
    guint32 row = log->rows_by_user[i], entry = catalog->entry_of_path[log->path[row]];
    CivilDay day = civil_day_of(log->time[row]);
    s->days += day != before;
    before = day;
    if (catalog->kind_of_entry[entry] == KIND_LESSON)
      s->lessons += g_hash_table_add(seen, GUINT_TO_POINTER(entry + 1));
  }
  g_hash_table_unref(seen);
}

void low_find_known(LowStudent *s, const Study *study, const LowOptions *o, const guint8 *staff_ip)
{
  GArray *ips = addresses_of(study->ds->log, s->user);
  GArray *sharers = sharers_of(study, ips, s->user);
  count_reading(s, study);
  s->n_ips = ips->len;
  for (guint i = 0; i < MIN(ips->len, LOW_KNOWN); i++)
    s->ips[i] = g_array_index(ips, IpHits, i).ip;
  s->n_sharers = sharers->len;
  for (guint i = 0; i < MIN(sharers->len, LOW_KNOWN); i++)
    s->sharers[i] = g_array_index(sharers, guint32, i);
  find_linked(s, study, o, sharers);
  if (s->staff || low_is_test_account(study, s->user, staff_ip))
    add_reason(s, REASON_TEST_ACCOUNT, s->n_ips);
  g_array_unref(ips);
  g_array_unref(sharers);
}

/* --- words -------------------------------------------------------------------------------------
 */

static void append_evidence(GString *out, const LowStudent *s, LowReason r)
{
  guint32 n = s->evidence[r];
  char *evidence;
  if (r == REASON_FIRST_DAYS_ONLY)
    evidence = g_strdup_printf("day %u", n);
  else if (r == REASON_TEST_ACCOUNT)
    evidence = g_strdup(s->staff ? "the id also has rows of staff"
                                 : "one day, and only addresses of the school or of staff");
  else
    evidence = g_strdup_printf("%u %s", n, n == 1 ? infos[r].one : infos[r].many);
  char **parts = g_strsplit(infos[r].text, "%s", 2);
  g_string_append_printf(out, "%s%s%s", parts[0], evidence, parts[1]);
  g_strfreev(parts);
  g_free(evidence);
}

char *low_reasons_text(const LowStudent *s)
{
  GString *out = g_string_new(NULL);
  for (guint r = 0; r < N_LOW_REASONS; r++)
    if (s->reasons >> r & 1) {
      g_string_append(out, out->len ? "; " : "");
      append_evidence(out, s, (LowReason)r);
    }
  return g_string_free(out, FALSE);
}

char *low_reasons_names(const LowStudent *s)
{
  GString *out = g_string_new(NULL);
  for (guint r = 0; r < N_LOW_REASONS; r++)
    if (s->reasons >> r & 1)
      g_string_append_printf(out, "%s%s", out->len ? ", " : "", infos[r].name);
  return g_string_free(out, FALSE);
}
