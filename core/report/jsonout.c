/* JSON out: commas, indentation and escapes. */
#include "core/report/jsonout.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"

typedef struct {
  gboolean array, one_line, filled;
} Level;

struct JsonOut {
  Sink *sink;
  GArray *levels; /* of Level */
  GString *line;
  gboolean one_line;
};

static gboolean plain(const char *s)
{
  for (; *s; s++)
    if ((guchar)*s < 0x20 || (guchar)*s > 0x7e || *s == '"' || *s == '\\')
      return FALSE;
  return TRUE;
}

void json_append_text(GString *out, const char *s)
{
  g_string_append_c(out, '"');
  if (plain(s)) {
    g_string_append(out, s);
  } else {
    char *safe = text_safe(s, -1);
    for (const char *p = safe; *p; p++) {
      if (*p == '"' || *p == '\\')
        g_string_append_c(out, '\\');
      g_string_append_c(out, *p);
    }
    g_free(safe);
  }
  g_string_append_c(out, '"');
}

void json_append_real(GString *out, double v)
{
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  char buf[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite(v)) {
    g_string_append(out, "null");
    return;
  }
  if (v == 0)
    v = 0; /* no -0 */
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_ascii_formatd(buf, sizeof buf, formats[i], v);
    if (g_ascii_strtod(buf, NULL) == v)
      break;
  }
  g_string_append(out, buf);
}

JsonOut *json_out_new(Sink *sink)
{
  JsonOut *j = g_new0(JsonOut, 1);
  j->sink = sink;
  j->levels = g_array_new(FALSE, TRUE, sizeof(Level));
  j->line = g_string_sized_new(256);
  return j;
}

void json_out_free(JsonOut *j)
{
  if (!j)
    return;
  sink_puts(j->sink, "\n");
  g_array_free(j->levels, TRUE);
  g_string_free(j->line, TRUE);
  g_free(j);
}

static Level *innermost(JsonOut *j)
{
  return j->levels->len ? &g_array_index(j->levels, Level, j->levels->len - 1) : NULL;
}

static void break_line(JsonOut *j)
{
  g_string_append_c(j->line, '\n');
  for (guint i = 0; i < j->levels->len; i++)
    g_string_append(j->line, "  ");
}

/* Comma, line break and key of the next value; the value is then appended to j->line. */
static void start_value(JsonOut *j, const char *key)
{
  Level *level = innermost(j);
  g_string_truncate(j->line, 0);
  if (level) {
    if (level->filled)
      g_string_append_c(j->line, ',');
    if (!level->one_line)
      break_line(j);
    level->filled = TRUE;
  }
  if (key) {
    json_append_text(j->line, key);
    g_string_append_c(j->line, ':');
    if (level && !level->one_line)
      g_string_append_c(j->line, ' ');
  }
}

static void put_line(JsonOut *j)
{
  sink_write(j->sink, j->line->str, j->line->len);
}

static void open_level(JsonOut *j, const char *key, gboolean array)
{
  const Level *outer = innermost(j);
  Level level = {.array = array, .one_line = j->one_line || (outer && outer->one_line)};
  start_value(j, key);
  g_string_append_c(j->line, array ? '[' : '{');
  put_line(j);
  g_array_append_val(j->levels, level);
}

void json_out_object(JsonOut *j, const char *key)
{
  open_level(j, key, FALSE);
}

void json_out_array(JsonOut *j, const char *key)
{
  open_level(j, key, TRUE);
}

void json_out_close(JsonOut *j)
{
  Level level = *innermost(j);
  g_array_set_size(j->levels, j->levels->len - 1);
  g_string_truncate(j->line, 0);
  if (level.filled && !level.one_line)
    break_line(j);
  g_string_append_c(j->line, level.array ? ']' : '}');
  put_line(j);
}

void json_out_one_line(JsonOut *j, gboolean one_line)
{
  j->one_line = one_line;
}

void json_out_raw(JsonOut *j, const char *key, const char *json)
{
  start_value(j, key);
  g_string_append(j->line, json);
  put_line(j);
}

void json_out_null(JsonOut *j, const char *key)
{
  json_out_raw(j, key, "null");
}

void json_out_bool(JsonOut *j, const char *key, gboolean v)
{
  json_out_raw(j, key, v ? "true" : "false");
}

void json_out_text(JsonOut *j, const char *key, const char *s)
{
  if (!s) {
    json_out_null(j, key);
    return;
  }
  start_value(j, key);
  json_append_text(j->line, s);
  put_line(j);
}

void json_out_int(JsonOut *j, const char *key, gint64 v)
{
  start_value(j, key);
  g_string_append_printf(j->line, "%" G_GINT64_FORMAT, v);
  put_line(j);
}

void json_out_real(JsonOut *j, const char *key, double v)
{
  start_value(j, key);
  json_append_real(j->line, v);
  put_line(j);
}

void json_out_time(JsonOut *j, const char *key, CivilTime t)
{
  char buf[CIVIL_BUF];
  json_out_text(j, key, t == CIVIL_NONE ? NULL : civil_format(t, 'T', buf));
}
