/* Saved filters: names, the file, undo, two programs at once. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tui/model/stacks.h"

typedef struct {
  char *dir, *file;
} Fixture;

static int setup(void **state)
{
  Fixture *f = g_new0(Fixture, 1);
  f->dir = g_dir_make_tmp("stacksXXXXXX", NULL);
  f->file = g_build_filename(f->dir, "filters", NULL);
  *state = f;
  return f->dir ? 0 : -1;
}

static int teardown(void **state)
{
  Fixture *f = *state;
  g_autofree char *lock = g_strconcat(f->file, ".lock", NULL);
  g_chmod(f->dir, 0700);
  g_unlink(f->file);
  g_unlink(lock);
  g_rmdir(f->dir);
  g_free(f->dir);
  g_free(f->file);
  g_free(f);
  return 0;
}

static Chips *some_chips(const char *drilled, const char *typed, gboolean off)
{
  Chips *c = chips_new();
  if (drilled)
    chips_drill(c, PANE_COHORTS, scope_term_parse(drilled, NULL));
  chips_add(c, scope_term_parse(typed, NULL), FALSE);
  chips_get(c, chips_count(c) - 1)->term->off = off;
  return c;
}

static void put(Stacks *k, const char *name, Chips *chips)
{
  GError *error = NULL;
  assert_true(stacks_put(k, name, chips, &error));
  assert_null(error);
  chips_free(chips);
}

static void what_is_saved_comes_back_as_it_was(void **state)
{
  Fixture *f = *state;
  Stacks *k = stacks_new();
  assert_true(stacks_open(k, f->file, NULL));
  assert_int_equal(k->list->len, 0);
  Chips *odd = some_chips("cohort=34", "lesson=\"a, \"\"b\"\" [c]\\d;e\"", TRUE);
  put(k, "with; and \\ and é", chips_copy(odd));
  put(k, "second", some_chips(NULL, "-kind=asset", FALSE));
  stacks_free(k);

  GStatBuf st;
  assert_int_equal(g_stat(f->file, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);

  k = stacks_new();
  assert_true(stacks_open(k, f->file, NULL));
  assert_int_equal(k->list->len, 2);
  const Stack *s = stacks_find(k, "with; and \\ and é");
  assert_non_null(s);
  g_autofree char *kept = stacks_print_chips(s->chips), *as_put = stacks_print_chips(odd);
  assert_string_equal(kept, as_put);
  assert_int_equal(chips_get(s->chips, 0)->pane, PANE_COHORTS);
  assert_true(chips_get(s->chips, 1)->term->off);
  chips_free(odd);
  stacks_free(k);
}

static void changes_are_undone_by_name(void **state)
{
  Fixture *f = *state;
  Stacks *k = stacks_new(), *other = stacks_new();
  g_autofree char *name = NULL;
  assert_true(stacks_open(k, f->file, NULL));
  assert_false(stacks_undo(k, &name, NULL));
  put(k, "a", some_chips(NULL, "phase=class", FALSE));
  put(k, "a", some_chips(NULL, "phase=after", FALSE));
  /* another program saves meanwhile: nothing of either is lost */
  assert_true(stacks_open(other, f->file, NULL));
  put(other, "b", some_chips(NULL, "user=7", FALSE));
  assert_true(stacks_drop(k, "a", NULL));
  assert_non_null(stacks_find(k, "b"));
  assert_null(stacks_find(k, "a"));
  assert_true(stacks_undo(k, &name, NULL));
  assert_string_equal(name, "a");
  g_autofree char *text = stacks_print_chips(stacks_find(k, "a")->chips);
  assert_string_equal(text, "typed on phase=after");
  g_clear_pointer(&name, g_free);
  assert_true(stacks_undo(k, &name, NULL));
  g_autofree char *first = stacks_print_chips(stacks_find(k, "a")->chips);
  assert_string_equal(first, "typed on phase=class");
  g_clear_pointer(&name, g_free);
  assert_true(stacks_undo(k, &name, NULL));
  assert_null(stacks_find(k, "a"));
  g_clear_pointer(&name, g_free);
  assert_true(stacks_redo(k, &name, NULL));
  assert_non_null(stacks_find(k, "a"));
  stacks_free(k);
  stacks_free(other);
}

static void bad_names_and_files_are_refused(void **state)
{
  Fixture *f = *state;
  Stacks *k = stacks_new();
  Chips *c = some_chips(NULL, "phase=class", FALSE);
  g_autofree char *too_long = g_strnfill(STACK_NAME_MAX + 1, 'x');
  const char *bad[] = {"", "a\nb", "a\033[31m", "\xff", too_long};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    assert_false(stacks_put(k, bad[i], c, &error));
    assert_non_null(error);
    g_error_free(error);
  }
  put(k, "classes", chips_copy(c));
  GError *error = NULL;
  assert_false(stacks_drop(k, "clases", &error));
  assert_non_null(strstr(error->message, "classes"));
  g_clear_error(&error);
  assert_true(g_file_set_contents(f->file, "no key file", -1, NULL));
  assert_false(stacks_open(k, f->file, &error));
  assert_non_null(error);
  assert_null(k->path);
  g_clear_error(&error);
  /* what is broken inside is passed over */
  assert_true(g_file_set_contents(
      f->file, "[filters]\nnames=a;b;\nstack-1=typed on nonsense\\nx\\n\n", -1, NULL));
  assert_true(stacks_open(k, f->file, NULL));
  assert_int_equal(k->list->len, 1);
  assert_int_equal(chips_count(stacks_find(k, "a")->chips), 0);
  chips_free(c);
  stacks_free(k);
}

static void filters_move_within_their_part(void **state)
{
  (void)state;
  Chips *c = some_chips("cohort=34", "phase=class", FALSE);
  chips_add(c, scope_term_parse("-kind=asset", NULL), FALSE);
  assert_false(chips_move(c, 0, 1)); /* the path comes first */
  assert_false(chips_move(c, 1, -1));
  assert_false(chips_move(c, 2, 1));
  assert_false(chips_move(c, 3, -1));
  assert_true(chips_move(c, 1, 1));
  g_autofree char *text = chips_print(c);
  assert_string_equal(text, "cohort=34 -kind=asset phase=class");
  chips_free(c);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_is_saved_comes_back_as_it_was, setup, teardown),
      cmocka_unit_test_setup_teardown(changes_are_undone_by_name, setup, teardown),
      cmocka_unit_test_setup_teardown(bad_names_and_files_are_refused, setup, teardown),
      cmocka_unit_test(filters_move_within_their_part),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
