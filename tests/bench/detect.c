/* Detection benchmark: precision, recall and rank of what was planted, rule by rule, with times.
 *
 *   detect            the sample, and the full log when it is there
 *   detect FOLDER...  logs.csv, cohorts.csv and truth.json of each, as the generator writes them
 *
 * A flag is right when some planted story explains it; what really happened in a log besides
 * counts against precision, so that the true precision is at least what is printed. */
#include "tests/flags/mmdb.h"
#include "tests/flags/truth.h"

#include <stdio.h>

#define STRONG 50

static void print_row(const FlagSet *set, RuleId r, const Score *s)
{
  char precision[16] = "-", recall[16] = "-", rank[32] = "-", innocent[16] = "-";
  if (s->flags)
    g_snprintf(precision, sizeof precision, "%.2f", (double)s->right / s->flags);
  if (s->planted)
    g_snprintf(recall, sizeof recall, "%.2f", (double)s->strong / s->planted);
  if (s->best_rank)
    g_snprintf(rank, sizeof rank, "%u..%u", s->best_rank, s->worst_rank);
  if (s->innocents)
    g_snprintf(innocent, sizeof innocent, "%.1f", s->innocent_score);
  printf("%-15s %-9s %7u %6u %6u %7s %7u %6u %10s %9s %9s %8.1f%s\n", rule_get(r)->name,
         audience_name(rule_get(r)->audience), s->planted, s->found, s->strong, recall, s->flags,
         s->right, precision, rank, innocent, (double)set->microseconds[r] / 1000,
         rule_get(r)->run ? "" : "  (not built in)");
}

static void print_table(const Bed *bed, const FlagSet *set, const char *truth)
{
  GPtrArray *stories = truth_load(truth);
  Score scores[N_RULES];
  truth_score(stories, bed, set, scores);
  printf("%-15s %-9s %7s %6s %6s %7s %7s %6s %10s %9s %9s %8s\n", "rule", "audience", "planted",
         "found", ">=50", "recall", "flags", "right", "precision", "rank", "innocent", "ms");
  for (guint r = 0; r < N_RULES; r++)
    print_row(set, (RuleId)r, &scores[r]);
  g_ptr_array_unref(stories);
}

/* Longest time of one rule run again with everything that follows from it. */
static double slowest_rerun(FlagSet *set, const Bed *bed, RuleId *ret)
{
  gint64 slowest = 0;
  for (guint r = 0; r < N_RULES; r++) {
    gint64 start = g_get_monotonic_time();
    flag_set_rerun(set, bed->study, (RuleId)r, &set->settings);
    gint64 took = g_get_monotonic_time() - start;
    if (took > slowest) {
      slowest = took;
      *ret = (RuleId)r;
    }
  }
  return (double)slowest / 1000;
}

/* `mmdb`: countries of the addresses, or NULL. */
static void run(const char *name, Bed *bed, char *truth, const char *mmdb)
{
  if (bed) {
    RuleSettings settings;
    rule_settings_init(&settings);
    gint64 start = g_get_monotonic_time();
    StudyOptions options;
    study_options_init(&options);
    options.mmdb = mmdb;
    Study *study = study_new(bed->ds, &options, NULL);
    gint64 learned = g_get_monotonic_time();
    FlagSet *set = flag_set_new(study, &settings);
    gint64 end = g_get_monotonic_time();
    printf("\n%s: %u rows, %u flags; security flags of at least %d: %u\n\n", name,
           bed->ds->log->n_rows, set->flags->len, STRONG,
           truth_queue(set, AUDIENCE_SECURITY, STRONG));
    for (guint r = 0; r < N_RULES; r++)
      if (rule_lacks(study, (RuleId)r))
        printf("%s: %s\n", rule_get((RuleId)r)->name, rule_lacks(study, (RuleId)r));
    print_table(bed, set, truth);
    RuleId slow = RULE_BURST;
    double rerun = slowest_rerun(set, bed, &slow);
    printf("\nstudy %.0f ms, all rules %.0f ms, slowest change of one rule %.0f ms (%s)\n",
           (double)(learned - start) / 1000, (double)(end - learned) / 1000, rerun,
           rule_get(slow)->name);
    flag_set_free(set);
    study_free(study);
    bed_free(bed);
  }
  g_free(truth);
}

/* The generator takes all addresses from ranges that the file of the sample knows. */
static void run_folder(const char *folder, const char *mmdb)
{
  run(folder,
      bed_files(g_build_filename(folder, "logs.csv", NULL),
                g_build_filename(folder, "cohorts.csv", NULL)),
      g_build_filename(folder, "truth.json", NULL), mmdb);
}

int main(int argc, char **argv)
{
  char *mmdb = mmdb_of_sample();
  for (int i = 1; i < argc; i++)
    run_folder(argv[i], mmdb);
  if (argc == 1) {
    run("sample", bed_sample(), bed_sample_file("truth.json"), mmdb);
    run("full log", bed_full(), bed_full_file("truth.json"), NULL);
  }
  mmdb_remove(mmdb);
  return 0;
}
