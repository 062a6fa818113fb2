/* Canvas: the grid of cells that every screen is drawn into.
 *
 * A cell is a character, a role (what it means; the theme knows its colours) and a ground (what
 * lies under it: the cursor row, a mark). Drawing is clipped to the canvas and to the innermost
 * clip rectangle, so any coordinate and any size is allowed. Nothing here knows a terminal or a
 * locale: the same calls draw on a terminal, into a screen test and into a picture. */
#ifndef TUI_DRAW_CANVAS_H
#define TUI_DRAW_CANVAS_H

#include "tui/draw/glyphs.h"
#include "tui/draw/rect.h"
#include "tui/draw/theme.h"

/* Sizes outside 0..CANVAS_MAX are brought into it. */
#define CANVAS_MAX        1000
#define CANVAS_CLIP_DEPTH 32

typedef struct {
  gunichar ch;   /* 0 in the right half of a wide character */
  gunichar mark; /* one combining mark on `ch`, or 0 */
  guint8 role;   /* Role */
  guint8 ground; /* Role whose background and attributes lie under the cell; 0 = none */
} CanvasCell;

typedef struct {
  int width, height;
  CanvasCell *cells;    /* width * height, line by line */
  const Glyphs *glyphs; /* never NULL */
  int cursor_x, cursor_y;
  gboolean cursor_visible;
  Rect clip[CANVAS_CLIP_DEPTH]; /* clip[0] is the whole canvas */
  guint clip_depth;             /* of pushes so far; deeper ones than fit clip to nothing */
} Canvas;

/* Blank canvas. `glyphs` NULL means the ASCII set. Free with canvas_free. */
Canvas *canvas_new(int width, int height, const Glyphs *glyphs);
void canvas_free(Canvas *c);
/* New size, blank, no clip, cursor hidden at 0,0. */
void canvas_resize(Canvas *c, int width, int height);
void canvas_clear(Canvas *c);
Rect canvas_bounds(const Canvas *c);
/* The cell at a place, or NULL outside the canvas. */
const CanvasCell *canvas_cell(const Canvas *c, int x, int y);

/* Until the matching pop, drawing reaches only what lies in `r` and in all outer clips.
 * Coordinates stay those of the canvas. */
void canvas_clip_push(Canvas *c, Rect r);
void canvas_clip_pop(Canvas *c);

/* Columns that a character takes: 0 (combining, dropped), 1 or 2. What cannot be printed is drawn
 * as `?` and takes 1. Does not depend on the locale. */
int canvas_char_width(gunichar ch);
/* Columns that a text takes. */
int canvas_text_width(const char *text);

/* One character. Sets the role and removes ground and attributes of the cell. */
void canvas_put(Canvas *c, int x, int y, gunichar ch, Role role);
/* Text in UTF-8 on one line; broken bytes, control characters and bidirectional controls are drawn
 * as `?`. Returns the columns it takes, clipped or not: the next text starts at x + result. */
int canvas_text(Canvas *c, int x, int y, const char *text, Role role);
int canvas_printf(Canvas *c, int x, int y, Role role, const char *format, ...) G_GNUC_PRINTF(5, 6);

typedef enum {
  FIT_LEFT = 0,
  FIT_RIGHT = 1 << 0,
  FIT_CENTER = 1 << 1,
  FIT_CUT_MIDDLE = 1 << 2, /* for paths; otherwise a long text is cut at its end */
} FitFlags;

/* Text in exactly `w` columns: filled with blanks of the role, or cut with the cut mark of the
 * glyph set. */
void canvas_text_fit(Canvas *c, int x, int y, int w, const char *text, Role role, FitFlags flags);

void canvas_hline(Canvas *c, int x, int y, int w, gunichar ch, Role role);
void canvas_vline(Canvas *c, int x, int y, int h, gunichar ch, Role role);
void canvas_fill(Canvas *c, Rect r, gunichar ch, Role role);
/* The outline of `r` with the lines and corners of the glyph set; the inside is untouched. */
void canvas_box(Canvas *c, Rect r, Role role);

/* Lays a background under the cells: ROLE_CURSOR for the current row, ROLE_MARKED ... The roles on
 * it keep their own foreground where the terminal has colours enough and it can be read there;
 * a match keeps its background too. ROLE_NORMAL removes the ground. */
void canvas_ground(Canvas *c, Rect r, Role ground);

/* A spark line of `w` columns: values[i] against `max` (<= 0: the largest value); when n > w
 * neighbouring values are summed into one column, when n < w the rest stays blank. */
void canvas_spark(Canvas *c, int x, int y, int w, const double *values, guint n, double max,
                  Role role);
/* A bar of up to `w` columns, blank behind its end. */
void canvas_bar(Canvas *c, int x, int y, int w, double value, double max, Role role);
/* A heat cell: `w` columns with the glyph and the role of a level (0 = blank .. GLYPH_HEAT_MAX). */
void canvas_heat(Canvas *c, int x, int y, int w, int level);

/* A column of `w` x `h` cells that stands on the line y + h - 1: value against max. That line has
 * the glyph of zero too; above the value nothing is drawn, and nothing at all for NaN. */
void canvas_column(Canvas *c, int x, int y, int w, int h, double value, double max, Role role);

/* Where the hardware cursor stands: on the current row, or in the prompt. */
void canvas_cursor(Canvas *c, int x, int y, gboolean visible);
/* The row under the cursor: the mark at its left end, its ground, and the hardware cursor. */
void canvas_cursor_row(Canvas *c, int x, int y, int w);

/* The screen as text: one line per row, each ended by a newline, blanks at its end trimmed. Free
 * with g_free. */
char *canvas_to_text(const Canvas *c);
/* The same shape with the letter of each cell's ground, or role when it has none; trailing `.`
 * (normal) trimmed. */
char *canvas_to_roles(const Canvas *c);
/* Both planes and the cursor, as screen tests keep them: text, "-- roles", roles, "-- cursor x y".
 */
char *canvas_to_screen(const Canvas *c);
/* A picture in the colours of a theme. `title` (may be NULL) is its accessible name. */
char *canvas_to_svg(const Canvas *c, ThemeId theme, const char *title);

#endif
