/* Question 4: suspicious activity. Told from the flags for security, as a queue, by rule, by person
 * and as stories of flags that belong together. */
#include "core/answers/q4.h"

#include <stdlib.h>
#include <string.h>

#include "core/answers/question.h"

/* --- the queue ---------------------------------------------------------------------------------
 */

enum {
  QUEUE_SCORE,
  QUEUE_RULE,
  QUEUE_TYPE,
  QUEUE_SUBJECT,
  QUEUE_COHORT,
  QUEUE_FROM,
  QUEUE_TO,
  QUEUE_EVENTS,
  QUEUE_TEXT,
  QUEUE_DOUBTS,
  QUEUE_RELATED,
};

static const AnswerColumn queue_columns[] = {
    {"score", "score", CELL_REAL, 0,
     "0 to 100: 50 where a case just meets its rule, 75 at twice that; each innocent explanation "
     "that applies multiplies it by 0.6.",
     COLUMN_PLAIN},
    {"rule", "rule", CELL_TEXT, 0, "The rule that found it.", COLUMN_PLAIN},
    {"subject_type", "type", CELL_TEXT, 0, "What it is about: user, ip, cohort, lesson or day.",
     COLUMN_PLAIN},
    {"subject", "subject", CELL_TEXT, 0, "Whom or what it is about.", COLUMN_MARKED},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Cohort of the subject; blank without one.",
     COLUMN_PLAIN},
    {"from", "from", CELL_TIME, 0, "First hit of the evidence.", COLUMN_PLAIN},
    {"to", "to", CELL_TIME, 0, "Last hit of the evidence.", COLUMN_PLAIN},
    {"events", "hits", CELL_INT, 0, "Hits that are the evidence.", COLUMN_PLAIN},
    {"text", "what", CELL_TEXT, 0, "What was seen, with its numbers.", COLUMN_MARKED},
    {"doubts", "doubts", CELL_TEXT, 0, "Innocent explanations that apply.", COLUMN_PLAIN},
    {"related", "related", CELL_INT, 0, "Flags that belong to the same story.", COLUMN_PLAIN},
    {NULL}};

gboolean q4_is_security(const Flag *f)
{
  return rule_get(f->rule)->audience == AUDIENCE_SECURITY;
}

/* Id of the subject, marked when it is a user or an address; free with g_free. */
static char *subject_text(const Flag *f, const Dataset *ds)
{
  char *id = flag_subject_id(f, ds);
  char *text = f->subject == SUBJECT_USER ? g_strdup_printf(MARKED_USER, id)
               : f->subject == SUBJECT_IP ? g_strdup_printf(MARKED_ADDRESS, id)
                                          : g_strdup(id);
  g_free(id);
  return text;
}

static char *doubts_text(const Flag *f)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < N_DOUBTS; i++)
    if (f->doubts >> i & 1)
      g_string_append_printf(out, "%s%s", out->len ? " " : "", doubt_text((FlagDoubt)(1u << i)));
  return g_string_free(out, FALSE);
}

static AnswerLink *flag_link(const Flag *f, const Dataset *ds)
{
  static const Dimension of[N_SUBJECTS] = {DIM_USER, DIM_IP, DIM_COHORT, DIM_LESSON, DIM_DAY};
  return answer_link_key("flags", ds, of[f->subject], f->key, NULL);
}

static void queue_row(AnswerTable *at, const Dataset *ds, const Flag *f)
{
  Table *t = at->table;
  answer_row(at, flag_link(f, ds));
  table_set_real(t, QUEUE_SCORE, f->score);
  table_set_text(t, QUEUE_RULE, rule_get(f->rule)->name);
  table_set_text(t, QUEUE_TYPE, subject_type_name(f->subject));
  table_take_text(t, QUEUE_SUBJECT, subject_text(f, ds));
  if (f->cohort != COHORT_NONE)
    table_set_text(t, QUEUE_COHORT, cohort_text(ds, f->cohort));
  if (f->from != CIVIL_NONE)
    table_set_int(t, QUEUE_FROM, f->from);
  if (f->to != CIVIL_NONE)
    table_set_int(t, QUEUE_TO, f->to);
  table_set_int(t, QUEUE_EVENTS, (gint64)f->events);
  table_set_text(t, QUEUE_TEXT, f->marked);
  if (f->doubts)
    table_take_text(t, QUEUE_DOUBTS, doubts_text(f));
  table_set_int(t, QUEUE_RELATED, f->related->len);
}

/* --- by rule -----------------------------------------------------------------------------------
 */

enum { BY_RULE, BY_QUESTION, BY_FLAGS, BY_HIGH, BY_BEST };

static const AnswerColumn rule_columns[] = {
    {"rule", "rule", CELL_TEXT, 0, "Name of the rule.", COLUMN_PLAIN},
    {"question", "question", CELL_TEXT, 0, "What it asks.", COLUMN_PLAIN},
    {"flags", "flags", CELL_INT, 0, "Cases that it found.", COLUMN_PLAIN},
    {"flags_50", "50+", CELL_INT, 0, "Of these, with a score of 50 or more.", COLUMN_PLAIN},
    {"best_score", "best", CELL_REAL, 0, "The highest score.", COLUMN_PLAIN},
    {NULL}};

typedef struct {
  guint flags, high;
  const Flag *best;
} RuleTally;

static void tally_rules(const FlagSet *set, RuleTally *tally)
{
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    RuleTally *t = &tally[f->rule];
    t->flags++;
    t->high += f->score >= Q4_HIGH;
    if (!t->best || f->score > t->best->score)
      t->best = f;
  }
}

static void rule_table(Answer *a, const Dataset *ds, const FlagSet *set, const RuleTally *tally)
{
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "flags_by_rule",
                                "Cases by rule, rules for security only", rule_columns);
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    if (rule->audience != AUDIENCE_SECURITY || !set->settings.on[r] || !rule->run)
      continue;
    answer_row(t, answer_link("flags", NULL));
    table_set_text(t->table, BY_RULE, rule->name);
    table_set_text(t->table, BY_QUESTION, rule->question);
    table_set_int(t->table, BY_FLAGS, tally[r].flags);
    table_set_int(t->table, BY_HIGH, tally[r].high);
    if (tally[r].best)
      table_set_real(t->table, BY_BEST, tally[r].best->score);
  }
}

/* --- addresses ---------------------------------------------------------------------------------
 */

enum { PLACE_ADDRESS, PLACE_SORT, PLACE_USERS, PLACE_HITS, PLACE_FIRST, PLACE_LAST, PLACE_MEDIAN };

static const AnswerColumn place_columns[] = {
    {"address", "address", CELL_TEXT, 0, "Address, or block of addresses.", COLUMN_ADDRESS},
    {"kind", "kind", CELL_TEXT, 0,
     "site-regular and site-occasional: used by a quarter of a day's users on 20 days or more, or "
     "on fewer; carrier: a mobile network whose addresses change by themselves.",
     COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits from it.", COLUMN_PLAIN},
    {"first", "first", CELL_DATE, 0, "First day as a site address; blank for carriers.",
     COLUMN_PLAIN},
    {"last", "last", CELL_DATE, 0, "Last day as a site address; blank for carriers.", COLUMN_PLAIN},
    {"median_hits", "median", CELL_REAL, 1,
     "Median of the hits of a user at one address; blank for site addresses.", COLUMN_PLAIN},
    {NULL}};

static void place_table(Answer *a, const Study *study)
{
  const Dataset *ds = study->ds;
  const Places *p = study->places;
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "shared_networks",
                                "Networks that many share for good reason", place_columns);
  for (guint i = 0; i < p->n_sites; i++) {
    const SiteAddress *s = &p->sites[i];
    answer_row(t, answer_link_key("users", ds, DIM_IP, s->ip, NULL));
    table_set_text(t->table, PLACE_ADDRESS, ip_table_text(ds->log->ips, s->ip));
    table_set_text(t->table, PLACE_SORT,
                   s->kind == PLACE_SITE_REGULAR ? "site-regular" : "site-occasional");
    table_set_int(t->table, PLACE_USERS, s->users);
    table_set_int(t->table, PLACE_HITS, s->hits);
    table_set_int(t->table, PLACE_FIRST, s->first);
    table_set_int(t->table, PLACE_LAST, s->last);
  }
  for (guint i = 0; i < p->n_carriers; i++) {
    char *block = ip_block_text(&p->carriers[i].block);
    char *scope = g_strdup_printf("ip=%s", block);
    answer_row(t, answer_link("users", scope));
    table_take_text(t->table, PLACE_ADDRESS, block);
    table_set_text(t->table, PLACE_SORT, "carrier");
    table_set_int(t->table, PLACE_USERS, p->carriers[i].users);
    table_set_int(t->table, PLACE_HITS, p->carriers[i].hits);
    table_set_real(t->table, PLACE_MEDIAN, p->carriers[i].median_hits);
    g_free(scope);
  }
}

static void say_places(Answer *a, const Study *study)
{
  guint64 hits = 0;
  for (guint i = 0; i < study->places->n_sites; i++)
    hits += study->places->sites[i].hits;
  answer_finding(
      a, NULL,
      "Shared for good reason are %s of the school's own, with %s of all hits, and %s of "
      "mobile networks: many users there are no sign of sharing an account.",
      COUNT_TEXT(study->places->n_sites, "address", "addresses"),
      SHARE_TEXT((double)hits / MAX(1, study->ds->log->n_rows)),
      COUNT_TEXT(study->places->n_carriers, "block", "blocks"));
}

/* --- findings ----------------------------------------------------------------------------------
 */

/* Rules that tell a program from a reader by its pace. */
static gboolean is_scraping(RuleId rule)
{
  return rule == RULE_BURST || rule == RULE_METRONOME || rule == RULE_GROUPED_CRAWL ||
         rule == RULE_SWEEP;
}

/* Distinct accounts with a case of scraping that is worth a look. */
static guint count_scrapers(const FlagSet *set)
{
  GHashTable *users = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (is_scraping(f->rule) && f->subject == SUBJECT_USER && f->score >= Q4_HIGH)
      g_hash_table_add(users, GUINT_TO_POINTER(f->key + 1));
  }
  guint n = g_hash_table_size(users);
  g_hash_table_unref(users);
  return n;
}

static void say_brief(Answer *a, const FlagSet *set, guint n, guint strong, guint users)
{
  guint scrapers = count_scrapers(set);
  if (n == 0) {
    answer_brief(a, "0", "cases of suspicious activity were found by the rules");
    return;
  }
  answer_brief(a, N_TEXT(strong),
               "strong %s of suspicious activity, of %s by %s: reasons to look, no proof",
               strong == 1 ? "case" : "cases", N_TEXT(n), COUNT_TEXT(users, "user", "users"));
  answer_brief_more(a, "%s fetched pages the way a program does.",
                    scrapers ? COUNT_TEXT(scrapers, "account", "accounts") : "No account");
  if (strong)
    answer_headline(a, "%s of suspicious access %s a look",
                    COUNT_TEXT(strong, "strong case", "strong cases"),
                    strong == 1 ? "needs" : "need");
}

static void say_total(Answer *a, const FlagSet *set, const Dataset *ds)
{
  guint n = 0, high = 0, very = 0, users = 0;
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    n += q4_is_security(f);
    high += q4_is_security(f) && f->score >= Q4_HIGH;
    very += q4_is_security(f) && f->score >= Q4_VERY_HIGH;
  }
  for (guint32 u = 0; u < strpool_count(ds->log->users); u++)
    users += set->flagged_user[u];
  answer_finding(
      a, answer_link("flags", NULL),
      "%s of suspicious activity, by %s: %s strong (a score of %d or more of 100), %s moderate (%d "
      "to %d), %s weak. Each is a reason to look, called a flag, and no proof.",
      COUNT_TEXT(n, "case", "cases"), COUNT_TEXT(users, "user", "users"), N_TEXT(very),
      Q4_VERY_HIGH, N_TEXT(high - very), Q4_HIGH, Q4_VERY_HIGH - 1, N_TEXT(n - high));
  say_brief(a, set, n, very, users);
}

static int compare_tallies(const void *a, const void *b)
{
  const RuleTally *x = *(const RuleTally *const *)a, *y = *(const RuleTally *const *)b;
  if (x->best->score != y->best->score)
    return x->best->score > y->best->score ? -1 : 1;
  return x->best->rule < y->best->rule ? -1 : 1;
}

static void say_rule(Answer *a, const Dataset *ds, const RuleTally *t)
{
  char *weight =
      t->flags == t->high
          ? g_strdup_printf("%s with a score of %d or more",
                            COUNT_TEXT(t->flags, "case,", "cases, all"), Q4_HIGH)
          : g_strdup_printf("%s, %s with a score of %d or more",
                            COUNT_TEXT(t->flags, "case", "cases"), N_TEXT(t->high), Q4_HIGH);
  answer_finding(a, flag_link(t->best, ds), "%s %s. The highest (%s): %s",
                 rule_get(t->best->rule)->question, weight, REAL_TEXT(t->best->score, 0),
                 t->best->marked);
  g_free(weight);
}

/* The rules with cases of some weight, strongest first: `top` in a sentence each, the others in
 * one. */
static void say_rules(Answer *a, const Dataset *ds, const RuleTally *tally, guint top)
{
  const RuleTally *list[N_RULES] = {NULL};
  guint n = 0;
  GString *rest = g_string_new(NULL);
  for (guint r = 0; r < N_RULES; r++)
    if (tally[r].best && tally[r].high > 0 && q4_is_security(tally[r].best))
      list[n++] = &tally[r];
  qsort(list, n, sizeof *list, compare_tallies);
  for (guint i = 0; i < n; i++) {
    const Flag *best = list[i]->best;
    const char *question = rule_get(best->rule)->question;
    if (i < top)
      say_rule(a, ds, list[i]);
    else
      g_string_append_printf(rest, " %s %s, the highest %s.", question,
                             COUNT_TEXT(list[i]->high, "case", "cases"), REAL_TEXT(best->score, 0));
  }
  if (rest->len)
    answer_finding(a, answer_link("flags", NULL), "Also with a score of %d or more:%s", Q4_HIGH,
                   rest->str);
  g_string_free(rest, TRUE);
}

static void say_agents(Answer *a, const AccessLog *log, const RuleTally *tally)
{
  if (!log->agent)
    answer_finding(a, NULL,
                   "This log has no user agents: whether a program posed as a browser, or "
                   "which devices an account was used from, cannot be told from it.");
  else
    answer_finding(a, NULL, "The log has user agents; %s by them.",
                   COUNT_TEXT(tally[RULE_AGENT].flags, "case was found", "cases were found"));
}

Answer *answer_q4(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  const Dataset *ds = study->ds;
  RuleTally tally[N_RULES] = {{0}};
  Answer *a = answer_start(4, ds);
  (void)error;
  if (!flags) {
    answer_finding(a, NULL,
                   "The flags were not computed, so that this question has no answer "
                   "yet.");
    return a;
  }
  tally_rules(flags, tally);
  say_total(a, flags, ds);
  q4_people(a, study, flags, MAX(1, o->top));
  say_rules(a, ds, tally, MAX(1, o->top));
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "flags",
                                "The queue: cases for security, by "
                                "score",
                                queue_columns);
  for (guint i = 0; i < flags->flags->len; i++)
    if (q4_is_security(g_ptr_array_index(flags->flags, i)))
      queue_row(t, ds, g_ptr_array_index(flags->flags, i));
  rule_table(a, ds, flags, tally);
  q4_stories(a, study, flags);
  say_places(a, study);
  place_table(a, study);
  say_agents(a, ds->log, tally);
  if (rule_lacks(study, RULE_NEW_PLACE))
    answer_note(a, "%s", rule_lacks(study, RULE_NEW_PLACE));
  answer_note(a, "An address is not a person: flatmates, schools and mobile networks share them, "
                 "and one person has several.");
  answer_note(a, "Rules, thresholds and what they found can be changed and seen one by one in the "
                 "flags; the report states the values in force.");
  return a;
}
