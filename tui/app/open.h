/* Opening: from options to a dataset.
 *
 * Owns where the program looks for its settings, which log it opens, and how loading is shown and
 * stopped on the command line. The explorer takes the plan and loads in a thread of its own. */
#ifndef TUI_APP_OPEN_H
#define TUI_APP_OPEN_H

#include "core/catalog/catalog.h"
#include "core/ingest/load.h"
#include "core/query/dataset.h"
#include "tui/app/options.h"

/* `$XDG_CONFIG_HOME/cohortscope/NAME`; free with g_free. */
char *open_config_path(const char *name);
/* `$XDG_STATE_HOME/cohortscope/NAME`, whether it is there or not; free with g_free. */
char *open_state_name(const char *name);
/* The same, and makes the folder (mode 0700). NULL with
 * CORE_ERROR_OUTPUT. */
char *open_state_path(const char *name, GError **error);

/* Lines of the compiled-in settings file, of the user's own of that name, and of the file that an
 * option names (NULL: none), in this order, so that later ones win. `option` and `what` complete
 * the message when that file does not exist ("--aliases FILE: ...; name a text file of lines
 * `...`"). NULL with CORE_ERROR_INPUT. */
GPtrArray *open_settings(const char *name, const char *file, const char *option, const char *what,
                         GError **error);

/* What is to be read, and by which rules. */
typedef struct {
  LoadRequest request; /* set progress, snapshot and data as needed */
  CatalogOptions catalog;
  guint session_gap;  /* seconds */
  double max_rejects; /* share of the rows */
  gboolean growing;   /* logs are being written: only whole lines are read */
  gboolean sample;    /* no log was named: the one that comes with the program */
  char *name;         /* of what is opened, for people; safe text */
  /* owned; the requests above point into these */
  GPtrArray *logs;
  char *password;
  GBytes *sample_log, *sample_cohorts;
  GPtrArray *programs_conf, *staff_conf, *kinds_conf, *aliases_conf;
} OpenPlan;

/* The logs named, else those of the settings file, else the sample. NULL with CORE_ERROR_USAGE or
 * CORE_ERROR_INPUT for a settings file that cannot be used. */
OpenPlan *open_plan_new(const Options *o, GError **error);
void open_plan_free(OpenPlan *p);
/* Catalog and dataset of a log, which it takes a reference to. */
Dataset *open_dataset(const OpenPlan *p, AccessLog *log, GError **error);

typedef struct {
  OpenPlan *plan;
  AccessLog *log;
  Dataset *dataset;
  LoadReport *report; /* as far as it got, also when opening failed */
} OpenedLog;

/* Loads in this thread, with progress on standard error when that is asked for. Ctrl-C keeps what
 * was read: then report->cancelled is set. FALSE with an error when there is no log; the rejects
 * are not checked here. `ret` is to be cleared in either case. */
gboolean open_log(const Options *o, OpenedLog *ret, GError **error);
/* TRUE when reading was stopped, or a file was cut off: what was read is not everything. */
gboolean opened_log_partial(const OpenedLog *l);
void opened_log_clear(OpenedLog *l);

#endif
