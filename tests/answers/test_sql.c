/* Questions 1, 2, 6 and 7 against SQL: the numbers of their tables, worked out by another engine
 * from the raw text. On a small log drawn at random, and on the full log where there is one. */
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/answers/both.h"
#include "tests/answers/look.h"
#include "tests/flags/bed.h"

static Answer *answer(const Both *b, guint number, gboolean keep_likely)
{
  GError *error = NULL;
  AnswerOptions o;
  answer_options_init(&o);
  o.keep_likely_staff = keep_likely;
  Answer *a = answer_new(number, b->study, NULL, &o, &error);
  if (!a)
    fail_msg("%s", error->message);
  return a;
}

/* --- question 1 ---------------------------------------------------------------------------------
 */

/* Hits on lessons of a program, `k` being the lesson or module. */
#define TRAFFIC                                                                                    \
  "WITH h AS MATERIALIZED (SELECT cohort, user, $word AS k FROM read WHERE program = '$program')," \
  " n AS MATERIALIZED (SELECT cohort, k, count(*) AS n FROM h GROUP BY 1, 2),"

static const char ranking_sql[] = TRAFFIC
    " g AS MATERIALIZED (SELECT c.cohort, k.k, coalesce(n.n, 0) AS n"
    "  FROM (SELECT DISTINCT cohort FROM h) c CROSS JOIN (SELECT DISTINCT k FROM h) k"
    "  LEFT JOIN n ON n.cohort = c.cohort AND n.k = k.k),"
    " r AS MATERIALIZED (SELECT k, n, rank() OVER (PARTITION BY cohort ORDER BY n DESC) AS rank,"
    "  n * 1.0 / sum(n) OVER (PARTITION BY cohort) AS share FROM g),"
    " o AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY k ORDER BY rank) AS i,"
    "  row_number() OVER (PARTITION BY k ORDER BY share) AS j,"
    "  count(*) OVER (PARTITION BY k) AS m FROM r),"
    " t AS MATERIALIZED (SELECT k, count(*) AS hits, count(DISTINCT user) AS users,"
    "  count(DISTINCT cohort) AS cohorts FROM h GROUP BY k)"
    " SELECT t.k, t.hits, t.users, t.cohorts, max(o.m), sum(o.n > 0 AND o.rank <= 5),"
    "  avg(CASE WHEN i IN ((m + 1) / 2, (m + 2) / 2) THEN rank END),"
    "  avg(CASE WHEN j IN ((m + 1) / 2, (m + 2) / 2) THEN share END),"
    "  t.hits * 1.0 / (SELECT count(*) FROM h)"
    " FROM t JOIN o ON o.k = t.k GROUP BY t.k";

static const char tops_sql[] =
    TRAFFIC " b AS (SELECT cohort, k, n, sum(n) OVER (PARTITION BY cohort) AS s,"
            "  row_number() OVER (PARTITION BY cohort ORDER BY n DESC, k) AS i FROM n)"
            " SELECT c.cid, b.s, b.k, b.n, b.n * 1.0 / b.s FROM b JOIN cohorts c ON c.id = b.cohort"
            " WHERE b.i = 1";

static void test_traffic(void **state)
{
  static const char *const lessons[] = {
      "lesson",         "hits",        "users",        "cohorts", "cohorts_ranked",
      "cohorts_in_top", "median_rank", "median_share", "share",   NULL};
  static const char *const top_lessons[] = {"cohort",      "hits",         "lesson",
                                            "lesson_hits", "lesson_share", NULL};
  static const char *const top_modules[] = {"cohort",      "hits",         "module",
                                            "module_hits", "module_share", NULL};
  const char *modules[G_N_ELEMENTS(lessons)];
  Both *b = *state;
  Answer *a = answer(b, 1, FALSE);
  memcpy(modules, lessons, sizeof lessons);
  modules[0] = "module";
  both_compare_programs(b, a, "lessons", ranking_sql, "name", lessons, 1, TRUE);
  both_compare_programs(b, a, "modules", ranking_sql, "module", modules, 1, TRUE);
  both_compare_programs(b, a, "cohort_tops", tops_sql, "name", top_lessons, 1, TRUE);
  both_compare_programs(b, a, "cohort_tops", tops_sql, "module", top_modules, 1, TRUE);
  assert_true(b->compared > 0);
  answer_free(a);
}

/* --- question 2 ---------------------------------------------------------------------------------
 */

/* The cohort of each user: most hits, then the last one used; staff left out. */
static const char own_sql[] =
    "DROP TABLE IF EXISTS own; CREATE TABLE own AS SELECT user, cohort FROM"
    " (SELECT h.user, h.cohort, row_number() OVER"
    "   (PARTITION BY h.user ORDER BY count(*) DESC, max(h.t * 10000000 + h.n) DESC) AS i"
    "  FROM hits h JOIN cohorts c ON c.id = h.cohort WHERE NOT coalesce(c.staff, 0)"
    "  GROUP BY h.user, h.cohort) WHERE i = 1;"
    "CREATE UNIQUE INDEX own_user ON own(user);";

/* What students read in class: by student, by cohort and week, by lesson; and the cohorts. */
static const char reading_sql[] =
    "DROP TABLE IF EXISTS reading; DROP TABLE IF EXISTS classes2; DROP TABLE IF EXISTS weeks;"
    "DROP TABLE IF EXISTS cells; DROP TABLE IF EXISTS lives; DROP TABLE IF EXISTS edge;"
    "CREATE TABLE edge AS SELECT min(d) AS first, max(d) AS last FROM hits;"
    "CREATE TABLE reading AS SELECT h.user, h.cohort, h.cw, h.name AS lesson"
    " FROM read h JOIN own o ON o.user = h.user AND o.cohort = h.cohort WHERE h.phase = 'class';"
    "CREATE TABLE classes2 AS SELECT c.id, c.cid, c.program,"
    " CAST(strftime('%s', c.start) AS INTEGER) / 86400 AS start,"
    " CAST(strftime('%s', c.stop) AS INTEGER) / 86400 AS stop,"
    " count(*) AS hits, count(DISTINCT r.user) AS students"
    " FROM reading r JOIN cohorts c ON c.id = r.cohort GROUP BY c.id;"
    "CREATE UNIQUE INDEX class_id ON classes2(id);"
    "CREATE TABLE weeks AS SELECT cohort, cw, count(*) AS n FROM reading GROUP BY 1, 2;"
    "CREATE INDEX week_cohort ON weeks(cohort);"
    "CREATE TABLE cells AS SELECT lesson, cohort, cw, count(*) AS n FROM reading GROUP BY 1, 2, 3;"
    "CREATE INDEX cell_lesson ON cells(lesson, cohort);"
    "CREATE TABLE lives AS SELECT p.name AS lesson, min(h.d) AS first, max(h.d) AS last"
    " FROM hits h JOIN pages p ON p.path = h.path WHERE p.kind = 'lesson' GROUP BY 1;"
    "CREATE UNIQUE INDEX life_lesson ON lives(lesson);";

static const char cases_sql[] =
    /* every cohort with a hit on a lesson, and the cohorts that it is compared with */
    "WITH mine AS MATERIALIZED (SELECT r.lesson, r.cohort, count(*) AS n, count(DISTINCT r.user) "
    "AS readers"
    "  FROM reading r GROUP BY 1, 2),"
    " pairs AS MATERIALIZED (SELECT m.lesson, m.cohort, m.n, m.readers, c.cid, c.hits, c.students, "
    "o.id AS "
    "other,"
    "   o.hits AS other_hits, coalesce(m2.n, 0) AS other_n"
    "  FROM mine m JOIN classes2 c ON c.id = m.cohort JOIN lives l ON l.lesson = m.lesson"
    "  JOIN classes2 o ON o.program = c.program AND o.students >= 5"
    "   AND o.start <= l.last AND o.stop >= l.first"
    "  LEFT JOIN mine m2 ON m2.lesson = m.lesson AND m2.cohort = o.id"
    "  WHERE c.program = '$program')"
    " SELECT lesson, cid, n, students, readers, n * 1.0 / students,"
    "  sum(other_n) * 1.0 * hits / sum(other_hits), n / (sum(other_n) * 1.0 * hits /"
    "  sum(other_hits)), count(*) - 1"
    " FROM pairs GROUP BY lesson, cohort";

static const char weeks_sql[] =
    "WITH c AS MATERIALIZED (SELECT c.*, (c.stop - c.start) / 7 + 1 AS weeks,"
    "   (max(c.start, e.first) - c.start) / 7 + 1 AS fw,"
    "   (min(c.stop, e.last) - c.start) / 7 + 1 AS lw FROM classes2 c, edge e),"
    " mine AS MATERIALIZED (SELECT lesson, cohort, sum(n) AS n FROM cells GROUP BY 1, 2),"
    " pairs AS MATERIALIZED (SELECT m.lesson, m.cohort, c.cid, m.n, c.hits, c.fw, c.lw, c.weeks, "
    "c.students,"
    "   o.id AS other,"
    "   (SELECT coalesce(sum(n), 0) FROM weeks w WHERE w.cohort = o.id"
    "     AND w.cw BETWEEN c.fw AND c.lw) AS other_hits,"
    "   (SELECT coalesce(sum(n), 0) FROM cells x WHERE x.lesson = m.lesson AND x.cohort = o.id"
    "     AND x.cw BETWEEN c.fw AND c.lw) AS other_n"
    "  FROM mine m JOIN c ON c.id = m.cohort JOIN lives l ON l.lesson = m.lesson"
    "  LEFT JOIN c o ON o.id <> c.id AND o.program = c.program AND o.students >= 5"
    "   AND o.start <= l.last AND o.stop >= l.first"
    "   AND c.fw <= o.weeks AND o.fw <= c.fw AND o.lw >= min(c.lw, o.weeks)"
    "  WHERE c.program = '$program' AND m.n >= 25)"
    " SELECT lesson, cid, fw, lw, weeks, n * 1.0 / students, count(other),"
    "  CASE WHEN count(other) THEN n / ((n + sum(other_n)) * 1.0 * hits / (hits + sum(other_hits)))"
    "  END"
    " FROM pairs GROUP BY lesson, cohort";

static void test_outliers(void **state)
{
  static const char *const cases[] = {
      "lesson",           "cohort",        "hits", "students",      "readers",
      "hits_per_student", "expected_hits", "lift", "others_tested", NULL};
  static const char *const weeks[] = {"lesson",    "cohort",          "first_week",
                                      "last_week", "weeks",           "hits_per_student",
                                      "others",    "lift_same_weeks", NULL};
  Both *b = *state;
  oracle_run(b->oracle, own_sql);
  oracle_run(b->oracle, reading_sql);
  Answer *a = answer(b, 2, FALSE);
  guint before = b->compared;
  both_compare_programs(b, a, "outliers", cases_sql, "", cases, 2, FALSE);
  both_compare_programs(b, a, "not_outliers", cases_sql, "", cases, 2, FALSE);
  both_compare_programs(b, a, "equal_weeks", weeks_sql, "", weeks, 2, FALSE);
  assert_true(b->compared > before);
  answer_free(a);
}

/* --- question 6 ---------------------------------------------------------------------------------
 */

/* Graduates: users of cohorts whose class is over; `marked` are those who do not count. */
#define GRADUATES                                                                                  \
  "WITH last AS MATERIALIZED (SELECT max(d) AS d, min(d) AS first FROM hits),"                     \
  " over AS MATERIALIZED (SELECT id, CAST(strftime('%s', stop) AS INTEGER) / 86400 AS stop"        \
  "  FROM cohorts, last WHERE program = '$program' AND NOT coalesce(staff, 0)"                     \
  "  AND start IS NOT NULL AND CAST(strftime('%s', stop) AS INTEGER) / 86400 < last.d),"           \
  " grads AS MATERIALIZED (SELECT p.user, o.id, o.stop FROM present p JOIN over o"                 \
  "  ON o.id = p.cohort WHERE p.user NOT IN (SELECT user FROM marked)),"                           \
  " h AS MATERIALIZED (SELECT user, cohort, d, name, module FROM read WHERE phase = 'after'"       \
  "  AND program = '$program' AND user NOT IN (SELECT user FROM marked))"

static const char topics_sql[] = GRADUATES
    ", class AS MATERIALIZED (SELECT $word AS k, count(*) AS n FROM read WHERE phase = 'class'"
    "  AND program = '$program' GROUP BY 1),"
    " total AS (SELECT sum(n) AS n FROM class)"
    " SELECT h.$word, count(*), count(*) * 1.0 / (SELECT count(*) FROM h), count(DISTINCT h.user),"
    "  count(DISTINCT h.user) * 1.0 / (SELECT count(DISTINCT user) FROM grads),"
    "  (SELECT coalesce((SELECT n FROM class WHERE k = h.$word), 0) * 1.0 / n FROM total)"
    " FROM h GROUP BY 1";

static const char months_sql[] = GRADUATES
    ", s(label, f, t) AS (VALUES ('1', 1, 1), ('2', 2, 2), ('3', 3, 3), ('4 to 6', 4, 6),"
    "  ('7 to 9', 7, 9), ('10 to 12', 10, 12), ('13 to 18', 13, 18), ('19 to 24', 19, 24),"
    "  ('25 to 36', 25, 36), ('37 and later', 37, NULL)),"
    " m AS MATERIALIZED (SELECT h.user, h.cohort, (h.d - o.stop - 1) / 30 + 1 AS month"
    "  FROM h JOIN over o ON o.id = h.cohort),"
    " c AS MATERIALIZED (SELECT s.f, o.id FROM s, over o, last WHERE o.stop + 1 + 30 * (s.f - 1) "
    ">= last.first"
    "  AND o.stop + 30 * s.t <= last.d),"
    " r AS MATERIALIZED (SELECT s.label, s.f, s.t,"
    "  (SELECT count(*) FROM m WHERE month >= s.f AND month <= coalesce(s.t, 99999)) AS hits,"
    "  (SELECT count(DISTINCT user) FROM m WHERE month >= s.f AND month <= coalesce(s.t, 99999))"
    "   AS grads,"
    "  (SELECT count(DISTINCT g.user) FROM grads g JOIN c ON c.id = g.id AND c.f = s.f) AS covered,"
    "  (SELECT count(DISTINCT m.user || '-' || m.month) FROM m JOIN c ON c.id = m.cohort"
    "   AND c.f = s.f WHERE month >= s.f AND month <= s.t) AS active FROM s)"
    " SELECT label, f, t, hits, grads, CASE WHEN t THEN covered END,"
    "  CASE WHEN t AND covered THEN active * 1.0 / (covered * (t - f + 1)) END"
    " FROM r WHERE hits OR covered";

static void compare_graduates(Both *b, gboolean keep_likely)
{
  static const char *const lessons[] = {
      "lesson", "hits", "share", "graduates", "share_of_graduates", "share_in_class", NULL};
  static const char *const months[] = {
      "months",  "from_month",           "to_month", "hits", "graduates",
      "covered", "share_active_a_month", NULL};
  const char *modules[G_N_ELEMENTS(lessons)];
  Answer *a = answer(b, 6, keep_likely);
  memcpy(modules, lessons, sizeof lessons);
  modules[0] = "module";
  both_compare_programs(b, a, "lessons", topics_sql, "name", lessons, 1, TRUE);
  both_compare_programs(b, a, "modules", topics_sql, "module", modules, 1, TRUE);
  both_compare_programs(b, a, "months", months_sql, "", months, 1, TRUE);
  answer_free(a);
}

static void test_graduates(void **state)
{
  Both *b = *state;
  oracle_run(b->oracle, "DROP TABLE IF EXISTS marked; CREATE TABLE marked(user INTEGER)");
  guint before = b->compared;
  compare_graduates(b, TRUE);
  assert_true(b->compared > before);
  /* Staff by their rows; those by use are the program's own finding. */
  oracle_run(b->oracle, "INSERT INTO marked SELECT DISTINCT h.user FROM hits h"
                        " JOIN cohorts c ON c.id = h.cohort WHERE c.staff");
  Answer *a = answer(b, 6, FALSE);
  const Table *t = look_table(a, "likely_staff", NULL)->table;
  for (guint row = 0; row < t->n_rows; row++) {
    char *sql = g_strdup_printf("INSERT INTO marked SELECT id FROM users WHERE name = '%s'",
                                look_text(t, row, "user"));
    oracle_run(b->oracle, sql);
    g_free(sql);
  }
  answer_free(a);
  compare_graduates(b, FALSE);
}

/* --- question 7 ---------------------------------------------------------------------------------
 */

#define USAGE                                                                                      \
  "WITH last AS MATERIALIZED (SELECT max(d) AS d FROM hits),"                                      \
  " l AS MATERIALIZED (SELECT name, count(*) AS n, count(DISTINCT user) AS users,"                 \
  "  min(d) AS first, max(d) AS last, (SELECT d FROM last) - max(d) AS idle FROM read GROUP BY "   \
  "name)"

static const char least_sql[] = USAGE
    ", mine_all AS MATERIALIZED (SELECT h.name, h.user, h.d, h.phase, o.cohort = h.cohort AS own"
    "  FROM read h LEFT JOIN own o ON o.user = h.user WHERE h.program = '$program'),"
    " stays AS MATERIALIZED (SELECT h.user, min(h.d) AS f, max(h.d) AS t FROM hits h JOIN own o"
    "  ON o.user = h.user AND o.cohort = h.cohort WHERE h.phase = 'class'"
    "  AND h.program = '$program' GROUP BY 1),"
    " mine AS MATERIALIZED (SELECT name, count(*) AS n FROM mine_all GROUP BY 1),"
    " reach AS MATERIALIZED (SELECT name, count(DISTINCT user) AS n FROM mine_all"
    "  WHERE phase = 'class' AND own GROUP BY 1),"
    " s AS (SELECT l.*, coalesce(r.n, 0) AS readers, coalesce(m.n, 0) AS mine,"
    "  (SELECT count(*) FROM stays s WHERE s.f <= CASE WHEN l.idle < 180 THEN last.d ELSE l.last "
    "END"
    "   AND s.t >= l.first) AS students"
    "  FROM l, last LEFT JOIN reach r ON r.name = l.name LEFT JOIN mine m ON m.name = l.name)"
    " SELECT name, readers, students, CASE WHEN students THEN readers * 1.0 / students END, mine,"
    "  n, users, last, first, idle,"
    "  CASE WHEN students THEN readers * 1.0 / students < 0.05 ELSE 0 END,"
    "  CASE WHEN idle < 180 THEN 'in-use' ELSE 'faded' END FROM s"
    " WHERE idle < 180 OR n < 20 OR users < 5";

static const char retired_sql[] = USAGE " SELECT name, n, users, last, idle, first FROM l"
                                        " WHERE idle >= 180 AND n >= 20 AND users >= 5";

/* A kind without a hit is a row, too. */
static const char beside_sql[] =
    "SELECT k.column1, count(DISTINCT h.lesson), count(h.user), count(DISTINCT h.user)"
    " FROM (VALUES ('stray'), ('probe'), ('asset')) k LEFT JOIN"
    "  (SELECT p.kind, p.lesson, h.user FROM hits h JOIN pages p ON p.path = h.path"
    "   WHERE h.phase <> 'staff') h ON h.kind = k.column1 GROUP BY 1";

static void test_usage(void **state)
{
  static const char *const least[] = {"lesson",   "readers",   "students", "reach",     "hits",
                                      "all_hits", "all_users", "last_use", "first_use", "idle_days",
                                      "rare",     "state",     NULL};
  static const char *const retired[] = {"lesson",    "hits",      "users", "last_use",
                                        "idle_days", "first_use", NULL};
  static const char *const beside[] = {"kind", "names", "hits", "users", NULL};
  Both *b = *state;
  oracle_run(b->oracle, own_sql);
  Answer *a = answer(b, 7, FALSE);
  guint before = b->compared;
  both_compare_programs(b, a, "least_used", least_sql, "", least, 1, FALSE);
  assert_true(b->compared > before);
  both_compare(b, look_table(a, "retired", NULL)->table, retired_sql, retired, 1, TRUE);
  both_compare(b, look_table(a, "beside", NULL)->table, beside_sql, beside, 1, FALSE);
  answer_free(a);
}

int main(void)
{
  const struct CMUnitTest small[] = {
      cmocka_unit_test(test_traffic),
      cmocka_unit_test(test_graduates),
      cmocka_unit_test(test_usage),
  };
  const struct CMUnitTest full[] = {
      cmocka_unit_test(test_traffic),
      cmocka_unit_test(test_outliers),
      cmocka_unit_test(test_graduates),
      cmocka_unit_test(test_usage),
  };
  int failed = cmocka_run_group_tests(small, both_small, both_teardown);
  char *log_file = bed_full_file("logs.txt.gz");
  if (g_file_test(log_file, G_FILE_TEST_EXISTS))
    failed += cmocka_run_group_tests(full, both_full, both_teardown);
  else
    print_message("skipped: full log absent\n");
  g_free(log_file);
  return failed;
}
