/* Detection: every planted story is found by its rule, no innocent is accused, and the queue stays
 * short enough for a person. On the sample, and on the full log when it is there. */
#include "tests/flags/mmdb.h"
#include "tests/flags/truth.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define STRONG    50
#define QUEUE_MAX 150

typedef struct {
  Bed *bed;
  FlagSet *set;
  GPtrArray *stories;
} Case;

static Case sample, full;
static gboolean has_countries; /* of the addresses of the sample */

static gboolean open_case(Case *c, Bed *bed, char *truth)
{
  if (bed) {
    RuleSettings settings;
    rule_settings_init(&settings);
    c->bed = bed;
    c->set = flag_set_new(bed->study, &settings);
    c->stories = truth_load(truth);
  }
  g_free(truth);
  return bed != NULL;
}

static void close_case(Case *c)
{
  if (!c->bed)
    return;
  flag_set_free(c->set);
  g_ptr_array_unref(c->stories);
  bed_free(c->bed);
}

/* Countries make new places worth a look; without them they are found, but weak. */
static void add_countries(Bed *bed)
{
  char *file = mmdb_of_sample();
  has_countries = file != NULL;
  if (file) {
    StudyOptions o;
    study_options_init(&o);
    o.mmdb = file;
    bed_relearn(bed, &o);
  }
  mmdb_remove(file);
}

/* Security stories must be at least as strong as their threshold; the others must be found. */
static void check_planted(const Case *c)
{
  guint missed = 0, checked = 0;
  for (guint i = 0; i < c->stories->len; i++) {
    const Story *s = g_ptr_array_index(c->stories, i);
    if (s->innocent || s->rule == N_RULES)
      continue;
    const Rule *rule = rule_get(s->rule);
    if (!rule->run) {
      print_message("rule %s is not there yet: story %s left out\n", rule->name, s->id);
      continue;
    }
    Found found = truth_find(s, c->bed, c->set);
    gboolean weak = s->rule == RULE_NEW_PLACE && !has_countries;
    double needed = rule->audience == AUDIENCE_SECURITY && !weak ? STRONG : 0;
    checked++;
    if (found.flag && found.flag->score >= needed)
      continue;
    print_message("%s (%s): %s, score %.1f\n", s->id, rule->name,
                  found.flag ? "too weak" : "not found", found.flag ? found.flag->score : 0);
    missed++;
  }
  assert_true(checked > 0);
  assert_int_equal(missed, 0);
}

static void check_innocents(const Case *c)
{
  guint accused = 0, checked = 0;
  for (guint i = 0; i < c->stories->len; i++) {
    const Story *s = g_ptr_array_index(c->stories, i);
    if (!s->innocent)
      continue;
    assert_true(s->rule < N_RULES);
    Found found = truth_find(s, c->bed, c->set);
    checked++;
    if (!found.flag || found.flag->score < STRONG)
      continue;
    print_message("%s (%s) is accused: score %.1f, %s\n", s->id, s->kind, found.flag->score,
                  found.flag->id);
    accused++;
  }
  assert_true(checked > 0);
  assert_int_equal(accused, 0);
}

/* Whether a text names the user without marks: "user 12", and 12 is all of the number. */
static gboolean is_named_plainly(const char *marked, const char *id)
{
  char *words = g_strdup_printf("ser %s", id);
  const char *at = strstr(marked, words);
  gboolean plain = at && !g_ascii_isalnum(at[strlen(words)]);
  g_free(words);
  return plain;
}

/* Every flag says something, and names its people so that an export can hide them. */
static void check_texts(const Case *c)
{
  for (guint i = 0; i < c->set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(c->set->flags, i);
    assert_non_null(f->text);
    assert_true(strlen(f->text) > 20);
    assert_true(f->score >= 0 && f->score <= 100 && f->raw_score >= f->score);
    for (guint32 u = 0; u < f->n_users; u++)
      if (is_named_plainly(f->marked, strpool_get(c->bed->ds->log->users, f->users[u], NULL)))
        fail_msg("%s names a user without marks: %s", rule_get(f->rule)->name, f->text);
  }
}

static void test_sample_planted(void **state)
{
  (void)state;
  check_planted(&sample);
}

static void test_sample_innocents(void **state)
{
  (void)state;
  check_innocents(&sample);
  check_texts(&sample);
  assert_true(truth_queue(sample.set, AUDIENCE_SECURITY, STRONG) <= QUEUE_MAX);
}

static void test_full_planted(void **state)
{
  (void)state;
  check_planted(&full);
}

static void test_full_innocents(void **state)
{
  (void)state;
  check_innocents(&full);
  check_texts(&full);
}

static void test_full_queue(void **state)
{
  (void)state;
  guint n = truth_queue(full.set, AUDIENCE_SECURITY, STRONG);
  print_message("security queue: %u flags of at least %d\n", n, STRONG);
  assert_true(n <= QUEUE_MAX);
}

/* A second run gives the same list; so does one of every rule alone. */
static void test_same_again(void **state)
{
  (void)state;
  FlagSet *again = flag_set_new(sample.bed->study, &sample.set->settings);
  assert_int_equal(again->flags->len, sample.set->flags->len);
  for (guint r = 0; r < N_RULES; r++)
    flag_set_rerun(again, sample.bed->study, (RuleId)r, &sample.set->settings);
  assert_int_equal(again->flags->len, sample.set->flags->len);
  for (guint i = 0; i < again->flags->len; i++) {
    const Flag *a = g_ptr_array_index(again->flags, i),
               *b = g_ptr_array_index(sample.set->flags, i);
    assert_string_equal(a->id, b->id);
    assert_true(a->score == b->score);
    assert_string_equal(a->text, b->text);
    assert_int_equal(a->related->len, b->related->len);
  }
  flag_set_free(again);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sample_planted),
      cmocka_unit_test(test_sample_innocents),
      cmocka_unit_test(test_same_again),
  };
  const struct CMUnitTest full_tests[] = {
      cmocka_unit_test(test_full_planted),
      cmocka_unit_test(test_full_innocents),
      cmocka_unit_test(test_full_queue),
  };
  Bed *bed = bed_sample();
  add_countries(bed);
  (void)open_case(&sample, bed, bed_sample_file("truth.json"));
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  if (open_case(&full, bed_full(), bed_full_file("truth.json")))
    failed += cmocka_run_group_tests(full_tests, NULL, NULL);
  close_case(&sample);
  close_case(&full);
  return failed;
}
