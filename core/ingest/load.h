/* Loading: files in, an access log and an account of what was read out.
 *
 * Every byte of input is either an accepted row, a header, a blank line or a counted reject with
 * reason, file, line and first bytes. Nothing is filtered. */
#ifndef CORE_INGEST_LOAD_H
#define CORE_INGEST_LOAD_H

#include "core/log/log.h"

typedef enum {
  FORM_UNKNOWN,
  FORM_RAW,      /* date time path user cohort ip, single spaces */
  FORM_CSV,      /* with header; comma, semicolon, tab or `|` */
  FORM_WIDE,     /* CSV of the log joined to its cohorts */
  FORM_COMBINED, /* web server log */
  FORM_COHORTS,  /* a cohort table */
  N_FORMS
} InputForm;

typedef enum {
  REJECT_FIELDS, /* too few or too many fields */
  REJECT_DATE,   /* not a date, or a date that does not exist */
  REJECT_TIME,
  REJECT_USER,     /* no user id */
  REJECT_COHORT,   /* a cohort id that is not a number or name (control bytes) */
  REJECT_QUOTE,    /* a quote that is never closed */
  REJECT_TOO_LONG, /* a field over 64 KiB */
  REJECT_NUL,      /* NUL bytes */
  REJECT_LIMIT,    /* more cohorts, users or rows than can be numbered */
  REJECT_DUPLICATE_COHORT,
  REJECT_DATES_ORDER, /* a cohort that ends before it starts: kept, dates dropped */
  N_REJECT_REASONS
} RejectReason;

const char *reject_name(RejectReason r);        /* "bad-date" */
const char *reject_explanation(RejectReason r); /* a sentence, with what to do */

typedef struct {
  RejectReason reason;
  guint file;    /* into files */
  guint64 line;  /* from 1, in the text after decompression; of a database, the row */
  char *excerpt; /* first bytes, escaped and safe */
} Reject;

#define REJECT_KEEP 100 /* examples kept per reason; all are counted */

typedef struct {
  char *name;      /* as given; "-" = stdin; of a database without its password */
  char *container; /* "gzip", "zstd", "xz", "zip", "database", or NULL for plain text */
  InputForm form;
  char *columns;      /* "time=date+time user=user_id ...": what was recognised, for people */
  GPtrArray *ignored; /* of char*: header names that were not used */
  guint64 bytes;      /* after decompression */
  /* Every line is one of the others: lines = rows + rejected + blank + header + continued. */
  guint64 lines, rows, rejected, blank;
  guint64 header;    /* 1 when the first line names the columns */
  guint64 continued; /* lines inside a quoted field, behind the first line of their row */
  gboolean partial;  /* cancelled or truncated: rows up to there are kept */
  char *note; /* a warning such as "truncated gzip: rows up to line 4,711 were read", or NULL */
} InputFile;

typedef struct {
  GPtrArray *files;   /* of InputFile*, logs and cohort tables in the order given */
  GPtrArray *rejects; /* of Reject*, in order of reading */
  guint64 rejected_by[N_REJECT_REASONS]; /* all that was noticed, cohort tables included */
  guint64 rows, rejected;                /* lines of logs that were kept, and that were lost */
  gint64 microseconds;                   /* wall time of loading */
  gboolean cancelled;
  GPtrArray *warnings; /* of char*: safe sentences, e.g. rows of a cohort that no table has */
} LoadReport;

/* What is needed to read on behind the end of the logs: see follow.h. */
typedef struct Follow Follow;

typedef struct {
  const char *const *logs; /* paths; "-" is stdin; addresses of databases; NULL-terminated */
  const char *cohorts;     /* path, or NULL: looked for among `logs`, or in the wide form */
  GBytes *memory_log, *memory_cohorts;         /* in place of files: the sample; or NULL */
  const char *columns;                         /* "--columns time=3,user=student", or NULL */
  const char *form;                            /* "raw", "csv", "combined", or NULL: recognise */
  const GPtrArray *programs_conf, *staff_conf; /* of SettingLine */
  /* Databases (`mysql://...` among the logs, or as `cohorts`): the password of addresses that hold
   * none, or NULL; and whether the files and the environment of the client programs count. */
  const char *database_password;
  gboolean database_files;
  guint database_patience; /* seconds until a silent server is given up; 0 = usual */
  double max_rejects;      /* share of rows, 0.01; checked by load_check_rejects */
  guint threads;           /* 0 = as many as the machine has, at most 8 */
  int stdin_fd;
  gsize chunk_bytes; /* a plain file is shared out to threads in pieces of this size; 0 = usual */
  /* Called from the loading thread, at most ~20 times a second; return FALSE to stop: the rows
   * read so far are kept and the report says cancelled. */
  gboolean (*progress)(void *data, guint64 rows, guint64 bytes, guint64 total_bytes);
  /* Hands out logs of the rows so far while loading goes on (at growing intervals), or NULL. The
   * receiver owns the reference. */
  void (*snapshot)(void *data, AccessLog *log);
  void *data;
  /* Logs are still being written: a last line without its end, or the open row of a quoted field,
   * is left to be read later. */
  gboolean growing;
  Follow **ret_follow; /* or NULL; set when there is a log; free with follow_free */
} LoadRequest;

void load_request_init(LoadRequest *req);
/* NULL with CORE_ERROR_INPUT (message: what, where, what to do) when nothing can be read. The
 * report is also set on failure as far as it got (for `check`); free it with load_report_free. */
AccessLog *load(const LoadRequest *req, LoadReport **ret_report, GError **error);
void load_report_free(LoadReport *r);
/* FALSE with CORE_ERROR_REJECTS when more than `share` of the rows were rejected. */
gboolean load_check_rejects(const LoadReport *r, double share, GError **error);
const char *form_name(InputForm f);

#endif
