/* Oracle: raw text to SQL. */
#include "tests/oracle/oracle.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 65536

void oracle_run(Oracle *o, const char *sql)
{
  char *message = NULL;
  if (sqlite3_exec(o->db, sql, NULL, NULL, &message) != SQLITE_OK)
    fail_msg("%s in: %s", message, sql);
}

sqlite3_stmt *oracle_query(Oracle *o, const char *sql)
{
  sqlite3_stmt *q = NULL;
  if (sqlite3_prepare_v2(o->db, sql, -1, &q, NULL) != SQLITE_OK)
    fail_msg("%s in: %s", sqlite3_errmsg(o->db), sql);
  return q;
}

gint64 oracle_number(Oracle *o, const char *sql)
{
  sqlite3_stmt *q = oracle_query(o, sql);
  assert_int_equal(sqlite3_step(q), SQLITE_ROW);
  gint64 v = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  return v;
}

/* --- splitting -------------------------------------------------------------------------------- */

/* Words of one column, numbered in order of appearance; an empty one is missing. */
typedef struct {
  GHashTable *ids;
  GPtrArray *words;
} Words;

static Words words_new(void)
{
  return (Words){g_hash_table_new(g_str_hash, g_str_equal), g_ptr_array_new_with_free_func(g_free)};
}

static void bind_word(Words *w, sqlite3_stmt *q, int place, const char *s)
{
  if (!*s) {
    sqlite3_bind_null(q, place);
    return;
  }
  guint id = GPOINTER_TO_UINT(g_hash_table_lookup(w->ids, s));
  if (!id) {
    char *copy = g_strdup(s);
    g_ptr_array_add(w->words, copy);
    id = w->words->len;
    g_hash_table_insert(w->ids, copy, GUINT_TO_POINTER(id));
  }
  sqlite3_bind_int64(q, place, id);
}

static void store_words(Oracle *o, Words *w, const char *table)
{
  char *sql = g_strdup_printf("CREATE TABLE %s(id INTEGER PRIMARY KEY, name TEXT);", table);
  oracle_run(o, sql);
  g_free(sql);
  sql = g_strdup_printf("INSERT INTO %s VALUES(?, ?)", table);
  sqlite3_stmt *q = oracle_query(o, sql);
  for (guint i = 0; i < w->words->len; i++) {
    sqlite3_bind_int64(q, 1, i + 1);
    sqlite3_bind_text(q, 2, w->words->pdata[i], -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_reset(q);
  }
  sqlite3_finalize(q);
  g_hash_table_destroy(w->ids);
  g_free(sql);
}

/* date time path user cohort ip, one space between them */
static guint64 read_rows(Oracle *o, FILE *in, Words words[4])
{
  char *line = g_malloc(LINE_MAX_BYTES);
  guint64 n = 0;
  sqlite3_stmt *q = oracle_query(o, "INSERT INTO raw VALUES(?, ?, ?, ?, ?, ?)");
  while (fgets(line, LINE_MAX_BYTES, in)) {
    char *at = line;
    line[strcspn(line, "\n")] = '\0';
    for (int f = 0; f < 6; f++) {
      char *end = strchr(at, ' ');
      assert_true((end != NULL) == (f < 5));
      if (end)
        *end = '\0';
      if (f < 2)
        sqlite3_bind_text(q, f + 1, at, -1, SQLITE_TRANSIENT);
      else
        bind_word(&words[f - 2], q, f + 1, at);
      at = end + 1;
    }
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_reset(q);
    n++;
  }
  sqlite3_finalize(q);
  g_free(line);
  return n;
}

/* One field of a CSV line, quotes dropped; NULL as text is missing. */
static const char *take_field(char **at)
{
  char *s = *at, *end;
  if (*s == '"') {
    end = strchr(++s, '"');
    assert_non_null(end);
    *end++ = '\0';
  } else {
    end = s + strcspn(s, ",\r\n");
  }
  *at = *end ? end + 1 : end;
  *end = '\0';
  return *s && strcmp(s, "NULL") != 0 ? s : NULL;
}

/* Which column of the file is id, name, start, end and program. */
static void read_cohorts(Oracle *o, FILE *in)
{
  static const char *const wanted[] = {"id", "name", "start_date", "end_date", "program_id"};
  int place[G_N_ELEMENTS(wanted)];
  char line[4096];
  assert_non_null(fgets(line, sizeof line, in));
  line[strcspn(line, "\r\n")] = '\0';
  char **head = g_strsplit(line, ",", -1);
  for (guint w = 0; w < G_N_ELEMENTS(wanted); w++) {
    place[w] = -1;
    for (int i = 0; head[i]; i++)
      if (strcmp(head[i], wanted[w]) == 0)
        place[w] = i;
    assert_true(place[w] >= 0);
  }
  g_strfreev(head);
  sqlite3_stmt *q = oracle_query(o, "INSERT INTO classes VALUES(?, ?, ?, ?, ?)");
  while (fgets(line, sizeof line, in)) {
    char *at = line;
    sqlite3_clear_bindings(q);
    for (int i = 0; *at && *at != '\n'; i++) {
      const char *field = take_field(&at);
      for (guint w = 0; w < G_N_ELEMENTS(wanted); w++)
        if (place[w] == i)
          sqlite3_bind_text(q, (int)w + 1, field, -1, SQLITE_TRANSIENT);
    }
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_reset(q);
  }
  sqlite3_finalize(q);
}

/* --- tables ----------------------------------------------------------------------------------- */

/* `id = name, track=web, weeks=20` */
static void read_tracks(Oracle *o)
{
  const char *source = getenv("SRCDIR");
  char *file = g_build_filename(source ? source : SRCDIR, "assets", "programs.conf", NULL);
  FILE *in = fopen(file, "r");
  assert_non_null(in);
  char line[4096];
  oracle_run(o, "CREATE TABLE tracks(program TEXT, track TEXT)");
  while (fgets(line, sizeof line, in)) {
    char *track = strstr(line, "track=");
    if (*line == '#' || !track)
      continue;
    track += strlen("track=");
    track[strcspn(track, ", \n")] = '\0';
    line[strcspn(line, " =")] = '\0';
    char *sql = sqlite3_mprintf("INSERT INTO tracks VALUES(%Q, %Q)", line, track);
    oracle_run(o, sql);
    sqlite3_free(sql);
  }
  fclose(in);
  g_free(file);
}

static void make_tables(Oracle *o)
{
  oracle_run(o, "CREATE TABLE cohorts AS"
                " SELECT w.id, w.name AS cid, coalesce(k.name, 'cohort ' || w.name) AS name,"
                "        k.start, k.stop, k.program, t.track,"
                "        k.stop = k.start OR lower(k.name) = 'staff' AS staff"
                " FROM words w LEFT JOIN classes k ON k.id = w.name"
                " LEFT JOIN tracks t ON t.program = k.program;"
                "CREATE UNIQUE INDEX cohort_id ON cohorts(id);");
  /* The Thursday of a week lies in its ISO year. */
  oracle_run(o, "CREATE TABLE days AS SELECT CAST(strftime('%s', date) AS INTEGER) / 86400 AS d,"
                " date AS day, (CAST(strftime('%w', date) AS INTEGER) + 6) % 7 AS weekday,"
                " strftime('%Y', thursday) || '-W' ||"
                " printf('%02d', (CAST(strftime('%j', thursday) AS INTEGER) - 1) / 7 + 1) AS week,"
                " substr(date, 1, 7) AS month"
                " FROM (SELECT DISTINCT date, date(date, '-3 days', 'weekday 4') AS thursday"
                "       FROM raw);"
                "CREATE UNIQUE INDEX day_of ON days(day);"
                "CREATE UNIQUE INDEX day_number ON days(d);");
  oracle_run(o,
             "CREATE TABLE hits AS"
             " SELECT r.rowid AS n, CAST(strftime('%s', r.date || ' ' || r.time) AS INTEGER) AS t,"
             " d.d, CAST(substr(r.time, 1, 2) AS INTEGER) AS h, r.path, r.user, r.cohort, r.ip,"
             " CASE WHEN r.cohort IS NULL THEN 'none' WHEN c.staff THEN 'staff'"
             "      WHEN c.start IS NULL OR c.stop IS NULL THEN 'undated'"
             "      WHEN r.date < c.start THEN 'before' WHEN r.date > c.stop THEN 'after'"
             "      ELSE 'class' END AS phase,"
             " c.program, CASE WHEN r.date >= c.start THEN"
             "   CAST(julianday(r.date) - julianday(c.start) AS INTEGER) / 7 + 1 END AS cw"
             " FROM raw r JOIN days d ON d.day = r.date LEFT JOIN cohorts c ON c.id = r.cohort;"
             "DROP TABLE raw;");
}

static GPtrArray *column(Oracle *o, const char *sql)
{
  GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
  sqlite3_stmt *q = oracle_query(o, sql);
  while (sqlite3_step(q) == SQLITE_ROW)
    g_ptr_array_add(all, g_strdup((const char *)sqlite3_column_text(q, 0)));
  sqlite3_finalize(q);
  return all;
}

Oracle *oracle_new(FILE *log, FILE *cohorts)
{
  Oracle *o = g_new0(Oracle, 1);
  Words words[4] = {words_new(), words_new(), words_new(), words_new()};
  assert_int_equal(sqlite3_open(":memory:", &o->db), SQLITE_OK);
  oracle_run(o, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
                "CREATE TABLE raw(date TEXT, time TEXT, path INTEGER, user INTEGER, cohort INTEGER,"
                " ip INTEGER); CREATE TABLE classes(id TEXT, name TEXT, start TEXT, stop TEXT,"
                " program TEXT); BEGIN;");
  assert_true(read_rows(o, log, words) > 0);
  read_cohorts(o, cohorts);
  o->paths = words[0].words;
  o->users = words[1].words;
  o->cohort_ids = words[2].words;
  o->ips = words[3].words;
  store_words(o, &words[0], "paths");
  store_words(o, &words[1], "users");
  store_words(o, &words[2], "words");
  store_words(o, &words[3], "ips");
  read_tracks(o);
  make_tables(o);
  oracle_run(o, "COMMIT");
  o->cohort_names = column(o, "SELECT DISTINCT name FROM cohorts");
  o->days = column(o, "SELECT day FROM days ORDER BY day");
  return o;
}

void oracle_free(Oracle *o)
{
  g_ptr_array_unref(o->paths);
  g_ptr_array_unref(o->users);
  g_ptr_array_unref(o->cohort_ids);
  g_ptr_array_unref(o->ips);
  g_ptr_array_unref(o->cohort_names);
  g_ptr_array_unref(o->days);
  sqlite3_close(o->db);
  g_free(o);
}

void oracle_set_pages(Oracle *o, const Dataset *ds)
{
  oracle_run(o, "BEGIN; DROP TABLE IF EXISTS pages; CREATE TABLE pages(path INTEGER PRIMARY KEY,"
                " lesson INTEGER, name TEXT, kind TEXT, module TEXT);");
  sqlite3_stmt *q = oracle_query(o, "INSERT INTO pages VALUES(?, ?, ?, ?, ?)");
  for (guint i = 0; i < o->paths->len; i++) {
    const char *path = o->paths->pdata[i];
    guint32 id = strpool_find(ds->log->paths, path, strlen(path));
    if (id == STRPOOL_NONE)
      fail_msg("the log has no path \"%s\"", path);
    guint32 entry = ds->catalog->entry_of_path[id];
    char *name = dimension_id(ds, DIM_LESSON, entry);
    char *module = dimension_id(ds, DIM_MODULE, ds->catalog->module_of_entry[entry]);
    sqlite3_bind_int64(q, 1, i + 1);
    sqlite3_bind_int64(q, 2, entry);
    sqlite3_bind_text(q, 3, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(q, 4, kind_name(ds->catalog->entries[entry].kind), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(q, 5, module, -1, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_reset(q);
    g_free(name);
    g_free(module);
  }
  sqlite3_finalize(q);
  oracle_run(o, "COMMIT");
}
