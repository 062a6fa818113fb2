/* Monkey: random keys, commands, typed texts and sizes on the sample log; nothing may crash, hang
 * or draw outside the canvas. Seeded: a failure prints what to repeat.
 *
 *   monkey [STEPS [SEED]]      default: $MONKEY_STEPS or 10000 steps, seed 1 */
#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
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
};

static const char *const sizes[] = {"80x24", "200x60", "120x30", "40x10", "39x9",   "1x1",
                                    "300x5", "5x200",  "0x0",    "60x20", "110x16", "160x24"};

static Key random_key(Prng *prng)
{
  static const char *const names[] = {
      "Up",    "Down",      "Left", "Right", "PgUp", "PgDn", "Home",   "End",   "Enter", "Enter",
      "Enter", "Backspace", "Tab",  "S-Tab", "Esc",  "Esc",  "Delete", "Space", "F1",    "F5",
      "C-f",   "C-b",       "C-d",  "C-u",   "C-r",  "C-g",  "C-l",    "C-c",   "C-w",   "C-a"};
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
  while (app->loader) {
    struct pollfd fd = {.fd = loader_fd(app->loader), .events = POLLIN};
    poll(&fd, 1, 1000);
    GError *error = NULL;
    app_poll_loader(app, &error);
    if (error) {
      fprintf(stderr, "monkey: %s\n", error->message);
      g_error_free(error);
      return FALSE;
    }
  }
  return TRUE;
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

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  const char *env = g_getenv("MONKEY_STEPS");
  guint64 steps = g_ascii_strtoull(argc > 1 ? argv[1] : env && *env ? env : "10000", NULL, 10);
  guint64 seed = argc > 2 ? g_ascii_strtoull(argv[2], NULL, 10) : 1;
  g_autoptr(GError) error = NULL;
  /* its notes, and files it is asked to write, go to a folder of their own */
  g_autofree char *home = g_dir_make_tmp("monkey-XXXXXX", &error);
  if (!home || !g_setenv("XDG_STATE_HOME", home, TRUE) || g_chdir(home) != 0) {
    fprintf(stderr, "monkey: no folder for temporary files\n");
    return 1;
  }
  char *words[] = {(char *)"cohortscope", NULL};
  Options *o = options_parse(1, words, NULL, &error);
  OpenPlan *plan = o ? open_plan_new(o, &error) : NULL;
  App *app = plan ? app_new(plan, &error) : NULL;
  if (!app) {
    fprintf(stderr, "monkey: %s\n", error->message);
    return 1;
  }
  app_start_loading(app);
  if (!wait_for_log(app))
    return 1;
  Prng prng;
  prng_seed(&prng, seed);
  Canvas *canvas = canvas_new(80, 24, NULL);
  app->state->width = 80;
  app->state->height = 24;
  frame_prepare(app->state);
  gint64 start = g_get_monotonic_time(), slowest = 0;
  for (guint64 i = 0; i < steps; i++) {
    gint64 before = g_get_monotonic_time();
    step(app, canvas, &prng);
    slowest = MAX(slowest, g_get_monotonic_time() - before);
  }
  printf("monkey: %" G_GUINT64_FORMAT " steps, seed %" G_GUINT64_FORMAT
         ", %.1f s, slowest step %.0f ms\n",
         steps, seed, (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC,
         (double)slowest / 1000);
  canvas_free(canvas);
  app_free(app);
  options_free(o);
  remove_folder(home);
  return 0;
}
