/* Fields of a row: where each comes from. */
#include "tui/app/cli_fields.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

static Cell get_time(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_int(ds->log->time[row]);
}

static Cell get_user(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(strpool_get(ds->log->users, ds->log->user[row], NULL));
}

static Cell get_ip(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  guint32 ip = ds->log->ip[row];
  return cell_borrowed(ip == IP_NONE ? NULL : ip_table_text(ds->log->ips, ip));
}

static const Cohort *cohort_of(const Dataset *ds, guint32 row)
{
  return cohort_table_get(ds->log->cohorts, ds->log->cohort[row]);
}

static Cell get_cohort(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(cohort_of(ds, row)->id);
}

static Cell get_cohort_name(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(cohort_of(ds, row)->name);
}

static const Program *program_of(const Dataset *ds, guint32 row)
{
  return cohort_table_get_program(ds->log->cohorts, access_log_program(ds->log, row));
}

static Cell get_program(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(program_of(ds, row)->id);
}

static Cell get_program_name(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  const Program *p = program_of(ds, row);
  return cell_borrowed(p->id ? p->name : NULL);
}

static Cell get_phase(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(phase_name(access_log_phase(ds->log, row)));
}

static Cell get_path(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  guint32 path = ds->log->path[row];
  return cell_borrowed(path == PATH_MISSING ? NULL : strpool_get(ds->log->paths, path, NULL));
}

static const CatalogEntry *entry_of(const Dataset *ds, guint32 row)
{
  return &ds->catalog->entries[ds->catalog->entry_of_path[ds->log->path[row]]];
}

static Cell get_lesson(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(source->lessons[ds->catalog->entry_of_path[ds->log->path[row]]]);
}

static Cell get_module(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  const char *module = ds->catalog->modules[entry_of(ds, row)->module];
  return cell_borrowed(*module ? module : NULL);
}

static Cell get_kind(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  return cell_borrowed(kind_name(entry_of(ds, row)->kind));
}

static Cell get_agent(const RowSource *source, guint32 row)
{
  const Dataset *ds = source->ds;
  if (!ds->log->agent)
    return cell_missing();
  const char *agent = strpool_get(ds->log->agents, ds->log->agent[row], NULL);
  return cell_borrowed(*agent ? agent : NULL);
}

#define LAST_FIELD_NEEDS_AGENTS 1
static const RowField fields[] = {
    {"time", "time", CELL_TIME, COLUMN_PLAIN, get_time, "Time of the hit on the log's clock."},
    {"user", "user", CELL_TEXT, COLUMN_USER, get_user, "User id as in the log."},
    {"cohort", "cohort", CELL_TEXT, COLUMN_PLAIN, get_cohort, "Cohort id as in the log."},
    {"cohort_name", "name", CELL_TEXT, COLUMN_PLAIN, get_cohort_name, "Name of the cohort."},
    {"program", "program", CELL_TEXT, COLUMN_PLAIN, get_program, "Program id of the cohort."},
    {"program_name", "program name", CELL_TEXT, COLUMN_PLAIN, get_program_name,
     "Name of the program."},
    {"phase", "phase", CELL_TEXT, COLUMN_PLAIN, get_phase,
     "Where the hit lies by its own cohort: before, class, after, staff, undated, none."},
    {"path", "path", CELL_TEXT, COLUMN_PLAIN, get_path, "Path as it was logged."},
    {"lesson", "lesson", CELL_TEXT, COLUMN_PLAIN, get_lesson, "Canonical name of the path."},
    {"module", "module", CELL_TEXT, COLUMN_PLAIN, get_module,
     "First segment of the canonical name."},
    {"kind", "kind", CELL_TEXT, COLUMN_PLAIN, get_kind,
     "What the page is: lesson, home, toc, search, asset, probe, stray, missing."},
    {"ip", "ip", CELL_TEXT, COLUMN_ADDRESS, get_ip, "Address of the hit."},
    {"agent", "agent", CELL_TEXT, COLUMN_PLAIN, get_agent, "User agent, in logs that have one."},
};

static const RowField *find_field(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    if (g_ascii_strcasecmp(fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

static void fail_field(const char *word, GError **error)
{
  const char *names[G_N_ELEMENTS(fields) + 1] = {NULL};
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    names[i] = fields[i].name;
  const char *closest = text_closest(word, names);
  char *list = g_strjoinv(", ", (char **)(gpointer)names), *shown = text_escaped(word, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--fields: a row has no \"%s\"%s%s; it has %s",
              shown, closest ? "; did you mean " : "", closest ? closest : "", list);
  g_free(list);
  g_free(shown);
}

gboolean cli_fields_parse(const Options *o, const char *usual, RowFields *ret, GError **error)
{
  const char *text = option_text(o, OPT_FIELDS) ? option_text(o, OPT_FIELDS) : usual;
  char **words = g_strsplit(text ? text : "", ",", -1);
  gboolean ok = TRUE;
  *ret = (RowFields){.list = text ? g_ptr_array_new() : NULL};
  for (guint i = 0; ok && words[i]; i++) {
    const RowField *field = find_field(g_strstrip(words[i]));
    if (field)
      g_ptr_array_add(ret->list, (gpointer)field);
    else
      fail_field(words[i], error);
    ok = field != NULL;
  }
  g_strfreev(words);
  if (!ok)
    cli_fields_clear(ret);
  return ok;
}

void cli_fields_bind(RowFields *f, const Dataset *ds)
{
  guint n = G_N_ELEMENTS(fields) - (ds->log->agent ? 0 : LAST_FIELD_NEEDS_AGENTS);
  guint32 n_lessons = ds->catalog->n_entries;
  f->source.ds = ds;
  f->source.lessons = g_new0(char *, (gsize)n_lessons + 1);
  for (guint32 i = 0; i < n_lessons; i++)
    f->source.lessons[i] = dimension_id(ds, DIM_LESSON, i);
  if (f->list)
    return;
  f->list = g_ptr_array_new();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add(f->list, (gpointer)&fields[i]);
}

void cli_fields_clear(RowFields *f)
{
  if (f->source.lessons)
    for (guint32 i = 0; i < f->source.ds->catalog->n_entries; i++)
      g_free(f->source.lessons[i]);
  g_free(f->source.lessons);
  if (f->list)
    g_ptr_array_free(f->list, TRUE);
  *f = (RowFields){.list = NULL};
}

Table *cli_fields_columns(const RowFields *f)
{
  Table *t = table_new("rows", "rows");
  for (guint i = 0; i < f->list->len; i++) {
    const RowField *field = g_ptr_array_index(f->list, i);
    table_add_column(t, field->name, field->title, field->type, 0, field->definition);
    table_set_role(t, i, field->role);
  }
  return t;
}

void cli_fields_fill(const RowFields *f, guint32 row, Cell *cells)
{
  for (guint i = 0; i < f->list->len; i++)
    cells[i] = ((const RowField *)g_ptr_array_index(f->list, i))->get(&f->source, row);
}

const char *cli_field_name(guint i)
{
  return i < G_N_ELEMENTS(fields) ? fields[i].name : NULL;
}

void cli_fields_help(GString *out)
{
  g_string_append(out, "\nFields of a row:\n");
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    option_help_entry(out, fields[i].name, fields[i].definition);
}
