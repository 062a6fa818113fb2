/* The inside of a Terminal, shared by terminal.c (what goes out) and terminal_events.c (what comes
 * in). Nobody else includes this. */
#ifndef TUI_DRAW_TERMINAL_STATE_H
#define TUI_DRAW_TERMINAL_STATE_H

#include "tui/draw/keyin.h"
#include "tui/draw/terminal.h"

#include <stdio.h>
#include <termios.h>

struct Terminal {
  char *term;
  int in_fd, out_fd;
  gboolean own_in, own_out; /* opened here: /dev/tty */
  struct termios settings;  /* as found */
  gboolean active;          /* in full-screen mode */
  gboolean lost;            /* the connection is gone */
  gboolean lost_reported;

  /* out */
  void *screen; /* SCREEN of curses; NULL in paper mode */
  FILE *in_file, *out_file;
  gboolean paper; /* no cursor addressing: each frame is printed below the last */
  ThemeId theme;
  ColorDepth depth;
  gboolean default_colors;
  GHashTable *pairs; /* (fg, bg) -> number of a colour pair */
  int n_pairs;
  int width, height;
  CanvasCell *shown;     /* width * height: what the terminal shows */
  gboolean shown_valid;  /* FALSE: send every line again */
  gboolean repaint;      /* the terminal's content is unknown */
  GString *restore;      /* bytes that leave full-screen mode */
  gboolean mouse, paste; /* asked for: reports of the mouse, marks around pasted text */

  /* in */
  KeyIn *keyin;
  gint64 esc_delay;    /* microseconds */
  gint64 last_byte;    /* when the last one came */
  gboolean unfinished; /* bytes wait for the rest of a sequence */
  gboolean resize_due; /* report the size, changed or not */
  gboolean has_next;   /* an event that terminal_pending has found */
  TermEvent next;
};

/* Asks the terminal for its size; TRUE when it is another one. */
gboolean terminal_update_size(Terminal *t);

/* FALSE for a character which the C library, and so curses and most terminals, take to have another
 * width than the canvas does: it would shift the rest of the line. */
gboolean terminal_can_draw(const CanvasCell *cell, int width);
typedef void (*TerminalDrawLine)(Terminal *t, int y, const CanvasCell *line);
/* Takes over the lines that differ from what is shown, and hands each of them to `draw` (may be
 * NULL); returns how many there were. */
int terminal_update_lines(Terminal *t, const Canvas *c, TerminalDrawLine draw);
/* Without cursor addressing: a changed frame is printed whole, below the last one. */
void terminal_present_paper(Terminal *t, const Canvas *c);

#endif
