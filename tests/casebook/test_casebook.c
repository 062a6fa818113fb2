/* Case book: what is written down comes back, is undone, merges, and survives damage. */
#include "core/base/error.h"
#include "core/casebook/casebook.h"
#include "tests/casebook/folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static Stamp me(void)
{
  CivilTime t = 0;
  assert_true(civil_parse_time("2026-11-20T10:15:00", 19, &t));
  return (Stamp){.author = "ana", .time = t};
}

static CasebookData data(guint64 rows)
{
  CasebookData d = {.fingerprint = (char *)"0123", .beginning = (char *)"begins", .rows = rows};
  d.source = (char *)"a log";
  d.first = d.last = CIVIL_NONE;
  return d;
}

static Casebook *open_in(const char *folder)
{
  CasebookData d = data(100);
  GError *error = NULL;
  char *notice = NULL;
  Casebook *b = casebook_open(folder, &d, &notice, &error);
  assert_non_null(b);
  assert_null(notice);
  return b;
}

static guint add_note(Casebook *b, const char *user, const char *text)
{
  Entity *e = entity_new(ENTITY_USER, user);
  guint n = casebook_add_note(b, e, text, me(), NULL);
  entity_free(e);
  return n;
}

static void everything_comes_back(void **state)
{
  (void)state;
  char *folder = folder_new();
  Casebook *b = open_in(folder);
  Entity *user = entity_new(ENTITY_USER, "64"), *ip = entity_new(ENTITY_IP, "198.51.100.7");
  Entity *row = entity_row(me().time, "64", "java-i/\x1b[31m"),
         *flag = entity_new(ENTITY_FLAG, "burst-u64");
  Entity *cell = entity_cell("lesson=java-iii", "cohort=8"),
         *none = entity_new(ENTITY_COHORT, NULL);
  assert_string_equal(none->id, "none");
  assert_string_equal(row->other, "java-i/?[31m");
  assert_int_equal(casebook_add_note(b, user, "  steady 1 s spacing\n", me(), NULL), 1);
  assert_int_equal(casebook_add_note(b, row, "the first of them", me(), NULL), 2);
  assert_int_equal(casebook_add_note(b, cell, "odd", me(), NULL), 3);
  Review r = {.flag = (char *)"burst-u64",
              .status = STATUS_CONFIRMED,
              .reason = (char *)"he said so",
              .rule = (char *)"burst",
              .rule_version = 2,
              .parameters = (char *)"pages=20",
              .score = 71,
              .subject = (char *)"user 64",
              .from = me().time,
              .to = CIVIL_NONE};
  assert_int_equal(casebook_add_review(b, &r, me(), NULL), 1);
  FlagException x = {.block = (char *)"198.51.100.0/24",
                     .rule = (char *)"burst",
                     .until = civil_day_of(me().time),
                     .reason = (char *)"lab network"};
  assert_int_equal(casebook_add_exception(b, &x, me(), NULL), 1);
  assert_true(casebook_set_watch(b, ip, TRUE, me(), NULL));
  GPtrArray *marks = g_ptr_array_new();
  g_ptr_array_add(marks, row);
  g_ptr_array_add(marks, user);
  g_ptr_array_add(marks, row);
  assert_true(casebook_set_marks(b, marks, TRUE, NULL));
  assert_int_equal(casebook_new_case(b, "a mirror", me(), NULL), 1);
  assert_true(casebook_add_to_case(b, 1, flag, me(), NULL));
  assert_true(casebook_add_to_case(b, 1, user, me(), NULL));
  assert_true(casebook_add_to_case(b, 1, user, me(), NULL)); /* is in it already */
  casebook_free(b);

  b = open_in(folder);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 3);
  assert_string_equal(casebook_note(b, 1)->text, "steady 1 s spacing");
  assert_string_equal(casebook_note(b, 1)->by.author, "ana");
  assert_true(casebook_note(b, 1)->by.time == me().time);
  assert_true(entity_equal(casebook_note(b, 2)->on, row));
  assert_int_equal(casebook_notes_on(b, cell, NULL), 1);
  const Review *review = casebook_review(b, "burst-u64");
  assert_int_equal(review->status, STATUS_CONFIRMED);
  assert_string_equal(review->reason, "he said so");
  assert_int_equal(review->rule_version, 2);
  assert_string_equal(review->parameters, "pages=20");
  assert_true(review->score == 71 && review->from == me().time && review->to == CIVIL_NONE);
  const FlagException *exception = casebook_find(b, RECORD_EXCEPTION, "1");
  assert_string_equal(exception->block, "198.51.100.0/24");
  assert_null(exception->user);
  assert_int_equal(exception->until, civil_day_of(me().time));
  assert_true(casebook_is_watched(b, ip));
  assert_false(casebook_is_watched(b, user));
  assert_int_equal(casebook_records(b, RECORD_MARK)->len, 2);
  assert_true(casebook_is_marked(b, row));
  const Case *c = casebook_current_case(b);
  assert_string_equal(c->title, "a mirror");
  assert_int_equal(c->members->len, 2);
  assert_int_equal(case_find(c, user), 1);
  assert_int_equal(case_find(c, ip), -1);
  char *list = folder_list(folder), *path = g_build_filename(folder, "casebook.json", NULL);
  assert_string_equal(list, "casebook.json\ncasebook.lock");
  assert_int_equal(file_mode(path), 0600);
  casebook_free(b);
  g_free(list);
  g_free(path);
  g_ptr_array_unref(marks);
  Entity *all[] = {user, ip, row, flag, cell, none};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    entity_free(all[i]);
  folder_remove(folder);
}

static void changes_are_undone_and_redone(void **state)
{
  (void)state;
  char *folder = folder_new();
  Casebook *b = open_in(folder);
  assert_null(casebook_undo_what(b));
  assert_false(casebook_undo(b, NULL));
  add_note(b, "64", "one");
  add_note(b, "64", "two");
  assert_true(casebook_edit_note(b, 1, "one, better", me(), NULL));
  assert_true(casebook_edit_note(b, 2, " ", me(), NULL)); /* deletes */
  assert_null(casebook_note(b, 2));
  casebook_new_case(b, "first", me(), NULL);
  casebook_new_case(b, "second", me(), NULL);
  assert_int_equal(casebook_current_case(b)->number, 2);
  assert_true(casebook_close_case(b, 2, TRUE, NULL));
  assert_null(casebook_current_case(b));
  assert_true(casebook_choose_case(b, 1, NULL));

  assert_true(casebook_undo(b, NULL)); /* the choice */
  assert_true(casebook_undo(b, NULL)); /* the closing */
  assert_int_equal(casebook_current_case(b)->number, 2);
  assert_false(casebook_current_case(b)->closed);
  assert_true(casebook_undo(b, NULL));
  assert_true(casebook_undo(b, NULL));
  assert_null(casebook_current_case(b));
  assert_string_equal(casebook_undo_what(b), "note 2, deleted");
  assert_true(casebook_undo(b, NULL));
  assert_string_equal(casebook_note(b, 2)->text, "two");
  assert_true(casebook_undo(b, NULL));
  assert_string_equal(casebook_note(b, 1)->text, "one");
  assert_true(casebook_undo(b, NULL));
  assert_true(casebook_undo(b, NULL));
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 0);
  assert_false(casebook_undo(b, NULL));

  for (guint i = 0; i < 8; i++)
    assert_true(casebook_redo(b, NULL));
  assert_false(casebook_redo(b, NULL));
  assert_string_equal(casebook_note(b, 1)->text, "one, better");
  assert_null(casebook_note(b, 2));
  assert_int_equal(casebook_current_case(b)->number, 1);
  assert_true(casebook_case(b, 2)->closed);
  /* numbers are never given twice, even of notes that are gone */
  assert_int_equal(add_note(b, "64", "three"), 3);
  casebook_free(b);
  b = open_in(folder);
  assert_int_equal(add_note(b, "64", "four"), 4);
  casebook_free(b);
  folder_remove(folder);
}

static void undo_keeps_the_order(void **state)
{
  (void)state;
  Casebook *b = casebook_new();
  add_note(b, "1", "a");
  add_note(b, "1", "b");
  add_note(b, "1", "c");
  assert_true(casebook_edit_note(b, 2, "", me(), NULL));
  assert_true(casebook_undo(b, NULL));
  const GPtrArray *notes = casebook_records(b, RECORD_NOTE);
  assert_string_equal(((Note *)g_ptr_array_index(notes, 1))->text, "b");
  assert_string_equal(((Note *)g_ptr_array_index(notes, 2))->text, "c");
  casebook_free(b);
}

static void two_programs_see_each_other(void **state)
{
  (void)state;
  char *folder = folder_new();
  Casebook *a = open_in(folder), *b = open_in(folder);
  Entity *user = entity_new(ENTITY_USER, "64"), *ip = entity_new(ENTITY_IP, "198.51.100.7");
  assert_int_equal(add_note(a, "64", "from a"), 1);
  assert_int_equal(add_note(b, "64", "from b"), 2); /* has read the first before it wrote */
  assert_int_equal(casebook_notes_on(b, user, NULL), 2);
  assert_int_equal(casebook_notes_on(a, user, NULL), 1);
  assert_true(casebook_poll(a));
  assert_false(casebook_poll(a));
  assert_int_equal(casebook_notes_on(a, user, NULL), 2);
  assert_int_equal(casebook_new_case(a, "ours", me(), NULL), 1);
  assert_true(casebook_add_to_case(b, 1, user, me(), NULL));
  assert_true(casebook_add_to_case(a, 1, ip, me(), NULL));
  assert_int_equal(casebook_case(a, 1)->members->len, 2);
  /* what the other one has changed is not undone */
  assert_true(casebook_edit_note(b, 1, "b has been here", me(), NULL));
  GError *error = NULL;
  assert_true(casebook_undo(a, NULL));    /* a's member */
  assert_false(casebook_undo(a, &error)); /* the case: b has put a member into it */
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  g_clear_error(&error);
  assert_non_null(casebook_case(a, 1));
  assert_false(casebook_undo(a, &error)); /* the note */
  g_clear_error(&error);
  assert_string_equal(casebook_note(a, 1)->text, "b has been here");
  casebook_free(a);
  casebook_free(b);
  entity_free(user);
  entity_free(ip);
  folder_remove(folder);
}

#define WRITERS 4
#define EACH    25

static void writers_at_once_lose_nothing(void **state)
{
  (void)state;
  char *folder = folder_new();
  pid_t children[WRITERS];
  for (guint w = 0; w < WRITERS; w++) {
    children[w] = fork();
    if (children[w] == 0) {
      CasebookData d = data(100);
      Casebook *b = casebook_open(folder, &d, NULL, NULL);
      Entity *e = entity_new(ENTITY_USER, "1");
      gboolean ok = b != NULL;
      for (guint i = 0; ok && i < EACH; i++)
        ok = casebook_add_note(b, e, "mine", me(), NULL) > 0;
      _exit(ok ? 0 : 1);
    }
  }
  for (guint w = 0; w < WRITERS; w++) {
    int status = 1;
    assert_int_equal(waitpid(children[w], &status, 0), children[w]);
    assert_int_equal(status, 0);
  }
  Casebook *b = open_in(folder);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, WRITERS * EACH);
  assert_non_null(casebook_note(b, WRITERS * EACH)); /* each number once */
  casebook_free(b);
  folder_remove(folder);
}

static void a_change_that_cannot_be_saved_does_not_happen(void **state)
{
  (void)state;
  char *folder = folder_new();
  Casebook *b = open_in(folder);
  add_note(b, "64", "kept");
  guint64 notes = casebook_records(b, RECORD_NOTE)->len;
  char *path = g_build_filename(folder, "casebook.json", NULL);
  char *away = g_build_filename(folder, "away.json", NULL);
  /* a folder under its name cannot be read, nor renamed over */
  assert_int_equal(g_rename(path, away), 0);
  assert_int_equal(g_mkdir(path, 0700), 0);
  Entity *e = entity_new(ENTITY_USER, "64");
  GError *error = NULL;
  assert_int_equal(casebook_add_note(b, e, "lost?", me(), &error), 0);
  assert_non_null(error);
  g_clear_error(&error);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, notes);
  assert_false(casebook_set_watch(b, e, TRUE, me(), NULL));
  assert_false(casebook_is_watched(b, e));
  assert_int_equal(g_rmdir(path), 0);
  assert_int_equal(g_rename(away, path), 0);
  assert_int_equal(casebook_add_note(b, e, "now", me(), &error), 2);
  casebook_free(b);
  entity_free(e);
  g_free(path);
  g_free(away);
  folder_remove(folder);
}

static void damaged_books_are_put_aside(void **state)
{
  (void)state;
  static const char *const texts[] = {
      "", "{", "[1, 2]", "{\"notes\": []}", "\xff\xfe{}", "{\"format\": 1, \"notes\": [}"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    char *folder = folder_new(), *notice = NULL;
    file_write(folder, "casebook.json", texts[i]);
    CasebookData d = data(100);
    Casebook *b = casebook_open(folder, &d, &notice, NULL);
    assert_non_null(b);
    assert_non_null(strstr(notice, "casebook.json.damaged"));
    char *kept = file_text(folder, "casebook.json.damaged");
    assert_string_equal(kept, texts[i]);
    assert_int_equal(add_note(b, "1", "goes on"), 1);
    /* while it is open: what the program knows is written again */
    file_write(folder, "casebook.json", "broken again");
    assert_int_equal(add_note(b, "1", "and on"), 2);
    char *again = casebook_take_notice(b);
    assert_non_null(strstr(again, "damaged-2"));
    casebook_free(b);
    b = open_in(folder);
    assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 2);
    casebook_free(b);
    g_free(again);
    g_free(kept);
    g_free(notice);
    folder_remove(folder);
  }
}

/* Deeper than the stack of a parser that calls itself for each level. */
static void deep_books_are_put_aside(void **state)
{
  (void)state;
  char *folder = folder_new(), *notice = NULL;
  char *open = g_strnfill(3000000, '['), *text = g_strconcat("{\"format\": 1, \"x\": ", open, NULL);
  file_write(folder, "casebook.json", text);
  CasebookData d = data(100);
  Casebook *b = casebook_open(folder, &d, &notice, NULL);
  assert_non_null(b);
  assert_non_null(strstr(notice, "casebook.json.damaged"));
  casebook_free(b);
  g_free(notice);
  g_free(text);
  g_free(open);
  folder_remove(folder);
}

static void books_of_newer_programs_are_left_alone(void **state)
{
  (void)state;
  char *folder = folder_new();
  file_write(folder, "casebook.json", "{\"format\": 2, \"notes\": \"elsewhere\"}");
  CasebookData d = data(100);
  GError *error = NULL;
  assert_null(casebook_open(folder, &d, NULL, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_INPUT));
  g_clear_error(&error);
  char *text = file_text(folder, "casebook.json");
  assert_string_equal(text, "{\"format\": 2, \"notes\": \"elsewhere\"}");
  g_free(text);
  folder_remove(folder);
}

static void what_is_not_known_is_kept(void **state)
{
  (void)state;
  char *folder = folder_new();
  file_write(folder, "casebook.json",
             "{\"format\": 1, \"colour\": \"red\", \"notes\": ["
             "{\"number\": 1, \"on\": {\"type\": \"user\", \"id\": \"64\"}, \"text\": \"a\","
             " \"mood\": \"good\"},"
             "{\"number\": 2, \"on\": {\"type\": \"planet\", \"id\": \"mars\"}, \"text\": \"b\"},"
             "{\"number\": 1, \"on\": {\"type\": \"user\", \"id\": \"65\"}, \"text\": \"twin\"},"
             "17],"
             "\"exceptions\": [{\"number\": 1, \"user\": \"64\", \"ip\": 5, \"rule\": \"burst\"}],"
             "\"watchlist\": \"none\"}");
  Casebook *b = open_in(folder);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 2);
  assert_string_equal(casebook_note(b, 3)->text, "twin"); /* 2 belongs to the one not understood */
  /* an exception that is half understood would except too much */
  assert_int_equal(casebook_records(b, RECORD_EXCEPTION)->len, 0);
  assert_true(casebook_edit_note(b, 1, "a!", me(), NULL));
  casebook_free(b);
  char *text = file_text(folder, "casebook.json");
  assert_non_null(strstr(text, "\"colour\" : \"red\""));
  assert_non_null(strstr(text, "\"mood\" : \"good\""));
  assert_non_null(strstr(text, "\"mars\""));
  assert_non_null(strstr(text, "17"));
  assert_non_null(strstr(text, "\"ip\" : 5"));
  assert_non_null(strstr(text, "\"a!\""));
  g_free(text);
  folder_remove(folder);
}

static void a_longer_log_takes_over(void **state)
{
  (void)state;
  char *parent = folder_new();
  char *old = g_build_filename(parent, "aaaa", NULL), *new = g_build_filename(parent, "bbbb", NULL);
  char *other = g_build_filename(parent, "cccc", NULL), *notice = NULL;
  CasebookData d = data(100);
  Casebook *b = casebook_open(old, &d, NULL, NULL);
  add_note(b, "64", "from January");
  casebook_free(b);
  d.rows = 150;
  b = casebook_open(new, &d, &notice, NULL);
  assert_non_null(strstr(notice, "taken over"));
  assert_string_equal(casebook_note(b, 1)->text, "from January");
  add_note(b, "64", "from February");
  casebook_free(b);
  g_clear_pointer(&notice, g_free);
  /* again: it has its own now */
  b = casebook_open(new, &d, &notice, NULL);
  assert_null(notice);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 2);
  casebook_free(b);
  d.rows = 100;
  b = casebook_open(old, &d, &notice, NULL);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 1);
  casebook_free(b);
  /* another log, and one that is shorter, take over nothing */
  d.beginning = (char *)"other";
  d.rows = 900;
  b = casebook_open(other, &d, &notice, NULL);
  assert_null(notice);
  assert_int_equal(casebook_records(b, RECORD_NOTE)->len, 0);
  casebook_free(b);
  g_free(old);
  g_free(new);
  g_free(other);
  folder_remove(parent);
}

static void silly_requests_are_refused(void **state)
{
  (void)state;
  Casebook *b = casebook_new();
  Entity *e = entity_new(ENTITY_USER, "64");
  GError *error = NULL;
  assert_int_equal(casebook_add_note(b, e, " \t ", me(), &error), 0);
  g_clear_error(&error);
  char *huge = g_strnfill(CASEBOOK_TEXT_MAX + 1, 'x');
  assert_int_equal(casebook_add_note(b, e, huge, me(), &error), 0);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_LIMIT));
  g_clear_error(&error);
  assert_false(casebook_edit_note(b, 7, "x", me(), &error));
  assert_string_equal(error->message, "there is no note 7");
  g_clear_error(&error);
  assert_false(casebook_add_to_case(b, 1, e, me(), NULL));
  assert_false(casebook_choose_case(b, 1, NULL));
  assert_false(casebook_remove_exception(b, 1, NULL));
  FlagException all = {.until = CIVIL_DAY_NONE}, bad = {.block = (char *)"here", .until = 0};
  assert_int_equal(casebook_add_exception(b, &all, me(), &error), 0);
  g_clear_error(&error);
  assert_int_equal(casebook_add_exception(b, &bad, me(), &error), 0);
  g_clear_error(&error);
  assert_null(casebook_undo_what(b));
  g_free(huge);
  entity_free(e);
  casebook_free(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everything_comes_back),
      cmocka_unit_test(changes_are_undone_and_redone),
      cmocka_unit_test(undo_keeps_the_order),
      cmocka_unit_test(two_programs_see_each_other),
      cmocka_unit_test(writers_at_once_lose_nothing),
      cmocka_unit_test(a_change_that_cannot_be_saved_does_not_happen),
      cmocka_unit_test(damaged_books_are_put_aside),
      cmocka_unit_test(deep_books_are_put_aside),
      cmocka_unit_test(books_of_newer_programs_are_left_alone),
      cmocka_unit_test(what_is_not_known_is_kept),
      cmocka_unit_test(a_longer_log_takes_over),
      cmocka_unit_test(silly_requests_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
