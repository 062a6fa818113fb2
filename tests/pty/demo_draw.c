/* A program of one screen, to try the terminal without the explorer. Each key shows its name; some
 * do what a program may do to a terminal: see `deeds`. */
#include "core/base/error.h"
#include "tui/draw/terminal.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  Terminal *terminal;
  Canvas *canvas;
  char *last;        /* what came last */
  gboolean stubborn; /* goes on after a hang-up */
  gboolean deaf;     /* does not react to anything */
  gboolean done;
} Demo;

static void say(Demo *d, char *what)
{
  g_free(d->last);
  d->last = what;
}

static void draw(Demo *d)
{
  static const char *const depths[] = {"mono", "8", "16", "256", "direct"};
  Canvas *c = d->canvas;
  int width, height;
  terminal_size(d->terminal, &width, &height);
  canvas_resize(c, width, height);
  canvas_box(c, canvas_bounds(c), ROLE_BORDER_FOCUS);
  canvas_printf(c, 2, 1, ROLE_NORMAL, "size %dx%d", width, height);
  canvas_printf(c, 2, 2, ROLE_STRONG, "last %s", d->last);
  canvas_printf(c, 2, 3, ROLE_DIM, "colours %s glyphs %s", depths[terminal_depth(d->terminal)],
                c->glyphs->name);
  canvas_text(c, 2, 4, "wide \xe4\xb8\xad\xe6\x96\x87| e\xcc\x81| end", ROLE_NORMAL);
  canvas_text(c, 2, 5, "current row !", ROLE_NORMAL);
  canvas_put(c, 14, 5, '!', ROLE_FLAG_HIGH);
  canvas_ground(c, (Rect){2, 5, 20, 1}, ROLE_CURSOR);
  for (int level = 0; level <= GLYPH_HEAT_MAX; level++)
    canvas_heat(c, 2 + 2 * level, 6, 2, level);
  canvas_text_fit(c, 2, height - 2, width - 4, "bottom", ROLE_HINT, FIT_RIGHT);
  canvas_cursor(c, 2, 5, TRUE);
}

/* --- deeds -------------------------------------------------------------------------------- */

static void deed_quit(Demo *d)
{
  d->done = TRUE;
}

static void deed_fault(Demo *d)
{
  (void)d;
  raise(SIGSEGV);
}

static void deed_abort(Demo *d)
{
  (void)d;
  abort();
}

static void deed_exit(Demo *d)
{
  (void)d;
  exit(3); /* without closing the terminal */
}

static void deed_complain(Demo *d)
{
  fprintf(stderr, "a complaint in between\n");
  say(d, g_strdup("complained"));
}

static void deed_copy(Demo *d)
{
  GError *error = NULL;
  gboolean copied = terminal_copy(d->terminal, "hello", 5, &error);
  say(d, g_strdup(copied ? "copied" : error->message));
  g_clear_error(&error);
}

static void deed_theme(Demo *d)
{
  terminal_set_theme(d->terminal, THEME_MONO);
  say(d, g_strdup("mono theme"));
}

static void deed_redraw(Demo *d)
{
  terminal_redraw(d->terminal);
  say(d, g_strdup("redrawn"));
}

static void deed_mouse(Demo *d)
{
  terminal_set_mouse(d->terminal, TRUE);
  say(d, g_strdup("mouse on"));
}

static void deed_suspend(Demo *d)
{
  terminal_suspend(d->terminal);
  say(d, g_strdup("continued"));
}

static void deed_stop(Demo *d)
{
  raise(SIGSTOP);
  say(d, g_strdup("stopped hard"));
}

static void deed_deaf(Demo *d)
{
  d->deaf = TRUE;
  say(d, g_strdup("deaf"));
}

static const struct {
  const char *key;
  void (*act)(Demo *d);
} deeds[] = {
    {"q", deed_quit},     {"s", deed_fault},     {"a", deed_abort}, {"x", deed_exit},
    {"e", deed_complain}, {"y", deed_copy},      {"t", deed_theme}, {"C-l", deed_redraw},
    {"m", deed_mouse},    {"C-z", deed_suspend}, {"d", deed_deaf},  {"Z", deed_stop},
};

static void act(Demo *d, const TermEvent *event)
{
  char *name = key_label(event->key);
  say(d, g_strdup_printf("key %s", name));
  for (guint i = 0; i < G_N_ELEMENTS(deeds); i++)
    if (key_parse(deeds[i].key) == event->key)
      deeds[i].act(d);
  g_free(name);
}

static void handle(Demo *d, const TermEvent *event)
{
  char *name = key_label(event->key);
  switch (event->kind) {
  case TERM_KEY:
    act(d, event);
    break;
  case TERM_MOUSE:
    say(d, g_strdup_printf("mouse %s %d,%d", name, event->x, event->y));
    break;
  case TERM_SIGNAL:
    say(d, g_strdup_printf("signal %d", event->signal));
    d->done = event->signal != SIGINT;
    break;
  case TERM_HANGUP:
    d->done = !d->stubborn;
    break;
  default:
    break;
  }
  g_free(name);
}

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  Demo d = {.last = g_strdup("nothing")};
  TerminalOptions options = TERMINAL_OPTIONS_DEFAULT;
  for (int i = 1; i < argc; i++) {
    d.stubborn = d.stubborn || strcmp(argv[i], "--stubborn") == 0;
    if (strcmp(argv[i], "--color") == 0 && i + 1 < argc)
      color_mode_parse(argv[++i], &options.color);
  }
  GError *error = NULL;
  d.terminal = terminal_open(&options, &error);
  if (!d.terminal) {
    fprintf(stderr, "demo: %s\n", error->message);
    g_clear_error(&error);
    return 1;
  }
  terminal_set_crash_note("demo: this is where the session would be\n");
  d.canvas = canvas_new(1, 1, glyphs_for_locale());
  while (!d.done) {
    if (d.deaf) {
      g_usleep(100000);
      continue;
    }
    if (!terminal_pending(d.terminal)) {
      draw(&d);
      terminal_present(d.terminal, d.canvas);
    }
    TermEvent event = terminal_poll(d.terminal, -1, NULL, 0);
    handle(&d, &event);
  }
  terminal_close(d.terminal);
  canvas_free(d.canvas);
  printf("bye after %s\n", d.last);
  g_free(d.last);
  return 0;
}
