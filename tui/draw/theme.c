/* Theme: see theme.h. Turns the role table into styles for a terminal of any colour depth. */
#include "tui/draw/theme.h"

#include <math.h>

typedef struct {
  int fg, bg;     /* 0xRRGGBB or -1 */
  int fg16, bg16; /* 0..15 or -1 */
} Colors;

typedef struct {
  char letter;
  guint8 attr; /* with colours */
  guint8 mono; /* without */
  Colors colors[THEME_MONO];
} RoleDef;

/* The short names of the table. */
#define ON(fg, bg, fg16, bg16)                                                                     \
  {                                                                                                \
    fg, bg, fg16, bg16                                                                             \
  }
#define FG(fg, fg16)                                                                               \
  {                                                                                                \
    fg, -1, fg16, -1                                                                               \
  }
#define KB(fg, fg16)                                                                               \
  {                                                                                                \
    fg, 0x000000, fg16, 0                                                                          \
  }
#define A_NO ATTR_NONE
#define A_BO ATTR_BOLD
#define A_DI ATTR_DIM
#define A_UN ATTR_UNDERLINE
#define A_RE ATTR_REVERSE
#define A_RB (ATTR_REVERSE | ATTR_BOLD)
#define A_BU (ATTR_BOLD | ATTR_UNDERLINE)

#define ROLE_DEF(id, letter, attr, mono, dark, light, contrast)                                    \
  {letter, attr, mono, {dark, light, contrast}},
static const RoleDef roles[ROLE_COUNT] = {ROLE_TABLE(ROLE_DEF)};

static const struct {
  int fg, bg; /* what "the terminal's own" means in a picture */
} themes[THEME_COUNT] = {
    [THEME_DARK] = {0xd0d0d0, 0x121212},
    [THEME_LIGHT] = {0x262626, 0xffffff},
    [THEME_CONTRAST] = {0xffffff, 0x000000},
    [THEME_MONO] = {0xd0d0d0, 0x121212},
};

/* --- names -------------------------------------------------------------------------------- */

const char *const theme_words[] = {"dark", "light", "contrast", "mono", NULL};
const char *const color_mode_words[] = {"auto", "always", "never", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(theme_words) == THEME_COUNT + 1);

/* Place of a word in such a list, or -1. */
static int find_word(const char *const *words, const char *name)
{
  for (int i = 0; words[i]; i++)
    if (g_ascii_strcasecmp(name, words[i]) == 0)
      return i;
  return -1;
}

gboolean theme_parse(const char *name, ThemeId *theme)
{
  int i = find_word(theme_words, name);
  if (i >= 0)
    *theme = (ThemeId)i;
  return i >= 0;
}

gboolean color_mode_parse(const char *name, ColorMode *mode)
{
  int i = find_word(color_mode_words, name);
  if (i >= 0)
    *mode = (ColorMode)i;
  return i >= 0;
}

static const RoleDef *role_def(Role role)
{
  return &roles[role < ROLE_COUNT ? role : ROLE_NORMAL];
}

char role_letter(Role role)
{
  return role_def(role)->letter;
}

Role role_heat(int level)
{
  return level <= 0 ? ROLE_NORMAL : (Role)(ROLE_HEAT1 + MIN(level, 8) - 1);
}

/* --- depth -------------------------------------------------------------------------------- */

ColorDepth theme_depth(ColorMode mode, int colors, gboolean direct, const char *no_color)
{
  if (mode == COLOR_NEVER || (mode == COLOR_AUTO && no_color && *no_color))
    return DEPTH_MONO;
  if (colors < 8)
    return DEPTH_MONO;
  if (direct)
    return DEPTH_DIRECT;
  return colors >= 256 ? DEPTH_256 : colors >= 16 ? DEPTH_16 : DEPTH_8;
}

/* --- colours ------------------------------------------------------------------------------ */

/* Position 0..5 on the axis of the palette's cube: 0, 95, 135, 175, 215, 255. */
static int cube_step(int v)
{
  return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

static int square(int n)
{
  return n * n;
}

int theme_rgb_to_256(int rgb)
{
  static const int level[] = {0, 95, 135, 175, 215, 255};
  int r = (rgb >> 16) & 255, g = (rgb >> 8) & 255, b = rgb & 255;
  int cr = cube_step(r), cg = cube_step(g), cb = cube_step(b);
  int grey = CLAMP(((r + g + b) / 3 - 8 + 5) / 10, 0, 23), value = 8 + 10 * grey;
  int of_cube = square(level[cr] - r) + square(level[cg] - g) + square(level[cb] - b);
  int of_grey = square(value - r) + square(value - g) + square(value - b);
  return of_grey < of_cube ? 232 + grey : 16 + 36 * cr + 6 * cg + cb;
}

int theme_default_fg(ThemeId theme)
{
  return themes[theme < THEME_COUNT ? theme : THEME_DARK].fg;
}

int theme_default_bg(ThemeId theme)
{
  return themes[theme < THEME_COUNT ? theme : THEME_DARK].bg;
}

/* Relative luminance and contrast, 3 at least for text that is read at a glance: Web Content
 * Accessibility Guidelines 2.1, "relative luminance", "contrast ratio". */
static double luminance(int rgb)
{
  static const double weight[] = {0.0722, 0.7152, 0.2126};
  double sum = 0;
  for (int i = 0; i < 3; i++, rgb >>= 8) {
    double v = (rgb & 255) / 255.0;
    sum += weight[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
  }
  return sum;
}

static gboolean is_legible(int fg, int bg)
{
  double a = luminance(fg), b = luminance(bg);
  return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05) >= 3;
}

static Style style_mono(const RoleDef *def, const RoleDef *under)
{
  guint attr = def->mono;
  if (under)
    attr |= under->mono;
  /* Dim reversed text is unreadable on many terminals. */
  if (attr & ATTR_REVERSE)
    attr &= ~(guint)ATTR_DIM;
  return (Style){-1, -1, (RoleAttr)attr};
}

/* Eight colours: bright ones are bold, bright black is dim text in the terminal's own colour. */
static Style style_of_8(Style s)
{
  if (s.fg == 8)
    s.fg = -1, s.attr = (RoleAttr)(s.attr | (s.bg < 0 ? ATTR_DIM : ATTR_NONE));
  else if (s.fg > 8)
    s.fg -= 8, s.attr = (RoleAttr)(s.attr | ATTR_BOLD);
  if (s.bg >= 8)
    s.bg -= 8;
  return s;
}

/* What was searched for must be seen on the current row as well. */
static gboolean shines_through(Role role)
{
  return role == ROLE_MATCH;
}

Style theme_style(ThemeId theme, ColorDepth depth, Role role, Role ground)
{
  const RoleDef *def = role_def(role);
  const RoleDef *under = ground == ROLE_NORMAL || ground >= ROLE_COUNT ? NULL : &roles[ground];
  if (theme >= THEME_MONO || depth == DEPTH_MONO)
    return style_mono(def, under);

  const Colors *own = &def->colors[theme];
  const Colors *below = under && !shines_through(role) ? &under->colors[theme] : NULL;
  Style s = {.attr = (RoleAttr)(def->attr | (under ? under->attr : 0))};
  if (depth <= DEPTH_16) {
    /* Few colours: foregrounds of a role need not be legible on the ground, so the ground wins. */
    s.fg = below ? below->fg16 : own->fg16;
    s.bg = below ? below->bg16 : own->bg16;
    if (below && below->bg16 < 0)
      s.fg = own->fg16 >= 0 && own->bg16 < 0 ? own->fg16 : below->fg16;
    return depth == DEPTH_8 ? style_of_8(s) : s;
  }
  s.fg = own->fg;
  s.bg = below && below->bg >= 0 ? below->bg : own->bg;
  if (below && (s.fg < 0 || !is_legible(s.fg, s.bg)))
    s.fg = below->fg;
  if (depth == DEPTH_256) {
    s.fg = s.fg < 0 ? -1 : theme_rgb_to_256(s.fg);
    s.bg = s.bg < 0 ? -1 : theme_rgb_to_256(s.bg);
  }
  return s;
}
