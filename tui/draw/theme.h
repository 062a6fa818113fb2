/* Themes: what each role looks like, in four themes and at every colour depth.
 *
 * The table itself is tui/draw/roles.h. Nothing is told by colour alone: each role has attributes
 * for terminals without colour, and the glyphs carry the meaning first. */
#ifndef TUI_DRAW_THEME_H
#define TUI_DRAW_THEME_H

#include "tui/draw/roles.h"

#define ROLE_ENUM(id, letter, attr, mono, dark, light, contrast) ROLE_##id,
typedef enum { ROLE_TABLE(ROLE_ENUM) ROLE_COUNT } Role;
#undef ROLE_ENUM

typedef enum { THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO, THEME_COUNT } ThemeId;

typedef enum {
  DEPTH_MONO,
  DEPTH_8,
  DEPTH_16,
  DEPTH_256,
  DEPTH_DIRECT /* the terminal takes red, green and blue */
} ColorDepth;

typedef enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorMode;

/* How one cell is shown. Colours are -1 (the terminal's own), an index of the palette, or
 * 0xRRGGBB at DEPTH_DIRECT. */
typedef struct {
  int fg, bg;
  RoleAttr attr;
} Style;

/* The names of themes and of modes, as people type them; each list ends with NULL. */
extern const char *const theme_words[];
extern const char *const color_mode_words[];
gboolean theme_parse(const char *name, ThemeId *theme);
/* What stands for a role in screen tests. */
char role_letter(Role role);
/* ROLE_HEAT1 .. ROLE_HEAT8 of a heat level (see glyphs.h); ROLE_NORMAL for level 0. */
Role role_heat(int level);

/* The depth to draw with: `colors` as terminfo has it (-1 or 0: none), `direct` when the terminal
 * takes RGB, `no_color` the value of $NO_COLOR or NULL. */
ColorDepth theme_depth(ColorMode mode, int colors, gboolean direct, const char *no_color);
gboolean color_mode_parse(const char *name, ColorMode *mode);

/* Style of a role on a ground (ROLE_NORMAL: none). */
Style theme_style(ThemeId theme, ColorDepth depth, Role role, Role ground);

/* Nearest index 16..255 of the usual 256-colour palette. */
int theme_rgb_to_256(int rgb);
/* Colours of a theme where "the terminal's own" must be a colour: pictures, tests of contrast. */
int theme_default_fg(ThemeId theme);
int theme_default_bg(ThemeId theme);

#endif
