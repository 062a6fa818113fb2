/* Roles: the one table of meanings that a cell can have, and their colours.
 *
 * Columns: identifier, name, letter in screen tests, attributes with colour, attributes without
 * colour, and for the themes dark, light and contrast a colour pair: (foreground, background) as
 * 0xRRGGBB or -1 for the terminal's own, then the same for terminals of 8 and 16 colours
 * (0 black 1 red 2 green 3 yellow 4 blue 5 magenta 6 cyan 7 white, +8 bright). ON gives both
 * colours, FG leaves the background alone, KB is on black. The RGB values are colours of the usual
 * 256-colour palette, so that 256 and direct colour look the same. The short names (A_BO ON FG KB)
 * have a meaning in theme.c only. */
#ifndef TUI_DRAW_ROLES_H
#define TUI_DRAW_ROLES_H

#include <glib.h>

typedef enum {
  ATTR_NONE = 0,
  ATTR_BOLD = 1 << 0,
  ATTR_DIM = 1 << 1,
  ATTR_UNDERLINE = 1 << 2,
  ATTR_REVERSE = 1 << 3,
} RoleAttr;

/* clang-format off */
#define ROLE_TABLE(X) \
  /* text */ \
  X(NORMAL,      "normal",      '.', A_NO, A_NO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(DIM,         "dim",         'd', A_NO, A_DI, FG(0x8a8a8a, 8),                     FG(0x626262, 8),                     KB(0xd0d0d0, 7)) \
  X(STRONG,      "strong",      'w', A_BO, A_BO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(NUMBER,      "number",      'n', A_NO, A_NO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(MISSING,     "missing",     'M', A_NO, A_DI, FG(0x767676, 8),                     FG(0x6c6c6c, 8),                     KB(0xd0d0d0, 7)) \
  X(HEADER,      "header",      'h', A_BO, A_BU, FG(0x87afaf, 6),                     FG(0x005f5f, 6),                     KB(0x87ffff, 14)) \
  X(COLUMN,      "column",      'S', A_BU, A_RB, FG(0xafd7d7, 14),                    FG(0x005f5f, 6),                     KB(0xffff00, 11)) \
  /* panes */ \
  X(TITLE,       "title",       't', A_NO, A_NO, FG(0x949494, 7),                     FG(0x5f5f5f, 8),                     KB(0xe4e4e4, 7)) \
  X(TITLE_FOCUS, "title-focus", 'T', A_BO, A_RB, FG(0x5fd7d7, 14),                    FG(0x005f87, 4),                     KB(0xffff00, 11)) \
  X(BORDER,      "border",      'r', A_NO, A_DI, FG(0x585858, 8),                     FG(0xb2b2b2, 7),                     KB(0xd0d0d0, 7)) \
  X(BORDER_FOCUS,"border-focus",'R', A_NO, A_BO, FG(0x5fafaf, 6),                     FG(0x5f87af, 4),                     KB(0xffff00, 11)) \
  X(CRUMB,       "crumb",       'c', A_NO, A_NO, FG(0x87afd7, 12),                    FG(0x005f87, 4),                     KB(0x87d7ff, 14)) \
  X(CRUMB_HERE,  "crumb-here",  'C', A_BO, A_BO, FG(0xd7d7d7, 15),                    FG(0x262626, 0),                     KB(0xffffff, 15)) \
  /* rows */ \
  X(CURSOR,      "cursor",      'Z', A_BO, A_RE, ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xafd7ff, 0, 6),        ON(0x000000, 0xffff00, 0, 11)) \
  X(CURSOR_DIM,  "cursor-dim",  'z', A_NO, A_UN, ON(0xd7d7d7, 0x3a3a3a, 6, -1),       ON(0x262626, 0xdadada, 4, -1),       ON(0xffffff, 0x444444, 0, 7)) \
  X(MARKED,      "marked",      'm', A_BO, A_BO, ON(0xffd787, 0x3a3a3a, 11, -1),      ON(0x5f0000, 0xffffd7, 5, -1),       ON(0xffff00, 0x00005f, 11, 4)) \
  X(MATCH,       "match",       '/', A_NO, A_UN, ON(0x000000, 0xd7af5f, 0, 3),        ON(0x000000, 0xffd787, 0, 3),        ON(0x000000, 0x00ffff, 0, 14)) \
  X(NOTE,        "note",        'N', A_NO, A_NO, FG(0xd7afd7, 13),                    FG(0x5f005f, 5),                     KB(0xffafff, 13)) \
  /* filters */ \
  X(CHIP,        "chip",        'p', A_NO, A_NO, ON(0xd7d7af, 0x303030, 3, -1),       ON(0x303030, 0xe4e4e4, 4, -1),       ON(0xffffff, 0x00005f, 15, 4)) \
  X(CHIP_OFF,    "chip-off",    'o', A_NO, A_DI, FG(0x767676, 8),                     FG(0x6c6c6c, 8),                     KB(0xd0d0d0, 7)) \
  X(CHIP_FOCUS,  "chip-focus",  'P', A_BO, A_RE, ON(0x000000, 0xd7d7af, 0, 3),        ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xffff00, 0, 11)) \
  /* flags */ \
  X(FLAG_LOW,    "flag-low",    'l', A_NO, A_NO, FG(0x87afd7, 12),                    FG(0x005f87, 4),                     KB(0x87d7ff, 14)) \
  X(FLAG_MID,    "flag-mid",    'f', A_NO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(FLAG_HIGH,   "flag-high",   'F', A_BO, A_RB, FG(0xff8787, 9),                     FG(0xaf0000, 1),                     ON(0xffffff, 0xaf0000, 15, 1)) \
  /* charts */ \
  X(BAR,         "bar",         'b', A_NO, A_NO, FG(0x5f87af, 4),                     FG(0x5f87af, 4),                     KB(0x87ffff, 14)) \
  X(SPARK,       "spark",       's', A_NO, A_NO, FG(0x5fafaf, 6),                     FG(0x008787, 6),                     KB(0x87ffff, 14)) \
  X(AXIS,        "axis",        'a', A_NO, A_NO, FG(0x767676, 8),                     FG(0x767676, 8),                     KB(0xd0d0d0, 7)) \
  X(SERIES1,     "series1",     'A', A_NO, A_BO, FG(0x5fafaf, 6),                     FG(0x008787, 6),                     KB(0x00ffff, 14)) \
  X(SERIES2,     "series2",     'B', A_NO, A_NO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(SERIES3,     "series3",     'D', A_NO, A_UN, FG(0xd787af, 5),                     FG(0x870087, 5),                     KB(0xff87ff, 13)) \
  X(SERIES4,     "series4",     'H', A_NO, A_DI, FG(0x87af5f, 2),                     FG(0x008700, 2),                     KB(0x87ff87, 10)) \
  X(HEAT1,       "heat1",       '1', A_NO, A_DI, ON(0x8a8a8a, 0x121212, 7, -1),       ON(0x444444, 0xd7ffff, 0, -1),       ON(0xffffff, 0x000000, 15, 0)) \
  X(HEAT2,       "heat2",       '2', A_NO, A_DI, ON(0xafafaf, 0x00005f, 12, -1),      ON(0x262626, 0xafd7d7, 4, -1),       ON(0xffffff, 0x303030, 15, 0)) \
  X(HEAT3,       "heat3",       '3', A_NO, A_NO, ON(0xffffff, 0x005f5f, 6, -1),       ON(0x000000, 0x87d7d7, 6, -1),       ON(0xffffff, 0x444444, 15, 4)) \
  X(HEAT4,       "heat4",       '4', A_NO, A_NO, ON(0xffffff, 0x005f87, 2, -1),       ON(0x000000, 0x5fafaf, 2, -1),       ON(0xffffff, 0x585858, 15, 4)) \
  X(HEAT5,       "heat5",       '5', A_NO, A_BO, ON(0x000000, 0x5faf87, 3, -1),       ON(0x000000, 0x5f87af, 5, -1),       ON(0x000000, 0xa8a8a8, 0, 6)) \
  X(HEAT6,       "heat6",       '6', A_NO, A_BO, ON(0x000000, 0x87af5f, 0, 6),        ON(0x000000, 0x0087af, 0, 6),        ON(0x000000, 0xc6c6c6, 0, 7)) \
  X(HEAT7,       "heat7",       '7', A_NO, A_RE, ON(0x000000, 0xd7af5f, 0, 2),        ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xe4e4e4, 0, 7)) \
  X(HEAT8,       "heat8",       '8', A_BO, A_RB, ON(0x000000, 0xffd75f, 0, 3),        ON(0xffffff, 0x00005f, 15, 0),       ON(0x000000, 0xffff00, 0, 11)) \
  /* prompts, messages, overlays */ \
  X(KEY,         "key",         'k', A_BO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffff00, 11)) \
  X(HINT,        "hint",        'y', A_NO, A_NO, FG(0x949494, 7),                     FG(0x5f5f5f, 8),                     KB(0xe4e4e4, 7)) \
  X(STATUS,      "status",      'u', A_NO, A_NO, FG(0xbcbcbc, 7),                     FG(0x444444, 0),                     KB(0xffffff, 15)) \
  X(PROMPT,      "prompt",      'i', A_BO, A_BO, FG(0x5fd7d7, 14),                    FG(0x005f87, 4),                     KB(0xffff00, 11)) \
  X(INPUT,       "input",       'I', A_NO, A_UN, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(ERROR,       "error",       'E', A_BO, A_RB, FG(0xff8787, 9),                     FG(0xaf0000, 1),                     ON(0xffffff, 0xaf0000, 15, 1)) \
  X(WARNING,     "warning",     'W', A_NO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(GOOD,        "good",        'g', A_NO, A_NO, FG(0x87af87, 2),                     FG(0x005f00, 2),                     KB(0x87ff87, 10)) \
  X(PROGRESS,    "progress",    'G', A_NO, A_RE, ON(0xffffff, 0x005f5f, 0, 6),        ON(0x000000, 0xafd7d7, 0, 6),        ON(0x000000, 0x87ffff, 0, 14)) \
  X(OVERLAY,     "overlay",     'v', A_NO, A_NO, ON(0xd7d7d7, 0x262626, -1, -1),      ON(0x262626, 0xeeeeee, -1, -1),      KB(0xffffff, 15)) \
  X(OVERLAY_HEAD,"overlay-head",'V', A_BO, A_RB, ON(0x5fd7d7, 0x262626, 14, -1),      ON(0x005f87, 0xeeeeee, 4, -1),       KB(0xffff00, 11))
/* clang-format on */

#endif
