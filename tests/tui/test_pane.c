/* The lists: shares, trends and pins, against counting row by row. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/query/fixture.h"
#include "tui/model/session.h"

#define SCOPE "cohort=1,2 time=2019"

static int setup(void **state)
{
  char *text = fixture_random_log(11, 4000, 60, 80);
  *state = fixture_new(text, fixture_cohorts);
  g_free(text);
  return 0;
}

static int teardown(void **state)
{
  dataset_free(*state);
  return 0;
}

/* --- counting with sets ----------------------------------------------------------------------- */

static gboolean in_scope(const Dataset *ds, guint32 row)
{
  const char *id = cohort_table_get(ds->log->cohorts, ds->log->cohort[row])->id;
  return civil_fields(ds->log->time[row]).year == 2019 && id &&
         (strcmp(id, "1") == 0 || strcmp(id, "2") == 0);
}

typedef struct {
  guint hits, users, lessons, days;
} Counted;

/* Rows of one lesson (G_MAXUINT32: of all), in scope or anywhere. */
static Counted counted(const Dataset *ds, guint32 entry, gboolean everywhere)
{
  g_autoptr(GHashTable) users = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) lessons = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) days = g_hash_table_new(NULL, NULL);
  Counted c = {0};
  for (guint32 row = 0; row < ds->log->n_rows; row++) {
    guint32 e = ds->catalog->entry_of_path[ds->log->path[row]];
    if ((entry != G_MAXUINT32 && e != entry) || (!everywhere && !in_scope(ds, row)))
      continue;
    c.hits++;
    g_hash_table_add(users, GUINT_TO_POINTER(ds->log->user[row] + 1));
    g_hash_table_add(days, GINT_TO_POINTER((gint)civil_day_of(ds->log->time[row]) + 1));
    if (ds->catalog->entries[e].kind == KIND_LESSON)
      g_hash_table_add(lessons, GUINT_TO_POINTER(e + 1));
  }
  c.users = g_hash_table_size(users);
  c.lessons = g_hash_table_size(lessons);
  c.days = g_hash_table_size(days);
  return c;
}

/* --- helpers ---------------------------------------------------------------------------------- */

static const ColumnId columns[] = {COLUMN_LABEL, COLUMN_HITS, COLUMN_USERS, COLUMN_DAYS,
                                   COLUMN_SPARK};

static void refresh(Pane *p, const Dataset *ds, const char *text, int height)
{
  Scope *scope = scope_parse(text, NULL);
  assert_non_null(scope);
  Work *w = work_new();
  work_begin(w, ds, -1);
  pane_ask(p, w, WORK_FOCUS, 1, scope, columns, G_N_ELEMENTS(columns));
  assert_true(pane_take(p, w, WORK_FOCUS, ds, 1, NULL));
  pane_scroll(p, height);
  pane_sparks_ask(p, w, ds, scope, height);
  pane_sparks_take(p, w);
  work_end(w);
  work_free(w);
  scope_free(scope);
}

static void same(double a, double b)
{
  if (!(fabs(a - b) <= 1e-12))
    fail_msg("%.15g is not %.15g", a, b);
}

/* --- styles and bases ------------------------------------------------------------------------- */

static void shares_of_column_and_row(void **state)
{
  const Dataset *ds = *state;
  Counted all = counted(ds, G_MAXUINT32, FALSE);
  Pane p;
  pane_init(&p, PANE_LESSONS);
  p.all_kinds = TRUE;
  for (int b = 0; b < N_BASES; b++) {
    p.base[COLUMN_HITS] = (guint8)b;
    p.base[COLUMN_USERS] = p.base[COLUMN_DAYS] = b == BASE_USER ? BASE_NONE : (guint8)b;
    refresh(&p, ds, SCOPE, 10);
    assert_true(p.n_visible > 8);
    for (guint i = 0; i < p.n_visible; i++) {
      const RankRow *row = pane_row(&p, i);
      Counted here = counted(ds, row->key, FALSE), whole = counted(ds, row->key, TRUE);
      double hits = here.hits, users = here.users, days = here.days;
      if (b == BASE_COLUMN)
        hits /= all.hits, users /= all.users, days /= all.days;
      if (b == BASE_ROW)
        hits /= whole.hits, users /= whole.users, days /= whole.days;
      if (b == BASE_USER)
        hits /= here.users;
      same(pane_shown_value(&p, ds, row, COLUMN_HITS), hits);
      same(pane_shown_value(&p, ds, row, COLUMN_USERS), users);
      same(pane_shown_value(&p, ds, row, COLUMN_DAYS), days);
      /* the plain number stays what it was: exports and links read it */
      same(pane_row_value(&p, ds, row, COLUMN_HITS), here.hits);
    }
  }
  pane_clear(&p);
}

static void lists_are_sorted_by_what_they_show(void **state)
{
  const Dataset *ds = *state;
  Pane p;
  pane_init(&p, PANE_LESSONS);
  p.all_kinds = TRUE;
  refresh(&p, ds, SCOPE, 10);
  p.base[COLUMN_HITS] = BASE_ROW;
  refresh(&p, ds, SCOPE, 10);
  for (guint i = 1; i < p.n_visible; i++)
    assert_true(pane_shown_value(&p, ds, pane_row(&p, i - 1), COLUMN_HITS) >=
                pane_shown_value(&p, ds, pane_row(&p, i), COLUMN_HITS));
  g_autofree char *cell = pane_cell(&p, ds, 0, COLUMN_HITS);
  assert_true(g_str_has_suffix(cell, "%"));
  p.style[COLUMN_HITS] = STYLE_BAR;
  refresh(&p, ds, SCOPE, 10);
  same(p.scale[COLUMN_HITS], pane_shown_value(&p, ds, pane_row(&p, 0), COLUMN_HITS));
  p.log_scale = TRUE;
  g_autofree char *text = pane_style_text(&p, COLUMN_HITS);
  assert_string_equal(text, "hits % of row, bar, log");
  assert_null(pane_style_text(&p, COLUMN_USERS));
  pane_clear(&p);
}

static void choices_that_make_no_sense_are_not_offered(void **state)
{
  (void)state;
  assert_int_equal(cell_style_next(STYLE_HEAT, COLUMN_USERS), STYLE_NUMBER);
  assert_int_equal(cell_style_next(STYLE_HEAT, COLUMN_HITS), STYLE_SPARK);
  assert_int_equal(cell_style_next(STYLE_NUMBER, COLUMN_FIRST), STYLE_NUMBER);
  assert_int_equal(cell_base_next(BASE_ROW, COLUMN_HITS, PANE_USERS), BASE_NONE);
  assert_int_equal(cell_base_next(BASE_ROW, COLUMN_HITS, PANE_LESSONS), BASE_USER);
  assert_int_equal(cell_base_next(BASE_NONE, COLUMN_LIFT, PANE_LESSONS), BASE_NONE);
  /* three decades: a thousandth of the largest is a tenth high, a tenth two thirds */
  same(cell_style_scaled(5, 5, TRUE), 1);
  same(cell_style_scaled(5, 5, FALSE), 1);
  same(cell_style_scaled(1, 1000, TRUE), log(2) / log(1001));
  same(cell_style_scaled(100, 1000, TRUE), log(101) / log(1001));
  same(cell_style_scaled(0, 1000, TRUE), 0);
  same(cell_style_scaled(NAN, 1000, TRUE), 0);
  same(cell_style_scaled(3, 0, FALSE), 0);
}

/* --- trends ----------------------------------------------------------------------------------- */

static gint64 bucket_of(const Dataset *ds, Bucket b, guint32 row)
{
  CivilDay day = civil_day_of(ds->log->time[row]);
  CivilFields f = civil_fields(ds->log->time[row]);
  switch (b) {
  case BUCKET_DAY:
    return day;
  case BUCKET_WEEK:
    return civil_week_start(day) / 7;
  case BUCKET_MONTH:
    return f.year * 12 + f.month;
  default: {
    int week = cohort_course_week(cohort_table_get(ds->log->cohorts, ds->log->cohort[row]), day);
    return week > 0 ? week : -1;
  }
  }
}

static void trends_are_hits_per_step(void **state)
{
  const Dataset *ds = *state;
  static const Bucket buckets[] = {BUCKET_DAY, BUCKET_WEEK, BUCKET_MONTH, BUCKET_COURSE_WEEK};
  Pane p;
  pane_init(&p, PANE_USERS);
  for (guint k = 0; k < G_N_ELEMENTS(buckets); k++) {
    Bucket b = p.bucket = buckets[k];
    gint64 first = b == BUCKET_COURSE_WEEK ? 1 : G_MAXINT64;
    for (guint32 row = 0; row < ds->log->n_rows && first == G_MAXINT64; row++)
      if (in_scope(ds, row))
        first = bucket_of(ds, b, row);
    p.top = p.cursor = 0;
    refresh(&p, ds, SCOPE, 5);
    if (b == BUCKET_COURSE_WEEK)
      assert_int_equal(p.n_spark, pane_class_weeks(ds));
    for (guint place = 0; place < 5; place++) {
      g_autofree double *expected = g_new0(double, p.n_spark);
      g_autofree double *values = g_new0(double, p.n_spark);
      double max = 0;
      for (guint32 row = 0; row < ds->log->n_rows; row++) {
        gint64 at = bucket_of(ds, b, row) - first;
        if (!in_scope(ds, row) || ds->log->user[row] != pane_row(&p, place)->key || at < 0 ||
            at >= p.n_spark)
          continue;
        expected[at]++;
        max = MAX(max, expected[at]);
      }
      assert_true(max > 0);
      assert_int_equal(pane_spark_values(&p, place, p.n_spark, values), p.n_spark);
      for (guint i = 0; i < p.n_spark; i++)
        same(values[i], expected[i] / max);
    }
  }
  /* two steps a cell: their means */
  p.bucket = BUCKET_MONTH;
  refresh(&p, ds, "time=2019", 5);
  double all[12], half[6];
  assert_int_equal(pane_spark_values(&p, 0, 12, all), 12);
  assert_int_equal(pane_spark_values(&p, 0, 6, half), 6);
  double most = 0;
  for (guint i = 0; i < 6; i++)
    most = MAX(most, all[2 * i] + all[2 * i + 1]);
  for (guint i = 0; i < 6; i++)
    same(half[i], (all[2 * i] + all[2 * i + 1]) / most);
  pane_clear(&p);
}

static void only_rows_near_the_screen_are_counted(void **state)
{
  const Dataset *ds = *state;
  Pane p;
  double values[64];
  pane_init(&p, PANE_USERS);
  refresh(&p, ds, "", 4);
  assert_true(p.n_visible > 40);
  assert_int_not_equal(pane_spark_values(&p, 3, 64, values), 0);
  assert_int_equal(pane_spark_values(&p, 30, 64, values), 0);
  pane_move_to(&p, ds, 30);
  refresh(&p, ds, "", 4);
  for (guint line = 0; line < 4; line++)
    assert_int_not_equal(pane_spark_values(&p, pane_place_of_line(&p, line), 64, values), 0);
  assert_int_equal(pane_spark_values(&p, 3, 64, values), 0);
  pane_clear(&p);
}

/* --- pins ------------------------------------------------------------------------------------- */

static void pinned_rows_stay_at_the_top(void **state)
{
  const Dataset *ds = *state;
  Pane p;
  pane_init(&p, PANE_USERS);
  refresh(&p, ds, "", 6);
  pane_move_to(&p, ds, 20);
  guint32 a = pane_row(&p, 20)->key, b = pane_row(&p, 30)->key, first = pane_row(&p, 0)->key;
  guint n = p.n_visible;
  assert_int_equal(pane_pin(&p, ds), 1);
  refresh(&p, ds, "", 6);
  assert_int_equal(pane_row(&p, 0)->key, a);
  assert_int_equal(p.cursor, 0); /* the cursor stays on its row */
  pane_move_to(&p, ds, 30);
  assert_int_equal(pane_row(&p, 30)->key, b);
  assert_int_equal(pane_pin(&p, ds), 1);
  refresh(&p, ds, "", 6);
  assert_int_equal(p.n_visible, n);
  assert_int_equal(pane_row(&p, 1)->key, b);
  assert_int_equal(pane_row(&p, 2)->key, first);
  /* far below they are still in the first two lines, and no row is in sight twice */
  pane_move_to(&p, ds, n - 1);
  refresh(&p, ds, "", 6);
  assert_int_equal(pane_place_of_line(&p, 0), 0);
  assert_int_equal(pane_place_of_line(&p, 1), 1);
  for (guint line = 2; line < 6; line++)
    assert_int_equal(pane_place_of_line(&p, line), n - 6 + line);
  /* going up again passes every row */
  for (guint at = n; at-- > 0;) {
    pane_move_to(&p, ds, at);
    pane_scroll(&p, 6);
    gboolean seen = FALSE;
    for (guint line = 0; line < 6; line++)
      seen = seen || pane_place_of_line(&p, line) == at;
    assert_true(seen);
  }
  pane_clear(&p);
}

static void pins_outlive_the_scope(void **state)
{
  const Dataset *ds = *state;
  Pane p;
  pane_init(&p, PANE_USERS);
  refresh(&p, ds, "", 6);
  pane_move_to(&p, ds, 4);
  guint32 key = pane_row(&p, 4)->key;
  g_autofree char *id = dimension_id(ds, DIM_USER, key);
  assert_int_equal(pane_pin(&p, ds), 1);
  g_autofree char *others = g_strdup_printf("-user=%s", id);
  refresh(&p, ds, others, 6);
  assert_int_equal(pane_row(&p, 0)->key, key);
  assert_int_equal(pane_row(&p, 0)->hits, 0);
  for (int c = 0; c < N_COLUMNS; c++) /* every cell of a row without hits can be shown */
    if (column_applies((ColumnId)c, PANE_USERS)) {
      g_autofree char *cell = pane_cell(&p, ds, 0, (ColumnId)c);
      assert_non_null(cell);
      assert_true(c != COLUMN_LAST || !*cell);
    }
  guint n = p.n_visible;
  pane_move_to(&p, ds, 0);
  assert_int_equal(pane_pin(&p, ds), 0);
  refresh(&p, ds, others, 6);
  assert_int_equal(p.n_visible, n - 1);
  for (guint i = 0; i < p.n_visible; i++)
    assert_int_not_equal(pane_row(&p, i)->key, key);
  pane_clear(&p);
}

static void sessions_keep_styles_and_pins(void **state)
{
  (void)state;
  State *s = state_new(), *t = state_new();
  Pane *p = &s->panes[PANE_LESSONS];
  p->style[COLUMN_HITS] = STYLE_SPARK;
  p->base[COLUMN_HITS] = BASE_ROW;
  p->base[COLUMN_DAYS] = BASE_COLUMN;
  p->log_scale = TRUE;
  g_ptr_array_add(p->pins, g_strdup("java-iii/a;b"));
  g_ptr_array_add(p->pins, g_strdup(""));
  s->bucket[VIEW_PROGRAMS] = BUCKET_COURSE_WEEK;
  versus_set(&s->versus, DIM_COHORT, "34", "");
  g_autofree char *text = session_print(s);
  assert_int_equal(session_restore(t, text, strlen(text), NULL), 0);
  const Pane *q = &t->panes[PANE_LESSONS];
  assert_memory_equal(q->style, p->style, sizeof p->style);
  assert_memory_equal(q->base, p->base, sizeof p->base);
  assert_true(q->log_scale);
  assert_int_equal(q->pins->len, 2);
  assert_string_equal(g_ptr_array_index(q->pins, 0), "java-iii/a;b");
  assert_string_equal(g_ptr_array_index(q->pins, 1), "");
  assert_int_equal(t->bucket[VIEW_PROGRAMS], BUCKET_COURSE_WEEK);
  assert_int_equal(t->bucket[VIEW_TIMELINE], BUCKET_DAY);
  assert_int_equal(t->versus.dim, DIM_COHORT);
  assert_string_equal(t->versus.id[0], "34");
  assert_string_equal(t->versus.id[1], "");
  state_free(s);
  state_free(t);
}

/* --- peers ------------------------------------------------------------------------------------ */

static int compare_counts(const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

/* Ranks and medians within a month, by counting every row. */
static void peers_are_those_of_the_same_time(void **state)
{
  const Dataset *ds = *state;
  guint32 n_users = strpool_count(ds->log->users), subject = 0;
  while (ds->user_cohort[subject] == COHORT_NONE)
    subject++;
  guint16 cohort = ds->user_cohort[subject];
  g_autofree int *hits = g_new0(int, n_users), *others = g_new0(int, n_users);
  g_autofree guint8 *member = g_new0(guint8, n_users);
  for (guint32 row = 0; row < ds->log->n_rows; row++) {
    CivilFields f = civil_fields(ds->log->time[row]);
    if (ds->log->cohort[row] != cohort)
      continue;
    member[ds->log->user[row]] = ds->user_cohort[ds->log->user[row]] == cohort;
    hits[ds->log->user[row]] += f.year == 2019 && f.month == 5;
  }
  guint n = 0, above = 0;
  for (guint32 u = 0; u < n_users; u++)
    if (member[u]) {
      above += hits[u] > hits[subject];
      if (u != subject)
        others[n++] = hits[u];
    }
  assert_true(n > 3);
  qsort(others, n, sizeof *others, compare_counts);
  Chips *chips = chips_new();
  chips_add(chips, scope_term_parse("time=2019-05", NULL), FALSE);
  Timeline t;
  timeline_init(&t);
  g_autofree char *id = dimension_id(ds, DIM_USER, subject);
  timeline_set_subject(&t, FALSE, id);
  assert_true(timeline_refresh(&t, ds, 1, chips, NULL));
  assert_true(t.in_time);
  assert_int_equal(t.n_peers, n + 1);
  assert_int_equal(t.rank_hits, above + 1);
  guint low = (n - 1) / 2, high = n / 2;
  same(t.peer_hits, ((double)others[low] + (double)others[high]) / 2);
  timeline_clear(&t);
  chips_free(chips);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shares_of_column_and_row),
      cmocka_unit_test(lists_are_sorted_by_what_they_show),
      cmocka_unit_test(choices_that_make_no_sense_are_not_offered),
      cmocka_unit_test(trends_are_hits_per_step),
      cmocka_unit_test(only_rows_near_the_screen_are_counted),
      cmocka_unit_test(pinned_rows_stay_at_the_top),
      cmocka_unit_test(pins_outlive_the_scope),
      cmocka_unit_test(sessions_keep_styles_and_pins),
      cmocka_unit_test(peers_are_those_of_the_same_time),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
