/* OSC 52: see osc52.h. */
#include "tui/draw/osc52.h"

#include "core/base/error.h"

#include <string.h>

/* screen passes on at most 768 bytes of one device control string. */
#define SCREEN_CHUNK 600

static gboolean has_clipboard(const char *term)
{
  static const char *const without[] = {"linux", "vt1",  "vt2",  "vt3",  "vt4",
                                        "vt5",   "dumb", "ansi", "cons", "sun"};
  if (!term || !*term)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(without); i++)
    if (g_str_has_prefix(term, without[i]))
      return FALSE;
  return TRUE;
}

/* tmux hands on what is wrapped, with every Esc doubled, when allow-passthrough is on; with
 * set-clipboard on it takes the plain sequence. Which one is set cannot be known, so it gets
 * both. */
static void append_tmux(GString *out, const char *base64)
{
  g_string_append_printf(out, "\033]52;c;%s\a", base64);
  g_string_append_printf(out, "\033Ptmux;\033\033]52;c;%s\a\033\\", base64);
}

static void append_screen(GString *out, const char *base64)
{
  g_string_append(out, "\033P\033]52;c;");
  for (gsize at = 0, len = strlen(base64); at < len; at += SCREEN_CHUNK) {
    if (at > 0)
      g_string_append(out, "\033\\\033P");
    g_string_append_len(out, base64 + at, (gssize)MIN(SCREEN_CHUNK, len - at));
  }
  g_string_append(out, "\a\033\\");
}

char *osc52_encode(const char *text, gsize len, const char *term, gboolean in_tmux, GError **error)
{
  if (len > OSC52_MAX) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "%" G_GSIZE_FORMAT " bytes are too much for the clipboard of a terminal (at most "
                "%d); export to a file instead",
                len, OSC52_MAX);
    return NULL;
  }
  if (!in_tmux && !has_clipboard(term)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_OUTPUT,
                "a terminal of type \"%s\" has no clipboard; export to a file instead",
                term ? term : "");
    return NULL;
  }
  char *base64 = g_base64_encode((const guchar *)text, len);
  GString *out = g_string_new(NULL);
  if (in_tmux)
    append_tmux(out, base64);
  else if (g_str_has_prefix(term, "screen"))
    append_screen(out, base64);
  else
    g_string_append_printf(out, "\033]52;c;%s\a", base64);
  g_free(base64);
  return g_string_free(out, FALSE);
}
