/* Measuring text: classes of characters with the widths of Helvetica, rounded up. */
#include "core/report/slide_measure.h"

#include <string.h>

#define ELLIPSIS    "\u2026"
#define BOLD_FACTOR 1.07

/* In thousandths of the size. */
static const struct {
  const char *of;
  guint width;
} classes[] = {
    {"ijl'|", 240}, {" .,:;!/\\ft[]I", 290}, {"-()r`", 345},      {"\"", 360}, {"cksvxyzJ*^", 515},
    {"+=<>~", 600}, {"ABEKPSVXYFLTZ&", 680}, {"wCDHNRUGOQ", 790}, {"mM", 840}, {"%W", 950},
    {"@", 1020},
};
#define WIDTH_OTHER 570 /* digits and most small letters */
#define WIDTH_ROUND 700 /* letters beyond ASCII */
#define WIDTH_FULL  1000

static guint char_width(gunichar c)
{
  if (g_unichar_iszerowidth(c))
    return 0;
  if (g_unichar_iswide(c) || c == 0x2026)
    return WIDTH_FULL;
  if (c >= 0x80)
    return WIDTH_ROUND;
  for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
    if (c && strchr(classes[i].of, (int)c))
      return classes[i].width;
  return WIDTH_OTHER;
}

static double width_of(const char *text, const char *end, double size, gboolean bold)
{
  guint64 width = 0;
  for (const char *p = text; p < end; p = g_utf8_next_char(p))
    width += char_width(g_utf8_get_char(p));
  return (double)width / 1000 * size * (bold ? BOLD_FACTOR : 1);
}

double slide_width(const char *text, double size, gboolean bold)
{
  return width_of(text, text + strlen(text), size, bold);
}

/* Where a line that begins at `p` ends: behind its last word that fits, or within a word that is
 * longer than a line; at least one character on. */
static const char *line_end(const char *p, double size, gboolean bold, double width)
{
  const char *fits = NULL, *c = p;
  double so_far = 0;
  for (; *c; c = g_utf8_next_char(c)) {
    if (*c == ' ' && c[1] != '%')
      fits = c;
    so_far += width_of(c, g_utf8_next_char(c), size, bold);
    if (so_far > width + 1e-6 && *c != ' ')
      return fits && fits > p ? fits : c > p ? c : g_utf8_next_char(c);
  }
  return c;
}

guint slide_lines(const char *text, double size, gboolean bold, double width)
{
  guint n = 0;
  for (const char *p = text; *p;) {
    p = line_end(p, size, bold, width);
    p += strspn(p, " ");
    n++;
  }
  return MAX(n, 1);
}

char *slide_cut(const char *text, double size, gboolean bold, double width, guint lines)
{
  if (slide_lines(text, size, bold, width) <= lines)
    return g_strdup(text);
  GString *s = g_string_new(text);
  while (s->len) {
    /* a word less (a number stays with its sign), or a character of the only word */
    char *space = strrchr(s->str, ' ');
    while (space && space[1] == '%')
      space = g_strrstr_len(s->str, space - s->str, " ");
    gsize keep = space && space > s->str
                     ? (gsize)(space - s->str)
                     : (gsize)(g_utf8_find_prev_char(s->str, s->str + s->len) - s->str);
    g_string_truncate(s, keep);
    while (s->len && strchr(" ,;:.(", s->str[s->len - 1]))
      g_string_truncate(s, s->len - 1);
    char *cut = g_strconcat(s->str, ELLIPSIS, NULL);
    if (slide_lines(cut, size, bold, width) <= lines) {
      g_string_free(s, TRUE);
      return cut;
    }
    g_free(cut);
  }
  g_string_free(s, TRUE);
  return g_strdup(ELLIPSIS);
}

char *slide_cut_middle(const char *text, double size, gboolean bold, double width)
{
  if (slide_width(text, size, bold) <= width)
    return g_strdup(text);
  double room = width - slide_width(ELLIPSIS, size, bold), used = 0;
  const char *head = text, *tail = text + strlen(text);
  while (head < tail) {
    /* by turns from either end, the tail first */
    const char *before = g_utf8_find_prev_char(text, tail), *next = g_utf8_next_char(head);
    gboolean from_tail = text + strlen(text) - tail <= head - text;
    double more = from_tail ? width_of(before, tail, size, bold) : width_of(head, next, size, bold);
    if (used + more > room)
      break;
    used += more;
    if (from_tail)
      tail = before;
    else
      head = next;
  }
  return g_strdup_printf("%.*s" ELLIPSIS "%s", (int)(head - text), text, tail);
}
