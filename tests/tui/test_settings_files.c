/* Files of the user that are not as they should be: keys, sessions. Nothing hangs, nothing that
 * cannot be read is taken for something else, and names that are no UTF-8 come back. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/query/fixture.h"
#include "tui/app/command.h"
#include "tui/app/keymap.h"
#include "tui/model/session.h"

/* --- keys --------------------------------------------------------------------------------------
 */

static Keymap *keys_of(const char *file, char **ret_message)
{
  GError *error = NULL;
  Keymap *k = keymap_new(file, command_known, &error);
  assert_true((k == NULL) == (error != NULL));
  *ret_message = error ? g_strdup(error->message) : NULL;
  g_clear_error(&error);
  return k;
}

static void key_files_of_every_kind_are_answered(void **state)
{
  (void)state;
  g_autofree char *dir = g_dir_make_tmp("keysXXXXXX", NULL);
  g_autofree char *file = g_build_filename(dir, "keys.conf", NULL);
  g_autofree char *message = NULL;
  /* nobody writes into this pipe: it is as good as empty */
  assert_int_equal(mkfifo(file, 0600), 0);
  keymap_free(keys_of(file, &message));
  assert_null(message);
  g_unlink(file);

  assert_true(g_file_set_contents(file,
                                  "\xef\xbb\xbf"
                                  "bind all J down\r\n",
                                  -1, NULL));
  Keymap *k = keys_of(file, &message);
  assert_null(message);
  assert_string_equal(keymap_find(k, VIEW_USERS, 'J'), "down");
  keymap_free(k);

  g_autofree char *noise = g_strnfill(100000, 'x');
  assert_true(g_file_set_contents(file, noise, -1, NULL));
  assert_null(keys_of(file, &message));
  assert_true(strlen(message) < 400);
  assert_non_null(strstr(message, "keys.conf:1"));
  g_clear_pointer(&message, g_free);
  g_unlink(file);

  assert_null(keys_of("/dev/zero", &message));
  assert_non_null(strstr(message, "/dev/zero: larger than"));
  g_clear_pointer(&message, g_free);
  assert_null(keys_of(dir, &message));
  assert_non_null(strstr(message, "cannot be read"));
  g_rmdir(dir);
}

/* --- sessions -----------------------------------------------------------------------------------
 */

static void names_that_are_no_utf8_come_back(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2024-03-01 09:00:00 a/\xff\xfe u\xff 1 192.0.2.1\n"
                            "2024-03-01 09:00:01 b u\xfe 1 192.0.2.1\n",
                            "1,Ash,2024-01-01,2024-06-01,1\n");
  State *s = state_new(), *t = state_new();
  s->ds = t->ds = ds;
  chips_drill(s->chips, PANE_USERS, scope_term_new(FIELD_USER, "u\xff", FALSE));
  chips_add(s->chips, scope_term_new(FIELD_PATH, "a/\xff\xfe", FALSE), FALSE);
  chips_add(s->chips, scope_term_new(FIELD_COHORT, "1", FALSE), FALSE);
  s->panes[PANE_USERS].cursor_id = g_strdup("u\xfe");
  g_autofree char *text = session_print(s), *before = chips_print(s->chips);
  assert_true(g_utf8_validate(text, -1, NULL));
  assert_int_equal(session_restore(t, text, strlen(text), NULL), 3);
  g_autofree char *after = chips_print(t->chips);
  assert_string_equal(after, before);
  assert_string_equal(t->panes[PANE_USERS].cursor_id, "u\xfe");
  s->ds = NULL;
  state_free(s);
  state_free(t);
}

static void sessions_of_newer_programs_are_refused(void **state)
{
  (void)state;
  State *s = state_new();
  s->view = VIEW_USERS;
  g_autofree char *text = session_print(s);
  char *format = strstr(text, "format=1");
  assert_non_null(format);
  format[strlen("format=")] = '9';
  GError *error = NULL;
  s->view = VIEW_LESSONS;
  assert_int_equal(session_restore(s, text, strlen(text), &error), -1);
  assert_non_null(strstr(error->message, "newer version"));
  assert_int_equal(s->view, VIEW_LESSONS);
  g_error_free(error);
  state_free(s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(key_files_of_every_kind_are_answered),
      cmocka_unit_test(names_that_are_no_utf8_come_back),
      cmocka_unit_test(sessions_of_newer_programs_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
