/* Drawing scopes: each kind of term is written twice, as a scope and as SQL, from values that are
 * in the log. */
#include "tests/oracle/oracle.h"

#include <string.h>

/* One term under way. */
typedef struct {
  Oracle *o;
  GRand *r;
  GString *scope, *where;
  guint n_values;
} Term;

static gint upto(Term *t, guint n)
{
  return g_rand_int_range(t->r, 0, (gint32)n);
}

static const char *pick(Term *t, const GPtrArray *words)
{
  return words->pdata[upto(t, words->len)];
}

/* `field=` and the beginning of a condition to which values are ORed. */
static void begin(Term *t, const char *field)
{
  g_string_append(t->scope, field);
  g_string_append_c(t->scope, '=');
}

/* One value, quoted for the scope, and what it means in SQL (%Q for texts). */
static void value(Term *t, const char *text, const char *sql, ...)
{
  g_string_append(t->scope, t->n_values ? ",\"" : "\"");
  for (const char *p = text; *p; p++)
    g_string_append_printf(t->scope, *p == '"' ? "\"%c" : "%c", *p);
  g_string_append_c(t->scope, '"');
  va_list args;
  va_start(args, sql);
  char *condition = sqlite3_vmprintf(sql, args);
  va_end(args);
  g_string_append_printf(t->where, "%s(%s)", t->n_values ? " OR " : "", condition);
  sqlite3_free(condition);
  t->n_values++;
}

/* --- kinds of terms --------------------------------------------------------------------------- */

static void draw_program(Term *t)
{
  static const char *const ids[] = {"1", "2", "3"};
  begin(t, "program");
  if (upto(t, 5) == 0)
    value(t, "none", "program IS NULL");
  for (gint n = upto(t, 2); n >= 0; n--) {
    const char *id = ids[upto(t, G_N_ELEMENTS(ids))];
    value(t, id, "program = %Q", id);
  }
}

static void draw_cohort(Term *t)
{
  begin(t, "cohort");
  if (upto(t, 5) == 0)
    value(t, "none", "cohort IS NULL");
  for (gint n = upto(t, 4); n >= 0; n--) {
    gboolean by_name = upto(t, 2);
    const char *s = pick(t, by_name ? t->o->cohort_names : t->o->cohort_ids);
    value(t, s, "cohort IN (SELECT id FROM cohorts WHERE %s = %Q)", by_name ? "name" : "cid", s);
  }
}

static void draw_phase(Term *t)
{
  static const char *const names[] = {"class", "after", "staff", "undated", "none", "before"};
  begin(t, "phase");
  for (gint n = upto(t, 2); n >= 0; n--) {
    const char *s = names[upto(t, G_N_ELEMENTS(names))];
    value(t, s, "phase = %Q", s);
  }
}

static void draw_user(Term *t)
{
  if (upto(t, 3) == 0) {
    int digit = 1 + upto(t, 9);
    g_string_append_printf(t->scope, "user~^.?%d", digit); /* first or second character */
    g_string_append_printf(t->where,
                           "user IN (SELECT id FROM users WHERE name LIKE '%d%%' OR"
                           " name LIKE '_%d%%')",
                           digit, digit);
    return;
  }
  begin(t, "user");
  for (gint n = upto(t, 6); n >= 0; n--) {
    const char *s = pick(t, t->o->users);
    value(t, s, "user = (SELECT id FROM users WHERE name = %Q)", s);
  }
}

static void draw_ip(Term *t)
{
  begin(t, "ip");
  if (upto(t, 4) == 0)
    value(t, "none", "ip IS NULL");
  for (gint n = upto(t, 3); n >= 0; n--) {
    const char *s = pick(t, t->o->ips), *last = strrchr(s, '.');
    if (last && upto(t, 2)) {
      char *head = g_strndup(s, (gsize)(last - s)), *block = g_strdup_printf("%s.0/24", head);
      value(t, block, "ip IN (SELECT id FROM ips WHERE name LIKE %Q || '.%%')", head);
      g_free(block);
      g_free(head);
    } else {
      value(t, s, "ip = (SELECT id FROM ips WHERE name = %Q)", s);
    }
  }
}

static void draw_time(Term *t)
{
  static const char day_sql[] = "d BETWEEN (SELECT min(d) FROM days WHERE day >= %Q) AND"
                                " (SELECT max(d) FROM days WHERE day <= %Q)";
  const char *a = pick(t, t->o->days), *b = pick(t, t->o->days);
  const char *from = strcmp(a, b) < 0 ? a : b, *to = from == a ? b : a;
  char *range = g_strdup_printf("%s..%s", from, to), *half;
  begin(t, "time");
  switch (upto(t, 7)) {
  case 0:
    value(t, range, day_sql, from, to);
    break;
  case 1: /* whole months: the days of the month sort below its number and a tilde */
    half = g_strdup_printf("%.7s..%.7s", from, to);
    value(t, half, "d IN (SELECT d FROM days WHERE month BETWEEN %.7Q AND %.7Q)", from, to);
    g_free(half);
    break;
  case 2:
    half = g_strdup_printf("%s..", from);
    value(t, half, "d IN (SELECT d FROM days WHERE day >= %Q)", from);
    g_free(half);
    break;
  case 3:
    half = g_strdup_printf("..%sT12:30", to);
    value(t, half, "t < strftime('%%s', %Q || ' 12:31:00') + 0", to);
    g_free(half);
    break;
  case 4:
    half = g_strndup(from, 4);
    value(t, half, "d IN (SELECT d FROM days WHERE day LIKE %Q || '%%')", half);
    value(t, to, "d = (SELECT d FROM days WHERE day = %Q)", to);
    g_free(half);
    break;
  case 5:
    value(t, "last90d", "d > (SELECT max(d) FROM hits) - 90");
    break;
  default:
    half = g_strdup_printf("%s 09:00..%s 17:59:59", from, to);
    value(t, half,
          "t BETWEEN strftime('%%s', %Q || ' 09:00:00') + 0 AND"
          " strftime('%%s', %Q || ' 17:59:59') + 0",
          from, to);
    g_free(half);
  }
  g_free(range);
}

static void draw_weekday(Term *t)
{
  static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  int a = upto(t, 7), b = upto(t, 7);
  begin(t, "weekday");
  char *range = g_strdup_printf("%s..%s", names[a], names[b]);
  value(t, range, "d IN (SELECT d FROM days WHERE weekday >= %d %s weekday <= %d)", a,
        a <= b ? "AND" : "OR", b);
  g_free(range);
}

static void draw_hour(Term *t)
{
  int a = upto(t, 24), b = upto(t, 24);
  begin(t, "hour");
  char *range = g_strdup_printf("%d..%d", a, b);
  value(t, range, "h >= %d %s h <= %d", a, a <= b ? "AND" : "OR", b);
  g_free(range);
}

static void draw_path(Term *t)
{
  if (upto(t, 3) == 0) { /* everything below a first segment */
    const char *s = pick(t, t->o->paths);
    gsize len = strcspn(s, "/");
    if (len && strspn(s, "abcdefghijklmnopqrstuvwxyz-") >= len && s[len]) {
      g_string_append_printf(t->scope, "path~^%.*s/", (int)len, s);
      g_string_append_printf(t->where, "path IN (SELECT id FROM paths WHERE name LIKE '%.*s/%%')",
                             (int)len, s);
      return;
    }
  }
  begin(t, "path");
  if (upto(t, 6) == 0)
    value(t, "none", "path IS NULL");
  for (gint n = upto(t, 5); n >= 0; n--) {
    const char *s = pick(t, t->o->paths);
    value(t, s, "path = (SELECT id FROM paths WHERE name = %Q)", s);
  }
}

static void draw_page(Term *t)
{
  static const char *const columns[] = {"kind", "lesson", "module"};
  int which = upto(t, G_N_ELEMENTS(columns));
  char *sql = sqlite3_mprintf("SELECT coalesce(%s, 'none') FROM pages WHERE path ="
                              " (SELECT id FROM paths WHERE name = %Q)",
                              which == 1 ? "name" : columns[which], pick(t, t->o->paths));
  sqlite3_stmt *q = oracle_query(t->o, sql);
  sqlite3_step(q);
  const char *s = (const char *)sqlite3_column_text(q, 0);
  begin(t, columns[which]);
  if (strcmp(s, "none") == 0) /* the row without a path has no module either */
    value(t, s, "path IS NULL OR path IN (SELECT path FROM pages WHERE module IS NULL)");
  else
    value(t, s, "path IN (SELECT path FROM pages WHERE %s = %Q)",
          which == 1 ? "name" : columns[which], s);
  sqlite3_finalize(q);
  sqlite3_free(sql);
}

static void draw_staff(Term *t)
{
  gboolean yes = upto(t, 2);
  begin(t, "staff");
  value(t, yes ? "yes" : "no", yes ? "phase = 'staff'" : "phase <> 'staff'");
}

static void draw_track(Term *t)
{
  static const char *const names[] = {"web", "ds"};
  const char *s = names[upto(t, G_N_ELEMENTS(names))];
  begin(t, "track");
  value(t, s, "cohort IN (SELECT id FROM cohorts WHERE track = %Q)", s);
}

static void draw_course_week(Term *t)
{
  int a = 1 + upto(t, 12), b = a + upto(t, 12);
  begin(t, "course-week");
  char *range = g_strdup_printf("%d..%d", a, b);
  value(t, range, "cw BETWEEN %d AND %d", a, b);
  g_free(range);
  if (upto(t, 3) == 0)
    value(t, "none", "cw IS NULL");
}

static void (*const makers[])(Term *t) = {
    draw_program, draw_cohort, draw_phase, draw_user,  draw_ip,    draw_time,        draw_weekday,
    draw_hour,    draw_path,   draw_page,  draw_staff, draw_track, draw_course_week,
};

/* --- whole scopes ----------------------------------------------------------------------------- */

static void add_term(Oracle *o, GRand *r, guint maker, gboolean negated, GString *scope,
                     GString *where)
{
  Term t = {o, r, g_string_new(NULL), g_string_new(NULL), 0};
  makers[maker](&t);
  g_string_append_printf(scope, "%s%s%s", scope->len ? " " : "", negated ? "-" : "", t.scope->str);
  g_string_append_printf(where, " AND %scoalesce((%s), 0)", negated ? "NOT " : "", t.where->str);
  g_string_free(t.scope, TRUE);
  g_string_free(t.where, TRUE);
}

DrawnScope oracle_draw(Oracle *o, GRand *r, guint n)
{
  GString *scope = g_string_new(NULL), *where = g_string_new("1");
  if (n >= 1 && n <= G_N_ELEMENTS(makers)) { /* each kind once alone */
    add_term(o, r, n - 1, FALSE, scope, where);
  } else if (n > 0) {
    guint first = (guint)g_rand_int_range(r, 0, G_N_ELEMENTS(makers));
    guint terms = (guint)g_rand_int_range(r, 2, 4);
    for (guint i = 0; i < terms; i++) /* different kinds: 5 has no factor in common with 13 */
      add_term(o, r, (first + 5 * i) % G_N_ELEMENTS(makers), g_rand_int_range(r, 0, 10) < 3, scope,
               where);
  }
  return (DrawnScope){g_string_free(scope, FALSE), g_string_free(where, FALSE)};
}

void drawn_scope_clear(DrawnScope *s)
{
  g_free(s->scope);
  g_free(s->where);
}
