/* Scripts: command lines run without a terminal. */
#include "tui/app/script.h"

#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/report/sink.h"
#include "tui/app/command.h"
#include "tui/app/following.h"
#include "tui/views/frame.h"

typedef struct {
  App *app;
  Canvas *canvas;
  const Glyphs *glyphs; /* unless letters alone are asked for */
} Script;

static void redraw(Script *x)
{
  x->app->state->width = x->canvas->width;
  x->app->state->height = x->canvas->height;
  x->canvas->glyphs = x->app->state->ascii ? &glyphs_ascii : x->glyphs;
  frame_prepare(x->app->state);
  frame_draw(x->app->state, x->canvas);
}

static gboolean write_out(const char *file, const char *text, GError **error)
{
  if (strcmp(file, "-") == 0)
    return fputs(text, stdout) >= 0;
  /* whole or not at all, and a device stays one */
  Sink *sink = sink_file(file, error);
  if (!sink)
    return FALSE;
  sink_puts(sink, text);
  return sink_close(sink, error);
}

gboolean script_parse_size(const char *text, int *w, int *h)
{
  char *end = NULL;
  guint64 width = g_ascii_strtoull(text, &end, 10);
  if (end == text || *end != 'x' || !g_ascii_isdigit(end[1]))
    return FALSE;
  guint64 height = g_ascii_strtoull(end + 1, &end, 10);
  if (*end || width > CANVAS_MAX || height > CANVAS_MAX)
    return FALSE;
  *w = (int)width;
  *h = (int)height;
  return TRUE;
}

/* Nothing of a script runs before the log is whole, and the analysis with it: the screens must not
 * depend on speed. */
static gboolean wait_for_log(App *app, GError **error)
{
  if (!app_wait_loader(app, error))
    return FALSE;
  app_wait_analysis(app);
  following_settle(app);
  app_wait_analysis(app);
  return TRUE;
}

static gboolean press(Script *x, const char *names, GError **error)
{
  g_auto(GStrv) words = g_strsplit(names, " ", -1);
  for (guint i = 0; words[i]; i++) {
    if (!*words[i])
      continue;
    Key key = key_parse(words[i]);
    if (!key) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no key \"%s\"", words[i]);
      return FALSE;
    }
    redraw(x);
    app_key(x->app, key);
    if (!wait_for_log(x->app, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean capture(Script *x, const char *verb, const char *file, GError **error)
{
  redraw(x);
  g_autofree char *text =
      strcmp(verb, "svg") == 0
          ? canvas_to_svg(x->canvas, (ThemeId)x->app->state->theme, "cohortscope")
      : strcmp(verb, "text") == 0 ? canvas_to_text(x->canvas)
                                  : canvas_to_screen(x->canvas);
  return write_out(file, text, error);
}

static gboolean run_line(Script *x, const char *line, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(line, " ", 2);
  const char *rest = parts[1] ? parts[1] : "";
  if (strcmp(parts[0], "key") == 0)
    return press(x, rest, error);
  if (strcmp(parts[0], "type") == 0) {
    for (const char *at = rest; *at; at = g_utf8_next_char(at)) {
      redraw(x);
      app_key(x->app, (Key)g_utf8_get_char(at));
    }
    return TRUE;
  }
  if (strcmp(parts[0], "resize") == 0) {
    int w, h;
    if (!script_parse_size(rest, &w, &h)) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no size \"%s\"; write 80x24", rest);
      return FALSE;
    }
    canvas_resize(x->canvas, w, h);
    redraw(x);
    return TRUE;
  }
  if (strcmp(parts[0], "screen") == 0 || strcmp(parts[0], "text") == 0 ||
      strcmp(parts[0], "svg") == 0)
    return capture(x, parts[0], rest, error);
  redraw(x);
  state_clear_message(x->app->state);
  return command_run(x->app, line, error) && wait_for_log(x->app, error);
}

gboolean script_run(App *app, const char *script_file, int width, int height, const Glyphs *glyphs,
                    const char *screen_file, GError **error)
{
  g_autofree char *text = NULL;
  if (script_file && !g_file_get_contents(script_file, &text, NULL, error))
    return FALSE;
  if (!wait_for_log(app, error))
    return FALSE;
  Script x = {app, canvas_new(width, height, glyphs), glyphs ? glyphs : &glyphs_ascii};
  redraw(&x);
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && lines[i] && !app->state->quit; i++) {
    g_strchug(lines[i]);
    if (!*lines[i] || *lines[i] == '#')
      continue;
    ok = run_line(&x, lines[i], error);
    if (!ok)
      g_prefix_error(error, "%s:%u: ", script_file, i + 1);
  }
  if (ok && screen_file)
    ok = capture(&x, "screen", screen_file, error);
  canvas_free(x.canvas);
  return ok;
}
