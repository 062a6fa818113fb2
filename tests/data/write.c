/* The log as files. See write.h.
 *
 * A row is put together from texts made beforehand; nothing is formatted while rows are written. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/data/calendar.h"
#include "tests/data/write.h"

#define BUFFER   (1 << 20)
#define ROW_MOST 1024 /* longer than any row */
#define N_FORMS  3

typedef struct {
  int fd;
  char *name;
  char *buf;
  gsize n;
  gboolean failed;
} Out;

/* What a cohort adds to a row in each form. */
typedef struct {
  char *narrow, *wide_id, *wide;
  gsize narrow_len, wide_id_len, wide_len;
} CohortTail;

struct Writer {
  const School *s;
  guint forms;
  Out out[N_FORMS];
  CohortTail *tails; /* by cohort; the last one is "none" */
  char date[11];
  char two_digits[60][2];
};

static const char *const file_names[N_FORMS] = {"logs.txt", "logs.csv", "curriculum_logs.csv"};
static const char *const headers[N_FORMS] = {
    "", "date,time,path,user_id,cohort_id,ip\n",
    "date,time,endpoint,user_id,cohort_id,ip,name,slack,start_date,end_date,created_at,updated_at,"
    "deleted_at,program_id\n"};

static void out_flush(Out *o)
{
  gsize done = 0;

  while (done < o->n && !o->failed) {
    gssize k = write(o->fd, o->buf + done, o->n - done);

    if (k < 0 && errno != EINTR) {
      fprintf(stderr, "%s: %s\n", o->name, g_strerror(errno));
      o->failed = TRUE;
    } else if (k > 0) {
      done += (gsize)k;
    }
  }
  o->n = 0;
}

static gboolean out_open(Out *o, const char *folder, const char *name, const char *header)
{
  o->name = g_build_filename(folder, name, NULL);
  o->fd = open(o->name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (o->fd < 0) {
    fprintf(stderr, "%s: %s\n", o->name, g_strerror(errno));
    g_free(o->name);
    return FALSE;
  }
  o->buf = g_malloc(BUFFER);
  o->n = strlen(header);
  memcpy(o->buf, header, o->n);
  o->failed = FALSE;
  return TRUE;
}

static gboolean out_close(Out *o)
{
  gboolean ok;

  out_flush(o);
  ok = close(o->fd) == 0 && !o->failed;
  g_free(o->buf);
  g_free(o->name);
  return ok;
}

static char *slack_of(const char *name)
{
  char *slack = g_strdup_printf("#%s", name);

  for (char *c = slack; *c; c++)
    *c = *c == ' ' ? '-' : g_ascii_tolower(*c);
  return slack;
}

/* The rest of a cohort's row in the cohort table; `none` stands for a missing value. */
static char *cohort_columns(const SchoolCohort *c, const char *none, const char *quote,
                            const char *program_suffix)
{
  char start[11];
  char end[11];
  char made[11];
  char *slack = slack_of(c->name);
  char *row;

  calendar_format(c->start, start);
  calendar_format(c->end, end);
  calendar_format(c->start - 24, made);
  row = g_strdup_printf("%s,%s,%s,%s,%s%s 15:%02u:07%s,%s%s 15:%02u:07%s,%s,%u%s", c->name, slack,
                        start, end, quote, made, c->id % 60, quote, quote, made, c->id % 60, quote,
                        none, curriculum_program_ids[c->program], program_suffix);
  g_free(slack);
  return row;
}

static void make_tails(Writer *w)
{
  guint n = w->s->cohorts->len;

  w->tails = g_new0(CohortTail, n + 1);
  for (guint i = 0; i <= n; i++) {
    CohortTail *t = &w->tails[i];

    if (i < n) {
      const SchoolCohort *c = school_cohort(w->s, i);
      char *columns = cohort_columns(c, "", "", ".0");

      t->narrow = g_strdup_printf("%u", c->id);
      t->wide_id = g_strdup_printf("%u.0", c->id);
      t->wide = g_strdup_printf(",%s", columns);
      g_free(columns);
    } else {
      t->narrow = g_strdup("");
      t->wide_id = g_strdup("");
      t->wide = g_strdup(",,,,,,,,");
    }
    t->narrow_len = strlen(t->narrow);
    t->wide_id_len = strlen(t->wide_id);
    t->wide_len = strlen(t->wide);
  }
}

Writer *writer_new(const School *s, const char *folder, guint forms)
{
  Writer *w = g_new0(Writer, 1);

  w->s = s;
  for (guint i = 0; i < N_FORMS; i++) {
    if (!(forms & 1U << i))
      continue;
    if (!out_open(&w->out[i], folder, file_names[i], headers[i])) {
      w->forms &= (1U << i) - 1;
      make_tails(w);
      writer_close(w);
      return NULL;
    }
    w->forms |= 1U << i;
  }
  make_tails(w);
  for (guint i = 0; i < 60; i++) {
    w->two_digits[i][0] = (char)('0' + i / 10);
    w->two_digits[i][1] = (char)('0' + i % 10);
  }
  return w;
}

void writer_begin_day(Writer *w, int date)
{
  calendar_format(date, w->date);
}

static char *put(char *p, const char *text, gsize len)
{
  memcpy(p, text, len);
  return p + len;
}

static char *put_number(char *p, guint v)
{
  char digits[12];
  guint n = 0;

  do {
    digits[n++] = (char)('0' + v % 10);
    v /= 10;
  } while (v > 0);
  while (n > 0)
    *p++ = digits[--n];
  return p;
}

static char *put_clock(const Writer *w, char *p, guint second)
{
  memcpy(p, w->two_digits[second / 3600], 2);
  p[2] = ':';
  memcpy(p + 3, w->two_digits[second / 60 % 60], 2);
  p[5] = ':';
  memcpy(p + 6, w->two_digits[second % 60], 2);
  return p + 8;
}

void writer_row(Writer *w, const Event *e)
{
  const PagePath *path = &g_array_index(w->s->curriculum->paths, PagePath, e->path);
  const CohortTail *tail = &w->tails[e->cohort == NO_COHORT ? w->s->cohorts->len : e->cohort];

  for (guint i = 0; i < N_FORMS; i++) {
    Out *o = &w->out[i];
    char between = i == 0 ? ' ' : ',';
    char *p;

    if (!(w->forms & 1U << i))
      continue;
    if (o->n > BUFFER - ROW_MOST)
      out_flush(o);
    p = put(o->buf + o->n, w->date, 10);
    *p++ = between;
    p = put_clock(w, p, e->second);
    *p++ = between;
    p = i == 0 ? put(p, path->text, path->text_len) : put(p, path->csv, path->csv_len);
    *p++ = between;
    p = put_number(p, e->user + 1);
    *p++ = between;
    p = i == 2 ? put(p, tail->wide_id, tail->wide_id_len) : put(p, tail->narrow, tail->narrow_len);
    *p++ = between;
    p += address_format(e->ip, p);
    if (i == 2)
      p = put(p, tail->wide, tail->wide_len);
    *p++ = '\n';
    o->n = (gsize)(p - o->buf);
  }
}

gboolean writer_close(Writer *w)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < N_FORMS; i++) {
    if (w->forms & 1U << i)
      ok = out_close(&w->out[i]) && ok;
  }
  for (guint i = 0; i <= w->s->cohorts->len; i++) {
    g_free(w->tails[i].narrow);
    g_free(w->tails[i].wide_id);
    g_free(w->tails[i].wide);
  }
  g_free(w->tails);
  g_free(w);
  return ok;
}

gboolean write_cohorts(const School *s, const char *folder)
{
  GString *text = g_string_new(
      "id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id\n");
  char *name = g_build_filename(folder, "cohorts.csv", NULL);
  GError *error = NULL;
  gboolean ok;

  for (guint i = 0; i < s->cohorts->len; i++) {
    const SchoolCohort *c = school_cohort(s, i);
    char *columns = cohort_columns(c, "NULL", "\"", "");

    g_string_append_printf(text, "%u,%s\n", c->id, columns);
    g_free(columns);
  }
  ok = g_file_set_contents(name, text->str, (gssize)text->len, &error);
  if (!ok) {
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
  }
  g_string_free(text, TRUE);
  g_free(name);
  return ok;
}
