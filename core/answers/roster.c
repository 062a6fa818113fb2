/* Roster: reading the list of students. */
#include "core/answers/roster.h"

#include <gio/gio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/ingest/csvread.h"

#define FIELDS_MAX 64

typedef enum { ROSTER_USER, ROSTER_COHORT, ROSTER_NAME, N_ROSTER_FIELDS } RosterField;

static const struct {
  const char *name;
  RosterField field;
} synonyms[] = {
    {"user", ROSTER_USER},        {"userid", ROSTER_USER},   {"student", ROSTER_USER},
    {"studentid", ROSTER_USER},   {"id", ROSTER_USER},       {"cohort", ROSTER_COHORT},
    {"cohortid", ROSTER_COHORT},  {"class", ROSTER_COHORT},  {"name", ROSTER_NAME},
    {"studentname", ROSTER_NAME}, {"fullname", ROSTER_NAME}, {"username", ROSTER_NAME},
};

/* Lower case, letters only: "User ID" is "userid". */
static char *folded(const ColumnName *f)
{
  GString *out = g_string_new(NULL);
  for (gsize i = 0; i < f->len; i++)
    if (g_ascii_isalpha(f->s[i]))
      g_string_append_c(out, g_ascii_tolower(f->s[i]));
  return g_string_free(out, FALSE);
}

/* Places of the fields from a header; FALSE when no column of it names the users. */
static gboolean read_header(const ColumnName *f, guint n, int *place)
{
  int found[N_ROSTER_FIELDS] = {-1, -1, -1};
  for (guint i = 0; i < n; i++) {
    char *name = folded(&f[i]);
    for (gsize k = 0; k < G_N_ELEMENTS(synonyms); k++)
      if (strcmp(name, synonyms[k].name) == 0 && found[synonyms[k].field] < 0)
        found[synonyms[k].field] = (int)i;
    g_free(name);
  }
  if (found[ROSTER_USER] < 0)
    return FALSE;
  memcpy(place, found, sizeof found);
  return TRUE;
}

static char delimiter_of(const char *line, gsize len)
{
  static const char candidates[] = ",;\t|";
  char best = ',';
  gsize most = 0;
  for (const char *c = candidates; *c; c++) {
    gsize n = 0;
    for (gsize i = 0; i < len; i++)
      n += line[i] == *c;
    if (n > most) {
      most = n;
      best = *c;
    }
  }
  return best;
}

static char *field_text(const ColumnName *f, guint n, int place)
{
  return place >= 0 && (guint)place < n ? g_strndup(f[place].s, f[place].len) : g_strdup("");
}

static void free_line(gpointer p)
{
  RosterLine *l = p;
  g_free(l->user);
  g_free(l->cohort);
  g_free(l->name);
  g_free(l);
}

static void add_line(Roster *r, GHashTable *seen, const ColumnName *f, guint n, const int *place)
{
  RosterLine *l = g_new0(RosterLine, 1);
  l->user = field_text(f, n, place[ROSTER_USER]);
  l->cohort = field_text(f, n, place[ROSTER_COHORT]);
  l->name = field_text(f, n, place[ROSTER_NAME]);
  if (*l->user && !g_hash_table_contains(seen, l->user)) {
    g_hash_table_add(seen, l->user);
    g_ptr_array_add(r->lines, l);
  } else {
    r->skipped++;
    free_line(l);
  }
}

Roster *roster_parse(const char *text, gsize len, const char *file, GError **error)
{
  Roster *r = g_new0(Roster, 1);
  GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
  int place[N_ROSTER_FIELDS] = {0, 1, 2};
  gboolean first = TRUE;
  char delimiter = ',';
  r->lines = g_ptr_array_new_with_free_func(free_line);
  if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    len -= 3;
  }
  for (const char *p = text, *end = text + len; p < end;) {
    const char *eol = memchr(p, '\n', (gsize)(end - p));
    gsize n_bytes = (gsize)((eol ? eol : end) - p);
    n_bytes -= n_bytes > 0 && p[n_bytes - 1] == '\r';
    if (first)
      delimiter = delimiter_of(p, n_bytes);
    char *buf = g_malloc(n_bytes + 1);
    ColumnName f[FIELDS_MAX];
    gboolean open;
    guint n = MIN(FIELDS_MAX, csv_split(p, n_bytes, delimiter, TRUE, buf, f, FIELDS_MAX, &open));
    if (n_bytes > 0 && !(first && read_header(f, n, place)))
      add_line(r, seen, f, n, place);
    first = first && n_bytes == 0;
    g_free(buf);
    p = eol ? eol + 1 : end;
  }
  g_hash_table_unref(seen);
  if (r->lines->len == 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s: no student found; a roster has a line a student: user,cohort,name", file);
    g_clear_pointer(&r, roster_free);
  }
  return r;
}

Roster *roster_read(const char *file, GError **error)
{
  GFile *f = g_file_new_for_path(file);
  GError *cause = NULL;
  GFileInfo *info =
      g_file_query_info(f, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, &cause);
  char *text = NULL;
  gsize len = 0;
  Roster *r = NULL;
  if (info && g_file_info_get_size(info) > ROSTER_BYTES_MAX)
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT, "%s: larger than %d MiB, that is no roster",
                file, (int)(ROSTER_BYTES_MAX >> 20));
  else if (!info || !g_file_get_contents(file, &text, &len, &cause))
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "roster %s cannot be read: %s", file,
                cause ? cause->message : "unknown reason");
  else
    r = roster_parse(text, len, file, error);
  g_clear_error(&cause);
  g_clear_object(&info);
  g_object_unref(f);
  g_free(text);
  return r;
}

void roster_free(Roster *r)
{
  if (!r)
    return;
  g_ptr_array_unref(r->lines);
  g_free(r);
}
