/* cohortscope: the program. Reads the options and hands over to the subcommand. */
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "config.h"
#include "core/base/text.h"
#include "core/ingest/dbaddress.h"
#include "tui/app/cli.h"
#include "tui/app/open.h"
#include "tui/app/explorer.h"
#include "tui/app/options.h"

/* A program started without standard descriptors would get them for the files it opens, and write
 * its results into one of those. Input and output are taken the wrong way round on purpose: using
 * them fails, as it should. */
static void keep_standard_descriptors(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl(fd, F_GETFD) >= 0)
      continue;
    int taken = open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (taken != fd && taken >= 0) /* cannot be: the lowest free one is taken */
      close(taken);
  }
}

/* TRUE, with a message, when the first operand is no file but nearly a subcommand. */
static gboolean looks_like_subcommand(const Options *o)
{
  const char *names[N_COMMANDS + 1] = {NULL};
  guint n = 0;
  if (o->command != COMMAND_EXPLORE || o->operands->len == 0)
    return FALSE;
  const char *word = g_ptr_array_index(o->operands, 0);
  if (strpbrk(word, "./") || strcmp(word, "-") == 0 || access(word, F_OK) == 0)
    return FALSE;
  for (int c = 0; c < N_COMMANDS; c++)
    if (subcommand_info((CommandId)c)->name)
      names[n++] = subcommand_info((CommandId)c)->name;
  const char *closest = text_closest(word, names);
  if (!closest)
    return FALSE;
  char *message = g_strdup_printf("there is no file and no subcommand \"%s\"; did you mean "
                                  "`cohortscope %s`?",
                                  word, closest);
  cli_complain(message);
  g_free(message);
  return TRUE;
}

static int print(const char *text)
{
  Sink *sink = sink_fd(STDOUT_FILENO, "standard output");
  CliRun run = {.sink = sink};
  sink_puts(sink, text);
  return cli_end(&run, NULL);
}

static int run_command(const Options *o)
{
  if (option_flag(o, OPT_VERSION))
    return print("cohortscope " VERSION "\n");
  if (option_flag(o, OPT_HELP)) {
    char *help = options_help(o->command);
    int code = print(help);
    g_free(help);
    return code;
  }
  if (looks_like_subcommand(o))
    return EXIT_USAGE;
  const Subcommand *command = subcommand_info(o->command);
  if (command->run)
    return command->run(o);
  return explorer_run(o);
}

int main(int argc, char **argv)
{
  GError *error = NULL;
  setlocale(LC_ALL, "");
  setlocale(LC_NUMERIC, "C"); /* numbers are written the same everywhere */
  signal(SIGPIPE, SIG_IGN);
  /* An arena per thread would keep what each of them once needed, and a threshold that grows by
   * itself would keep large arrays on the heap, where the holes they leave are not given back. */
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  keep_standard_descriptors();
  char *settings = open_config_path("config");
  Options *o = options_parse(argc, argv, settings, &error);
  for (int i = 1; i < argc; i++) /* a list of processes shows the words */
    db_address_blot(argv[i]);
  int code;
  if (o) {
    code = run_command(o);
  } else {
    code = cli_exit_code(error);
    cli_complain(error->message);
    g_error_free(error);
  }
  options_free(o);
  g_free(settings);
  return code;
}
