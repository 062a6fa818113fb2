/* The model of the explorer without data: chips and their path, columns, menus, layout, keys. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tui/app/command.h"
#include "tui/app/keymap.h"
#include "tui/layout.h"
#include "tui/model/column.h"
#include "tui/model/menu.h"

static ScopeTerm *term(const char *text)
{
  ScopeTerm *t = scope_term_parse(text, NULL);
  assert_non_null(t);
  return t;
}

static void assert_scope(Scope *s, const char *expected)
{
  g_autofree char *text = scope_print(s);
  assert_string_equal(text, expected);
  scope_free(s);
}

static void pane_ignores_own_chip_and_deeper_ones(void **state)
{
  (void)state;
  Chips *c = chips_new();
  chips_drill(c, PANE_PROGRAMS, term("program=3"));
  chips_drill(c, PANE_COHORTS, term("cohort=34"));
  chips_drill(c, PANE_LESSONS, term("lesson=a"));
  chips_add(c, term("phase=class"), FALSE);
  assert_scope(chips_scope_for_pane(c, PANE_PROGRAMS), "phase=class");
  assert_scope(chips_scope_for_pane(c, PANE_COHORTS), "program=3 phase=class");
  assert_scope(chips_scope_for_pane(c, PANE_LESSONS), "program=3 cohort=34 phase=class");
  assert_scope(chips_scope_for_pane(c, PANE_USERS), "program=3 cohort=34 lesson=a phase=class");
  assert_scope(chips_scope(c), "program=3 cohort=34 lesson=a phase=class");
  chips_free(c);
}

static void drilling_again_replaces_the_chip_and_what_followed(void **state)
{
  (void)state;
  Chips *c = chips_new();
  chips_drill(c, PANE_PROGRAMS, term("program=3"));
  chips_drill(c, PANE_COHORTS, term("cohort=34"));
  chips_drill(c, PANE_LESSONS, term("lesson=a"));
  chips_drill(c, PANE_COHORTS, term("cohort=55"));
  assert_scope(chips_scope(c), "program=3 cohort=55");
  /* a path may take another order: the lesson first, then the cohorts that read it */
  chips_clear(c);
  chips_drill(c, PANE_LESSONS, term("lesson=a"));
  chips_drill(c, PANE_COHORTS, term("cohort=55"));
  assert_scope(chips_scope_for_pane(c, PANE_COHORTS), "lesson=a");
  assert_int_equal(chips_up(c), PANE_COHORTS);
  assert_int_equal(chips_up(c), PANE_LESSONS);
  assert_int_equal(chips_up(c), -1);
  chips_free(c);
}

static void typed_chips_merge_and_do_not_repeat(void **state)
{
  (void)state;
  Chips *c = chips_new();
  chips_add(c, term("-kind=home"), TRUE);
  chips_add(c, term("-kind=toc"), TRUE);
  chips_add(c, term("-kind=toc"), TRUE);
  assert_int_equal(chips_count(c), 1);
  assert_scope(chips_scope(c), "-kind=home,toc");
  chips_add(c, term("time=2019"), FALSE);
  chips_set_field(c, FIELD_TIME, term("time=2020"));
  assert_scope(chips_scope(c), "-kind=home,toc time=2020");
  chips_get(c, 0)->term->off = TRUE;
  assert_scope(chips_scope(c), "time=2020");
  chips_free(c);
}

static void columns_give_way_by_priority(void **state)
{
  (void)state;
  ColumnId columns[N_COLUMNS];
  /* a rail of 24: the name and the hits */
  assert_int_equal(columns_fit(PANE_COHORTS, 23, 12, 0, 0, NULL, columns, NULL), 2);
  assert_int_equal(columns[0], COLUMN_LABEL);
  assert_int_equal(columns[1], COLUMN_HITS);
  guint n = columns_fit(PANE_COHORTS, 53, 12, 0, 0, NULL, columns, NULL);
  int used = 12;
  for (guint i = 1; i < n; i++)
    used += column_info(columns[i])->width + 1;
  assert_in_range(used, 24, 53);
  /* what is asked for comes first, what is put away never */
  n = columns_fit(PANE_COHORTS, 30, 12, 1u << COLUMN_END, 1u << COLUMN_HITS, NULL, columns, NULL);
  gboolean end = FALSE;
  for (guint i = 0; i < n; i++) {
    assert_int_not_equal(columns[i], COLUMN_HITS);
    end = end || columns[i] == COLUMN_END;
  }
  assert_true(end);
  for (int width = -5; width < 300; width++)
    for (int p = 0; p < N_PANES; p++)
      assert_in_range(columns_fit((PaneId)p, width, 10, 0, 0, NULL, columns, NULL), 1, N_COLUMNS);
}

static void inside(Rect r, int w, int h)
{
  if (rect_is_empty(r))
    return;
  assert_true(r.x >= 0 && r.y >= 0 && r.x + r.w <= w && r.y + r.h <= h);
}

static gboolean overlap(Rect a, Rect b)
{
  return !rect_is_empty(rect_intersect(a, b));
}

static void layouts_stay_inside_and_apart(void **state)
{
  (void)state;
  for (int w = 0; w < 260; w += 3)
    for (int h = 0; h < 90; h += 2) {
      FrameLayout f = layout_frame(w, h);
      if (f.too_small) {
        assert_true(w < LAYOUT_MIN_WIDTH || h < LAYOUT_MIN_HEIGHT);
        continue;
      }
      for (int focus = 0; focus < N_PANES; focus++) {
        PaneLayout l = layout_panes(f.body, (PaneId)focus, focus - 1, focus ? -1 : 1, FALSE, TRUE);
        assert_false(rect_is_empty(l.pane[focus]));
        Rect all[N_PANES + 2];
        for (int p = 0; p < N_PANES; p++)
          all[p] = l.pane[p];
        all[N_PANES] = l.detail;
        all[N_PANES + 1] = l.strip;
        for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
          inside(all[i], w, h);
          for (guint j = i + 1; j < G_N_ELEMENTS(all); j++)
            assert_false(overlap(all[i], all[j]));
        }
      }
      TimelineLayout t = layout_timeline(f.body);
      inside(t.punch, w, h);
      inside(t.weeks, w, h);
      inside(t.list, w, h);
      assert_false(overlap(t.punch, t.weeks));
      assert_false(overlap(t.punch, t.list));
    }
}

static void menus_narrow_as_one_types(void **state)
{
  (void)state;
  Menu *m = menu_new(MENU_PALETTE, "x");
  menu_add(m, NULL, "Heading", NULL, NULL);
  menu_add(m, NULL, "sort by the column", NULL, "sort");
  menu_add(m, NULL, "search a row", NULL, "search");
  menu_add(m, NULL, "leave", NULL, "quit");
  menu_update(m);
  assert_string_equal(menu_current(m)->command, "sort");
  menu_move(m, 1);
  menu_move(m, 1);
  menu_move(m, 1);
  assert_string_equal(menu_current(m)->command, "quit");
  menu_type(m, 's');
  menu_type(m, 'e');
  assert_int_equal(m->visible->len, 1);
  assert_string_equal(menu_current(m)->command, "search");
  menu_type(m, 'q');
  assert_int_equal(m->visible->len, 0);
  assert_null(menu_current(m));
  menu_move(m, 1);
  menu_type(m, 0);
  menu_type(m, 0);
  menu_type(m, 0);
  menu_type(m, 0);
  assert_int_equal(m->visible->len, 4);
  menu_free(m);
}

static void default_keys_do_not_collide(void **state)
{
  (void)state;
  GError *error = NULL;
  Keymap *k = keymap_new(NULL, command_known, &error);
  if (error)
    print_error("%s\n", error->message);
  assert_non_null(k);
  g_autofree char *collision = keymap_collision(k);
  if (collision)
    print_error("%s\n", collision);
  assert_null(collision);
  assert_string_equal(keymap_find(k, VIEW_COHORTS, 'j'), "down");
  assert_string_equal(keymap_find(k, VIEW_LESSONS, '*'), "kinds");
  assert_null(keymap_find(k, VIEW_USERS, '*'));
  /* letters promised to users */
  for (const char *free_letters = "idDHJKPRUVWB"; *free_letters; free_letters++)
    for (int v = 0; v < N_VIEWS; v++)
      assert_null(keymap_find(k, (ViewId)v, (Key)*free_letters));
  keymap_free(k);
}

static void user_keys_win_and_mistakes_are_named(void **state)
{
  (void)state;
  g_autofree char *dir = g_dir_make_tmp("keysXXXXXX", NULL);
  g_autofree char *file = g_build_filename(dir, "keys.conf", NULL);
  assert_true(g_file_set_contents(file, "# mine\nbind all J down\nbind users j up\n", -1, NULL));
  Keymap *k = keymap_new(file, command_known, NULL);
  assert_non_null(k);
  assert_string_equal(keymap_find(k, VIEW_USERS, 'j'), "up");
  assert_string_equal(keymap_find(k, VIEW_COHORTS, 'j'), "down");
  assert_string_equal(keymap_find(k, VIEW_COHORTS, 'J'), "down");
  keymap_free(k);
  GError *error = NULL;
  assert_true(g_file_set_contents(file, "\nbind all j fly\n", -1, NULL));
  assert_null(keymap_new(file, command_known, &error));
  assert_non_null(strstr(error->message, "keys.conf:2"));
  assert_non_null(strstr(error->message, "fly"));
  g_clear_error(&error);
  g_unlink(file);
  g_rmdir(dir);
}

static void commands_are_described(void **state)
{
  (void)state;
  for (const Command *c = command_table(); c->name; c++) {
    assert_non_null(c->run);
    assert_true(strlen(c->help) > 3 && strlen(c->group) > 2);
    assert_ptr_equal(command_find(c->name), c);
  }
  for (int c = 0; c < N_COLUMNS; c++)
    assert_true(strlen(column_info((ColumnId)c)->definition) > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pane_ignores_own_chip_and_deeper_ones),
      cmocka_unit_test(drilling_again_replaces_the_chip_and_what_followed),
      cmocka_unit_test(typed_chips_merge_and_do_not_repeat),
      cmocka_unit_test(columns_give_way_by_priority),
      cmocka_unit_test(layouts_stay_inside_and_apart),
      cmocka_unit_test(menus_narrow_as_one_types),
      cmocka_unit_test(default_keys_do_not_collide),
      cmocka_unit_test(user_keys_win_and_mistakes_are_named),
      cmocka_unit_test(commands_are_described),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
