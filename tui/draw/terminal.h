/* Terminal: the one door to a real terminal, and the only module that includes curses.
 *
 * It opens the terminal, shows canvases, and turns what comes in (keys, sizes, signals, a lost
 * connection) into events. Whatever way the program ends, the terminal is left as it was found:
 * terminal_close, exit, a fatal signal, a stop. One terminal can be open at a time. */
#ifndef TUI_DRAW_TERMINAL_H
#define TUI_DRAW_TERMINAL_H

#include "tui/draw/canvas.h"
#include "tui/draw/key.h"

#include <poll.h>

typedef struct Terminal Terminal;

#define TERMINAL_MAX_EXTRA 16 /* descriptors of the caller's that terminal_poll waits for */

typedef struct {
  const char *term; /* NULL: $TERM */
  int in_fd;        /* -1: stdin when it is a terminal, else /dev/tty */
  int out_fd;       /* -1: stdout when it is a terminal, else /dev/tty */
  ThemeId theme;
  ColorMode color;
  gboolean mouse;   /* wheel and clicks; off keeps the terminal's own selection */
  int esc_delay_ms; /* how long to wait behind an Esc byte; 0 means 25 */
} TerminalOptions;

#define TERMINAL_OPTIONS_DEFAULT                                                                   \
  {                                                                                                \
    .in_fd = -1, .out_fd = -1, .theme = THEME_DARK, .color = COLOR_AUTO, .esc_delay_ms = 25        \
  }

typedef enum {
  TERM_NONE,   /* nothing happened within the time-out */
  TERM_KEY,    /* key */
  TERM_PASTE,  /* key: a character of pasted text */
  TERM_MOUSE,  /* key K_UP / K_DOWN for the wheel, K_ENTER for a click; x, y */
  TERM_RESIZE, /* width, height: draw everything anew, also after a stop */
  TERM_SIGNAL, /* signal: SIGINT, SIGTERM or SIGHUP; save and end (SIGINT: as C-c) */
  TERM_HANGUP, /* the terminal is gone; save and end. Reported once. */
  TERM_FD      /* one of the extra descriptors is ready: see its revents */
} TermEventKind;

typedef struct {
  TermEventKind kind;
  Key key;
  int x, y;
  int width, height;
  int signal;
} TermEvent;

/* Opens the terminal and enters full-screen mode. NULL with an error that says what to do when
 * there is no terminal or its type is not known. Sets environment variables of curses: call it
 * before threads are started. The caller has set the locale. */
Terminal *terminal_open(const TerminalOptions *options, GError **error);
/* Leaves full-screen mode, restores everything, prints what was written to stderr meanwhile. NULL
 * and a second call are allowed. */
void terminal_close(Terminal *t);

/* Size in cells; at least 1x1, at most CANVAS_MAX. */
void terminal_size(const Terminal *t, int *width, int *height);
ColorDepth terminal_depth(const Terminal *t);
void terminal_set_theme(Terminal *t, ThemeId theme); /* shows with the next frame */
void terminal_set_mouse(Terminal *t, gboolean on);

/* Shows a canvas: one update with only what changed since the last. A canvas of another size than
 * the terminal's is cut or padded. */
void terminal_present(Terminal *t, const Canvas *c);
/* Draws the next frame from scratch, for C-l. */
void terminal_redraw(Terminal *t);

/* Waits up to `timeout_ms` (-1: for ever, 0: not at all) for one event. `extra` are descriptors of
 * the caller's to wait for as well (NULL when none); their revents are set. Never spins: after a
 * hang-up it waits for signals and `extra` only. */
TermEvent terminal_poll(Terminal *t, int timeout_ms, struct pollfd *extra, guint n_extra);
/* TRUE when an event is waiting already: the caller may leave out a frame. */
gboolean terminal_pending(Terminal *t);

/* Gives the terminal back to the shell and stops (C-z); returns when continued. The next event is
 * TERM_RESIZE. */
void terminal_suspend(Terminal *t);
/* Restores the terminal for another program (an editor, a pager), and comes back. */
void terminal_leave(Terminal *t);
void terminal_enter(Terminal *t);

/* Puts a text on the user's clipboard by OSC 52, through tmux and screen as well. FALSE with an
 * error when it is too long or the terminal is known to have no clipboard. */
gboolean terminal_copy(Terminal *t, const char *text, gsize len, GError **error);

/* What a fatal signal prints after the terminal is restored: version, where the session is saved.
 * Copied, cut at 1000 bytes. */
void terminal_set_crash_note(const char *text);

#endif
