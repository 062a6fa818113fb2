/* Roles: the one table of meanings that a cell can have, and their colours.
 *
 * Columns: identifier, letter in screen tests, attributes with colour, attributes without
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
  X(NORMAL,        '.', A_NO, A_NO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(DIM,           'd', A_NO, A_DI, FG(0x8a8a8a, 8),                     FG(0x626262, 8),                     KB(0xd0d0d0, 7)) \
  X(STRONG,        'w', A_BO, A_BO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(NUMBER,        'n', A_NO, A_NO, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(MISSING,       'M', A_NO, A_DI, FG(0x767676, 8),                     FG(0x6c6c6c, 8),                     KB(0xd0d0d0, 7)) \
  X(HEADER,        'h', A_BO, A_BU, FG(0x87afaf, 6),                     FG(0x005f5f, 6),                     KB(0x87ffff, 14)) \
  X(COLUMN,        'S', A_BU, A_RB, FG(0xafd7d7, 14),                    FG(0x005f5f, 6),                     KB(0xffff00, 11)) \
  /* panes */ \
  X(TITLE,         't', A_NO, A_NO, FG(0x949494, 7),                     FG(0x5f5f5f, 8),                     KB(0xe4e4e4, 7)) \
  X(TITLE_FOCUS,   'T', A_BO, A_RB, FG(0x5fd7d7, 14),                    FG(0x005f87, 4),                     KB(0xffff00, 11)) \
  X(BORDER,        'r', A_NO, A_DI, FG(0x585858, 8),                     FG(0xb2b2b2, 7),                     KB(0xd0d0d0, 7)) \
  X(BORDER_FOCUS,  'R', A_NO, A_BO, FG(0x5fafaf, 6),                     FG(0x5f87af, 4),                     KB(0xffff00, 11)) \
  X(CRUMB,         'c', A_NO, A_NO, FG(0x87afd7, 12),                    FG(0x005f87, 4),                     KB(0x87d7ff, 14)) \
  X(CRUMB_HERE,    'C', A_BO, A_BO, FG(0xd7d7d7, 15),                    FG(0x262626, 0),                     KB(0xffffff, 15)) \
  /* rows */ \
  X(CURSOR,        'Z', A_BO, A_RE, ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xafd7ff, 0, 6),        ON(0x000000, 0xffff00, 0, 11)) \
  X(CURSOR_DIM,    'z', A_NO, A_UN, ON(0xd7d7d7, 0x3a3a3a, 6, -1),       ON(0x262626, 0xdadada, 4, -1),       ON(0xffffff, 0x444444, 0, 7)) \
  X(MARKED,        'm', A_BO, A_BO, ON(0xffd787, 0x3a3a3a, 11, -1),      ON(0x5f0000, 0xffffd7, 5, -1),       ON(0xffff00, 0x00005f, 11, 4)) \
  X(MATCH,         '/', A_NO, A_UN, ON(0x000000, 0xd7af5f, 0, 3),        ON(0x000000, 0xffd787, 0, 3),        ON(0x000000, 0x00ffff, 0, 14)) \
  X(NOTE,          'N', A_NO, A_NO, FG(0xd7afd7, 13),                    FG(0x5f005f, 5),                     KB(0xffafff, 13)) \
  /* filters */ \
  X(CHIP,          'p', A_NO, A_NO, ON(0xd7d7af, 0x303030, 3, -1),       ON(0x303030, 0xe4e4e4, 4, -1),       ON(0xffffff, 0x00005f, 15, 4)) \
  X(CHIP_OFF,      'o', A_NO, A_DI, FG(0x767676, 8),                     FG(0x6c6c6c, 8),                     KB(0xd0d0d0, 7)) \
  X(CHIP_FOCUS,    'P', A_BO, A_RE, ON(0x000000, 0xd7d7af, 0, 3),        ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xffff00, 0, 11)) \
  /* flags */ \
  X(FLAG_LOW,      'l', A_NO, A_NO, FG(0x87afd7, 12),                    FG(0x005f87, 4),                     KB(0x87d7ff, 14)) \
  X(FLAG_MID,      'f', A_NO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(FLAG_HIGH,     'F', A_BO, A_RB, FG(0xff8787, 9),                     FG(0xaf0000, 1),                     ON(0xffffff, 0xaf0000, 15, 1)) \
  /* charts */ \
  X(BAR,           'b', A_NO, A_NO, FG(0x5f87af, 4),                     FG(0x5f87af, 4),                     KB(0x87ffff, 14)) \
  X(SPARK,         's', A_NO, A_NO, FG(0x5fafaf, 6),                     FG(0x008787, 6),                     KB(0x87ffff, 14)) \
  X(AXIS,          'a', A_NO, A_NO, FG(0x767676, 8),                     FG(0x767676, 8),                     KB(0xd0d0d0, 7)) \
  X(SERIES1,       'A', A_NO, A_BO, FG(0x5fafaf, 6),                     FG(0x008787, 6),                     KB(0x00ffff, 14)) \
  X(SERIES2,       'B', A_NO, A_NO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(SERIES3,       'D', A_NO, A_UN, FG(0xd787af, 5),                     FG(0x870087, 5),                     KB(0xff87ff, 13)) \
  X(SERIES4,       'H', A_NO, A_DI, FG(0x87af5f, 2),                     FG(0x008700, 2),                     KB(0x87ff87, 10)) \
  X(HEAT1,         '1', A_NO, A_DI, ON(0x8a8a8a, 0x121212, 7, -1),       ON(0x444444, 0xd7ffff, 0, -1),       ON(0xffffff, 0x000000, 15, 0)) \
  X(HEAT2,         '2', A_NO, A_DI, ON(0xafafaf, 0x00005f, 12, -1),      ON(0x262626, 0xafd7d7, 4, -1),       ON(0xffffff, 0x303030, 15, 0)) \
  X(HEAT3,         '3', A_NO, A_NO, ON(0xffffff, 0x005f5f, 6, -1),       ON(0x000000, 0x87d7d7, 6, -1),       ON(0xffffff, 0x444444, 15, 4)) \
  X(HEAT4,         '4', A_NO, A_NO, ON(0xffffff, 0x005f87, 2, -1),       ON(0x000000, 0x5fafaf, 2, -1),       ON(0xffffff, 0x585858, 15, 4)) \
  X(HEAT5,         '5', A_NO, A_BO, ON(0x000000, 0x5faf87, 3, -1),       ON(0x000000, 0x5f87af, 5, -1),       ON(0x000000, 0xa8a8a8, 0, 6)) \
  X(HEAT6,         '6', A_NO, A_BO, ON(0x000000, 0x87af5f, 0, 6),        ON(0x000000, 0x0087af, 0, 6),        ON(0x000000, 0xc6c6c6, 0, 7)) \
  X(HEAT7,         '7', A_NO, A_RE, ON(0x000000, 0xd7af5f, 0, 2),        ON(0xffffff, 0x005f87, 15, 4),       ON(0x000000, 0xe4e4e4, 0, 7)) \
  X(HEAT8,         '8', A_BO, A_RB, ON(0x000000, 0xffd75f, 0, 3),        ON(0xffffff, 0x00005f, 15, 0),       ON(0x000000, 0xffff00, 0, 11)) \
  /* prompts, messages, overlays */ \
  X(KEY,           'k', A_BO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffff00, 11)) \
  X(HINT,          'y', A_NO, A_NO, FG(0x949494, 7),                     FG(0x5f5f5f, 8),                     KB(0xe4e4e4, 7)) \
  X(STATUS,        'u', A_NO, A_NO, FG(0xbcbcbc, 7),                     FG(0x444444, 0),                     KB(0xffffff, 15)) \
  X(PROMPT,        'i', A_BO, A_BO, FG(0x5fd7d7, 14),                    FG(0x005f87, 4),                     KB(0xffff00, 11)) \
  X(INPUT,         'I', A_NO, A_UN, FG(-1, -1),                          FG(-1, -1),                          KB(0xffffff, 15)) \
  X(ERROR,         'E', A_BO, A_RB, FG(0xff8787, 9),                     FG(0xaf0000, 1),                     ON(0xffffff, 0xaf0000, 15, 1)) \
  X(WARNING,       'W', A_NO, A_BO, FG(0xd7af5f, 3),                     FG(0x875f00, 3),                     KB(0xffd700, 11)) \
  X(GOOD,          'g', A_NO, A_NO, FG(0x87af87, 2),                     FG(0x005f00, 2),                     KB(0x87ff87, 10)) \
  X(PROGRESS,      'G', A_NO, A_RE, ON(0xffffff, 0x005f5f, 0, 6),        ON(0x000000, 0xafd7d7, 0, 6),        ON(0x000000, 0x87ffff, 0, 14)) \
  X(OVERLAY,       'v', A_NO, A_NO, ON(0xd7d7d7, 0x262626, -1, -1),      ON(0x262626, 0xeeeeee, -1, -1),      KB(0xffffff, 15)) \
  X(OVERLAY_HEAD,  'V', A_BO, A_RB, ON(0x5fd7d7, 0x262626, 14, -1),      ON(0x005f87, 0xeeeeee, 4, -1),       KB(0xffff00, 11))
/* clang-format on */

#endif
