/* Gist: the evidence of a flag in a few words, such as "168 pages in 8 s", for lists. */
#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "core/flags/flags.h"

/* {term} is the number, {term%} a percentage, {term~} seconds as a duration. Of the forms between
 * bars the first whose terms the flag has is taken: some rules have two ways to fire. */
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

static void append_number(GString *out, double v)
{
  if (fabs(v - round(v)) < 0.005 && fabs(v) < 1e15) {
    g_autofree char *text = text_grouped((gint64)round(v));
    g_string_append(out, text);
  } else {
    g_string_append_printf(out, fabs(v) < 10 ? "%.2f" : "%.1f", v);
  }
}

static void append_duration(GString *out, double seconds)
{
  if (seconds < 120)
    g_string_append_printf(out, "%.0f s", MAX(seconds, 1));
  else if (seconds < 7200)
    g_string_append_printf(out, "%.0f min", seconds / 60);
  else if (seconds < 2 * CIVIL_DAY)
    g_string_append_printf(out, "%.1f h", seconds / 3600);
  else
    g_string_append_printf(out, "%.0f days", seconds / CIVIL_DAY);
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
    char how = p[len];
    gboolean special = how == '%' || how == '~';
    double v = term(f, p + 1, len - special);
    if (isnan(v))
      return FALSE;
    if (how == '~')
      append_duration(out, v);
    else if (how == '%')
      g_string_append_printf(out, "%.0f %%", v * 100);
    else
      append_number(out, v);
    one = !special && fabs(v - 1) < 0.005;
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
  g_string_truncate(out, 0);
  append_number(out, (double)f->events);
  g_string_append(out, f->events == 1 ? " row" : " rows");
  return g_string_free(out, FALSE);
}
