/* Terminal, what goes out: see terminal.h. The only file that includes curses. */
#include "tui/draw/terminal_state.h"

#include "core/base/error.h"
#include "tui/draw/osc52.h"
#include "tui/draw/rescue.h"
#include "tui/draw/signals.h"
#include "tui/draw/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>
#undef cursor_visible /* term.h has a macro for every capability */

static Terminal *the_terminal;

/* Capability names of keys. */
static const struct {
  const char *capability;
  Key key;
} terminfo_keys[] = {
    {"kcuu1", K_UP},      {"kcud1", K_DOWN},   {"kcub1", K_LEFT},   {"kcuf1", K_RIGHT},
    {"kpp", K_PGUP},      {"knp", K_PGDN},     {"khome", K_HOME},   {"kend", K_END},
    {"kich1", K_INSERT},  {"kdch1", K_DELETE}, {"kcbt", K_BACKTAB}, {"kent", K_ENTER},
    {"kbs", K_BACKSPACE}, {"kf1", K_F1},       {"kf2", K_F2},       {"kf3", K_F3},
    {"kf4", K_F4},        {"kf5", K_F5},       {"kf6", K_F6},       {"kf7", K_F7},
    {"kf8", K_F8},        {"kf9", K_F9},       {"kf10", K_F10},     {"kf11", K_F11},
    {"kf12", K_F12},
};

/* --- bytes -------------------------------------------------------------------------------- */

static void send_bytes(const Terminal *t, const char *bytes, gsize len)
{
  if (!t->lost)
    tty_send(t->out_fd, bytes, len);
}

/* A capability as text, or NULL: terminfo marks absence in two ways. */
static const char *capability(const char *name)
{
  const char *value = tigetstr(name);
  return value && value != (const char *)-1 ? value : NULL;
}

static GString *expanded;

static int expand_char(int ch)
{
  g_string_append_c(expanded, (char)ch);
  return ch;
}

/* Appends a capability with its padding worked out. */
static void append_capability(GString *out, const char *name)
{
  const char *value = capability(name);
  expanded = out;
  if (value)
    tputs(value, 1, expand_char);
}

static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";
/* Marks around pasted text. */
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

static void send_paste(Terminal *t, gboolean on)
{
  if (t->paste)
    send_bytes(t, on ? paste_on : paste_off, sizeof paste_on - 1);
}

/* What leaves full-screen mode, kept for the case that curses cannot be asked any more. */
static void prepare_restore(Terminal *t)
{
  static const char *const leaving[] = {"sgr0", "op", "rmkx", "rmcup", "cnorm"};
  g_string_truncate(t->restore, 0);
  if (t->mouse)
    g_string_append(t->restore, mouse_off);
  if (t->paste)
    g_string_append(t->restore, paste_off);
  if (t->paper)
    g_string_append(t->restore, "\r\n");
  else
    for (guint i = 0; i < G_N_ELEMENTS(leaving); i++)
      append_capability(t->restore, leaving[i]);
  if (!t->paper && !capability("rmcup")) {
    /* No second screen to leave: go below what was drawn. */
    g_string_append(t->restore, "\r");
    expanded = t->restore;
    tputs(tiparm(tigetstr("cup"), t->height - 1, 0), 1, expand_char);
    g_string_append(t->restore, "\r\n");
  }
  if (t->active)
    rescue_arm(t->in_fd, &t->settings, t->restore->str, t->restore->len);
}

/* --- size --------------------------------------------------------------------------------- */

gboolean terminal_update_size(Terminal *t)
{
  int width, height;
  tty_size(t->out_fd, CANVAS_MAX, &width, &height);
  if (width == t->width && height == t->height)
    return FALSE;
  t->width = width;
  t->height = height;
  g_free(t->shown);
  t->shown = g_new0(CanvasCell, (gsize)width * (gsize)height);
  t->repaint = TRUE;
  if (t->screen)
    resize_term(height, width);
  return TRUE;
}

void terminal_size(const Terminal *t, int *width, int *height)
{
  *width = t->width;
  *height = t->height;
}

ColorDepth terminal_depth(const Terminal *t)
{
  return t->depth;
}

/* --- opening ------------------------------------------------------------------------------ */

/* Finds the terminal type. Leaves it as curses' current one, for tigetstr. */
static gboolean find_type(Terminal *t, const char *term, GError **error)
{
  const char *name = term ? term : g_getenv("TERM");
  int found = 0;
  if (!name || !*name) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "TERM is not set, so the type of the terminal is unknown; try: TERM=xterm "
                "cohortscope");
    return FALSE;
  }
  if (setupterm(name, t->out_fd, &found) != OK || found != 1) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                found == 1   ? "the terminal type \"%s\" is one of paper; try: TERM=xterm "
                               "cohortscope"
                : found == 0 ? "the terminal type \"%s\" (from TERM) is not known on this machine; "
                               "try: TERM=xterm cohortscope"
                             : "there is no terminfo database to look up the terminal type \"%s\" "
                               "in; install ncurses-base or set TERMINFO",
                name);
    return FALSE;
  }
  t->term = g_strdup(name);
  t->paper = capability("cup") == NULL;
  return TRUE;
}

static gboolean takes_rgb(void)
{
  return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || capability("RGB") != NULL;
}

static void open_colors(Terminal *t, ColorMode mode)
{
  t->depth = DEPTH_MONO;
  if (!t->screen || !has_colors())
    return;
  t->depth = theme_depth(mode, tigetnum("colors"), takes_rgb(), g_getenv("NO_COLOR"));
  if (t->depth == DEPTH_MONO)
    return;
  start_color();
  t->default_colors = use_default_colors() == OK;
}

static gboolean open_curses(Terminal *t, GError **error)
{
  t->in_file = fdopen(fcntl(t->in_fd, F_DUPFD_CLOEXEC, 3), "r");
  t->out_file = fdopen(fcntl(t->out_fd, F_DUPFD_CLOEXEC, 3), "w");
  TERMINAL *looked_up = cur_term; /* newterm makes its own */
  if (t->in_file && t->out_file)
    t->screen = newterm(t->term, t->out_file, t->in_file);
  if (t->screen)
    del_curterm(looked_up);
  if (!t->screen) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "curses cannot use the terminal type \"%s\"; try: TERM=xterm cohortscope", t->term);
    return FALSE;
  }
  raw();
  noecho();
  nonl();
  typeahead(-1);
  keypad(stdscr, TRUE);
  resize_term(t->height, t->width);
  return TRUE;
}

static void close_at_exit(void)
{
  terminal_close(the_terminal);
}

static void open_keys(Terminal *t, int esc_delay_ms)
{
  t->keyin = keyin_new();
  t->esc_delay = (esc_delay_ms > 0 ? esc_delay_ms : 25) * (gint64)1000;
  for (guint i = 0; i < G_N_ELEMENTS(terminfo_keys); i++)
    keyin_define(t->keyin, capability(terminfo_keys[i].capability), terminfo_keys[i].key);
}

static gboolean open_all(Terminal *t, const TerminalOptions *options, GError **error)
{
  if (!tty_pick(options->in_fd, STDIN_FILENO, &t->in_fd, &t->own_in, error) ||
      !tty_pick(options->out_fd, STDOUT_FILENO, &t->out_fd, &t->own_out, error) ||
      !find_type(t, options->term, error))
    return FALSE;
  if (tcgetattr(t->in_fd, &t->settings) != 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "the terminal does not answer: %s",
                g_strerror(errno));
    return FALSE;
  }
  if (!signals_open(error))
    return FALSE;
  open_keys(t, options->esc_delay_ms);
  terminal_update_size(t);
  rescue_install();
  t->active = TRUE;
  t->paste = !t->paper && capability("kmous"); /* those that know the one know the other */
  prepare_restore(t);
  if (t->paper)
    tty_set_raw(t->in_fd, &t->settings);
  else if (!open_curses(t, error))
    return FALSE;
  open_colors(t, options->color);
  rescue_capture_stderr();
  send_paste(t, TRUE);
  terminal_set_mouse(t, options->mouse);
  return TRUE;
}

Terminal *terminal_open(const TerminalOptions *options, GError **error)
{
  static gboolean at_exit;
  g_return_val_if_fail(the_terminal == NULL, NULL);
  Terminal *t = the_terminal = g_new0(Terminal, 1);
  t->in_fd = t->out_fd = -1;
  t->restore = g_string_new(NULL);
  t->pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  t->theme = options->theme;
  if (!at_exit)
    at_exit = atexit(close_at_exit) == 0;
  /* PuTTY in UTF-8 mode ignores the alternate character set. */
  g_setenv("NCURSES_NO_UTF8_ACS", "1", FALSE);
  set_escdelay(25);
  if (open_all(t, options, error))
    return t;
  terminal_close(t);
  return NULL;
}

/* --- leaving and coming back -------------------------------------------------------------- */

void terminal_leave(Terminal *t)
{
  if (!t->active)
    return;
  if (t->mouse)
    send_bytes(t, mouse_off, strlen(mouse_off));
  send_paste(t, FALSE);
  if (t->screen)
    endwin();
  else
    send_bytes(t, "\r\n", 2);
  t->active = FALSE;
  rescue_disarm();
  tcsetattr(t->in_fd, TCSADRAIN, &t->settings);
  rescue_release_stderr();
}

void terminal_enter(Terminal *t)
{
  if (t->active)
    return;
  t->active = TRUE;
  rescue_arm(t->in_fd, &t->settings, t->restore->str, t->restore->len);
  if (t->screen) {
    reset_prog_mode();
    doupdate();
  } else {
    tty_set_raw(t->in_fd, &t->settings);
  }
  if (t->mouse)
    send_bytes(t, mouse_on, strlen(mouse_on));
  send_paste(t, TRUE);
  rescue_capture_stderr();
  terminal_update_size(t);
  t->repaint = TRUE;
  t->resize_due = TRUE;
}

static void close_files(Terminal *t)
{
  if (t->in_file)
    fclose(t->in_file);
  if (t->out_file)
    fclose(t->out_file);
  if (t->own_in)
    close(t->in_fd);
  if (t->own_out)
    close(t->out_fd);
}

void terminal_close(Terminal *t)
{
  if (!t || t != the_terminal)
    return;
  /* In the background the terminal belongs to the shell. */
  if (!tty_in_background(t->in_fd))
    terminal_leave(t);
  rescue_disarm();
  rescue_release_stderr();
  rescue_uninstall();
  signals_close();
  the_terminal = NULL;
  if (t->screen)
    delscreen(t->screen);
  else if (cur_term)
    del_curterm(cur_term);
  close_files(t);
  keyin_free(t->keyin);
  g_hash_table_unref(t->pairs);
  g_string_free(t->restore, TRUE);
  g_free(t->shown);
  g_free(t->term);
  g_free(t);
}

void terminal_set_crash_note(const char *text)
{
  rescue_set_note(text);
}

void terminal_set_mouse(Terminal *t, gboolean on)
{
  if (t->paper || !capability("kmous") || t->mouse == on)
    return;
  t->mouse = on;
  prepare_restore(t);
  send_bytes(t, on ? mouse_on : mouse_off, strlen(on ? mouse_on : mouse_off));
}

gboolean terminal_copy(Terminal *t, const char *text, gsize len, GError **error)
{
  const char *tmux = g_getenv("TMUX");
  char *bytes = osc52_encode(text, len, t->term, tmux && *tmux, error);
  if (!bytes)
    return FALSE;
  send_bytes(t, bytes, strlen(bytes));
  g_free(bytes);
  return TRUE;
}

/* --- drawing ------------------------------------------------------------------------------ */

void terminal_set_theme(Terminal *t, ThemeId theme)
{
  t->theme = theme;
  t->shown_valid = FALSE;
}

void terminal_redraw(Terminal *t)
{
  t->repaint = TRUE;
}

/* Number of the pair of two colours, made when first used; 0 when there are no more. */
static int pair_of(Terminal *t, int fg, int bg)
{
  if (!t->default_colors) {
    fg = fg < 0 ? COLOR_WHITE : fg;
    bg = bg < 0 ? COLOR_BLACK : bg;
  }
  if (fg < 0 && bg < 0)
    return 0;
  gint64 both = ((gint64)(fg + 1) << 32) | (guint32)(bg + 1);
  int pair = GPOINTER_TO_INT(g_hash_table_lookup(t->pairs, &both));
  if (pair == 0 && t->n_pairs + 1 < MIN(COLOR_PAIRS, 32767)) {
    if (init_extended_pair(t->n_pairs + 1, fg, bg) != OK)
      return 0;
    pair = ++t->n_pairs;
    g_hash_table_insert(t->pairs, g_memdup2(&both, sizeof both), GINT_TO_POINTER(pair));
  }
  return pair;
}

typedef struct {
  attr_t attr;
  int pair;
} Look;

static Look look_of(Terminal *t, const CanvasCell *cell)
{
  Style s = theme_style(t->theme, t->depth, (Role)cell->role, (Role)cell->ground);
  attr_t attr = A_NORMAL;
  if (s.attr & ATTR_BOLD)
    attr |= A_BOLD;
  if (s.attr & ATTR_DIM)
    attr |= A_DIM;
  if (s.attr & ATTR_UNDERLINE)
    attr |= A_UNDERLINE;
  if (s.attr & ATTR_REVERSE)
    attr |= A_REVERSE;
  return (Look){attr, t->depth == DEPTH_MONO ? 0 : pair_of(t, s.fg, s.bg)};
}

static gboolean same_look(const CanvasCell *a, const CanvasCell *b)
{
  return a->role == b->role && a->ground == b->ground;
}

/* Hands one line to curses. A right half (ch 0) belongs to the character before it. */
static void draw_line(Terminal *t, int y, const CanvasCell *line)
{
  static cchar_t out[CANVAS_MAX + 1];
  int n = 0;
  Look look = {0};
  for (int x = 0; x < t->width; x++) {
    const CanvasCell *cell = &line[x];
    if (x == 0 || !same_look(cell, cell - 1))
      look = look_of(t, cell);
    int width = x + 1 < t->width && cell[1].ch == 0 && cell->ch ? 2 : 1;
    wchar_t text[3] = {(wchar_t)cell->ch, (wchar_t)cell->mark, 0};
    if (cell->ch == 0 || !terminal_can_draw(cell, width)) {
      text[0] = cell->ch ? L'?' : L' ';
      text[1] = 0;
      if (width == 2) { /* a question mark and a blank instead */
        setcchar(&out[n++], text, look.attr, 0, &look.pair);
        text[0] = L' ';
      }
    } else if (cell->mark && wcwidth((wchar_t)cell->mark) != 0) {
      text[1] = 0;
    }
    setcchar(&out[n++], text, look.attr, 0, &look.pair);
    x += width - 1;
  }
  mvadd_wchnstr(y, 0, out, n);
}

void terminal_present(Terminal *t, const Canvas *c)
{
  if (!t->active || t->lost)
    return;
  if (t->paper) {
    terminal_present_paper(t, c);
    t->repaint = FALSE;
    return;
  }
  if (t->repaint)
    clearok(curscr, TRUE);
  terminal_update_lines(t, c, draw_line);
  t->repaint = FALSE;
  (void)curs_set(c->cursor_visible ? 1 : 0);
  move(CLAMP(c->cursor_y, 0, t->height - 1), CLAMP(c->cursor_x, 0, t->width - 1));
  wnoutrefresh(stdscr);
  doupdate();
}
