/* The terminal, end to end: demo_draw runs in a pseudo-terminal with an emulator behind it. */
#include "tests/pty/demo_run.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>

/* --- sizes -------------------------------------------------------------------------------- */

static void test_sizes(void **state)
{
  (void)state;
  static const int sizes[][2] = {{1, 1},   {2, 1},  {1, 24}, {300, 2}, {300, 80},
                                 {40, 10}, {13, 7}, {80, 1}, {120, 30}};
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    pty_resize(p, sizes[i][0], sizes[i][1]);
    if (sizes[i][0] >= 20 && sizes[i][1] >= 3) {
      char *size = g_strdup_printf("size %dx%d", sizes[i][0], sizes[i][1]);
      assert_true(pty_wait_text(p, size));
      g_free(size);
    } else {
      assert_true(pty_wait_quiet(p, 100));
    }
  }
  /* a storm, without waiting in between */
  GRand *rand = g_rand_new_with_seed(11);
  for (int i = 0; i < 300; i++)
    pty_resize(p, g_rand_int_range(rand, 1, 300), g_rand_int_range(rand, 1, 80));
  g_rand_free(rand);
  pty_resize(p, 100, 40);
  assert_true(pty_wait_text(p, "size 100x40"));
  assert_true(pty_wait_quiet(p, 100));
  char *last = pty_line(p, 38);
  assert_true(g_str_has_suffix(last, "bottom \xe2\x94\x82"));
  g_free(last);
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  demo_expect_restored(p);
  pty_free(p);
}

/* --- terminal types ----------------------------------------------------------------------- */

static void expect_types(const char *term, const char *line, gboolean colored)
{
  PtyTerm *p = demo_start_with(term, PTY_PLAIN, NULL, "LC_ALL=C.UTF-8");
  assert_true(pty_wait_text(p, line));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell cell = pty_cell(p, 4, 5);
  assert_int_equal(!VTERM_COLOR_IS_DEFAULT_BG(&cell.bg), colored);
  assert_true(colored || cell.attrs.reverse);
  pty_keys(p, "Down PgUp");
  assert_true(pty_wait_text(p, "last key PgUp"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  demo_expect_restored(p);
  pty_free(p);
}

static void test_types(void **state)
{
  (void)state;
  expect_types("xterm-256color", "colours 256 glyphs utf8", TRUE);
  expect_types("xterm", "colours 8 glyphs utf8", TRUE);
  expect_types("linux", "colours 8 glyphs ascii", TRUE);
  expect_types("screen", "colours 8 glyphs utf8", TRUE);
  expect_types("tmux-256color", "colours 256 glyphs utf8", TRUE);
  expect_types("vt100", "colours mono glyphs ascii", FALSE);
}

static gboolean run(const char *const *argv)
{
  int status = -1;
  return g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                      &status, NULL) &&
         status == 0;
}

/* A terminal that takes red, green and blue, described here because few systems have one. */
static void test_direct_color(void **state)
{
  (void)state;
  char *dir = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  char *source = g_build_filename(dir, "direct.ti", NULL);
  assert_true(g_file_set_contents(
      source,
      "direct-test|red green and blue,\n\tRGB, colors#0x1000000, pairs#0x7fff, ccc@, initc@,\n"
      "\tsetaf=\\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,\n"
      "\tsetab=\\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,\n"
      "\tuse=xterm-256color,\n",
      -1, NULL));
  const char *tic[] = {"tic", "-x", "-o", dir, source, NULL};
  const char *rm[] = {"rm", "-r", dir, NULL};
  char *terminfo = g_strdup_printf("TERMINFO=%s", dir);
  assert_true(run(tic));
  PtyTerm *p = demo_start_with("direct-test", PTY_PLAIN, NULL, terminfo);
  assert_true(pty_wait_text(p, "colours direct"));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell flag = pty_cell(p, 14, 5);
  assert_true(VTERM_COLOR_IS_RGB(&flag.bg));
  assert_int_equal(flag.bg.rgb.red << 16 | flag.bg.rgb.green << 8 | flag.bg.rgb.blue, 0x005f87);
  assert_int_equal(flag.fg.rgb.red << 16 | flag.fg.rgb.green << 8 | flag.fg.rgb.blue, 0xff8787);
  pty_free(p);
  assert_true(run(rm));
  g_free(terminfo);
  g_free(source);
  g_free(dir);
}

/* No cursor addressing: every changed frame is printed whole, so the last one fills the screen. */
static void test_dumb(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("dumb", PTY_PLAIN);
  pty_keys(p, "j");
  assert_true(pty_wait_text(p, "last key j"));
  assert_false(pty_has(p, "last nothing"));
  char *line = pty_line(p, 1);
  assert_string_equal(line, "| size 80x24");
  g_free(line);
  assert_false(pty_received_has(p, "\033"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  assert_true(pty_settings_restored(p));
  pty_free(p);
}

static void expect_refusal(const char *term, const char *message)
{
  PtyTerm *p = demo_start_with(term, PTY_PLAIN, NULL, NULL);
  demo_expect_exit(p, 1);
  assert_true(pty_has(p, message));
  assert_true(pty_settings_restored(p));
  pty_free(p);
}

static void test_unknown(void **state)
{
  (void)state;
  expect_refusal("no-such-terminal", "try: TERM=xterm");
  expect_refusal("", "TERM is not set");
}

static void test_no_color(void **state)
{
  (void)state;
  PtyTerm *p = demo_start_with("xterm-256color", PTY_PLAIN, NULL, "NO_COLOR=1");
  assert_true(pty_wait_text(p, "colours mono"));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell cell = pty_cell(p, 4, 5);
  assert_true(cell.attrs.reverse);
  assert_false(pty_received_has(p, "\033[38;5;"));
  pty_free(p);
  p = demo_start_with("xterm-256color", PTY_PLAIN, NULL, "NO_COLOR=");
  assert_true(pty_wait_text(p, "colours 256"));
  pty_free(p);
}

static void test_plain_locale(void **state)
{
  (void)state;
  PtyTerm *p = demo_start_with("xterm-256color", PTY_PLAIN, NULL, "LC_ALL=C");
  assert_true(pty_wait_text(p, "glyphs ascii"));
  /* a wide character is a mark and a blank, so nothing behind it moves */
  assert_true(pty_wait_text(p, "wide ? ? | e| end"));
  const GByteArray *bytes = pty_received(p);
  for (guint i = 0; i < bytes->len; i++)
    assert_true(bytes->data[i] < 0x80);
  pty_free(p);
}

/* --- input and output --------------------------------------------------------------------- */

static void test_keys(void **state)
{
  (void)state;
  static const char *const keys[] = {"Up",   "Down",  "Left",    "Right",  "PgUp",  "PgDn",
                                     "Home", "End",   "Insert",  "Delete", "Enter", "Backspace",
                                     "Tab",  "S-Tab", "Esc",     "F1",     "F5",    "F10",
                                     "C-d",  "`",     "\xc3\xa9"};
  static const char *const terms[] = {"xterm-256color", "linux", "screen"};
  for (guint t = 0; t < G_N_ELEMENTS(terms); t++) {
    PtyTerm *p = demo_start(terms[t], PTY_PLAIN);
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
      char *shown = g_strdup_printf("last key %s", keys[i]);
      pty_keys(p, keys[i]);
      assert_true(pty_wait_text(p, shown));
      g_free(shown);
    }
    pty_bytes(p, "\x08", 1);
    assert_true(pty_wait_text(p, "last key Backspace"));
    pty_free(p);
  }
}

static void test_screen(void **state)
{
  (void)state;
  PtyTerm *p = demo_start_with("xterm-256color", PTY_PLAIN, NULL, "LC_ALL=C.UTF-8");
  assert_true(pty_wait_text(p, "wide \xe4\xb8\xad\xe6\x96\x87| e\xcc\x81| end"));
  int x, y;
  gboolean visible;
  assert_true(pty_wait_quiet(p, 100));
  pty_cursor(p, &x, &y, &visible);
  assert_int_equal(x, 2);
  assert_int_equal(y, 5);
  assert_true(visible);
  VTermScreenCell flag = pty_cell(p, 14, 5);
  assert_int_equal(flag.chars[0], '!');
  assert_int_equal(flag.bg.indexed.idx, 24);  /* #005f87, of the cursor */
  assert_int_equal(flag.fg.indexed.idx, 210); /* #ff8787, its own */
  pty_keys(p, "t");
  assert_true(pty_wait_text(p, "mono theme"));
  assert_true(pty_wait_quiet(p, 100));
  assert_true(pty_cell(p, 14, 5).attrs.reverse);
  pty_free(p);
}

/* A frame that changes one word sends little; the same frame again sends nothing. */
static void test_bytes_sent(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "j");
  assert_true(pty_wait_text(p, "last key j"));
  assert_true(pty_wait_quiet(p, 100));
  guint64 before = pty_received_count(p);
  pty_keys(p, "k");
  assert_true(pty_wait_text(p, "last key k"));
  assert_true(pty_wait_quiet(p, 100));
  guint64 sent = pty_received_count(p) - before;
  printf("bytes for one changed letter: %" G_GUINT64_FORMAT "\n", sent);
  assert_in_range(sent, 1, 60);
  before = pty_received_count(p);
  pty_keys(p, "k");
  pty_run(p, 300);
  assert_int_equal(pty_received_count(p), before);
  pty_keys(p, "C-l");
  assert_true(pty_wait_text(p, "redrawn"));
  assert_true(pty_wait_quiet(p, 100));
  assert_true(pty_received_count(p) - before > 200);
  pty_free(p);
}

static void test_copy(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "y");
  assert_true(pty_wait_text(p, "last copied"));
  assert_true(pty_received_has(p, "\033]52;c;aGVsbG8=\a"));
  pty_free(p);
  p = demo_start("linux", PTY_PLAIN);
  pty_keys(p, "y");
  assert_true(pty_wait_text(p, "has no clipboard"));
  pty_free(p);
}

static void test_mouse(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  assert_false(pty_received_has(p, "\033[?1000h"));
  pty_keys(p, "m");
  assert_true(pty_wait_text(p, "mouse on"));
  assert_true(pty_received_has(p, "\033[?1000h"));
  pty_type(p, "\033[<65;3;4M");
  assert_true(pty_wait_text(p, "last mouse Down 2,3"));
  pty_keys(p, "s");
  demo_expect_death(p, SIGSEGV);
  assert_true(pty_received_has(p, "\033[?1000l"));
  pty_free(p);
}

/* What is written to stderr meanwhile does not land in the picture and is not lost. */
static void test_stderr(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "e");
  assert_true(pty_wait_text(p, "last complained"));
  assert_false(pty_has(p, "a complaint in between"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  assert_true(pty_has(p, "a complaint in between"));
  pty_free(p);
}

/* Data on stdin, keys from the terminal. */
static void test_data_on_stdin(void **state)
{
  (void)state;
  char *command = g_strdup_printf("echo data | '%s'", demo_path());
  const char *argv[] = {"sh", "-c", command, NULL};
  PtyTerm *p = pty_start(argv, "xterm-256color", 80, 24, PTY_PLAIN, NULL);
  assert_true(pty_wait_text(p, "last nothing"));
  pty_keys(p, "Down");
  assert_true(pty_wait_text(p, "last key Down"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  demo_expect_restored(p);
  pty_free(p);
  g_free(command);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sizes),        cmocka_unit_test(test_types),
      cmocka_unit_test(test_direct_color), cmocka_unit_test(test_dumb),
      cmocka_unit_test(test_unknown),      cmocka_unit_test(test_no_color),
      cmocka_unit_test(test_plain_locale), cmocka_unit_test(test_keys),
      cmocka_unit_test(test_screen),       cmocka_unit_test(test_bytes_sent),
      cmocka_unit_test(test_copy),         cmocka_unit_test(test_mouse),
      cmocka_unit_test(test_stderr),       cmocka_unit_test(test_data_on_stdin),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
