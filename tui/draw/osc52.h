/* OSC 52: the escape sequence that puts a text on the clipboard of the user's terminal, also over
 * SSH and through tmux or screen. Nothing is ever read back from the clipboard. */
#ifndef TUI_DRAW_OSC52_H
#define TUI_DRAW_OSC52_H

#include <glib.h>

/* Longest text: terminals and tmux drop sequences of more than 100,000 bytes. */
#define OSC52_MAX 74994

/* The bytes to send, or NULL with an error when the text is too long or the terminal type is one
 * without a clipboard that would print the sequence. `term` is $TERM, `in_tmux` whether $TMUX is
 * set. Free with g_free. */
char *osc52_encode(const char *text, gsize len, const char *term, gboolean in_tmux, GError **error);

#endif
