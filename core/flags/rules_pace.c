/* Rules of pace: burst, metronome, grouped-crawl. Each looks at the seconds between the pages of
 * one user; how many pages a person can read is in the seconds, whatever the total. */
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/pacing.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

/* --- burst ------------------------------------------------------------------------------------ */

/* A window that slides over the pages of one user, and its threshold. */
typedef struct {
  PageWindow *window;
  guint32 tail;
  double pages, seconds; /* fires at so many distinct pages in less than so many seconds */
} Slide;

/* Takes in place `i`; the distinct pages over the threshold. */
static double slide_to(Slide *s, const Pages *p, guint32 i)
{
  page_window_push(s->window, p->entry[i]);
  while ((double)(p->time[i] - p->time[s->tail]) >= s->seconds)
    page_window_pop(s->window, p->entry[s->tail++]);
  return s->window->distinct / s->pages;
}

static void slide_clear(Slide *s, const Pages *p, guint32 end)
{
  while (s->tail < end)
    page_window_pop(s->window, p->entry[s->tail++]);
}

enum { BURST_PAGES, BURST_SECONDS, BURST_THRESHOLD };

static void burst_flag(const RuleContext *c, FlagSink *sink, guint32 user, const Episode *e,
                       PageWindow *w)
{
  const Pages *p = c->study->pages;
  Flag *f = episode_flag(c, p, user, e);
  gint64 seconds = f->to - f->from + 1;
  guint32 distinct = episode_distinct(p, w, e->first, e->end);
  f->raw_score = score_of(e->quantity, 1);
  flag_add_term(f, "pages", e->measure[BURST_PAGES]);
  flag_add_term(f, "window seconds", e->measure[BURST_SECONDS]);
  flag_add_term(f, "threshold", e->measure[BURST_THRESHOLD]);
  flag_add_term(f, "all pages", e->end - e->first);
  flag_add_term(f, "distinct pages", distinct);
  flag_add_term(f, "duration seconds", (double)seconds);
  flag_add_term(f, "pages per minute", 60.0 * (e->end - e->first) / (double)seconds);
  baseline_set_days(f, c->study, DAY_IN_MINUTE);
  char *who = episode_user(c, user), *when = episode_when(f->from),
       *lasted = episode_duration(seconds);
  flag_set_text(f,
                "%s fetched %u pages (%u distinct) in %s on %s, up to %.0f distinct ones within "
                "%.0f seconds.",
                who, e->end - e->first, distinct, lasted, when, e->measure[BURST_PAGES],
                e->measure[BURST_SECONDS]);
  g_free(who);
  g_free(when);
  g_free(lasted);
  flag_sink_add(sink, c, f);
}

static void burst_user(const RuleContext *c, guint32 user, Slide slides[2], GArray *episodes)
{
  const Pages *p = c->study->pages;
  slides[0].tail = slides[1].tail = p->start[user];
  for (guint32 i = p->start[user]; i < p->start[user + 1]; i++) {
    double slow = slide_to(&slides[0], p, i), fast = slide_to(&slides[1], p, i);
    if (slow < 1 && fast < 1)
      continue;
    const Slide *best = &slides[fast > slow];
    Episode e = {.first = best->tail,
                 .end = i + 1,
                 .quantity = MAX(slow, fast),
                 .best_first = best->tail,
                 .best_end = i + 1,
                 .measure = {best->window->distinct, best->seconds, best->pages}};
    e.first = slow >= 1 ? slides[0].tail : slides[1].tail;
    episode_add(episodes, p, &e);
  }
  slide_clear(&slides[0], p, p->start[user + 1]);
  slide_clear(&slides[1], p, p->start[user + 1]);
}

void rule_burst(const RuleContext *c, FlagSink *sink)
{
  const Dataset *ds = c->study->ds;
  Slide slides[2] = {{.window = page_window_new(ds),
                      .pages = rule_value(c, "pages"),
                      .seconds = rule_value(c, "seconds")},
                     {.window = page_window_new(ds),
                      .pages = rule_value(c, "fast-pages"),
                      .seconds = rule_value(c, "fast-seconds")}};
  GArray *episodes = g_array_new(FALSE, FALSE, sizeof(Episode));
  for (guint32 user = 0; user < c->study->pages->n_users; user++) {
    g_array_set_size(episodes, 0);
    burst_user(c, user, slides, episodes);
    for (guint i = 0; i < episodes->len; i++)
      burst_flag(c, sink, user, &g_array_index(episodes, Episode, i), slides[0].window);
  }
  g_array_unref(episodes);
  page_window_free(slides[0].window);
  page_window_free(slides[1].window);
}

/* --- metronome -------------------------------------------------------------------------------- */

enum { BEAT_MEAN, BEAT_SPREAD, BEAT_GAPS };

/* What the two rules about beats share: the gaps of one user, and what they point to. */
typedef struct {
  GArray *gaps;  /* of guint32, seconds */
  GArray *start; /* of guint32: place at which each beat begins, one more than gaps */
  PageWindow *window;
  GArray *episodes;
} Beats;

static Beats beats_new(const Dataset *ds)
{
  return (Beats){.gaps = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .start = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .episodes = g_array_new(FALSE, FALSE, sizeof(Episode)),
                 .window = page_window_new(ds)};
}

static void beats_free(Beats *b)
{
  g_array_unref(b->gaps);
  g_array_unref(b->start);
  g_array_unref(b->episodes);
  page_window_free(b->window);
}

/* Beats of one user: places whose page comes more than `join` seconds after the one before. */
static void beats_of(Beats *b, const Pages *p, guint32 user, double join)
{
  g_array_set_size(b->gaps, 0);
  g_array_set_size(b->start, 0);
  g_array_set_size(b->episodes, 0);
  CivilTime last = 0;
  for (guint32 i = p->start[user]; i < p->start[user + 1]; i++) {
    if (b->start->len && (double)(p->time[i] - p->time[i - 1]) <= join)
      continue;
    if (b->start->len) {
      guint32 gap = (guint32)MIN(p->time[i] - last, (CivilTime)G_MAXUINT32);
      g_array_append_val(b->gaps, gap);
    }
    g_array_append_val(b->start, i);
    last = p->time[i];
  }
}

/* Places of a run: from its first beat to the last page of its last one. */
static Episode beats_episode(const Beats *b, const Pages *p, guint32 user, const PacingRun *run)
{
  gsize after = run->first + run->n + 1;
  Episode e = {
      .first = g_array_index(b->start, guint32, run->first),
      .end = after < b->start->len ? g_array_index(b->start, guint32, after) : p->start[user + 1],
      .measure = {
          [BEAT_MEAN] = run->mean, [BEAT_SPREAD] = run->statistic, [BEAT_GAPS] = (double)run->n}};
  e.best_first = e.first;
  e.best_end = e.end;
  return e;
}

static void beats_terms(Flag *f, const Episode *e, guint32 distinct, double threshold)
{
  gint64 seconds = f->to - f->from;
  flag_add_term(f, "gaps", e->measure[BEAT_GAPS]);
  flag_add_term(f, "threshold", threshold);
  flag_add_term(f, "mean gap seconds", e->measure[BEAT_MEAN]);
  flag_add_term(f, "spread", e->measure[BEAT_SPREAD]);
  flag_add_term(f, "pages", e->end - e->first);
  flag_add_term(f, "distinct pages", distinct);
  flag_add_term(f, "duration seconds", (double)seconds);
  flag_add_term(f, "pages per minute", 60.0 * (e->end - e->first) / (double)MAX(seconds, 1));
}

static void metronome_flag(const RuleContext *c, FlagSink *sink, guint32 user, const Episode *e,
                           PageWindow *w)
{
  const Pages *p = c->study->pages;
  Flag *f = episode_flag(c, p, user, e);
  guint32 distinct = episode_distinct(p, w, e->first, e->end);
  f->raw_score = score_of(e->quantity, 1);
  beats_terms(f, e, distinct, rule_value(c, "gaps"));
  baseline_set_days(f, c->study, DAY_DISTINCT);
  char *who = episode_user(c, user), *when = episode_when(f->from),
       *lasted = episode_duration(f->to - f->from);
  flag_set_text(f,
                "%s turned %u pages (%u distinct) in %s from %s on, one every %.1f seconds: %.0f "
                "gaps in a row vary by %.0f %% of their mean.",
                who, e->end - e->first, distinct, lasted, when, e->measure[BEAT_MEAN],
                e->measure[BEAT_GAPS], 100 * e->measure[BEAT_SPREAD]);
  g_free(who);
  g_free(when);
  g_free(lasted);
  flag_sink_add(sink, c, f);
}

static void metronome_user(const RuleContext *c, guint32 user, Beats *b)
{
  const Pages *p = c->study->pages;
  double threshold = rule_value(c, "gaps");
  PacingSearch search;
  PacingRun run;
  beats_of(b, p, user, -1);
  pacing_search_init(&search, (const guint32 *)(const void *)b->gaps->data, b->gaps->len,
                     (gsize)threshold, rule_value(c, "spread"));
  while (pacing_search_next(&search, &run)) {
    Episode e = beats_episode(b, p, user, &run);
    e.quantity = (double)run.n / threshold;
    if (run.mean >= rule_value(c, "mean") &&
        episode_distinct(p, b->window, e.first, e.end) >= rule_value(c, "distinct"))
      episode_add(b->episodes, p, &e);
  }
}

void rule_metronome(const RuleContext *c, FlagSink *sink)
{
  Beats b = beats_new(c->study->ds);
  for (guint32 user = 0; user < c->study->pages->n_users; user++) {
    metronome_user(c, user, &b);
    for (guint i = 0; i < b.episodes->len; i++)
      metronome_flag(c, sink, user, &g_array_index(b.episodes, Episode, i), b.window);
  }
  beats_free(&b);
}

/* --- grouped-crawl ---------------------------------------------------------------------------- */

/* Median size of the groups of a run; the last group ends where the episode ends. */
static double median_size(const Beats *b, const PacingRun *run, guint32 end)
{
  gsize n = run->n + 1;
  double *sizes = g_new(double, n);
  for (gsize i = 0; i < n; i++) {
    guint32 first = g_array_index(b->start, guint32, run->first + i);
    guint32 next = i + 1 < n ? g_array_index(b->start, guint32, run->first + i + 1) : end;
    sizes[i] = next - first;
  }
  double median = robust_median(sizes, n);
  g_free(sizes);
  return median;
}

static void grouped_flag(const RuleContext *c, FlagSink *sink, guint32 user, const Episode *e,
                         double size, PageWindow *w)
{
  const Pages *p = c->study->pages;
  Flag *f = episode_flag(c, p, user, e);
  guint32 distinct = episode_distinct(p, w, e->first, e->end);
  f->raw_score = score_of(e->quantity, 1);
  beats_terms(f, e, distinct, rule_value(c, "gaps"));
  flag_add_term(f, "pages per group", size);
  baseline_set_days(f, c->study, DAY_DISTINCT);
  char *who = episode_user(c, user), *when = episode_when(f->from),
       *lasted = episode_duration(f->to - f->from);
  flag_set_text(f,
                "%s fetched %u pages (%u distinct) in %s from %s on, in groups of %.0f every "
                "%.1f seconds: %.0f gaps in a row vary by %.0f %% of their mean.",
                who, e->end - e->first, distinct, lasted, when, size, e->measure[BEAT_MEAN],
                e->measure[BEAT_GAPS], 100 * e->measure[BEAT_SPREAD]);
  g_free(who);
  g_free(when);
  g_free(lasted);
  flag_sink_add(sink, c, f);
}

/* Runs of groups; the median size of the best one is kept beside each episode. */
static void grouped_user(const RuleContext *c, guint32 user, Beats *b, GArray *sizes)
{
  const Pages *p = c->study->pages;
  double threshold = rule_value(c, "gaps"), least = rule_value(c, "size");
  PacingSearch search;
  PacingRun run;
  beats_of(b, p, user, rule_value(c, "join"));
  g_array_set_size(sizes, 0);
  pacing_search_init(&search, (const guint32 *)(const void *)b->gaps->data, b->gaps->len,
                     (gsize)threshold, rule_value(c, "spread"));
  while (pacing_search_next(&search, &run)) {
    Episode e = beats_episode(b, p, user, &run);
    double size = median_size(b, &run, e.end);
    e.quantity = (double)run.n / threshold;
    if (size < least || episode_distinct(p, b->window, e.first, e.end) < rule_value(c, "distinct"))
      continue;
    episode_add(b->episodes, p, &e);
    if (sizes->len < b->episodes->len)
      g_array_append_val(sizes, size);
  }
}

void rule_grouped_crawl(const RuleContext *c, FlagSink *sink)
{
  Beats b = beats_new(c->study->ds);
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint32 user = 0; user < c->study->pages->n_users; user++) {
    grouped_user(c, user, &b, sizes);
    for (guint i = 0; i < b.episodes->len; i++)
      grouped_flag(c, sink, user, &g_array_index(b.episodes, Episode, i),
                   g_array_index(sizes, double, i), b.window);
  }
  g_array_unref(sizes);
  beats_free(&b);
}
