/* Opening: settings files, the choice of the log, and the way to a dataset. */
#include "tui/app/open.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/dbaddress.h"
#include "tui/app/progress.h"

#define FOLDER         "cohortscope"
#define SAMPLE_LOG     "sample/logs.csv.gz"
#define SAMPLE_COHORTS "sample/cohorts.csv"
#define PASSWORD_MAX   1024

char *open_config_path(const char *name)
{
  return g_build_filename(g_get_user_config_dir(), FOLDER, name, NULL);
}

char *open_state_name(const char *name)
{
  return g_build_filename(g_get_user_state_dir(), FOLDER, name, NULL);
}

char *open_state_path(const char *name, GError **error)
{
  char *path = open_state_name(name);
  char *folder = g_path_get_dirname(path);
  if (g_mkdir_with_parents(folder, 0700) != 0) {
    int saved = errno;
    char *safe = text_safe(folder, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_OUTPUT,
                "cannot make the folder %s: %s; set XDG_STATE_HOME to a place you may write to",
                safe, g_strerror(saved));
    g_free(safe);
    g_free(path);
    path = NULL;
  }
  g_free(folder);
  return path;
}

/* The lines of the file that an option names behind those already there, so that they win. */
static gboolean add_lines(GPtrArray *lines, const char *file, const char *option, const char *what,
                          GError **error)
{
  if (g_access(file, F_OK) != 0) {
    int saved = errno;
    char *safe = text_safe(file, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "%s %s: %s; name a text file of lines `%s`",
                option, safe, g_strerror(saved), what);
    g_free(safe);
    return FALSE;
  }
  GPtrArray *own = assets_lines("", file, error);
  if (!own)
    return FALSE;
  g_ptr_array_extend_and_steal(lines, own);
  return TRUE;
}

GPtrArray *open_settings(const char *name, const char *file, const char *option, const char *what,
                         GError **error)
{
  char *user = open_config_path(name);
  GPtrArray *lines = assets_lines(name, user, error);
  g_free(user);
  if (lines && file && !add_lines(lines, file, option, what, error)) {
    g_ptr_array_unref(lines);
    lines = NULL;
  }
  return lines;
}

static GPtrArray *setting_lines(const char *name, GError **error)
{
  return open_settings(name, NULL, NULL, NULL, error);
}

static gboolean read_rules(OpenPlan *p, const Options *o, GError **error)
{
  p->programs_conf = setting_lines("programs.conf", error);
  if (p->programs_conf)
    p->staff_conf = setting_lines("staff.conf", error);
  if (p->staff_conf)
    p->kinds_conf = setting_lines("lesson-kinds.conf", error);
  if (p->kinds_conf)
    p->aliases_conf = open_settings("lesson-aliases.conf", option_text(o, OPT_ALIASES), "--aliases",
                                    "old = new", error);
  if (!p->aliases_conf)
    return FALSE;
  p->request.programs_conf = p->programs_conf;
  p->request.staff_conf = p->staff_conf;
  catalog_options_init(&p->catalog);
  p->catalog.raw_paths = option_flag(o, OPT_RAW_PATHS);
  p->catalog.kinds_conf = p->kinds_conf;
  p->catalog.aliases_conf = p->aliases_conf;
  return TRUE;
}

static gboolean take_sample(OpenPlan *p, GError **error)
{
  p->sample_log = assets_get(SAMPLE_LOG);
  p->sample_cohorts = assets_get(SAMPLE_COHORTS);
  if (!p->sample_log) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "no log is named, and this program was built without its sample; name a log file");
    return FALSE;
  }
  p->sample = TRUE;
  p->name = g_strdup("the sample log");
  p->request.memory_log = p->sample_log;
  p->request.memory_cohorts = p->sample_cohorts;
  return TRUE;
}

/* What a log is called in titles; safe text. */
static char *short_name(const char *log)
{
  DbAddress *address = db_address_is(log) ? db_address_parse(log, NULL) : NULL;
  char *base = address              ? g_strconcat("database ", address->database, NULL)
               : db_address_is(log) ? g_strdup("database")
                                    : g_path_get_basename(log);
  char *name = strcmp(base, "-") == 0 ? g_strdup("standard input") : text_safe(base, -1);
  g_free(base);
  db_address_free(address);
  return name;
}

/* The first line of the file that --password-file names. */
static gboolean read_password(OpenPlan *p, const Options *o, GError **error)
{
  const char *file = option_text(o, OPT_PASSWORD_FILE);
  p->request.database_files = TRUE;
  if (!file)
    return TRUE;
  char *text = g_malloc0(PASSWORD_MAX + 2);
  gsize len = 0;
  ssize_t n = 0;
  int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  while (fd >= 0 && len <= PASSWORD_MAX && (n = read(fd, text + len, PASSWORD_MAX + 1 - len)) > 0)
    len += (gsize)n;
  int saved = errno;
  if (fd >= 0)
    close(fd);
  gboolean ok = fd >= 0 && n >= 0;
  char *safe = text_safe(file, -1);
  if (!ok)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "--password-file %s: %s; name a file that holds the password of the database and "
                "that you may read",
                safe, g_strerror(saved));
  else if (strcspn(text, "\r\n") > PASSWORD_MAX)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "--password-file %s: its first line is over %d bytes long, which is no password",
                safe, PASSWORD_MAX);
  else
    text[strcspn(text, "\r\n")] = '\0';
  g_free(safe);
  p->request.database_password = p->password = text;
  return ok && strlen(text) <= PASSWORD_MAX;
}

/* Which files: those on the command line, else those of the settings file, else the sample. The
 * cohort table of the settings file belongs to the log of the settings file. */
static gboolean choose_logs(OpenPlan *p, const Options *o, GError **error)
{
  gboolean named = o->operands->len > 0;
  const GPtrArray *from = named ? o->operands : o->logs;
  p->logs = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add(p->logs, g_strdup(g_ptr_array_index(from, i)));
  g_ptr_array_add(p->logs, NULL);
  p->request.logs = (const char *const *)p->logs->pdata;
  if (option_on_command_line(o, OPT_COHORTS) || (!named && from->len > 0))
    p->request.cohorts = option_text(o, OPT_COHORTS);
  if (from->len == 0)
    return take_sample(p, error);
  p->name = short_name(g_ptr_array_index(from, 0));
  return TRUE;
}

OpenPlan *open_plan_new(const Options *o, GError **error)
{
  OpenPlan *p = g_new0(OpenPlan, 1);
  load_request_init(&p->request);
  p->request.columns = option_text(o, OPT_INPUT_COLUMNS);
  p->request.form = option_text(o, OPT_FORM);
  p->request.threads = (guint)option_number(o, OPT_THREADS);
  p->max_rejects = p->request.max_rejects = option_real(o, OPT_MAX_REJECTS);
  p->session_gap = (guint)option_number(o, OPT_SESSION_GAP);
  if (read_rules(p, o, error) && read_password(p, o, error) && choose_logs(p, o, error))
    return p;
  open_plan_free(p);
  return NULL;
}

static void unref_array(GPtrArray *a)
{
  if (a)
    g_ptr_array_unref(a);
}

static void unref_bytes(GBytes *b)
{
  if (b)
    g_bytes_unref(b);
}

void open_plan_free(OpenPlan *p)
{
  if (!p)
    return;
  unref_array(p->logs);
  unref_array(p->programs_conf);
  unref_array(p->staff_conf);
  unref_array(p->kinds_conf);
  unref_array(p->aliases_conf);
  unref_bytes(p->sample_log);
  unref_bytes(p->sample_cohorts);
  g_free(p->name);
  if (p->password)
    explicit_bzero(p->password, strlen(p->password));
  g_free(p->password);
  g_free(p);
}

Dataset *open_dataset(const OpenPlan *p, AccessLog *log, GError **error)
{
  Catalog *catalog = catalog_new(log, &p->catalog, error);
  if (!catalog)
    return NULL;
  Dataset *ds = dataset_new(log, catalog);
  ds->session_gap = p->session_gap;
  return ds;
}

gboolean open_log(const Options *o, OpenedLog *ret, GError **error)
{
  *ret = (OpenedLog){.plan = open_plan_new(o, error)};
  if (!ret->plan)
    return FALSE;
  Progress *progress = progress_start(o, &ret->plan->request);
  ret->log = load(&ret->plan->request, &ret->report, error);
  progress_stop(progress, ret->report);
  if (ret->log)
    ret->dataset = open_dataset(ret->plan, ret->log, error);
  return ret->dataset != NULL;
}

gboolean opened_log_partial(const OpenedLog *l)
{
  gboolean partial = l->report && l->report->cancelled;
  for (guint i = 0; l->report && i < l->report->files->len; i++)
    partial |= ((const InputFile *)g_ptr_array_index(l->report->files, i))->partial;
  return partial;
}

void opened_log_clear(OpenedLog *l)
{
  if (l->dataset)
    dataset_free(l->dataset);
  if (l->log)
    access_log_unref(l->log);
  if (l->report)
    load_report_free(l->report);
  open_plan_free(l->plan);
  *l = (OpenedLog){.plan = NULL};
}
