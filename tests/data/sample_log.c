/* The sample as the tests read it. See sample_log.h. */
#include <gio/gio.h>
#include <string.h>

#include "tests/data/sample_log.h"

char *sample_read(const char *name, gsize *ret_len)
{
  GFile *file = g_file_new_for_path(name);
  GError *error = NULL;
  GInputStream *in = G_INPUT_STREAM(g_file_read(file, NULL, &error));
  GOutputStream *out = g_memory_output_stream_new_resizable();
  char *bytes;

  if (!in)
    g_error("%s", error->message);
  if (g_str_has_suffix(name, ".gz")) {
    GConverter *gunzip = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    GInputStream *plain = g_converter_input_stream_new(in, gunzip);

    g_object_unref(gunzip);
    g_object_unref(in);
    in = plain;
  }
  if (g_output_stream_splice(out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error) < 0)
    g_error("%s: %s", name, error->message);
  *ret_len = g_memory_output_stream_get_data_size(G_MEMORY_OUTPUT_STREAM(out));
  bytes = g_malloc(*ret_len + 1);
  memcpy(bytes, g_memory_output_stream_get_data(G_MEMORY_OUTPUT_STREAM(out)), *ret_len);
  bytes[*ret_len] = '\0';
  g_object_unref(in);
  g_object_unref(out);
  g_object_unref(file);
  return bytes;
}

char **sample_fields(const char *line, char delimiter)
{
  GPtrArray *fields = g_ptr_array_new();
  GString *field = g_string_new(NULL);
  gboolean quoted = FALSE;

  for (const char *p = line;; p++) {
    if (*p == '\0' || (*p == delimiter && !quoted)) {
      g_ptr_array_add(fields, g_string_free(field, FALSE));
      field = g_string_new(NULL);
      if (*p == '\0')
        break;
    } else if (*p == '"' && delimiter == ',') {
      if (quoted && p[1] == '"')
        g_string_append_c(field, *p++);
      else
        quoted = !quoted;
    } else {
      g_string_append_c(field, *p);
    }
  }
  g_string_free(field, TRUE);
  g_ptr_array_add(fields, NULL);
  return (char **)g_ptr_array_free(fields, FALSE);
}

guint sample_number(const char *text)
{
  return (guint)g_ascii_strtoull(text, NULL, 10);
}

gint64 sample_time(const char *text)
{
  GDate d;
  gint64 seconds = 0;

  g_date_clear(&d, 1);
  g_date_set_dmy(&d, (GDateDay)sample_number(text + 8), (GDateMonth)sample_number(text + 5),
                 (GDateYear)sample_number(text));
  if (strlen(text) > 10)
    seconds =
        sample_number(text + 11) * 3600 + sample_number(text + 14) * 60 + sample_number(text + 17);
  return ((gint64)g_date_get_julian(&d) - 719163) * SAMPLE_DAY + seconds;
}

/* The canonical name of a page, as far as the sample needs it; NULL for what is no page. */
static char *lesson_of(const char *path)
{
  static const char *const others[] = {"", "/", "index.html", "toc", "search/search_index.json"};
  GString *name;
  char **segments;

  for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
    if (strcmp(path, others[i]) == 0)
      return NULL;
  }
  if (g_str_has_prefix(path, "images/"))
    return NULL;
  name = g_string_new(NULL);
  segments = g_strsplit(g_str_has_prefix(path, "content/") ? path + 8 : path, "/", -1);
  for (guint i = 0; segments[i]; i++) {
    char *s = segments[i];
    char *digits = s + strspn(s, "0123456789.");

    if (g_ascii_isdigit(*s) && *digits == '-')
      s = digits + 1;
    g_strdelimit(s, "_", '-');
    if (*s)
      g_string_append_printf(name, "%s%s", name->len ? "/" : "", s);
  }
  if (g_str_has_suffix(name->str, ".html"))
    g_string_truncate(name, name->len - 5);
  g_strfreev(segments);
  return g_string_free(name, FALSE);
}

static void add_row(SampleLog *log, const char *line)
{
  char **f = sample_fields(line, ',');
  SampleRow r = {0};
  char *lesson;
  char *time;

  if (g_strv_length(f) != 6)
    g_error("not six fields: %s", line);
  time = g_strdup_printf("%s %s", f[0], f[1]);
  r.when = sample_time(time);
  r.path = g_intern_string(f[2]);
  lesson = lesson_of(f[2]);
  r.lesson = lesson ? g_intern_string(lesson) : NULL;
  r.user = sample_number(f[3]);
  r.cohort = sample_number(f[4]);
  r.ip = g_intern_string(f[5]);
  g_array_append_val(log->rows, r);
  g_free(lesson);
  g_free(time);
  g_strfreev(f);
}

static void add_cohort(SampleLog *log, const char *line)
{
  char **f = sample_fields(line, ',');
  SampleCohort c = {0};

  if (g_strv_length(f) != 9)
    g_error("not nine fields: %s", line);
  c.id = sample_number(f[0]);
  c.name = g_strdup(f[1]);
  c.start = (int)(sample_time(f[3]) / SAMPLE_DAY);
  c.end = (int)(sample_time(f[4]) / SAMPLE_DAY);
  c.program = sample_number(f[8]);
  g_array_append_val(log->cohorts, c);
  g_strfreev(f);
}

static void each_line(SampleLog *log, const char *name, void (*add)(SampleLog *, const char *))
{
  gsize len;
  char *bytes = sample_read(name, &len);
  char *line = strchr(bytes, '\n') + 1; /* the header */

  while (*line) {
    char *end = strchr(line, '\n');

    *end = '\0';
    add(log, line);
    line = end + 1;
  }
  g_free(bytes);
}

SampleLog *sample_load(const char *folder)
{
  SampleLog *log = g_new0(SampleLog, 1);
  char *rows = g_build_filename(folder, "logs.csv", NULL);
  char *cohorts = g_build_filename(folder, "cohorts.csv", NULL);
  char *truth = g_build_filename(folder, "truth.json", NULL);
  GError *error = NULL;

  if (!g_file_test(rows, G_FILE_TEST_EXISTS)) {
    g_free(rows);
    rows = g_build_filename(folder, "logs.csv.gz", NULL);
  }
  log->rows = g_array_new(FALSE, FALSE, sizeof(SampleRow));
  log->cohorts = g_array_new(FALSE, FALSE, sizeof(SampleCohort));
  log->truth = json_parser_new();
  each_line(log, rows, add_row);
  each_line(log, cohorts, add_cohort);
  if (!json_parser_load_from_file(log->truth, truth, &error))
    g_error("%s", error->message);
  g_free(rows);
  g_free(cohorts);
  g_free(truth);
  return log;
}

SampleLog *sample_load_committed(void)
{
  const char *srcdir = g_getenv("SRCDIR");
  char *folder = g_build_filename(srcdir ? srcdir : SRCDIR, "assets", "sample", NULL);
  SampleLog *log = sample_load(folder);

  g_free(folder);
  return log;
}

void sample_free(SampleLog *log)
{
  for (guint i = 0; i < log->cohorts->len; i++)
    g_free(g_array_index(log->cohorts, SampleCohort, i).name);
  g_array_free(log->cohorts, TRUE);
  g_array_free(log->rows, TRUE);
  g_object_unref(log->truth);
  g_free(log);
}

const SampleCohort *sample_cohort(const SampleLog *log, guint id)
{
  for (guint i = 0; i < log->cohorts->len; i++) {
    const SampleCohort *c = &g_array_index(log->cohorts, SampleCohort, i);

    if (c->id == id)
      return c;
  }
  return NULL;
}

static gboolean listed_text(JsonArray *list, const char *text)
{
  for (guint i = 0; i < json_array_get_length(list); i++) {
    if (strcmp(json_array_get_string_element(list, i), text) == 0)
      return TRUE;
  }
  return json_array_get_length(list) == 0;
}

static gboolean listed_user(JsonArray *list, guint user)
{
  for (guint i = 0; i < json_array_get_length(list); i++) {
    if (json_array_get_int_element(list, i) == user)
      return TRUE;
  }
  return json_array_get_length(list) == 0;
}

static gboolean listed_day(JsonArray *list, gint64 when)
{
  for (guint i = 0; i < json_array_get_length(list); i++) {
    if (sample_time(json_array_get_string_element(list, i)) / SAMPLE_DAY == when / SAMPLE_DAY)
      return TRUE;
  }
  return json_array_get_length(list) == 0;
}

/* Rows of the people, places and days that the truth names; an empty list names all. */
static GArray *rows_of(const SampleLog *log, JsonObject *json)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(SampleRow));
  JsonArray *users = json_object_get_array_member(json, "users");
  JsonArray *ips = json_object_get_array_member(json, "ips");
  JsonArray *days = json_object_get_array_member(json, "days");
  gint64 first;
  gint64 last;

  if (json_object_get_null_member(json, "first"))
    return rows;
  first = sample_time(json_object_get_string_member(json, "first"));
  last = sample_time(json_object_get_string_member(json, "last"));
  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->when >= first && r->when <= last && listed_user(users, r->user) &&
        listed_day(days, r->when) && listed_text(ips, r->ip))
      g_array_append_val(rows, *r);
  }
  return rows;
}

guint sample_each_story(const SampleLog *log, const char *kind, SampleCheck check)
{
  static const char *const lists[] = {"planted", "innocent"};
  JsonObject *root = json_node_get_object(json_parser_get_root(log->truth));
  guint n = 0;

  for (guint k = 0; k < G_N_ELEMENTS(lists); k++) {
    JsonArray *list = json_object_get_array_member(root, lists[k]);

    for (guint i = 0; i < json_array_get_length(list); i++) {
      SampleStory s = {.json = json_array_get_object_element(list, i)};

      s.kind = json_object_get_string_member(s.json, "kind");
      if (kind && strcmp(kind, s.kind) != 0)
        continue;
      s.id = json_object_get_string_member(s.json, "id");
      s.innocent = json_object_get_boolean_member(s.json, "innocent");
      s.rows = rows_of(log, s.json);
      check(log, &s);
      g_array_free(s.rows, TRUE);
      n++;
    }
  }
  return n;
}
