/* Flags: running the rules, and the list that comes of it. */
#include "core/flags/flags_private.h"

#include "core/base/text.h"
#include "core/stats/score.h"

#include <string.h>

#define FLAGGED_SCORE 50
#define MAX_HELPERS   7 /* threads beside the caller's */

/* --- ids -------------------------------------------------------------------------------------- */

/* By subject and start, so that two flags with one id always come in the same order. */
static int compare_starts(gconstpointer a, gconstpointer b)
{
  const Flag *x = *(Flag *const *)a, *y = *(Flag *const *)b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  if (x->cohort != y->cohort)
    return x->cohort < y->cohort ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

/* Only letters, digits and what stands in addresses and lesson names. */
static void append_word(GString *out, const char *s)
{
  for (; *s; s++)
    g_string_append_c(out, g_ascii_isalnum(*s) || strchr("._:/-", *s) ? *s : '_');
}

static char *make_id(const Flag *f, const Dataset *ds, const char *subject)
{
  static const char letters[N_SUBJECTS + 1] = "uacld";
  GString *id = g_string_new(rule_get(f->rule)->name);
  g_string_append_printf(id, "-%c", letters[f->subject]);
  append_word(id, subject);
  if (f->cohort != COHORT_NONE && (f->subject == SUBJECT_LESSON || f->subject == SUBJECT_DAY)) {
    g_string_append(id, "-c");
    append_word(id, cohort_table_get(ds->log->cohorts, f->cohort)->id);
  }
  if (f->from != CIVIL_NONE) {
    CivilFields t = civil_fields(f->from);
    g_string_append_printf(id, "-%04d%02d%02dT%02d%02d", t.year, t.month, t.day, t.hour, t.minute);
  }
  return g_string_free(id, FALSE);
}

char *flag_id_with(const Flag *f, const Dataset *ds, const char *subject)
{
  char *own = flag_subject_id(f, ds);
  char *base = make_id(f, ds, own), *other = make_id(f, ds, subject);
  /* What tells it from others of the same rule, subject and minute comes behind. */
  const char *number = g_str_has_prefix(f->id, base) ? f->id + strlen(base) : "";
  char *id = g_strconcat(other, number, NULL);
  g_free(own);
  g_free(base);
  g_free(other);
  return id;
}

/* Gives the flags of one rule their ids; of equal ones the later ones get a number. */
static void name_flags(GPtrArray *flags, const Dataset *ds)
{
  g_ptr_array_sort(flags, compare_starts);
  GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < flags->len; i++) {
    Flag *f = g_ptr_array_index(flags, i);
    char *subject = flag_subject_id(f, ds), *base = make_id(f, ds, subject);
    f->id = g_strdup(base);
    for (guint n = 2; g_hash_table_contains(seen, f->id); n++) {
      g_free(f->id);
      f->id = g_strdup_printf("%s-%u", base, n);
    }
    g_hash_table_add(seen, f->id);
    g_free(subject);
    g_free(base);
  }
  g_hash_table_unref(seen);
}

/* --- running ---------------------------------------------------------------------------------- */

typedef struct {
  RuleId rule;
  const Study *study;
  const RuleSettings *settings;
  GPtrArray *flags; /* out */
  gint64 microseconds;
} Job;

static void run_job(Job *job)
{
  const Rule *rule = rule_get(job->rule);
  FlagSink sink = {.study = job->study, .flags = g_ptr_array_new()};
  RuleContext c = {
      .study = job->study, .rule = job->rule, .value = job->settings->value[job->rule]};
  gint64 start = g_get_monotonic_time();
  if (rule->run && job->settings->on[job->rule] && job->study->ds->log->n_rows > 0)
    rule->run(&c, &sink);
  name_flags(sink.flags, job->study->ds);
  job->microseconds = g_get_monotonic_time() - start;
  job->flags = sink.flags;
}

/* Takes over the flags of a finished job. */
static void collect(FlagSet *set, Job *job)
{
  set->count[job->rule] = job->flags->len;
  set->microseconds[job->rule] = job->microseconds;
  for (guint i = 0; i < job->flags->len; i++)
    g_ptr_array_add(set->flags, g_ptr_array_index(job->flags, i));
  g_ptr_array_unref(job->flags);
}

/* Rules to run; each worker takes the next until none is left. */
typedef struct {
  Job jobs[N_RULES];
  guint order[N_RULES];
  gint next;
} Queue;

/* The long ones first, so that no worker starts one when the others have nothing left to do. */
static void order_jobs(Queue *q)
{
  static const RuleId heavy[] = {RULE_LESSON_OUTLIER, RULE_CROSS_PROGRAM, RULE_SWEEP, RULE_VOLUME};
  gboolean taken[N_RULES] = {FALSE};
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS(heavy); i++) {
    q->order[n++] = heavy[i];
    taken[heavy[i]] = TRUE;
  }
  for (guint r = 0; r < N_RULES; r++)
    if (!taken[r])
      q->order[n++] = r;
}

static gpointer work(gpointer data)
{
  Queue *q = data;
  for (;;) {
    gint i = g_atomic_int_add(&q->next, 1);
    if (i >= N_RULES)
      return NULL;
    run_job(&q->jobs[q->order[i]]);
  }
}

static void run_all(FlagSet *set, const Study *study)
{
  Queue q = {.next = 0};
  for (guint r = 0; r < N_RULES; r++)
    q.jobs[r] = (Job){.rule = (RuleId)r, .study = study, .settings = &set->settings};
  order_jobs(&q);
  GThread *helpers[MAX_HELPERS];
  guint n = CLAMP(g_get_num_processors(), 1, MAX_HELPERS + 1) - 1;
  for (guint i = 0; i < n; i++)
    helpers[i] = g_thread_try_new("flags", work, &q, NULL); /* without one the others do it */
  work(&q);
  for (guint i = 0; i < n; i++)
    if (helpers[i])
      g_thread_join(helpers[i]);
  for (guint r = 0; r < N_RULES; r++)
    collect(set, &q.jobs[r]);
}

/* --- the list --------------------------------------------------------------------------------- */

static int compare_scores(gconstpointer a, gconstpointer b)
{
  const Flag *x = *(Flag *const *)a, *y = *(Flag *const *)b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* Whom the security flags of some weight are about. */
static void mark_subjects(FlagSet *set, const Study *study)
{
  const AccessLog *log = study->ds->log;
  memset(set->flagged_user, 0, (gsize)strpool_count(log->users) + 1);
  memset(set->flagged_ip, 0, (gsize)ip_table_count(log->ips) + 1);
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (rule_get(f->rule)->audience != AUDIENCE_SECURITY || f->score < FLAGGED_SCORE)
      continue;
    for (guint32 u = 0; u < f->n_users; u++)
      set->flagged_user[f->users[u]] = 1;
    if (f->subject == SUBJECT_IP)
      set->flagged_ip[f->key] = 1;
  }
}

static void finish(FlagSet *set, const Study *study)
{
  g_ptr_array_sort(set->flags, compare_scores);
  flags_relate(set->flags, study);
  mark_subjects(set, study);
}

static void free_flag(gpointer f)
{
  flag_free(f);
}

FlagSet *flag_set_new(const Study *study, const RuleSettings *settings)
{
  FlagSet *set = g_new0(FlagSet, 1);
  set->flags = g_ptr_array_new_with_free_func(free_flag);
  set->settings = *settings;
  set->flagged_user = g_new0(guint8, (gsize)strpool_count(study->ds->log->users) + 1);
  set->flagged_ip = g_new0(guint8, (gsize)ip_table_count(study->ds->log->ips) + 1);
  run_all(set, study);
  finish(set, study);
  return set;
}

void flag_set_free(FlagSet *set)
{
  if (!set)
    return;
  g_ptr_array_unref(set->flags);
  g_free(set->flagged_user);
  g_free(set->flagged_ip);
  g_free(set);
}

void flag_set_rerun(FlagSet *set, const Study *study, RuleId rule, const RuleSettings *settings)
{
  guint kept = 0;
  for (guint i = 0; i < set->flags->len; i++) {
    Flag *f = g_ptr_array_index(set->flags, i);
    if (f->rule == rule)
      flag_free(f);
    else
      g_ptr_array_index(set->flags, kept++) = f;
  }
  g_ptr_array_set_free_func(set->flags, NULL); /* those beyond `kept` are gone or moved */
  g_ptr_array_set_size(set->flags, (gint)kept);
  g_ptr_array_set_free_func(set->flags, free_flag);
  set->settings.on[rule] = settings->on[rule];
  memcpy(set->settings.value[rule], settings->value[rule], sizeof settings->value[rule]);
  Job job = {.rule = rule, .study = study, .settings = &set->settings};
  run_job(&job);
  collect(set, &job);
  finish(set, study);
}

const Flag *flag_set_find(const FlagSet *set, const char *id)
{
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (strcmp(f->id, id) == 0)
      return f;
  }
  return NULL;
}

static gboolean is_same_episode(const Flag *a, const Flag *b)
{
  return a->subject == b->subject && a->key == b->key && a->from <= b->to && b->from <= a->to &&
         rule_get(b->rule)->audience == AUDIENCE_SECURITY;
}

double flag_set_combined(const FlagSet *set, const Flag *f)
{
  double best[N_RULES] = {0};
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *other = g_ptr_array_index(set->flags, i);
    if (is_same_episode(f, other))
      best[other->rule] = MAX(best[other->rule], other->score);
  }
  best[f->rule] = f->score;
  return score_combine(best, N_RULES);
}
