/* Keys: bytes sent and time from a key to a quiet screen, in a pseudo-terminal.
 *
 *   bench_keys bytes LOG [COHORTS]     cohortscope, VisiData and lnav on the same file
 *   bench_keys latency NAME SIZE LOG [COHORTS]   cohortscope alone, many keys
 *   bench_keys memory LOG [COHORTS]    anonymous resident memory, after loading and after all views
 *
 * Writes Markdown tables. VisiData and lnav are said to be absent where they are. Numbers depend on
 * the machine and on what else it does; compare runs of one machine only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib.h>

#include "tests/bench/samples.h"
#include "tests/pty/ptyterm.h"

#define QUIET_MS      100  /* nothing for so long: the screen stands */
#define NOTHING_MS    1500 /* a key that has shown nothing after so long shows nothing */
#define WAIT_MAX_MS   30000
#define LOAD_QUIET_MS 2500 /* nothing for so long: the log is read */
#define LOAD_MAX_MS   180000
#define IDLE_TIMES    3

typedef struct {
  guint64 bytes;
  double first_ms, last_ms; /* to the first and to the last byte; -1 when none came */
  double list_ms;           /* until the list with the cursor is there; -1 when it never was */
  double cpu_ms;            /* of all threads of the program, until the screen stands */
} Answer;

/* Reads until nothing has come for `quiet` ms. */
static void settle(PtyTerm *p, int quiet, int max_ms)
{
  gint64 start = g_get_monotonic_time(), quiet_since = start;
  guint64 seen = pty_received_count(p);
  while (g_get_monotonic_time() - start < (gint64)max_ms * 1000) {
    pty_run(p, 10);
    if (pty_received_count(p) != seen) {
      seen = pty_received_count(p);
      quiet_since = g_get_monotonic_time();
    } else if (g_get_monotonic_time() - quiet_since > (gint64)quiet * 1000) {
      return;
    }
  }
}

/* Processor time of the program in ms: what other programs do meanwhile does not count. */
static double cpu_ms(PtyTerm *p)
{
  clockid_t clock;
  struct timespec t;
  if (clock_getcpuclockid(pty_pid(p), &clock) != 0 || clock_gettime(clock, &t) != 0)
    return 0;
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The list of that title is on the screen, and not the one of before. */
static gboolean is_listed(PtyTerm *p, const char *title)
{
  g_autofree char *late = g_strdup_printf("%s computing", title);
  return pty_has(p, title) && !pty_has(p, late);
}

/* Presses keys and waits until the screen stands: nothing for `quiet` ms. `list`: title of the list
 * with the cursor, or NULL. */
static Answer press(PtyTerm *p, const char *keys, const char *list, int quiet)
{
  Answer a = {.first_ms = -1, .list_ms = -1, .last_ms = -1};
  guint64 before = pty_received_count(p);
  double cpu = cpu_ms(p);
  gint64 start = g_get_monotonic_time(), seen_at = start;
  guint64 seen = before;
  pty_keys(p, keys);
  while (g_get_monotonic_time() - seen_at < (gint64)(seen == before ? NOTHING_MS : quiet) * 1000 &&
         g_get_monotonic_time() - start < (gint64)WAIT_MAX_MS * 1000) {
    pty_run(p, 1);
    if (pty_received_count(p) == seen)
      continue;
    seen = pty_received_count(p);
    seen_at = g_get_monotonic_time();
    a.last_ms = (double)(pty_last_received(p) - start) / 1e3;
    if (a.first_ms < 0)
      a.first_ms = a.last_ms;
    if (a.list_ms < 0 && list && is_listed(p, list))
      a.list_ms = a.last_ms;
  }
  a.bytes = seen - before;
  a.cpu_ms = cpu_ms(p) - cpu;
  return a;
}

/* What is measured must run. */
static int ended(PtyTerm *p)
{
  g_autofree char *screen = pty_screen(p);
  fprintf(stderr, "bench_keys: the program has ended:\n%s\n", g_strstrip(screen));
  pty_free(p);
  return 1;
}

/* Until the program does nothing: flags and answers are computed behind the screen, and would
 * compete with what is measured. */
static void wait_idle(PtyTerm *p)
{
  gint64 start = g_get_monotonic_time();
  guint idle = 0; /* in a row: on a busy machine it may merely be waiting for its turn */
  settle(p, LOAD_QUIET_MS, LOAD_MAX_MS);
  while (!pty_ended(p) && idle < IDLE_TIMES &&
         g_get_monotonic_time() - start < (gint64)LOAD_MAX_MS * 1000) {
    gint64 before = pty_cpu_ms(p);
    pty_run(p, 700);
    idle = pty_cpu_ms(p) - before > 10 ? 0 : idle + 1;
  }
}

/* --- bytes, beside others ------------------------------------------------------------------- */

/* What is done, and the keys that do it in each program; NULL: there is no such thing. `prepare` is
 * pressed once before, `undo` after each. */
typedef struct {
  const char *name;
  const char *prepare[3], *keys[3], *undo[3];
} Step;

enum { OURS, VISIDATA, LNAV, N_PROGRAMS };
static const char *const program_names[N_PROGRAMS] = {"cohortscope", "VisiData", "lnav"};
/* VisiData works behind the screen and shows it late. */
static const int quiet_ms[N_PROGRAMS] = {QUIET_MS, 800, 300};

static const Step steps[] = {
    {"cursor down in a list", {"3 g", "g g", "g"}, {"j", "j", "j"}, {NULL}},
    {"cursor down, the list alone (cohortscope: maximised)",
     {"3 g O", "g g", "g"},
     {"j", "j", "j"},
     {NULL}},
    {"page down, the list alone", {"3 g", "g g", "g"}, {"PgDn", "PgDn", "PgDn"}, {NULL}},
    {"page down", {"O 3 g", "g g", "g"}, {"PgDn", "PgDn", "PgDn"}, {NULL}},
    {"last row", {"3 g", "g g", "g"}, {"G", "G", "G"}, {"g", "g g", "g"}},
    {"into a row (VisiData: frequency table; lnav: histogram)",
     {"2 g", "g g", "g"},
     {"Enter", "F", "i"},
     {"Backspace", "q", "i"}},
    {"sort by a column", {"3 g l", "g g", NULL}, {"s", "]", NULL}, {"s", "[", NULL}},
    {"help", {"3 g", NULL, "g"}, {"?", NULL, "?"}, {"Esc", NULL, "q"}},
};

/* Until the log is read: VisiData stands still meanwhile and then shows the number of rows, lnav
 * shows a clock that never stands still. */
static void wait_for_log(PtyTerm *p, int program)
{
  gint64 start = g_get_monotonic_time();
  while (program == VISIDATA && !pty_has(p, " rows") && !pty_ended(p) &&
         g_get_monotonic_time() - start < (gint64)LOAD_MAX_MS * 1000)
    pty_run(p, 200);
  if (program == LNAV)
    pty_run(p, 10000);
  else if (program == VISIDATA) /* its threads never rest */
    settle(p, LOAD_QUIET_MS, 30000);
  else
    wait_idle(p);
}

static PtyTerm *start_program(int program, const char *const *files, int width, int height)
{
  const char *argv[6] = {0};
  guint n = 0;
  const char *own = g_getenv("COHORTSCOPE");
  argv[n++] = program == OURS ? (own ? own : "cohortscope") : program == VISIDATA ? "vd" : "lnav";
  argv[n++] = files[0];
  if (program == OURS) /* not where the last run ended */
    argv[n++] = "--fresh";
  if (program == OURS && files[1])
    argv[n++] = files[1];
  static const char *const env[] = {"LC_ALL=C.UTF-8", NULL};
  return pty_start(argv, "xterm-256color", width, height, PTY_PLAIN, env);
}

static gboolean have(int program)
{
  if (program == OURS)
    return TRUE;
  g_autofree char *path = g_find_program_in_path(program == VISIDATA ? "vd" : "lnav");
  return path != NULL;
}

/* VisiData takes a second for some of them, and there are two sizes. */
#define TIMES 5

static void measure_step(PtyTerm *p, int program, const Step *step, Samples *bytes, Samples *times)
{
  const char *keys = step->keys[program], *undo = step->undo[program];
  if (!keys)
    return;
  pty_keys(p, step->prepare[program]);
  settle(p, quiet_ms[program] * 2, 5000);
  for (guint i = 0; i < TIMES; i++) {
    Answer a = press(p, keys, NULL, quiet_ms[program]);
    samples_add(bytes, (double)a.bytes);
    samples_add(times, a.last_ms < 0 ? 0 : a.last_ms);
    if (undo)
      press(p, undo, NULL, quiet_ms[program]);
  }
}

/* Quits as each of them does; pty_free ends what is left. */
static void end_program(PtyTerm *p, int program)
{
  pty_keys(p, program == OURS ? "Q" : program == VISIDATA ? "g q" : "q");
  pty_run(p, 200);
  pty_free(p);
}

static void bytes_at(const char *const *files, int width, int height)
{
  Samples bytes[G_N_ELEMENTS(steps)][N_PROGRAMS] = {0},
          times[G_N_ELEMENTS(steps)][N_PROGRAMS] = {0};
  for (int program = 0; program < N_PROGRAMS; program++) {
    if (!have(program))
      continue;
    PtyTerm *p = start_program(program, files, width, height);
    wait_for_log(p, program);
    for (guint s = 0; s < G_N_ELEMENTS(steps); s++)
      measure_step(p, program, &steps[s], &bytes[s][program], &times[s][program]);
    end_program(p, program);
  }
  printf("\n%dx%d, median of %d: bytes sent, milliseconds until the screen stands, and how many "
         "times\ncohortscope's bytes the others send.\n\n",
         width, height, TIMES);
  printf(
      "| step | cohortscope bytes | ms | VisiData bytes | ms | ratio | lnav bytes | ms | ratio |\n"
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
  for (guint s = 0; s < G_N_ELEMENTS(steps); s++) {
    double own = samples_quantile(&bytes[s][OURS], 0.5);
    printf("| %s | %.0f | %.1f |", steps[s].name, own, samples_quantile(&times[s][OURS], 0.5));
    for (int program = VISIDATA; program < N_PROGRAMS; program++) {
      if (!bytes[s][program].n) {
        printf(" | | |");
        continue;
      }
      double theirs = samples_quantile(&bytes[s][program], 0.5);
      printf(" %.0f | %.1f | %.1f |", theirs, samples_quantile(&times[s][program], 0.5),
             own > 0 ? theirs / own : 0.0);
    }
    printf("\n");
    for (int program = 0; program < N_PROGRAMS; program++) {
      samples_clear(&bytes[s][program]);
      samples_clear(&times[s][program]);
    }
  }
}

static int bench_bytes(const char *const *files)
{
  printf("## Bytes per key\n");
  for (int program = VISIDATA; program < N_PROGRAMS; program++)
    if (!have(program))
      printf("\nskipped: %s is not installed\n", program_names[program]);
  bytes_at(files, 80, 24);
  bytes_at(files, 200, 60);
  return 0;
}

/* --- latency --------------------------------------------------------------------------------- */

/* Keys that come back where they began, so that they can be pressed again and again; and the title
 * of the list that is then waited for. */
static const struct {
  const char *name, *prepare, *keys, *undo, *list;
} actions[] = {
    {"cursor down, programs", "X 1 g", "j", "k", NULL},
    {"cursor down, cohorts", "X 2 g", "j", NULL, NULL},
    {"cursor down, lessons", "X 3 g", "j", NULL, NULL},
    {"cursor down, users", "X 4 g", "j", NULL, NULL},
    {"cursor down, addresses", "X 5 g", "j", NULL, NULL},
    {"page down, users", "X 4 g", "PgDn", NULL, NULL},
    {"into a program", "X 1 g", "Enter", "Backspace", "COHORTS"},
    {"into a cohort", "X 2 g", "Enter", "Backspace", "LESSONS"},
    {"into a lesson", "X 3 g", "Enter", "Backspace", "USERS"},
    {"into a user: the timeline", "X 4 g", "Enter", "Backspace", NULL},
    {"into an address", "X 5 g", "Enter", "Backspace", "USERS"},
    {"keep a cohort", "X 2 g", "+", "x", "COHORTS"},
    {"leave a lesson out", "X 3 g", "-", "x", "LESSONS"},
    {"sort the users", "X 4 g l", "s", "s", NULL},
    {"every row again", "X 2 g Enter", "X", "u", "LESSONS"},
    {"overview", "X 3", "0", "3", NULL},
    {"timeline", "X 3", "6", "3", NULL},
    {"flags", "X 3", "7", "3", NULL},
    {"matrix", "X 3", "8", "3", NULL},
    {"cross-access", "X 3", "9", "3", NULL},
    {"answers", "X 3", "A", "3", NULL},
    {"help", "X 3", "?", "Esc", NULL},
};

#define TURNS 25

static void print_times(Samples *s)
{
  if (s->n)
    printf(" %.1f | %.1f |", samples_quantile(s, 0.5), samples_quantile(s, 0.99));
  else
    printf(" | |");
}

static void latency_of(PtyTerm *p, guint i)
{
  Samples bytes = {0}, first = {0}, list = {0}, last = {0}, cpu = {0};
  Samples *all[] = {&first, &list, &last, &cpu};
  pty_keys(p, actions[i].prepare);
  settle(p, QUIET_MS * 3, WAIT_MAX_MS);
  for (guint turn = 0; turn < TURNS; turn++) {
    Answer a = press(p, actions[i].keys, actions[i].list, QUIET_MS);
    if (a.last_ms >= 0) {
      samples_add(&bytes, (double)a.bytes);
      samples_add(&first, a.first_ms);
      samples_add(&last, a.last_ms);
      samples_add(&cpu, a.cpu_ms);
    }
    if (a.list_ms >= 0)
      samples_add(&list, a.list_ms);
    if (actions[i].undo)
      press(p, actions[i].undo, NULL, QUIET_MS);
  }
  if (first.n) {
    printf("| %s | %.0f |", actions[i].name, samples_quantile(&bytes, 0.5));
    for (guint c = 0; c < G_N_ELEMENTS(all); c++)
      print_times(all[c]);
    printf("\n");
  }
  for (guint c = 0; c < G_N_ELEMENTS(all); c++)
    samples_clear(all[c]);
  samples_clear(&bytes);
}

/* `size` is "80x24". BENCH_ACTION: only the actions whose name holds it. */
static int bench_latency(const char *name, const char *size, const char *const *files)
{
  const char *only = g_getenv("BENCH_ACTION"), *by = strchr(size, 'x');
  int width = (int)MIN(g_ascii_strtoull(size, NULL, 10), 500);
  int height = by ? (int)MIN(g_ascii_strtoull(by + 1, NULL, 10), 200) : 0;
  if (!width || !height)
    return 1;
  printf("### %s, %s\n\n"
         "| key | bytes | first | 99 %% | list | 99 %% | all | 99 %% | processor | 99 %% |\n"
         "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
         name, size);
  PtyTerm *p = start_program(OURS, files, width, height);
  wait_idle(p);
  if (pty_ended(p))
    return ended(p);
  for (guint i = 0; i < G_N_ELEMENTS(actions); i++)
    if (!only || strstr(actions[i].name, only))
      latency_of(p, i);
  printf("\n");
  end_program(p, OURS);
  return 0;
}

/* --- memory ---------------------------------------------------------------------------------- */

static double anonymous_mb(PtyTerm *p)
{
  g_autofree char *file = g_strdup_printf("/proc/%d/status", (int)pty_pid(p));
  g_autofree char *text = NULL;
  if (!g_file_get_contents(file, &text, NULL, NULL))
    return 0;
  const char *line = strstr(text, "RssAnon:");
  return line ? (double)g_ascii_strtoull(line + strlen("RssAnon:"), NULL, 10) / 1024 : 0;
}

static int bench_memory(const char *const *files)
{
  static const char *const views[] = {"1", "2", "3", "4",       "5",     "6",     "0",     "7",
                                      "8", "9", "A", "1 Enter", "Enter", "Enter", "Enter", "X 3"};
  printf("## Memory\n\nResident memory that is no file (RssAnon), 120x30, in MB.\n\n"
         "| when | MB |\n|---|--:|\n");
  PtyTerm *p = start_program(OURS, files, 120, 30);
  wait_idle(p);
  if (pty_ended(p))
    return ended(p);
  printf("| loaded, flags and answers computed | %.1f |\n", anonymous_mb(p));
  double most = 0;
  for (guint i = 0; i < G_N_ELEMENTS(views); i++) {
    press(p, views[i], NULL, QUIET_MS);
    most = MAX(most, anonymous_mb(p));
  }
  printf("| most, while every view was visited | %.1f |\n", most);
  printf("| after that | %.1f |\n", anonymous_mb(p));
  end_program(p, OURS);
  return 0;
}

int main(int argc, char **argv)
{
  const char *files[3] = {NULL, NULL, NULL};
  const char *what = argc > 1 ? argv[1] : "";
  setvbuf(stdout, NULL, _IOLBF, 0);
  int from = strcmp(what, "latency") == 0 ? 4 : 2;
  for (int i = from; i < argc && i < from + 2; i++)
    files[i - from] = argv[i];
  if (files[0] && strcmp(what, "bytes") == 0)
    return bench_bytes(files);
  if (files[0] && strcmp(what, "latency") == 0)
    return bench_latency(argv[2], argv[3], files);
  if (files[0] && strcmp(what, "memory") == 0)
    return bench_memory(files);
  fprintf(stderr, "Usage: bench_keys bytes|memory LOG [COHORTS]\n"
                  "       bench_keys latency NAME SIZE LOG [COHORTS]\n");
  return 1;
}
