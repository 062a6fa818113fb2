/* Question 4: flags by person, and flags of several that are one story. */
#include "core/answers/q4.h"

#include <string.h>

/* --- people ------------------------------------------------------------------------------------
 */

typedef struct {
  guint32 user;
  guint flags;
  gboolean rules[N_RULES];
  double score;     /* the highest of an episode: flags of several rules at one time joined */
  const Flag *best; /* the flag with the highest score */
  CivilTime from, to;
} Person;

static int compare_persons(gconstpointer a, gconstpointer b)
{
  const Person *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->user < y->user ? -1 : 1;
}

static void add_flag(Person *p, const FlagSet *set, const Flag *f)
{
  p->flags++;
  p->rules[f->rule] = TRUE;
  p->score = MAX(p->score, flag_set_combined(set, f));
  p->best = p->best ? p->best : f; /* they come by score */
  if (f->from != CIVIL_NONE)
    p->from = p->from == CIVIL_NONE ? f->from : MIN(p->from, f->from);
  if (f->to != CIVIL_NONE)
    p->to = p->to == CIVIL_NONE ? f->to : MAX(p->to, f->to);
}

static GArray *find_persons(const FlagSet *set, guint32 n_users)
{
  GArray *persons = g_array_new(FALSE, TRUE, sizeof(Person));
  guint32 *place = g_new0(guint32, (gsize)n_users + 1); /* 1 + place in persons */
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (!q4_is_security(f) || f->subject != SUBJECT_USER)
      continue;
    for (guint32 k = 0; k < f->n_users; k++) {
      if (place[f->users[k]] == 0) {
        Person p = {.user = f->users[k], .from = CIVIL_NONE, .to = CIVIL_NONE};
        g_array_append_val(persons, p);
        place[f->users[k]] = persons->len;
      }
      add_flag(&g_array_index(persons, Person, place[f->users[k]] - 1), set, f);
    }
  }
  g_free(place);
  g_array_sort(persons, compare_persons);
  return persons;
}

static char *rules_text(const gboolean *rules)
{
  GString *out = g_string_new(NULL);
  for (guint r = 0; r < N_RULES; r++)
    if (rules[r])
      g_string_append_printf(out, "%s%s", out->len ? ", " : "", rule_get((RuleId)r)->name);
  return g_string_free(out, FALSE);
}

enum {
  WHO_USER,
  WHO_COHORT,
  WHO_COHORT_NAME,
  WHO_SCORE,
  WHO_FLAGS,
  WHO_RULES,
  WHO_FROM,
  WHO_TO,
  WHO_TEXT
};

static const AnswerColumn person_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the user in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort as a student.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort as a student.", COLUMN_PLAIN},
    {"score", "score", CELL_REAL, 0,
     "Highest score of an episode: flags of several rules at the same time are joined like "
     "independent chances.",
     COLUMN_PLAIN},
    {"flags", "flags", CELL_INT, 0, "Flags for security about the user.", COLUMN_PLAIN},
    {"rules", "rules", CELL_TEXT, 0, "Rules that fired.", COLUMN_PLAIN},
    {"from", "from", CELL_TIME, 0, "First hit of any of their evidence.", COLUMN_PLAIN},
    {"to", "to", CELL_TIME, 0, "Last hit of any of their evidence.", COLUMN_PLAIN},
    {"text", "highest", CELL_TEXT, 0, "The flag with the highest score, in words.", COLUMN_MARKED},
    {NULL}};

static void person_row(AnswerTable *at, const Study *study, const Person *p)
{
  const Dataset *ds = study->ds;
  guint16 cohort = study->cohort_of_user[p->user];
  Table *t = at->table;
  answer_row(at, answer_link_key("flags", ds, DIM_USER, p->user, NULL));
  table_set_text(t, WHO_USER, user_text(ds, p->user));
  if (cohort != COHORT_NONE) {
    table_set_text(t, WHO_COHORT, cohort_id_text(ds, cohort));
    table_set_text(t, WHO_COHORT_NAME, cohort_text(ds, cohort));
  }
  table_set_real(t, WHO_SCORE, p->score);
  table_set_int(t, WHO_FLAGS, p->flags);
  table_take_text(t, WHO_RULES, rules_text(p->rules));
  if (p->from != CIVIL_NONE)
    table_set_int(t, WHO_FROM, p->from);
  if (p->to != CIVIL_NONE)
    table_set_int(t, WHO_TO, p->to);
  table_set_text(t, WHO_TEXT, p->best->marked);
}

void q4_people(Answer *a, const Study *study, const FlagSet *set, guint top)
{
  const Dataset *ds = study->ds;
  GArray *persons = find_persons(set, study->people->n_users);
  GString *names = g_string_new(NULL);
  for (guint i = 0; i < MIN(top, persons->len); i++) {
    const Person *p = &g_array_index(persons, Person, i);
    char *rules = rules_text(p->rules);
    g_string_append_printf(names, "%s" MARKED_USER " (%s)", i ? "; " : "", user_text(ds, p->user),
                           rules);
    g_free(rules);
  }
  if (persons->len)
    answer_finding(a, NULL, "The users with the highest scores: %s.", names->str);
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "suspects",
                                "Users with flags for security, by score", person_columns);
  for (guint i = 0; i < persons->len; i++)
    person_row(t, study, &g_array_index(persons, Person, i));
  g_string_free(names, TRUE);
  g_array_unref(persons);
}

/* --- stories -----------------------------------------------------------------------------------
 */

/* Flags joined through their related ones: each points to another of the group, the first to
 * itself. */
static guint root_of(guint *parent, guint i)
{
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

static guint *join_related(const FlagSet *set)
{
  guint n = set->flags->len;
  GHashTable *place = g_hash_table_new(g_str_hash, g_str_equal);
  guint *parent = g_new(guint, (gsize)n + 1);
  for (guint i = 0; i < n; i++) {
    parent[i] = i;
    g_hash_table_insert(place, ((Flag *)g_ptr_array_index(set->flags, i))->id,
                        GUINT_TO_POINTER(i + 1));
  }
  for (guint i = 0; i < n; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    for (guint k = 0; q4_is_security(f) && k < f->related->len; k++) {
      guint other = GPOINTER_TO_UINT(g_hash_table_lookup(place, g_ptr_array_index(f->related, k)));
      if (other == 0 || !q4_is_security(g_ptr_array_index(set->flags, other - 1)))
        continue;
      guint x = root_of(parent, i), y = root_of(parent, other - 1);
      parent[MAX(x, y)] = MIN(x, y);
    }
  }
  g_hash_table_unref(place);
  return parent;
}

typedef struct {
  guint flags;
  gboolean rules[N_RULES];
  const Flag *best;
  CivilTime from, to;
  GArray *users; /* of guint32, in order of score */
} Story;

static void add_to_story(Story *s, const Flag *f)
{
  s->flags++;
  s->rules[f->rule] = TRUE;
  s->best = s->best ? s->best : f;
  if (f->from != CIVIL_NONE)
    s->from = s->from == CIVIL_NONE ? f->from : MIN(s->from, f->from);
  if (f->to != CIVIL_NONE)
    s->to = s->to == CIVIL_NONE ? f->to : MAX(s->to, f->to);
  for (guint32 k = 0; k < f->n_users; k++) {
    gboolean known = FALSE;
    for (guint i = 0; !known && i < s->users->len; i++)
      known = g_array_index(s->users, guint32, i) == f->users[k];
    if (!known)
      g_array_append_val(s->users, f->users[k]);
  }
}

static void free_story(gpointer p)
{
  Story *s = p;
  g_array_unref(s->users);
  g_free(s);
}

/* Stories of two flags and more, by the score of their highest flag. */
static GPtrArray *find_stories(const FlagSet *set)
{
  guint n = set->flags->len;
  guint *parent = join_related(set);
  Story **of = g_new0(Story *, (gsize)n + 1);
  GPtrArray *stories = g_ptr_array_new_with_free_func(free_story);
  for (guint i = 0; i < n; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    guint root = root_of(parent, i);
    if (!q4_is_security(f))
      continue;
    if (!of[root]) {
      of[root] = g_new0(Story, 1);
      of[root]->from = of[root]->to = CIVIL_NONE;
      of[root]->users = g_array_new(FALSE, FALSE, sizeof(guint32));
      g_ptr_array_add(stories, of[root]);
    }
    add_to_story(of[root], f);
  }
  for (guint i = stories->len; i-- > 0;)
    if (((Story *)g_ptr_array_index(stories, i))->flags < 2)
      g_ptr_array_remove_index(stories, i);
  g_free(of);
  g_free(parent);
  return stories;
}

enum {
  STORY_NUMBER,
  STORY_FLAGS,
  STORY_USERS,
  STORY_RULES,
  STORY_FROM,
  STORY_TO,
  STORY_SCORE,
  STORY_TEXT
};

static const AnswerColumn story_columns[] = {
    {"story", "story", CELL_INT, 0, "Number, in order of the highest score.", COLUMN_PLAIN},
    {"flags", "flags", CELL_INT, 0, "Flags that belong to it.", COLUMN_PLAIN},
    {"users", "users", CELL_TEXT, 0, "The users it is about.", COLUMN_MARKED},
    {"rules", "rules", CELL_TEXT, 0, "Rules that fired.", COLUMN_PLAIN},
    {"from", "from", CELL_TIME, 0, "First hit of any of the evidence.", COLUMN_PLAIN},
    {"to", "to", CELL_TIME, 0, "Last hit of any of the evidence.", COLUMN_PLAIN},
    {"score", "score", CELL_REAL, 0, "Highest score of its flags.", COLUMN_PLAIN},
    {"text", "highest", CELL_TEXT, 0, "The flag with that score, in words.", COLUMN_MARKED},
    {NULL}};

#define STORY_NAMES 12 /* users that a cell names */

void q4_stories(Answer *a, const Study *study, const FlagSet *set)
{
  const Dataset *ds = study->ds;
  GPtrArray *stories = find_stories(set);
  guint several = 0;
  AnswerTable *t =
      answer_table(a, ds, PROGRAM_NONE, "stories", "Flags that belong to one story", story_columns);
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    several += s->users->len > 1;
    answer_row(t, answer_link_key("flags", ds, DIM_USER,
                                  s->users->len ? g_array_index(s->users, guint32, 0) : 0, NULL));
    table_set_int(t->table, STORY_NUMBER, i + 1);
    table_set_int(t->table, STORY_FLAGS, s->flags);
    table_take_text(
        t->table, STORY_USERS,
        words_users(ds, (const guint32 *)(const void *)s->users->data, s->users->len, STORY_NAMES));
    table_take_text(t->table, STORY_RULES, rules_text(s->rules));
    if (s->from != CIVIL_NONE)
      table_set_int(t->table, STORY_FROM, s->from);
    if (s->to != CIVIL_NONE)
      table_set_int(t->table, STORY_TO, s->to);
    table_set_real(t->table, STORY_SCORE, s->best->score);
    table_set_text(t->table, STORY_TEXT, s->best->marked);
  }
  if (stories->len)
    answer_note(a, "Flags that belong together make %s; %s of them about more than one user.",
                COUNT_TEXT(stories->len, "story", "stories"), N_TEXT(several));
  g_ptr_array_unref(stories);
}
