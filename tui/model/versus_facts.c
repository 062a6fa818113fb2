/* Versus: the lines of the two tables, with their definitions. */
#include <math.h>

#include "core/base/text.h"
#include "tui/model/versus.h"

static void fact_free(gpointer data)
{
  VersusFact *f = data;
  g_free(f->text[0]);
  g_free(f->text[1]);
  g_free(f);
}

static void add(GPtrArray *facts, const char *name, const char *definition, char *a, char *b)
{
  VersusFact *f = g_new0(VersusFact, 1);
  f->name = name;
  f->definition = definition;
  f->text[0] = a;
  f->text[1] = b;
  g_ptr_array_add(facts, f);
}

static char *count(guint64 n)
{
  return text_grouped((gint64)n);
}

static char *real(double v, const char *unit)
{
  return isnan(v) ? g_strdup("") : g_strdup_printf("%.1f%s", v, unit);
}

static char *day(const RankRow *r, CivilTime t)
{
  char buf[CIVIL_BUF];
  return g_strdup(r->hits ? civil_format_day(civil_day_of(t), buf) : "");
}

static char *absence(const CompareSide *s)
{
  return s->sessions > 1 ? g_strdup_printf("%u days", s->absence) : g_strdup("");
}

GPtrArray *versus_totals(const Versus *v)
{
  GPtrArray *f = g_ptr_array_new_with_free_func(fact_free);
  const CompareSide *a = &v->c->side[0], *b = &v->c->side[1];
  const RankRow *x = &a->total, *y = &b->total;
  add(f, "hits", "Rows of the log in this scope.", count(x->hits), count(y->hits));
  if (v->dim != DIM_USER) {
    add(f, "users", "Distinct users with a hit in this scope.", count(x->users), count(y->users));
    add(f, "hits/user", "Hits divided by users.", real(rank_value(x, MEASURE_PER_USER), ""),
        real(rank_value(y, MEASURE_PER_USER), ""));
  }
  if (v->dim != DIM_LESSON)
    add(f, "lessons", "Distinct lessons opened.", count(x->lessons), count(y->lessons));
  add(f, "days", "Distinct days with a hit.", count(x->days), count(y->days));
  if (v->dim != DIM_IP)
    add(f, "addresses", "Distinct addresses.", count(x->ips), count(y->ips));
  add(f, "first", "Day of the first hit.", day(x, x->first), day(y, y->first));
  add(f, "last", "Day of the last hit.", day(x, x->last), day(y, y->last));
  if (v->dim != DIM_USER)
    return f;
  add(f, "sessions", "Hits without a gap longer than that of the timeline.", count(a->sessions),
      count(b->sessions));
  add(f, "a session", "Median of the hits of a session.", real(a->session_hits, " hits"),
      real(b->session_hits, " hits"));
  add(f, "pause", "Median of the seconds between two hits of a session.", real(a->pause, " s"),
      real(b->pause, " s"));
  add(f, "absence", "The longest stretch without a hit.", absence(a), absence(b));
  return f;
}

static char *set_text(const CompareSet *s)
{
  double j = compare_jaccard(s);
  g_autofree char *both = count(s->both), *a = count(s->n[0]), *b = count(s->n[1]);
  return isnan(j) ? g_strdup("none")
                  : g_strdup_printf("%s of %s and %s (%.0f%%)", both, a, b, 100 * j);
}

GPtrArray *versus_shared(const Versus *v)
{
  GPtrArray *f = g_ptr_array_new_with_free_func(fact_free);
  const Comparison *c = v->c;
  if (v->dim != DIM_USER)
    add(f, "users", "Users with hits on both sides, of those of each; in brackets: of all.",
        set_text(&c->users), NULL);
  if (v->dim != DIM_IP)
    add(f, "addresses", "Addresses with hits on both sides, of those of each; in brackets: of all.",
        set_text(&c->ips), NULL);
  if (v->dim != DIM_LESSON)
    add(f, "lessons", "Lessons that both opened, of those of each; in brackets: of all (Jaccard).",
        set_text(&c->lessons), NULL);
  add(f, "days", "Days with hits on both sides, of those of each; in brackets: of all.",
      set_text(&c->days), NULL);
  add(f, "minutes", "Minutes of the clock with hits on both sides.", set_text(&c->minutes), NULL);
  if (v->dim == DIM_USER) {
    add(f, "overlaps",
        "Sessions of one during which the other has one, too, and how many on the same address.",
        g_strdup_printf("%u session%s, %u on one address", c->overlaps, c->overlaps == 1 ? "" : "s",
                        c->overlaps_same_ip),
        NULL);
    add(f, "handovers",
        "Sessions of one that begin on the address where the other's has just ended.",
        g_strdup_printf("%u on one address", c->handovers), NULL);
  }
  add(f, "hours",
      "How alike the hours of the day are: the smaller share of each hour, added up; 100% = the "
      "same.",
      isnan(c->hours_alike) ? g_strdup("") : g_strdup_printf("%.0f%% alike", 100 * c->hours_alike),
      NULL);
  return f;
}
