/* Monkey: random keys, commands, typed texts and sizes; nothing may crash, hang or draw outside the
 * canvas. Seeded: a failure prints what to repeat. Part of the steps are taken while the analysis
 * is still at work, part behind it.
 *
 *   monkey [STEPS [SEED [FILE...]]]      default: $MONKEY_STEPS or 10000 steps, seed 1
 *
 * Without FILE it goes over the sample log, and a quarter as long over a log in which everything
 * that may be odd about one is so. */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/stats/prng.h"
#include "tui/app/command.h"
#include "tui/app/script.h"
#include "tui/views/frame.h"

static const char *const texts[] = {
    "java",
    "sql",
    "^sql",
    "2022-06",
    "2022-06..2022-09",
    "last30d",
    "phase=class",
    "-kind=asset",
    "cohort=none",
    "lesson~(",
    "user=999999",
    "\"",
    "../../x",
    "time=",
    "hour=22..4",
    "weekday=sat,sun",
    "\xc3\xa9\xe4\xb8\xad",
    "sort hits",
    "view users",
    "scope set",
    "zzz",
    "=",
    "program=1,2,3",
    "status=any audience=any",
    "about=user:7",
    "rule=burst score=50",
    "confirmed because",
    "burst pages=15",
    "user=7 rule=burst because so",
    "new a case",
    "add",
    "add marks",
    "rename \xe2\x80\xaetitle",
    "close",
    "reopen",
    "1",
    "2",
    "0",
    "-1",
    "4294967296",
    "99999999999999999999",
    "save mine",
    "load mine",
    "delete mine",
    "save ../../x",
    "move 1 down",
    "move 2 up",
    "negate 1",
    "off 1",
    "drop 1",
    "choose user=",
    "choose lesson=",
    "add time=2022-02-30",
    "add user=\"a b\",\"\"\"\"",
    "set -user~^. cohort=none",
    "slide a.pptx",
    "a.pptx",
    "export a.csv",
    "export a.html --pseudonyms",
    "a.json",
    "a.md --pseudonyms",
    "/dev/full",
    "no/such/folder/a.csv",
    "+users",
    "-hits",
    "users",
    "clear",
    "down",
    "in",
    "out",
    "earlier",
    "later",
    "left",
    "right",
    "light",
    "mono",
    "matrix",
    "cross",
    "timeline",
    "answers",
    "flags",
    "overview",
    "ips",
    "marks 1",
    "watchlist 1",
    "until=2022-02-30 because x",
    "ip=192.0.2.0/99 because x",
    "burst off",
    "burst default",
    "night pages=-1",
    "0001..9999",
    "9999",
    "1960-W01",
    "last99999999999d",
    "\x1b[31m\x07",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb\xcc\x81",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
};

static const char *const sizes[] = {"80x24",  "200x60", "120x30", "40x10",  "39x9",
                                    "1x1",    "300x5",  "5x200",  "0x0",    "60x20",
                                    "110x16", "160x24", "41x10",  "500x200"};

static Key random_key(Prng *prng)
{
  static const char *const names[] = {
      "Up",    "Down",      "Left", "Right", "PgUp", "PgDn", "Home",   "End",   "Enter", "Enter",
      "Enter", "Backspace", "Tab",  "S-Tab", "Esc",  "Esc",  "Delete", "Space", "F1",    "F5",
      "C-f",   "C-b",       "C-d",  "C-u",   "C-r",  "C-g",  "C-l",    "C-c",   "C-w",   "C-a",
      "C-e",   "C-k",       "C-n",  "C-p",   "C-t",  "C-x",  "Insert", "F12"};
  static const Key odd[] = {0xe9, 0x4e2d, 0x202e, 0x301, 0x200d, 0x1f469, 0x10ffff, 0xfffd};
  if (prng_below(prng, 50) == 0)
    return odd[prng_below(prng, G_N_ELEMENTS(odd))];
  if (prng_below(prng, 2))
    return key_parse(names[prng_below(prng, G_N_ELEMENTS(names))]);
  return (Key)(' ' + prng_below(prng, '~' - ' ' + 1));
}

static void type_text(App *app, const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    frame_prepare_focus(app->state); /* as the loop does before a key that comes early */
    app_key(app, (Key)g_utf8_get_char(at));
  }
}

static void random_command(App *app, Prng *prng)
{
  guint n = 0;
  while (command_table()[n].name)
    n++;
  const Command *c = &command_table()[prng_below(prng, n)];
  g_autofree char *line =
      prng_below(prng, 3)
          ? g_strdup(c->name)
          : g_strdup_printf("%s %s", c->name, texts[prng_below(prng, G_N_ELEMENTS(texts))]);
  app_run(app, line);
}

static void step(App *app, Canvas *canvas, Prng *prng)
{
  guint dice = (guint)prng_below(prng, 100);
  if (dice < 70) {
    Key key = random_key(prng);
    if (key)
      app_key(app, key);
  } else if (dice < 85) {
    random_command(app, prng);
  } else if (dice < 93) {
    type_text(app, texts[prng_below(prng, G_N_ELEMENTS(texts))]);
    if (prng_below(prng, 2))
      app_key(app, K_ENTER);
  } else {
    int w = 0, h = 0;
    if (script_parse_size(sizes[prng_below(prng, G_N_ELEMENTS(sizes))], &w, &h))
      canvas_resize(canvas, w, h);
  }
  State *s = app->state;
  s->quit = s->suspend = FALSE;
  g_clear_pointer(&s->copy, g_free);
  s->width = canvas->width;
  s->height = canvas->height;
  /* every other step the next key comes before the frame */
  if (prng_below(prng, 2)) {
    frame_prepare_focus(s);
    return;
  }
  frame_prepare(s);
  frame_draw(s, canvas);
  if (canvas->cursor_visible && canvas->width > 0 && canvas->height > 0)
    g_assert(canvas->cursor_x < canvas->width && canvas->cursor_y < canvas->height);
}

static gboolean wait_for_log(App *app)
{
  g_autoptr(GError) error = NULL;
  if (app_wait_loader(app, &error))
    return TRUE;
  fprintf(stderr, "monkey: %s\n", error->message);
  return FALSE;
}

/* --- a log in which everything that may be odd is so --------------------------------------------
 */

static char *write_hostile_log(void)
{
  static const char *const paths[] = {"/a",
                                      "\xff\xfe/\xc3(",
                                      "\x1b]0;title\a\x1b[31m/b",
                                      "\342\200\256evil\342\201\246/c",
                                      "=cmd|' /C calc'!A0",
                                      "<script>alert(1)</script>",
                                      "|`*_[x](y)",
                                      "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
                                      "\xe4\xb8\xad\xe6\x96\x87/\xe8\xaf\xbe",
                                      "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
                                      "",
                                      "java-i/syntax",
                                      "\"\"x, y\"\""};
  static const char *const users[] = {"1",     "-1",       "99999999999999999999999",
                                      "u\xff", "\x1b[2Ju", "\342\200\217rtl",
                                      "a b",   "none",     "",
                                      "0",     "=1+1",     "7"};
  static const char *const times[] = {
      "1950-01-01,00:00:00", "1969-12-31,23:59:59", "9999-12-31,23:59:59", "2024-02-29,12:00:00",
      "2021-02-30,12:00:00", "2024-03-01,09:00:00", "2024-03-01,09:00:00", "2024-03-01,09:00:01"};
  static const char *const cohorts[] = {"1", "2", "-3", "none", "", "c\xff", "\x1b[31m", "unknown"};
  static const char *const ips[] = {
      "192.0.2.1",      "192.0.2.2", "::1",       "2001:db8::1", "::ffff:192.0.2.1",
      "not an address", "",          "999.1.1.1", "10.0.0.1",    "\x07"};
  GString *text = g_string_new("date,time,path,user_id,cohort_id,ip\n");
  Prng prng;
  prng_seed(&prng, 7);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *day = g_strdup_printf("2024-0%u-%02u,%02u:%02u:00", 1 + i % 9, 1 + i % 28,
                                           (guint)prng_below(&prng, 24), i % 60);
    g_string_append_printf(text, "%s,\"%s\",\"%s\",%s,%s\n",
                           i % 5 ? day : times[prng_below(&prng, G_N_ELEMENTS(times))],
                           paths[prng_below(&prng, G_N_ELEMENTS(paths))],
                           users[prng_below(&prng, G_N_ELEMENTS(users))],
                           cohorts[prng_below(&prng, G_N_ELEMENTS(cohorts))],
                           ips[prng_below(&prng, G_N_ELEMENTS(ips))]);
  }
  GError *error = NULL;
  char *path = g_build_filename(g_get_user_state_dir(), "hostile\n\x1b[31m\xff.csv", NULL);
  if (!g_file_set_contents(path, text->str, (gssize)text->len, &error))
    g_error("%s", error->message);
  g_string_free(text, TRUE);
  return path;
}

static void remove_folder(const char *path)
{
  GDir *dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *inner = g_build_filename(path, name, NULL);
    if (g_remove(inner) != 0)
      remove_folder(inner);
  }
  if (dir)
    g_dir_close(dir);
  g_remove(path);
}

static gboolean run(char **words, guint64 steps, guint64 seed, const char *what)
{
  g_autoptr(GError) error = NULL;
  Options *o = options_parse((int)g_strv_length(words), words, NULL, &error);
  OpenPlan *plan = o ? open_plan_new(o, &error) : NULL;
  App *app = plan ? app_new(plan, &error) : NULL;
  if (!app) {
    fprintf(stderr, "monkey: %s\n", error->message);
    return FALSE;
  }
  app_start_loading(app);
  gboolean ok = wait_for_log(app);
  Prng prng;
  prng_seed(&prng, seed);
  Canvas *canvas = canvas_new(80, 24, NULL);
  app->state->width = 80;
  app->state->height = 24;
  frame_prepare(app->state);
  gint64 start = g_get_monotonic_time(), slowest = 0;
  guint64 slowest_at = 0;
  for (guint64 i = 0; ok && i < steps; i++) {
    if (i == steps / 5 || prng_below(&prng, 200) == 0)
      app_wait_analysis(app); /* what comes in between depends on speed */
    gint64 before = g_get_monotonic_time();
    step(app, canvas, &prng);
    gint64 took = g_get_monotonic_time() - before;
    slowest_at = took > slowest ? i : slowest_at;
    slowest = MAX(slowest, took);
  }
  printf("monkey: %s, %" G_GUINT64_FORMAT " steps, seed %" G_GUINT64_FORMAT
         ", %.1f s, slowest step %" G_GUINT64_FORMAT " with %.0f ms\n",
         what, steps, seed, (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC, slowest_at,
         (double)slowest / 1000);
  canvas_free(canvas);
  app_free(app);
  options_free(o);
  return ok;
}

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  const char *env = g_getenv("MONKEY_STEPS");
  guint64 steps = g_ascii_strtoull(argc > 1 ? argv[1] : env && *env ? env : "10000", NULL, 10);
  guint64 seed = argc > 2 ? g_ascii_strtoull(argv[2], NULL, 10) : 1;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(words, g_strdup("cohortscope"));
  for (int i = 3; i < argc; i++)
    g_ptr_array_add(words, g_canonicalize_filename(argv[i], NULL));
  g_ptr_array_add(words, NULL);
  /* its notes, and files it is asked to write, go to a folder of their own */
  g_autofree char *home = g_dir_make_tmp("monkey-XXXXXX", &error);
  if (!home || !g_setenv("XDG_STATE_HOME", home, TRUE) || g_chdir(home) != 0) {
    fprintf(stderr, "monkey: no folder for temporary files\n");
    return 1;
  }
  gboolean ok = run((char **)words->pdata, steps, seed, argc > 3 ? argv[3] : "the sample");
  if (ok && argc <= 3) {
    g_autofree char *hostile = write_hostile_log();
    char *odd[] = {(char *)"cohortscope", hostile, (char *)"--max-rejects", (char *)"1", NULL};
    ok = run(odd, steps / 4, seed, "the odd log");
  }
  remove_folder(home);
  return ok ? 0 : 1;
}
