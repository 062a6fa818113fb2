/* generate: writes the log of an invented school, the sample of the program and its benchmarks.
 *
 *   generate --seed 1 --rows 60000 --out DIR --form csv
 *
 * The same seed and number of rows give the same bytes on every machine. The log is made day by
 * day and never held in memory. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/data/habits.h"
#include "tests/data/truth.h"
#include "tests/data/write.h"

static gint64 option_seed = 1;
static char *option_rows;
static char *option_out;
static char *option_form;

static GOptionEntry entries[] = {
    {"seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "of the random numbers (1)", "N"},
    {"rows", 0, 0, G_OPTION_ARG_STRING, &option_rows, "about so many rows; k and M allowed (60k)",
     "N"},
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &option_out, "folder, made when absent (.)", "DIR"},
    {"form", 0, 0, G_OPTION_ARG_STRING, &option_form, "raw, csv, wide or all (csv)", "FORM"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* A number with an optional k or M; 0 when it is none. */
static guint64 parse_rows(const char *text)
{
  char *end;
  guint64 n = g_ascii_strtoull(text, &end, 10);

  if (*end == 'k')
    n *= 1000;
  else if (*end == 'M')
    n *= 1000000;
  if (*end != '\0' && end[1] != '\0')
    return 0;
  return n;
}

static guint parse_form(const char *text)
{
  static const struct {
    const char *name;
    guint forms;
  } known[] = {{"raw", FORM_RAW},
               {"csv", FORM_CSV},
               {"wide", FORM_WIDE},
               {"all", FORM_RAW | FORM_CSV | FORM_WIDE}};

  for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
    if (strcmp(text, known[i].name) == 0)
      return known[i].forms;
  }
  return 0;
}

static void write_log(const School *s, const Stories *st, Truth *truth, Writer *w)
{
  Day d;

  day_init(&d);
  for (d.date = s->first_day; d.date <= s->last_day; d.date++) {
    d.n = 0;
    if (d.date == s->gap_day)
      continue;
    habits_add(s, st, &d);
    stories_add(st, &d);
    day_sort(&d);
    writer_begin_day(w, d.date);
    for (guint i = 0; i < d.n; i++) {
      guint story;

      writer_row(w, &d.sorted[i]);
      truth_count(truth, d.date, &d.sorted[i], 0);
      if (G_UNLIKELY(d.date == st->twice_day) &&
          stories_twice(st, d.date, d.sorted[i].second, &story)) {
        writer_row(w, &d.sorted[i]);
        truth_count(truth, d.date, &d.sorted[i], story);
      }
    }
  }
  day_clear(&d);
}

static gboolean write_truth(const Truth *truth, const char *folder)
{
  char *name = g_build_filename(folder, "truth.json", NULL);
  FILE *f = fopen(name, "w");
  gboolean ok = FALSE;

  if (f) {
    truth_write(truth, f);
    ok = !ferror(f);
    ok = fclose(f) == 0 && ok;
  }
  if (!ok)
    fprintf(stderr, "%s: %s\n", name, g_strerror(errno));
  g_free(name);
  return ok;
}

static gboolean generate(guint64 rows, guint forms, const char *folder)
{
  School *s = school_new((guint64)option_seed, rows);
  Stories *st = stories_new(s);
  Truth *truth = truth_new(st);
  Writer *w = writer_new(s, folder, forms);
  gboolean ok = w != NULL;

  if (w) {
    write_log(s, st, truth, w);
    ok = writer_close(w);
    ok = write_cohorts(s, folder) && ok;
    ok = write_truth(truth, folder) && ok;
    printf("%" G_GUINT64_FORMAT " rows, %u users, %u cohorts in %s\n", truth_rows(truth),
           s->users->len, s->cohorts->len, folder);
  }
  truth_free(truth);
  stories_free(st);
  school_free(s);
  return ok;
}

int main(int argc, char **argv)
{
  GOptionContext *context = g_option_context_new("- write the log of an invented school");
  GError *error = NULL;
  guint64 rows;
  guint forms;
  const char *folder;
  int status = 1;

  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error)) {
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
    g_option_context_free(context);
    return 1;
  }
  rows = parse_rows(option_rows ? option_rows : "60k");
  forms = parse_form(option_form ? option_form : "csv");
  folder = option_out ? option_out : ".";
  if (rows == 0 || forms == 0)
    fprintf(stderr, "generate: --rows takes a number, --form takes raw, csv, wide or all\n");
  else if (g_mkdir_with_parents(folder, 0755) != 0)
    fprintf(stderr, "%s: %s\n", folder, g_strerror(errno));
  else if (generate(rows, forms, folder))
    status = 0;
  g_option_context_free(context);
  g_free(option_rows);
  g_free(option_out);
  g_free(option_form);
  return status;
}
