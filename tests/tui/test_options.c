/* Options: the tables are sound, and every way of writing a value, right and wrong. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/report/write.h"
#include "tui/app/option_value.h"
#include "tui/app/options.h"

static Options *parse(const char *line, const char *settings, GError **error)
{
  char **words = g_strsplit(line, " ", -1);
  Options *o = options_parse((int)g_strv_length(words), words, settings, error);
  g_strfreev(words);
  return o;
}

static Options *parse_well(const char *line)
{
  GError *error = NULL;
  Options *o = parse(line, NULL, &error);
  if (error)
    fail_msg("%s: %s", line, error->message);
  return o;
}

/* The line is refused, and the message holds `part`. */
static void refuse(const char *line, const char *part)
{
  GError *error = NULL;
  assert_null(parse(line, NULL, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  if (!strstr(error->message, part))
    fail_msg("%s: \"%s\" lacks \"%s\"", line, error->message, part);
  g_error_free(error);
}

/* Rows of the table that could not be told apart, or cannot be read. */
static void test_table_is_sound(void **state)
{
  (void)state;
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    assert_non_null(info->name);
    assert_true(info->commands != 0);
    assert_true(strlen(info->help) > 10);
    assert_true((info->type == OPTION_FLAG) == (info->argument == NULL));
    assert_true((info->type == OPTION_WORD) == (info->words != NULL));
    if (info->fallback) {
      OptionValue v = {.given = FALSE};
      assert_true(option_value_read(info, info->fallback, &v, NULL));
      option_value_clear(&v);
    }
    for (int other = 0; other < id; other++) {
      const OptionInfo *o = option_info((OptionId)other);
      /* one name may stand for two options, but never in one subcommand, and with a value in both
       * or in none: the subcommand is found before its options are known */
      if (strcmp(o->name, info->name) == 0) {
        assert_int_equal(o->commands & info->commands, 0);
        assert_true((o->type == OPTION_FLAG) == (info->type == OPTION_FLAG));
      }
      assert_false(info->letter && o->letter == info->letter);
    }
  }
}

/* The words of --format are the formats of the writers, in their order, and then those that only
 * reports have. */
static void test_formats_agree(void **state)
{
  (void)state;
  const char *const *words = option_info(OPT_FORMAT)->words;
  for (int f = 0; f < N_WRITE_FORMATS; f++)
    assert_string_equal(words[f], write_format_name((WriteFormat)f));
  assert_string_equal(words[N_WRITE_FORMATS], "html");
  assert_null(words[N_WRITE_FORMATS + 1]);
  for (int c = 0; c < N_COMMANDS; c++) {
    const char *formats = subcommand_info((CommandId)c)->formats;
    char **list = g_strsplit(formats ? formats : "", ",", -1);
    for (guint i = 0; list[i]; i++)
      assert_true(g_strv_contains(words, list[i]));
    g_strfreev(list);
  }
}

static void test_help_has_every_option(void **state)
{
  (void)state;
  for (int c = 0; c < N_COMMANDS; c++) {
    char *help = options_help((CommandId)c);
    for (int id = 0; id < N_OPTIONS; id++) {
      const OptionInfo *info = option_info((OptionId)id);
      char *name = g_strdup_printf("--%s", info->name);
      if (info->commands & COMMAND_BIT(c))
        assert_non_null(strstr(help, name));
      g_free(name);
    }
    char **lines = g_strsplit(help, "\n", -1);
    for (guint i = 0; lines[i]; i++)
      if (strlen(lines[i]) > 80)
        fail_msg("line of %zu columns: %s", strlen(lines[i]), lines[i]);
    g_strfreev(lines);
    g_free(help);
  }
}

static void test_subcommand_and_operands(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    CommandId command;
    const char *operands;
  } cases[] = {
      {"cohortscope", COMMAND_EXPLORE, ""},
      {"cohortscope log.csv cohorts.csv", COMMAND_EXPLORE, "log.csv cohorts.csv"},
      {"cohortscope rank log.csv --by user", COMMAND_RANK, "log.csv"},
      {"cohortscope --by user rank log.csv", COMMAND_RANK, "log.csv"},
      {"cohortscope -n 5 --by=user rank rank", COMMAND_RANK, "rank"},
      {"cohortscope -- rank", COMMAND_EXPLORE, "rank"},
      {"cohortscope rows -- -odd", COMMAND_ROWS, "-odd"},
      {"cohortscope rows -", COMMAND_ROWS, "-"},
      {"cohortscope matrix --rows user --columns day a b", COMMAND_MATRIX, "a b"},
      {"cohortscope rows -qn5 a", COMMAND_ROWS, "a"},
      {"cohortscope --scope check rows a", COMMAND_ROWS, "a"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Options *o = parse_well(cases[i].line);
    assert_int_equal(o->command, cases[i].command);
    g_ptr_array_add(o->operands, NULL);
    char *operands = g_strjoinv(" ", (char **)o->operands->pdata);
    g_ptr_array_set_size(o->operands, (gint)o->operands->len - 1);
    assert_string_equal(operands, cases[i].operands);
    g_free(operands);
    options_free(o);
  }
}

static void test_values(void **state)
{
  (void)state;
  Options *o = parse_well("cohortscope rank l --by user -n20 --sort -users,+first --max-rejects "
                          "0.25 --format json --raw-paths");
  assert_int_equal(option_number(o, OPT_LIMIT), 20);
  assert_string_equal(option_text(o, OPT_SORT), "-users,+first");
  assert_true(option_real(o, OPT_MAX_REJECTS) == 0.25);
  assert_int_equal(option_number(o, OPT_FORMAT), WRITE_JSON);
  assert_true(option_flag(o, OPT_RAW_PATHS));
  assert_false(option_flag(o, OPT_PSEUDONYMS));
  assert_true(option_on_command_line(o, OPT_LIMIT));
  assert_false(option_given(o, OPT_THREADS));
  options_free(o);
  o = parse_well("cohortscope timeline l --user 1");
  assert_int_equal(option_number(o, OPT_SESSION_GAP), 1800);
  assert_true(option_real(o, OPT_MAX_REJECTS) == 0.01);
  options_free(o);
  o = parse_well("cohortscope --size 80x24 --now 2019-08-14");
  assert_int_equal(option_number(o, OPT_SIZE), 80 * 65536 + 24);
  assert_int_equal(option_number(o, OPT_NOW), civil_day_start(civil_day_from_date(2019, 8, 14)));
  options_free(o);
  o = parse_well("cohortscope");
  assert_true(option_number(o, OPT_NOW) == CIVIL_NONE);
  options_free(o);
}

/* `--format combined` is a form of input; the same option names the output. */
static void test_combined(void **state)
{
  (void)state;
  Options *o = parse_well("cohortscope rank l --by user --format combined --format csv");
  assert_string_equal(option_text(o, OPT_FORM), "combined");
  assert_int_equal(option_number(o, OPT_FORMAT), WRITE_CSV);
  options_free(o);
  o = parse_well("cohortscope rank l --by user --input-form raw");
  assert_string_equal(option_text(o, OPT_FORM), "raw");
  options_free(o);
}

/* `--columns` maps the input everywhere but in a matrix, where it is what a column is. */
static void test_two_meanings_of_columns(void **state)
{
  (void)state;
  Options *o = parse_well("cohortscope rank l --by user --columns time=3");
  assert_string_equal(option_text(o, OPT_INPUT_COLUMNS), "time=3");
  options_free(o);
  o = parse_well("cohortscope matrix l --columns user --input-columns time=3");
  assert_string_equal(option_text(o, OPT_COLUMNS), "user");
  assert_string_equal(option_text(o, OPT_INPUT_COLUMNS), "time=3");
  options_free(o);
}

static void test_refused(void **state)
{
  (void)state;
  refuse("cohortscope rank --limt 3", "did you mean --limit?");
  refuse("cohortscope rank --zzzzzzzz 3", "cohortscope rank --help");
  refuse("cohortscope rows --by user", "--by is an option of rank, series");
  refuse("cohortscope rank -z", "-z");
  refuse("cohortscope rank --limit", "--limit N");
  refuse("cohortscope rank --limit x", "a whole number");
  refuse("cohortscope rank --limit -1", "a whole number");
  refuse("cohortscope rank --limit 99999999999", "a whole number");
  refuse("cohortscope rank --format yaml", "table, csv, json, jsonl, md");
  refuse("cohortscope rank --format jsno", "did you mean json?");
  refuse("cohortscope check --format csv", "table,json");
  refuse("cohortscope rank --raw-paths=no", "takes no value");
  refuse("cohortscope rank --max-rejects 2", "1% or 0.01");
  refuse("cohortscope timeline --session-gap soon", "30m");
  refuse("cohortscope --now 2021-02-30", "a date");
  refuse("cohortscope --size 80", "80x24");
  refuse("cohortscope rank --output=", "must not be empty");
  refuse("cohortscope rank --li\x1bmit 3", "--li\\x1bmit");
}

static void test_seconds(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gint64 seconds; /* 0 = refused */
  } cases[] = {{"90", 90},         {"90s", 90},
               {"30m", 1800},      {"1h30m", 5400},
               {"2d", 172800},     {"", 0},
               {"0", 0},           {"m", 0},
               {"30x", 0},         {"-30m", 0},
               {"1h30", 0},        {"367d", 0},
               {"366d", 31622400}, {"99999999999999999999s", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 seconds = 0;
    assert_true(option_read_seconds(cases[i].text, &seconds) == (cases[i].seconds > 0));
    assert_int_equal(seconds, cases[i].seconds);
  }
}

static void test_share(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    double share; /* below 0 = refused */
  } cases[] = {{"1%", 0.01}, {"1 %", 0.01}, {"0.01", 0.01}, {"0", 0},    {"1", 1},
               {"100%", 1},  {"101%", -1},  {"-1%", -1},    {"1.5", -1}, {"x", -1},
               {"1%%", -1},  {"nan", -1},   {"", -1}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    double share = -1;
    assert_true(option_read_share(cases[i].text, &share) == (cases[i].share >= 0));
    assert_true(share == cases[i].share);
  }
}

/* --- the settings file ----------------------------------------------------------------------- */

static char *settings_file(const char *text)
{
  char *path = NULL;
  int fd = g_file_open_tmp("cohortscope-test-XXXXXX", &path, NULL);
  assert_true(fd >= 0);
  g_close(fd, NULL);
  assert_true(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static void test_settings(void **state)
{
  (void)state;
  char *path = settings_file("# a comment\nlog = /data/a.csv\nlog=~/b.csv\ncohorts = /data/c.csv\n"
                             "session-gap = 1h\nraw-paths = yes\nthreads = 2\n");
  GError *error = NULL;
  Options *o = parse("cohortscope timeline --user 1 --threads 1", path, &error);
  assert_non_null(o);
  assert_int_equal(o->logs->len, 2);
  assert_string_equal(g_ptr_array_index(o->logs, 0), "/data/a.csv");
  assert_true(g_str_has_suffix(g_ptr_array_index(o->logs, 1), "/b.csv"));
  assert_true(g_path_is_absolute(g_ptr_array_index(o->logs, 1)));
  assert_string_equal(option_text(o, OPT_COHORTS), "/data/c.csv");
  assert_true(option_given(o, OPT_COHORTS));
  assert_false(option_on_command_line(o, OPT_COHORTS));
  assert_int_equal(option_number(o, OPT_SESSION_GAP), 3600);
  assert_true(option_flag(o, OPT_RAW_PATHS));
  assert_int_equal(option_number(o, OPT_THREADS), 1);
  options_free(o);
  g_unlink(path);
  g_free(path);
  o = parse("cohortscope", "/nonexistent/config", &error);
  assert_non_null(o);
  options_free(o);
}

static void refuse_settings(const char *text, const char *part)
{
  char *path = settings_file(text);
  GError *error = NULL;
  assert_null(parse("cohortscope rank --by user", path, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  if (!strstr(error->message, part))
    fail_msg("\"%s\" lacks \"%s\"", error->message, part);
  assert_non_null(strstr(error->message, path));
  g_clear_error(&error);
  Options *o = parse("cohortscope --help", path, &error); /* help comes all the same */
  assert_non_null(o);
  options_free(o);
  g_unlink(path);
  g_free(path);
}

static void test_settings_refused(void **state)
{
  (void)state;
  refuse_settings("\nlogs = /data/a.csv\n", ":2: unknown setting \"logs\"; did you mean log?");
  refuse_settings("scope = user=1\n", ":1: unknown setting \"scope\"");
  refuse_settings("threads = many\n", ":1: --threads: \"many\"");
  refuse_settings("raw-paths = perhaps\n", "yes or no");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table_is_sound),
      cmocka_unit_test(test_formats_agree),
      cmocka_unit_test(test_help_has_every_option),
      cmocka_unit_test(test_subcommand_and_operands),
      cmocka_unit_test(test_values),
      cmocka_unit_test(test_combined),
      cmocka_unit_test(test_two_meanings_of_columns),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_seconds),
      cmocka_unit_test(test_share),
      cmocka_unit_test(test_settings),
      cmocka_unit_test(test_settings_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
