/* Why: everything that is known about a flag. */
#include "tui/model/why.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/model/evidence.h"
#include "tui/model/wrap.h"

#define RELATED_SHOWN 4

/* --- pieces ------------------------------------------------------------------------------------
 */

char *why_when(const Flag *f)
{
  char from[CIVIL_BUF], to[CIVIL_BUF];
  if (f->from == CIVIL_NONE)
    return g_strdup("whole log");
  civil_format(f->from, ' ', from);
  civil_format(f->to, ' ', to);
  if (f->to == CIVIL_NONE || civil_day_of(f->from) == civil_day_of(f->to))
    return g_strdup_printf("%.16s", from);
  /* the night that began on that day is one night */
  if (f->to - f->from < CIVIL_DAY / 2)
    return g_strdup_printf("%.16s", from);
  if (strncmp(from, to, 5) == 0)
    return g_strdup_printf("%.10s..%.5s", from, to + 5);
  return g_strdup_printf("%.10s..%.7s", from, to);
}

char *why_title(const State *s, const Judgement *j)
{
  const Rule *rule = rule_get(j->flag->rule);
  g_autofree char *who = flag_subject_label(j->flag, s->ds);
  return g_strdup_printf("%s, %s", rule->name, who);
}

/* --- lines -------------------------------------------------------------------------------------
 */

static void line_free(gpointer data)
{
  WhyLine *line = data;
  g_free(line->label);
  g_free(line->text);
  g_free(line);
}

static void add(GPtrArray *lines, const char *label, const char *text, WhyKind kind, int width)
{
  g_autoptr(GPtrArray) wrapped = text_wrap(text, width);
  for (guint i = 0; i < wrapped->len; i++) {
    WhyLine *line = g_new0(WhyLine, 1);
    line->label = i == 0 ? g_strdup(label) : NULL;
    line->text = g_strdup(g_ptr_array_index(wrapped, i));
    line->kind = kind;
    g_ptr_array_add(lines, line);
  }
}

static void add_usual(GPtrArray *lines, const Flag *f, int width)
{
  GString *text = g_string_new(NULL);
  const char *what = NULL;
  for (int k = 0; k < N_BASELINES; k++) {
    const FlagBaseline *b = &f->baselines[k];
    if (isnan(b->value))
      continue;
    g_autofree char *value = text_rounded(b->value);
    g_autofree char *n = text_grouped(b->n);
    g_string_append_printf(text, "%s%s %s (n %s)", text->len ? "   " : "",
                           baseline_name((BaselineKind)k), value, n);
    if (!what && b->what && *b->what)
      what = b->what;
  }
  if (!text->len)
    g_string_append(text, "nothing to compare with");
  else if (what)
    g_string_append_printf(text, "   %s", what);
  add(lines, "Usual", text->str, WHY_PLAIN, width);
  g_string_free(text, TRUE);
}

/* How the score came about, from the formula that all rules share. */
static void add_score(GPtrArray *lines, const State *s, const Flag *f, int width)
{
  GString *text = g_string_new(NULL);
  guint doubts = 0;
  for (guint i = 0; i < N_DOUBTS; i++)
    doubts += f->doubts >> i & 1;
  g_string_append_printf(text, "%.0f", f->score);
  if (f->raw_score < 99.9)
    g_string_append_printf(text, " = %.1f x the threshold: %.0f", -log2(1 - f->raw_score / 100),
                           f->raw_score);
  else
    g_string_append(text, " = far over the threshold: 100");
  if (doubts)
    g_string_append_printf(text, ", x 0.6 for %s", doubts == 1 ? "the doubt" : "each doubt");
  double joined = s->flags ? flag_set_combined(s->flags, f) : f->score;
  if (joined > f->score + 0.5)
    g_string_append_printf(text, "; %.0f with the other rules on this episode", joined);
  add(lines, "Score", text->str, WHY_PLAIN, width);
  g_string_truncate(text, 0);
  for (guint i = 0; i < f->n_terms; i++) {
    g_autofree char *value = text_rounded(f->terms[i].value);
    g_string_append_printf(text, "%s%s %s", i ? ", " : "", f->terms[i].name, value);
  }
  g_autofree char *parameters =
      s->flags ? rule_settings_print_rule(&s->flags->settings, f->rule) : g_strdup("");
  g_string_append_printf(text, "%srule v%u: %s", text->len ? "; " : "", rule_get(f->rule)->version,
                         parameters);
  add(lines, "Terms", text->str, WHY_PLAIN, width);
  g_string_free(text, TRUE);
}

static void add_related(GPtrArray *lines, const State *s, const Flag *f, int width)
{
  GString *text = g_string_new(NULL);
  guint shown = 0;
  for (guint i = 0; i < f->related->len && s->flags && shown < RELATED_SHOWN; i++) {
    const Flag *other = flag_set_find(s->flags, g_ptr_array_index(f->related, i));
    if (!other)
      continue;
    g_autofree char *who = flag_subject_label(other, s->ds);
    g_autofree char *when = why_when(other);
    g_string_append_printf(text, "%s%s %.0f %s %s", shown++ ? "; " : "",
                           rule_get(other->rule)->name, other->score, who, when);
  }
  if (f->related->len > shown)
    g_string_append_printf(text, "; %u more", f->related->len - shown);
  if (text->len)
    add(lines, "Also", text->str, WHY_PLAIN, width);
  g_string_free(text, TRUE);
}

static void add_doubts(GPtrArray *lines, const Flag *f, int width)
{
  const char *label = "Doubts";
  for (guint i = 0; i < N_DOUBTS; i++)
    if (f->doubts >> i & 1) {
      add(lines, label, doubt_text((FlagDoubt)(1u << i)), WHY_PLAIN, width);
      label = NULL;
    }
  if (label)
    add(lines, label, "none of the innocent explanations that this rule knows", WHY_PLAIN, width);
}

static void add_notes_on(GPtrArray *lines, const State *s, const Entity *on, int width)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new();
  casebook_notes_on(s->casebook, on, notes);
  for (guint i = 0; i < notes->len; i++) {
    const Note *n = g_ptr_array_index(notes, i);
    char day[CIVIL_BUF];
    g_autofree char *label = g_strdup_printf("n%u", n->number);
    g_autofree char *author = text_safe(n->by.author, -1);
    g_autofree char *words = text_safe(n->text, -1);
    g_autofree char *text =
        g_strdup_printf("%.10s %s: %s", civil_format(n->by.time, ' ', day), author, words);
    add(lines, label, text, WHY_NOTE, width);
  }
}

/* What people have said: status, exception, notes on the flag and on its subject. */
static void add_people(GPtrArray *lines, const Judgement *j, int width)
{
  char day[CIVIL_BUF];
  if (j->review) {
    const Review *r = j->review;
    g_autofree char *author = text_safe(r->by.author, -1);
    g_autofree char *reason = text_safe(r->reason, -1);
    g_autofree char *text = g_strdup_printf(
        "%s, %.10s by %s%s%s%s", status_name(r->status), civil_format(r->by.time, ' ', day), author,
        *reason ? ": " : "", reason,
        strcmp(r->flag, j->flag->id) ? " (said of this episode under other thresholds)" : "");
    add(lines, "Status", text, WHY_NOTE, width);
  }
  if (j->exception) {
    g_autofree char *conditions = exception_print(j->exception);
    g_autofree char *reason = text_safe(j->exception->reason, -1);
    g_autofree char *text = g_strdup_printf("excepted by number %u: %s%s%s", j->exception->number,
                                            conditions, *reason ? ", because " : "", reason);
    add(lines, "Except", text, WHY_NOTE, width);
  }
}

GPtrArray *why_lines(const State *s, const Judgement *j, int width)
{
  const Flag *f = j->flag;
  GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
  add(lines, "What", f->text, WHY_STRONG, width);
  add_people(lines, j, width);
  Entity *flag = entity_new(ENTITY_FLAG, f->id), *subject = evidence_subject(f, s->ds);
  add_notes_on(lines, s, flag, width);
  if (!entity_equal(flag, subject))
    add_notes_on(lines, s, subject, width);
  entity_free(flag);
  entity_free(subject);
  add_usual(lines, f, width);
  add_score(lines, s, f, width);
  add_related(lines, s, f, width);
  add_doubts(lines, f, width);
  add(lines, "Note", WHY_NO_PROOF, WHY_FIXED, width);
  return lines;
}
