/* What is to be read: the files that were named, the files inside archives, their forms. */
#include "core/ingest/load_private.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/load_database.h"

InputFile *loader_file(const Loader *l, const Input *input)
{
  return l->report->files->pdata[input->file];
}

void input_free(void *p)
{
  Input *input = p;
  source_free(input->source);
  origin_free(input->origin);
  sniffed_clear(&input->sniffed);
  g_free(input->table);
  if (input->table_columns != NULL)
    g_ptr_array_unref(input->table_columns);
  g_free(input);
}

static Origin *origin_new(const LoadRequest *req, const char *name, const char *path, GBytes *bytes)
{
  Origin *o = g_new0(Origin, 1);
  o->name = g_strdup(name);
  o->path = bytes == NULL && strcmp(path, "-") != 0 ? g_strdup(path) : NULL;
  o->bytes = bytes != NULL ? g_bytes_ref(bytes) : NULL;
  o->fd = req->stdin_fd;
  return o;
}

Input *load_add_input(Loader *l, Origin *origin, gboolean cohorts, gboolean member)
{
  InputFile *file = g_new0(InputFile, 1);
  file->name = g_strdup(origin->name);
  file->ignored = g_ptr_array_new_with_free_func(g_free);
  Input *input = g_new0(Input, 1);
  input->origin = origin;
  input->cohorts = cohorts;
  input->member = member;
  input->file = l->report->files->len;
  g_ptr_array_add(l->report->files, file);
  g_ptr_array_add(l->inputs, input);
  return input;
}

/* Takes over `source`, which is open and not yet read. Members that are no log are left out. */
static gboolean sniff_input(Loader *l, Input *input, Source *source, GError **error)
{
  InputFile *file = loader_file(l, input);
  SniffHints hints = {input->origin->name, l->req->form, input->cohorts, l->columns};
  const char *text;
  GError *e = NULL;
  input->source = source;
  input->size = source_size(source);
  file->container = g_strdup(source_container(source));
  gssize len = source_peek(source, SNIFF_BYTES, &text, &e);
  if (len == 0 && source_damage(source) != NULL) {
    char *safe = text_safe(input->origin->name, -1);
    g_set_error(&e, CORE_ERROR, CORE_ERROR_INPUT,
                "%s: %s, and nothing could be read from it; get the file again", safe,
                source_damage(source));
    g_free(safe);
  } else if (len == 0) {
    file->note = g_strdup("empty: there is nothing to read");
    return TRUE;
  } else if (len > 0) {
    input->use = sniff(text, (gsize)len, (gsize)len < SNIFF_BYTES, &hints, &input->sniffed, &e);
  }
  if (e == NULL) {
    file->form = input->sniffed.layout.form;
    if (!input->sniffed.has_rows)
      file->note = g_strdup("a header, but no rows");
  } else if (input->member && g_error_matches(e, CORE_ERROR, CORE_ERROR_INPUT)) {
    file->note = g_strdup_printf("left out: %s", e->message);
    g_clear_error(&e);
  }
  if (source_is_reopenable(source) && input->origin->fd < 0)
    g_clear_pointer(&input->source, source_free);
  if (e == NULL)
    return TRUE;
  g_propagate_error(error, e);
  return FALSE;
}

/* Office documents are zip archives, too. */
static gboolean check_members(const GPtrArray *members, const char *name, GError **error)
{
  for (guint i = 0; i < members->len; i++) {
    const Origin *o = members->pdata[i];
    if (!g_str_has_suffix(o->name, "[Content_Types].xml"))
      continue;
    char *safe = text_safe(name, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is an office document; save the table as CSV and name that file", safe);
    g_free(safe);
    return FALSE;
  }
  return TRUE;
}

static gboolean open_members(Loader *l, Source *archive, Origin *origin, gboolean cohorts,
                             GError **error)
{
  GPtrArray *members = source_members(archive, origin, error);
  gboolean ok = members != NULL && check_members(members, origin->name, error);
  for (guint i = 0; ok && i < members->len; i++) {
    Input *input = load_add_input(l, members->pdata[i], cohorts, members->len > 1);
    members->pdata[i] = NULL;
    Source *source = source_open(input->origin, load_tick, l, error);
    ok = source != NULL && sniff_input(l, input, source, error);
  }
  g_clear_pointer(&members, g_ptr_array_unref);
  source_free(archive);
  origin_free(origin);
  return ok;
}

static gboolean open_input(Loader *l, Origin *origin, gboolean cohorts, GError **error)
{
  if (origin->path != NULL || origin->bytes != NULL)
    origin->fd = -1;
  Source *source = source_open(origin, load_tick, l, error);
  if (source == NULL) {
    load_add_input(l, origin, cohorts, FALSE);
    return FALSE;
  }
  if (source_is_archive(source))
    return open_members(l, source, origin, cohorts, error);
  return sniff_input(l, load_add_input(l, origin, cohorts, FALSE), source, error);
}

static gboolean open_named(Loader *l, const char *name, gboolean cohorts, GError **error)
{
  return db_address_is(name) ? load_open_database(l, name, cohorts, error)
                             : open_input(l, origin_new(l->req, name, name, NULL), cohorts, error);
}

gboolean load_open_inputs(Loader *l, GError **error)
{
  const LoadRequest *req = l->req;
  if (req->memory_log != NULL &&
      !open_input(l, origin_new(req, "sample", "", req->memory_log), FALSE, error))
    return FALSE;
  for (guint i = 0; req->logs != NULL && req->logs[i] != NULL; i++) {
    if (!open_named(l, req->logs[i], FALSE, error))
      return FALSE;
  }
  if (req->memory_cohorts != NULL &&
      !open_input(l, origin_new(req, "sample cohorts", "", req->memory_cohorts), TRUE, error))
    return FALSE;
  if (req->cohorts != NULL && !open_named(l, req->cohorts, TRUE, error))
    return FALSE;
  return load_open_database_cohorts(l, error);
}
