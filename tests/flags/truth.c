/* Truth: reading truth files of both kinds (with and without the rule named), and matching. */
#include "tests/flags/truth.h"

#include <json-glib/json-glib.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define STRONG 50

/* Rules of kinds, for files that do not name them. */
static const struct {
  const char *kind;
  RuleId rule;
} kinds[] = {
    {"burst", RULE_BURST},
    {"metronome", RULE_METRONOME},
    {"sweep", RULE_SWEEP},
    {"slow_crawl", RULE_GROUPED_CRAWL},
    {"shared_account", RULE_TWO_PLACES},
    {"linked_ids", RULE_LINKED_IDS},
    {"cross_program", RULE_CROSS_PROGRAM},
    {"dropout", RULE_LOW_ACTIVITY},
    {"one_day_dummy", RULE_LOW_ACTIVITY},
    {"dormant_return", RULE_DORMANT_RETURN},
    {"probe", RULE_PROBE},
    {"off_hours", RULE_OFF_HOURS},
    {"volume_spike", RULE_VOLUME},
    {"cohort_to_staff", RULE_BECAME_STAFF},
    {"many_ips", RULE_MANY_IPS},
    {"new_place", RULE_NEW_PLACE},
    {"shared_ip", RULE_SHARED_IP},
    {"no_cohort", RULE_NO_COHORT},
    {"outside_dates", RULE_OUTSIDE_DATES},
    {"lesson_outlier", RULE_LESSON_OUTLIER},
    {"class_open", RULE_BURST},
    {"staff_tour", RULE_SWEEP},
    {"exam_prep", RULE_VOLUME},
    {"mobile_rotation", RULE_MANY_IPS},
    {"flatmates", RULE_LINKED_IDS},
    {"reload", RULE_METRONOME},
    {"fast_clicks", RULE_BURST},
};

static void story_free(gpointer data)
{
  Story *s = data;
  g_free(s->id);
  g_free(s->kind);
  g_free(s->cohort);
  g_free(s->lesson);
  g_ptr_array_unref(s->users);
  g_ptr_array_unref(s->ips);
  g_free(s);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Text of a member that is a text or a number; NULL for null or none. */
static char *text_of(JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE(node))
    return NULL;
  if (json_node_get_value_type(node) == G_TYPE_STRING)
    return g_strdup(json_node_get_string(node));
  return g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
}

static char *member(JsonObject *o, const char *name)
{
  return json_object_has_member(o, name) ? text_of(json_object_get_member(o, name)) : NULL;
}

static CivilTime time_member(JsonObject *o, const char *name)
{
  char *text = member(o, name);
  CivilTime t = text ? bed_time(text) : CIVIL_NONE;
  g_free(text);
  return t;
}

static GPtrArray *texts(JsonObject *o, const char *name)
{
  GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
  if (!json_object_has_member(o, name))
    return list;
  JsonArray *array = json_object_get_array_member(o, name);
  for (guint i = 0; i < json_array_get_length(array); i++)
    g_ptr_array_add(list, text_of(json_array_get_element(array, i)));
  return list;
}

static RuleId rule_of(JsonObject *o, const char *kind)
{
  char *name = member(o, "rule");
  RuleId rule = N_RULES;
  if (name)
    (void)rule_parse(name, &rule); /* "question 5" is no rule */
  for (guint i = 0; !name && i < G_N_ELEMENTS(kinds); i++)
    if (strcmp(kinds[i].kind, kind) == 0)
      rule = kinds[i].rule;
  g_free(name);
  return rule;
}

static Story *story_of(JsonObject *o, gboolean innocent)
{
  Story *s = g_new0(Story, 1);
  s->id = member(o, "id");
  s->kind = member(o, "kind");
  s->rule = rule_of(o, s->kind);
  s->innocent = innocent;
  s->users = texts(o, "users");
  s->ips = texts(o, "ips");
  s->cohort = member(o, "cohort");
  s->lesson = member(o, "lesson");
  if (!s->lesson)
    s->lesson = member(o, "path");
  s->first = time_member(o, "first");
  s->last = time_member(o, "last");
  return s;
}

GPtrArray *truth_load(const char *file)
{
  JsonParser *parser = json_parser_new();
  assert_true(json_parser_load_from_file(parser, file, NULL));
  JsonObject *root = json_node_get_object(json_parser_get_root(parser));
  GPtrArray *stories = g_ptr_array_new_with_free_func(story_free);
  static const char *const lists[] = {"planted", "innocent"};
  for (guint k = 0; k < G_N_ELEMENTS(lists); k++) {
    JsonArray *list = json_object_get_array_member(root, lists[k]);
    assert_true(json_array_get_length(list) > 0);
    for (guint i = 0; i < json_array_get_length(list); i++)
      g_ptr_array_add(stories, story_of(json_array_get_object_element(list, i), k == 1));
  }
  g_object_unref(parser);
  return stories;
}

/* --- matching --------------------------------------------------------------------------------- */

static gboolean names_user(const Story *s, const Bed *bed, guint32 user)
{
  const char *id = strpool_get(bed->ds->log->users, user, NULL);
  for (guint i = 0; i < s->users->len; i++)
    if (strcmp(g_ptr_array_index(s->users, i), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean names_ip(const Story *s, const Bed *bed, guint32 ip)
{
  for (guint i = 0; i < s->ips->len; i++)
    if (strcmp(g_ptr_array_index(s->ips, i), ip_table_text(bed->ds->log->ips, ip)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean is_about(const Story *s, const Bed *bed, const Flag *f)
{
  gboolean users = f->n_users > 0;
  char *id = NULL;
  switch (f->subject) {
  case SUBJECT_USER:
    /* All suspects are people of the story: whoever is linked by mistake is not. */
    for (guint32 i = 0; i < f->n_users; i++)
      users = users && names_user(s, bed, f->users[i]);
    return users;
  case SUBJECT_IP:
    return names_ip(s, bed, f->key);
  case SUBJECT_LESSON:
    id = g_strdup(cohort_table_get(bed->ds->log->cohorts, f->cohort)->id);
    users = s->lesson && s->cohort && id && strcmp(id, s->cohort) == 0 &&
            strcmp(bed->ds->catalog->entries[f->key].name, s->lesson) == 0;
    g_free(id);
    return users;
  case SUBJECT_COHORT:
  case SUBJECT_DAY:
  case N_SUBJECTS:
    break;
  }
  return f->subject == SUBJECT_DAY;
}

gboolean truth_matches(const Story *s, const Bed *bed, const Flag *f)
{
  if (!is_about(s, bed, f))
    return FALSE;
  if (f->from == CIVIL_NONE || s->first == CIVIL_NONE)
    return TRUE;
  CivilTime to = f->to == CIVIL_NONE ? f->from : f->to;
  if (f->subject == SUBJECT_DAY) /* the whole day */
    to = civil_day_start(civil_day_of(f->from) + 1) - 1;
  return f->from <= s->last && to >= s->first;
}

Found truth_find(const Story *s, const Bed *bed, const FlagSet *set)
{
  Found found = {NULL, 0};
  guint rank = 0;
  for (guint i = 0; i < set->flags->len && s->rule < N_RULES; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    rank += rule_get(f->rule)->audience == rule_get(s->rule)->audience;
    if (f->rule != s->rule || !truth_matches(s, bed, f))
      continue;
    found.flag = f;
    found.rank = rank;
    break; /* they come with the best first */
  }
  return found;
}

/* --- scores ----------------------------------------------------------------------------------- */

static void count_story(const Story *s, const Bed *bed, const FlagSet *set, Score *score)
{
  Found found = truth_find(s, bed, set);
  if (s->innocent) {
    score->innocents++;
    score->innocent_score = MAX(score->innocent_score, found.flag ? found.flag->score : 0);
    return;
  }
  score->planted++;
  if (!found.flag)
    return;
  score->found++;
  score->strong += found.flag->score >= STRONG;
  score->worst_rank = MAX(score->worst_rank, found.rank);
  score->best_rank = score->best_rank ? MIN(score->best_rank, found.rank) : found.rank;
}

/* A rule may also be explained by stories that are the business of a question: who read the other
 * track while it was open did cross. */
static gboolean explains(const Story *s, RuleId rule)
{
  return s->rule == rule || (rule == RULE_CROSS_PROGRAM && strcmp(s->kind, "cross_access") == 0);
}

static gboolean is_right(const GPtrArray *stories, const Bed *bed, const Flag *f)
{
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (!s->innocent && explains(s, f->rule) && truth_matches(s, bed, f))
      return TRUE;
  }
  return FALSE;
}

void truth_score(const GPtrArray *stories, const Bed *bed, const FlagSet *set, Score *ret)
{
  memset(ret, 0, sizeof *ret * N_RULES);
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (s->rule < N_RULES)
      count_story(s, bed, set, &ret[s->rule]);
  }
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (f->score < STRONG)
      continue;
    ret[f->rule].flags++;
    ret[f->rule].right += is_right(stories, bed, f);
  }
}

guint truth_queue(const FlagSet *set, Audience audience, double score)
{
  guint n = 0;
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    n += rule_get(f->rule)->audience == audience && f->score >= score;
  }
  return n;
}
