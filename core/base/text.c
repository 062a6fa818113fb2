/* Text safety: what is unsafe is decided in one place, `text_next`; every writer goes through it.
 */
#include "core/base/text.h"

#include <math.h>
#include <string.h>

/* What is not drawn but changes how its neighbours are: marks and overrides of writing direction,
 * and the two line ends that are no C0 control. */
static const struct {
  gunichar first, last;
} unsafe_ranges[] = {
    {0x0080, 0x009f}, /* C1 controls */
    {0x061c, 0x061c}, /* Arabic letter mark */
    {0x200e, 0x200f}, /* direction marks */
    {0x2028, 0x202e}, /* line and paragraph separator, embeddings and overrides */
    {0x2066, 0x2069}, /* isolates */
};

static gboolean char_is_unsafe(gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS(unsafe_ranges); i++)
    if (c >= unsafe_ranges[i].first && c <= unsafe_ranges[i].last)
      return TRUE;
  return FALSE;
}

/* Bytes of the character at `s` (at least 1; a byte that is no UTF-8 stands alone) and whether it
 * is safe. `len` is over 0. */
static gsize text_next(const char *s, gsize len, gboolean *ret_safe)
{
  guint8 b = (guint8)s[0];
  if (b < 0x80) {
    *ret_safe = b >= 0x20 && b != 0x7f;
    return 1;
  }
  gunichar c = g_utf8_get_char_validated(s, (gssize)MIN(len, 6));
  if (c == (gunichar)-1 || c == (gunichar)-2) {
    *ret_safe = FALSE;
    return 1;
  }
  *ret_safe = !char_is_unsafe(c);
  return (gsize)g_unichar_to_utf8(c, NULL);
}

static gsize length_of(const char *s, gssize len)
{
  return !s ? 0 : len < 0 ? strlen(s) : (gsize)len;
}

gboolean text_is_safe(const char *s, gsize len)
{
  gboolean safe = TRUE;
  for (gsize i = 0; i < len && safe;)
    i += text_next(s + i, len - i, &safe);
  return safe;
}

void text_append_safe(GString *out, const char *s, gssize len)
{
  gsize n = length_of(s, len), from = 0;
  for (gsize i = 0; i < n;) {
    gboolean safe;
    gsize step = text_next(s + i, n - i, &safe);
    if (!safe) {
      g_string_append_len(out, s + from, (gssize)(i - from));
      g_string_append_c(out, '?');
      from = i + step;
    }
    i += step;
  }
  if (n > from)
    g_string_append_len(out, s + from, (gssize)(n - from));
}

char *text_safe(const char *s, gssize len)
{
  gsize n = length_of(s, len);
  GString *out = g_string_sized_new(n);
  text_append_safe(out, s, (gssize)n);
  return g_string_free(out, FALSE);
}

char *text_escaped(const char *s, gssize len, gsize max)
{
  static const char names[] = "\aa\bb\tt\nn\vv\ff\rr\\\\";
  gsize n = length_of(s, len);
  GString *out = g_string_new(NULL);
  for (gsize i = 0; i < n;) {
    gboolean safe;
    gsize step = text_next(s + i, n - i, &safe);
    if (i + step > max) {
      g_string_append(out, "..");
      break;
    }
    const char *name = NULL;
    for (const char *p = names; step == 1 && *p && !name; p += 2)
      if (p[0] == s[i])
        name = p + 1;
    if (name)
      g_string_append_printf(out, "\\%c", *name);
    else if (safe)
      g_string_append_len(out, s + i, (gssize)step);
    else
      for (gsize k = 0; k < step; k++)
        g_string_append_printf(out, "\\x%02x", (guint)(guint8)s[i + k]);
    i += step;
  }
  return g_string_free(out, FALSE);
}

void text_append_csv(GString *out, const char *s, gssize len, gboolean spreadsheet)
{
  gsize n = length_of(s, len);
  if (n == 0)
    return;
  gboolean formula = spreadsheet && s[0] && strchr("=+-@\t\r", s[0]);
  gboolean quoted = s[0] == ' ' || s[0] == '\t' || s[n - 1] == ' ' || s[n - 1] == '\t';
  for (gsize i = 0; i < n && !quoted; i++)
    quoted = s[i] == ',' || s[i] == '"' || s[i] == '\r' || s[i] == '\n';
  if (quoted)
    g_string_append_c(out, '"');
  if (formula)
    g_string_append_c(out, '\'');
  for (gsize i = 0; i < n;) {
    gboolean safe;
    gsize step = text_next(s + i, n - i, &safe);
    if (s[i] == '"')
      g_string_append(out, "\"\"");
    else if (safe || s[i] == '\t' || s[i] == '\r' || s[i] == '\n')
      g_string_append_len(out, s + i, (gssize)step);
    else
      g_string_append_c(out, '?');
    i += step;
  }
  if (quoted)
    g_string_append_c(out, '"');
}

/* Appends safe text, with a replacement for some bytes: `special` returns NULL for a byte that is
 * handled as any other. A line end (LF, CR or both) is one `\n` for it. */
static void append_replaced(GString *out, const char *s, gsize n, const char *line_end,
                            const char *(*special)(const char *s, gsize n, gsize i))
{
  for (gsize i = 0; i < n;) {
    gboolean safe;
    gsize step = text_next(s + i, n - i, &safe);
    if (s[i] == '\n' || s[i] == '\r') {
      g_string_append(out, line_end);
      step += s[i] == '\r' && i + 1 < n && s[i + 1] == '\n';
    } else {
      const char *with = special(s, n, i);
      if (with)
        g_string_append(out, with);
      else if (safe)
        g_string_append_len(out, s + i, (gssize)step);
      else
        g_string_append_c(out, '?');
    }
    i += step;
  }
}

/* Bytes that start or end markup are escaped; `_` only at the edge of a word, where alone it does.
 */
static const char *markdown_special(const char *s, gsize n, gsize i)
{
  static const struct {
    char byte;
    const char *with;
  } table[] = {{'\\', "\\\\"}, {'|', "\\|"}, {'`', "\\`"}, {'*', "\\*"}, {'[', "\\["},
               {']', "\\]"},   {'<', "\\<"}, {'&', "\\&"}, {'~', "\\~"}, {'\t', " "}};
  if (s[i] == '_') {
    gboolean inside = i > 0 && i + 1 < n && g_ascii_isalnum(s[i - 1]) && g_ascii_isalnum(s[i + 1]);
    return inside ? NULL : "\\_";
  }
  for (gsize k = 0; k < G_N_ELEMENTS(table); k++)
    if (table[k].byte == s[i])
      return table[k].with;
  return NULL;
}

void text_append_markdown(GString *out, const char *s, gssize len)
{
  append_replaced(out, s, length_of(s, len), "<br>", markdown_special);
}

static const char *html_special(const char *s, gsize n, gsize i)
{
  (void)n;
  switch (s[i]) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  case '\t':
    return "\t";
  default:
    return NULL;
  }
}

void text_append_html(GString *out, const char *s, gssize len)
{
  append_replaced(out, s, length_of(s, len), "\n", html_special);
}

char *text_grouped(gint64 n)
{
  char buf[32], *p = buf + sizeof buf;
  guint64 v = n < 0 ? -(guint64)n : (guint64)n;
  *--p = '\0';
  for (int digit = 0; digit == 0 || v > 0; digit++, v /= 10) {
    if (digit > 0 && digit % 3 == 0)
      *--p = ',';
    *--p = (char)('0' + v % 10);
  }
  if (n < 0)
    *--p = '-';
  return g_strdup(p);
}

char *text_rounded(double v)
{
  if (isnan(v))
    return g_strdup("unknown");
  if (fabs(v - round(v)) < 0.005 && fabs(v) < 1e15)
    return text_grouped((gint64)round(v));
  return g_strdup_printf(fabs(v) < 10 ? "%.2f" : "%.1f", v);
}

char *text_next_word(const char **line, gboolean *ret_quoted)
{
  const char *s = *line;
  while (g_ascii_isspace(*s))
    s++;
  if (!*s)
    return NULL;
  if (ret_quoted)
    *ret_quoted = *s == '"';
  GString *word = g_string_new(NULL);
  gboolean quoted = FALSE;
  for (; *s && (quoted || !g_ascii_isspace(*s)); s++) {
    if (*s == '"' && s[1] == '"' && quoted)
      g_string_append_c(word, *s++);
    else if (*s == '"')
      quoted = !quoted;
    else
      g_string_append_c(word, *s);
  }
  *line = s;
  return g_string_free(word, FALSE);
}

gboolean text_same_word(const char *a, const char *b)
{
  if (g_ascii_strcasecmp(a, b) == 0)
    return TRUE;
  /* Folding all of Unicode is slow; bytes that are no UTF-8 have no case. */
  if (g_str_is_ascii(a) || g_str_is_ascii(b) || !g_utf8_validate(a, -1, NULL) ||
      !g_utf8_validate(b, -1, NULL))
    return FALSE;
  char *fold_a = g_utf8_casefold(a, -1), *fold_b = g_utf8_casefold(b, -1);
  gboolean same = strcmp(fold_a, fold_b) == 0;
  g_free(fold_a);
  g_free(fold_b);
  return same;
}

guint text_distance(const char *a, const char *b, guint limit)
{
  gsize la = strlen(a), lb = strlen(b);
  limit = MIN(limit, G_MAXUINT - 1);
  if ((la > lb ? la - lb : lb - la) > limit)
    return limit + 1;
  guint *row = g_new(guint, lb + 1); /* distances of a prefix of `a` to every prefix of `b` */
  for (gsize j = 0; j <= lb; j++)
    row[j] = (guint)j;
  guint least = 0;
  for (gsize i = 1; i <= la && least <= limit; i++) {
    guint diagonal = row[0];
    least = row[0] = (guint)i;
    for (gsize j = 1; j <= lb; j++) {
      guint same = diagonal + (g_ascii_tolower(a[i - 1]) != g_ascii_tolower(b[j - 1]));
      diagonal = row[j];
      row[j] = MIN(same, MIN(row[j], row[j - 1]) + 1);
      least = MIN(least, row[j]);
    }
  }
  guint distance = MIN(row[lb], limit + 1);
  g_free(row);
  return least > limit ? limit + 1 : distance;
}

const char *text_closest(const char *word, const char *const *words)
{
  guint limit = (guint)MIN(1 + strlen(word) / 3, 1000);
  const char *best = NULL;
  for (; *words; words++) {
    guint d = text_distance(word, *words, limit);
    if (d <= limit) {
      best = *words;
      if (d == 0)
        break;
      limit = d - 1; /* only a closer one replaces it */
    }
  }
  return best;
}
