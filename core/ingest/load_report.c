/* The account of what was read: names, sentences, counts. */
#include "core/ingest/load.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/load_private.h"

static const struct {
  const char *name, *explanation;
} reasons[N_REJECT_REASONS] = {
    [REJECT_FIELDS] = {"fields", "The line has too few or too many fields, or is cut off. Look for "
                                 "a delimiter inside a field that is not quoted."},
    [REJECT_DATE] = {"bad-date", "The date is not one, or does not exist. Dates are read as "
                                 "YYYY-MM-DD, from 1900 to 9999; convert others first."},
    [REJECT_TIME] = {"bad-time", "The time of day is not one. It is read as HH:MM or HH:MM:SS."},
    [REJECT_USER] = {"no-user", "The row names no user. If users are in another column, name it "
                                "with --columns user=NAME; in a web server log, "
                                "--columns user=?PARAMETER takes them from the query."},
    [REJECT_COHORT] = {"bad-cohort", "The cohort id is missing in a cohort table, or holds control "
                                     "characters. Repair the file."},
    [REJECT_QUOTE] = {"open-quote", "A quote is opened and not closed within the next lines. Close "
                                    "it, or double it if it is part of the text."},
    [REJECT_TOO_LONG] = {"too-long", "A field is over 64 KiB, or a line over 1 MiB: nothing that a "
                                     "log holds is that long."},
    [REJECT_NUL] = {"nul-bytes", "The line holds NUL bytes, as files do after a crash or a full "
                                 "disk. Remove them: tr -d '\\000'."},
    [REJECT_LIMIT] = {"limit", "There are more cohorts, programs, users, paths or rows than can be "
                               "numbered. Load a part of the log."},
    [REJECT_DUPLICATE_COHORT] = {"duplicate-cohort",
                                 "The cohort table has this id twice: the first "
                                 "row counts. Remove the other."},
    [REJECT_DATES_ORDER] = {"dates-order", "The cohort ends before it starts: it is kept without "
                                           "dates. Correct them in the cohort table."},
};

static const char *const form_names[N_FORMS] = {
    [FORM_UNKNOWN] = "unknown",
    [FORM_RAW] = "raw text",
    [FORM_CSV] = "table",
    [FORM_WIDE] = "wide table",
    [FORM_COMBINED] = "web server log",
    [FORM_COHORTS] = "cohort table",
};

const char *reject_name(RejectReason r)
{
  return r < N_REJECT_REASONS ? reasons[r].name : "";
}

const char *reject_explanation(RejectReason r)
{
  return r < N_REJECT_REASONS ? reasons[r].explanation : "";
}

const char *form_name(InputForm f)
{
  return f < N_FORMS ? form_names[f] : "";
}

static void input_file_free(void *p)
{
  InputFile *f = p;
  g_free(f->name);
  g_free(f->container);
  g_free(f->columns);
  g_clear_pointer(&f->ignored, g_ptr_array_unref);
  g_free(f->note);
  g_free(f);
}

LoadReport *load_report_new(void)
{
  LoadReport *r = g_new0(LoadReport, 1);
  r->files = g_ptr_array_new_with_free_func(input_file_free);
  r->rejects = g_ptr_array_new_with_free_func(reject_free);
  r->warnings = g_ptr_array_new_with_free_func(g_free);
  return r;
}

void load_report_free(LoadReport *r)
{
  if (r == NULL)
    return;
  g_ptr_array_unref(r->files);
  g_ptr_array_unref(r->rejects);
  g_ptr_array_unref(r->warnings);
  g_free(r);
}

void load_report_warn(LoadReport *r, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = g_strdup_vprintf(format, args);
  va_end(args);
  g_ptr_array_add(r->warnings, text_safe(text, -1));
  g_free(text);
}

void load_report_take_batch(LoadReport *r, guint file, Batch *b)
{
  guint64 seen[N_REJECT_REASONS];
  for (int i = 0; i < N_REJECT_REASONS; i++) {
    seen[i] = r->rejected_by[i];
    r->rejected_by[i] += b->rejected_by[i];
  }
  for (guint i = 0; i < b->rejects->len; i++) {
    Reject *reject = b->rejects->pdata[i];
    if (seen[reject->reason]++ >= REJECT_KEEP)
      continue;
    reject->file = file;
    b->rejects->pdata[i] = NULL;
    g_ptr_array_add(r->rejects, reject);
  }
  g_ptr_array_set_size(b->rejects, 0);
}

/* The first example that cost a row of a log, or NULL. */
const Reject *load_report_first_lost(const LoadReport *r)
{
  for (guint i = 0; i < r->rejects->len; i++) {
    const Reject *reject = r->rejects->pdata[i];
    const InputFile *file = r->files->pdata[reject->file];
    if (file->form != FORM_COHORTS && reject->reason != REJECT_DATES_ORDER)
      return reject;
  }
  return NULL;
}

gboolean load_check_rejects(const LoadReport *r, double share, GError **error)
{
  guint64 all = r->rows + r->rejected;
  if (r->rejected == 0 || (double)r->rejected <= share * (double)all)
    return TRUE;
  const Reject *first = load_report_first_lost(r);
  char *n = text_grouped((gint64)r->rejected), *of = text_grouped((gint64)all);
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%s of %s lines could not be read (%.1f %%), more than the %.1f %% allowed",
                  n, of, 100.0 * (double)r->rejected / (double)all, 100.0 * share);
  if (first != NULL) {
    const InputFile *file = r->files->pdata[first->file];
    char *name = text_safe(file->name, -1);
    g_string_append_printf(text, "; the first is %s:%" G_GUINT64_FORMAT " (%s): \"%s\"", name,
                           first->line, reject_name(first->reason), first->excerpt);
    g_free(name);
  }
  g_string_append(text, ". Correct the file, or allow more with --max-rejects");
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_REJECTS, text->str);
  g_string_free(text, TRUE);
  g_free(n);
  g_free(of);
  return FALSE;
}
