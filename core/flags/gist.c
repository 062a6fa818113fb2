/* Gist: the evidence of a flag in a few words, such as "168 pages in 8 s", for lists. */
#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "core/flags/flags.h"

/* {term} is the number, {term~} seconds as a duration. Of the forms between bars the first whose
 * terms the flag has is taken: some rules have two ways to fire. */
static const char *const forms[N_RULES] = {
    [RULE_BURST] = "{all pages} pages in {duration seconds~}",
    [RULE_METRONOME] = "{pages} pages, every {mean gap seconds} s",
    [RULE_GROUPED_CRAWL] = "{pages} pages, group per {mean gap seconds} s",
    [RULE_SWEEP] = "{live lessons read}/{live lessons} lessons in {duration seconds~}",
    [RULE_VOLUME] = "{hits} hits in {duration seconds~}",
    [RULE_OFF_HOURS] = "{nights} nights in {days} days|{distinct pages} pages in one night",
    [RULE_MANY_IPS] = "{networks} networks in {window hours} h|{networks} networks",
    [RULE_TWO_PLACES] = "{changes} changes on {days} days",
    [RULE_NEW_PLACE] = "{pages} pages from a new place",
    [RULE_SHARED_IP] = "{users} users of {cohorts} cohorts",
    [RULE_LINKED_IDS] = "{hits of the second id} hits as another id",
    [RULE_DORMANT_RETURN] = "{pages} pages after {days without a hit} days",
    [RULE_PROBE] = "{hits} probes",
    [RULE_AGENT] = "{hits with tools} hits with tools|{families} browsers in a day",
    [RULE_NO_COHORT] = "{hits} hits without a cohort",
    [RULE_OUTSIDE_DATES] = "{hits} hits outside the dates",
    [RULE_CROSS_PROGRAM] = "{lessons of the other track} lessons across tracks",
    [RULE_LOW_ACTIVITY] = "{hits in class} hits in {class days} class days|{hits in class} hits",
    [RULE_GONE_QUIET] = "{class days quiet} class days quiet",
    [RULE_LESSON_OUTLIER] = "{lift}x, {readers} of {students} students",
    [RULE_DAY_VOLUME] = "{hits} hits by {users} users",
    [RULE_BECAME_STAFF] = "{rows as staff} hits as staff",
};

/* NaN when the flag has no such term. */
static double term(const Flag *f, const char *name, gsize len)
{
  for (guint i = 0; i < f->n_terms; i++)
    if (strlen(f->terms[i].name) == len && strncmp(f->terms[i].name, name, len) == 0)
      return f->terms[i].value;
  return NAN;
}

static char *duration_text(double seconds)
{
  if (seconds < 120)
    return g_strdup_printf("%.0f s", MAX(seconds, 1));
  if (seconds < 7200)
    return g_strdup_printf("%.0f min", seconds / 60);
  if (seconds < 2 * CIVIL_DAY)
    return g_strdup_printf("%.1f h", seconds / 3600);
  return g_strdup_printf("%.0f days", seconds / CIVIL_DAY);
}

/* One form from `p` to `end`; FALSE when a term is missing. After a 1 the next word loses its
 * plural. */
static gboolean append_form(GString *out, const Flag *f, const char *p, const char *end)
{
  gboolean one = FALSE;
  while (p < end) {
    if (*p != '{') {
      const char *stop = p + strcspn(p, "{|");
      const char *word = p + (*p == ' '), *word_end = word + strcspn(word, " ,{|");
      gsize cut = one && *p == ' ' && word_end > word && word_end[-1] == 's';
      g_string_append_len(out, p, word_end - (gssize)cut - p);
      g_string_append_len(out, word_end, stop - word_end);
      one = FALSE;
      p = stop;
      continue;
    }
    const char *close = strchr(p, '}');
    gsize len = (gsize)(close - p) - 1;
    gboolean duration = p[len] == '~';
    double v = term(f, p + 1, len - duration);
    if (isnan(v))
      return FALSE;
    g_autofree char *number = duration ? duration_text(v) : text_rounded(v);
    g_string_append(out, number);
    one = !duration && fabs(v - 1) < 0.005;
    p = close + 1;
  }
  return TRUE;
}

char *flag_gist(const Flag *f)
{
  GString *out = g_string_new(NULL);
  for (const char *p = forms[f->rule]; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL) {
    g_string_truncate(out, 0);
    if (append_form(out, f, p, p + strcspn(p, "|")))
      return g_string_free(out, FALSE);
  }
  g_string_free(out, TRUE);
  g_autofree char *events = text_grouped((gint64)f->events);
  return g_strconcat(events, f->events == 1 ? " row" : " rows", NULL);
}
