/* Option values: numbers, times, shares and words, each with the error a person can act on. */
#include "tui/app/option_value.h"

#include <math.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define SECONDS_MAX   (366 * (gint64)86400)
#define SIZE_MAX_SIDE 10000

void option_value_clear(OptionValue *v)
{
  g_free(v->text);
  *v = (OptionValue){.given = FALSE};
}

static gboolean read_number(const char *text, gint64 max, gint64 *ret)
{
  guint64 n;
  if (!g_ascii_string_to_unsigned(text, 10, 0, (guint64)max, &n, NULL))
    return FALSE;
  *ret = (gint64)n;
  return TRUE;
}

gboolean option_read_seconds(const char *text, gint64 *ret)
{
  static const struct {
    char unit;
    gint64 seconds;
  } units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
  gint64 total = 0;
  const char *p = text;
  if (!*p)
    return FALSE;
  while (*p) {
    char *end;
    gint64 unit = 0;
    if (!g_ascii_isdigit(*p))
      return FALSE;
    guint64 n = g_ascii_strtoull(p, &end, 10);
    for (guint i = 0; i < G_N_ELEMENTS(units); i++)
      if (*end == units[i].unit)
        unit = units[i].seconds;
    if (!*end && p == text) /* a number alone: seconds */
      unit = 1;
    if (unit == 0 || n > (guint64)SECONDS_MAX)
      return FALSE;
    total += (gint64)n * unit;
    if (total > SECONDS_MAX)
      return FALSE;
    p = *end ? end + 1 : end;
  }
  if (total == 0)
    return FALSE;
  *ret = total;
  return TRUE;
}

gboolean option_read_share(const char *text, double *ret)
{
  char *end;
  double v = g_ascii_strtod(text, &end);
  if (end == text || !isfinite(v))
    return FALSE;
  while (*end == ' ')
    end++;
  if (*end == '%') {
    v /= 100;
    end++;
  }
  if (*end || v < 0 || v > 1)
    return FALSE;
  *ret = v;
  return TRUE;
}

static gboolean read_size(const char *text, gint64 *ret)
{
  char **sides = g_strsplit(text, "x", 3);
  gint64 columns = 0, rows = 0;
  gboolean ok = g_strv_length(sides) == 2 && read_number(sides[0], SIZE_MAX_SIDE, &columns) &&
                read_number(sides[1], SIZE_MAX_SIDE, &rows) && columns > 0 && rows > 0;
  g_strfreev(sides);
  if (ok)
    *ret = columns * 65536 + rows;
  return ok;
}

static gboolean read_word(const OptionInfo *info, const char *text, gint64 *ret)
{
  for (gint64 i = 0; info->words[i]; i++) {
    if (g_ascii_strcasecmp(info->words[i], text) == 0) {
      *ret = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* A switch of the settings file. */
static gboolean read_switch(const char *text, gint64 *ret)
{
  static const char *const yes[] = {"", "yes", "true", "on", "1", NULL};
  static const char *const no[] = {"no", "false", "off", "0", NULL};
  char *lower = g_ascii_strdown(text, -1);
  gboolean is_yes = g_strv_contains(yes, lower), is_no = g_strv_contains(no, lower);
  g_free(lower);
  *ret = is_yes;
  return is_yes || is_no;
}

static char *expectation(const OptionInfo *info, const char *text)
{
  switch (info->type) {
  case OPTION_WORD: {
    char *list = g_strjoinv(", ", (char **)(gpointer)info->words);
    const char *closest = text_closest(text, info->words);
    char *out = closest ? g_strdup_printf("did you mean %s? (one of %s)", closest, list)
                        : g_strdup_printf("one of %s is right", list);
    g_free(list);
    return out;
  }
  case OPTION_COUNT:
    return g_strdup("a whole number is right, such as 20");
  case OPTION_SECONDS:
    return g_strdup("a length of time is right, such as 30m, 1h30m or 90s, at most 366d");
  case OPTION_SHARE:
    return g_strdup("a share is right, such as 1% or 0.01");
  case OPTION_TIME:
    return g_strdup("a date is right, such as 2019-08-14 or 2019-08-14T10:00");
  case OPTION_SIZE:
    return g_strdup("columns x rows is right, such as 80x24");
  case OPTION_FLAG:
    return g_strdup("yes or no is right");
  default:
    return g_strdup("it must not be empty");
  }
}

gboolean option_value_read(const OptionInfo *info, const char *text, OptionValue *ret,
                           GError **error)
{
  OptionValue v = {.given = TRUE};
  gboolean ok = TRUE;
  switch (info->type) {
  case OPTION_FLAG:
    v.number = 1;
    ok = !text || read_switch(text, &v.number);
    break;
  case OPTION_WORD:
    ok = read_word(info, text, &v.number);
    break;
  case OPTION_COUNT:
    ok = read_number(text, (gint64)G_MAXUINT32 - 1, &v.number);
    break;
  case OPTION_SECONDS:
    ok = option_read_seconds(text, &v.number);
    break;
  case OPTION_SHARE:
    ok = option_read_share(text, &v.real);
    break;
  case OPTION_TIME:
    ok = civil_parse_time(text, strlen(text), &v.number);
    break;
  case OPTION_SIZE:
    ok = read_size(text, &v.number);
    break;
  case OPTION_FILE:
    ok = *text != '\0';
    break;
  case OPTION_TEXT:
  case OPTION_LIST:
    break;
  }
  if (!ok) {
    char *shown = text_escaped(text, -1, 60);
    char *right = expectation(info, text);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--%s: \"%s\" cannot be used; %s", info->name,
                shown, right);
    g_free(shown);
    g_free(right);
    return FALSE;
  }
  if (info->type == OPTION_LIST && ret->given)
    v.text = g_strconcat(ret->text, ",", text, NULL);
  else
    v.text = g_strdup(text);
  option_value_clear(ret);
  *ret = v;
  return TRUE;
}
