/* Analysis: what takes longer than a frame, computed behind the screen. */
#include "tui/app/analysis.h"

#include "core/base/text.h"
#include "tui/model/waker.h"

struct Analysis {
  Dataset *ds;
  AnalysisOptions options;
  char *roster, *rules_file, *mmdb;
  RuleSettings rules; /* valid when options.rules is not NULL */
  GThread *thread;
  Waker waker;
  gint stop;   /* atomic */
  GMutex lock; /* of news */
  AnalysisNews news;
};

static void complain(Analysis *a, GError *error)
{
  g_mutex_lock(&a->lock);
  g_free(a->news.complaint);
  a->news.complaint = text_safe(error->message, -1);
  g_mutex_unlock(&a->lock);
  g_error_free(error);
}

static gboolean read_rules(Analysis *a, RuleSettings *settings)
{
  GError *error = NULL;
  if (a->options.rules) {
    *settings = a->rules;
    return TRUE;
  }
  if (!rule_settings_load(settings, a->rules_file, &error)) {
    complain(a, error);
    return FALSE;
  }
  return TRUE;
}

static void write_answers(Analysis *a, const Study *study, const FlagSet *flags)
{
  AnswerOptions options;
  answer_options_init(&options);
  options.roster = a->roster;
  options.keep_likely_staff = a->options.keep_likely_staff;
  for (guint n = 1; n <= N_QUESTIONS && !g_atomic_int_get(&a->stop); n++) {
    GError *error = NULL;
    Answer *answer = answer_new(n, study, flags, &options, &error);
    if (!answer) {
      complain(a, error);
      continue;
    }
    g_mutex_lock(&a->lock);
    a->news.answers[n - 1] = answer;
    g_mutex_unlock(&a->lock);
    waker_ring(&a->waker);
  }
}

static gpointer run(gpointer data)
{
  Analysis *a = data;
  GError *error = NULL;
  StudyOptions options;
  study_options_init(&options);
  if (a->options.homes_conf)
    options.homes_conf = a->options.homes_conf;
  options.agents_conf = a->options.agents_conf;
  options.mmdb = a->mmdb;
  options.no_probable = a->options.no_probable;
  options.today = a->options.today;
  RuleSettings settings;
  Study *study = study_new(a->ds, &options, &error);
  if (!study) {
    complain(a, error);
  } else {
    g_mutex_lock(&a->lock);
    a->news.study = study;
    g_mutex_unlock(&a->lock);
    waker_ring(&a->waker);
    Crossing *crossing = crossing_new(study, NULL);
    Quiet *quiet = quiet_new(study, NULL);
    guint64 likely_staff_hits = answer_likely_staff_hits(study);
    g_mutex_lock(&a->lock);
    a->news.crossing = crossing;
    a->news.quiet = quiet;
    a->news.has_likely_staff = TRUE;
    a->news.likely_staff_hits = likely_staff_hits;
    g_mutex_unlock(&a->lock);
    waker_ring(&a->waker);
    FlagSet *flags = !g_atomic_int_get(&a->stop) && read_rules(a, &settings)
                         ? flag_set_new(study, &settings)
                         : NULL;
    write_answers(a, study, flags);
    /* handed over last: from then on a changed threshold may change them */
    g_mutex_lock(&a->lock);
    a->news.flags = flags;
    g_mutex_unlock(&a->lock);
  }
  g_mutex_lock(&a->lock);
  a->news.done = TRUE;
  g_mutex_unlock(&a->lock);
  waker_ring(&a->waker);
  return NULL;
}

Dataset *analysis_dataset(const Analysis *a)
{
  return a->ds;
}

Analysis *analysis_start(Dataset *ds, const AnalysisOptions *o)
{
  Analysis *a = g_new0(Analysis, 1);
  a->ds = dataset_ref(ds);
  a->options = *o;
  if (o->rules)
    a->rules = *o->rules;
  a->roster = g_strdup(o->roster);
  a->rules_file = g_strdup(o->rules_file);
  a->mmdb = g_strdup(o->mmdb);
  g_mutex_init(&a->lock);
  waker_open(&a->waker);
  a->thread = g_thread_new("analysis", run, a);
  return a;
}

int analysis_fd(const Analysis *a)
{
  return waker_fd(&a->waker);
}

void analysis_take(Analysis *a, AnalysisNews *ret)
{
  waker_quiet(&a->waker);
  g_mutex_lock(&a->lock);
  *ret = a->news;
  gboolean done = a->news.done;
  a->news = (AnalysisNews){.done = done};
  g_mutex_unlock(&a->lock);
}

void analysis_news_clear(AnalysisNews *n)
{
  for (guint i = 0; i < N_QUESTIONS; i++)
    g_clear_pointer(&n->answers[i], answer_free);
  g_clear_pointer(&n->flags, flag_set_free);
  g_clear_pointer(&n->quiet, quiet_free);
  g_clear_pointer(&n->crossing, crossing_free);
  g_clear_pointer(&n->study, study_free);
  g_clear_pointer(&n->complaint, g_free);
}

void analysis_free(Analysis *a)
{
  if (!a)
    return;
  g_atomic_int_set(&a->stop, 1);
  g_thread_join(a->thread);
  analysis_news_clear(&a->news);
  dataset_free(a->ds);
  waker_close(&a->waker);
  g_mutex_clear(&a->lock);
  g_free(a->roster);
  g_free(a->rules_file);
  g_free(a->mmdb);
  g_free(a);
}
