/* Rows: the path of every row of a log, so nothing is done twice.
 *
 * Neighbouring rows have the same date, and few users, addresses and cohorts at a time: the last
 * ones are remembered by their text, in small tables in front of the dictionaries. */
#include "core/ingest/rows.h"

#include <string.h>

#include "core/ingest/cohort_rows.h"

#define MEMO_BITS 8
#define MEMO_KEY  19

typedef struct {
  guint32 value;
  guint8 len; /* 0: free */
  char key[MEMO_KEY];
} MemoEntry;

typedef struct {
  MemoEntry entry[1 << MEMO_BITS];
} Memo;

struct Rows {
  const Layout *layout;
  Batch *out;
  gboolean is_table; /* the records are those of a cohort table */
  gboolean has_time, has_agent, has_facts;
  char date[10]; /* the last date, and what it is; all zeros at first, which is no date */
  CivilDay day;
  Memo users, ips, cohorts;
};

static guint32 memo_place(const char *s, gsize len)
{
  guint64 a, b;
  if (len >= 8) {
    memcpy(&a, s, 8);
    memcpy(&b, s + len - 8, 8);
  } else if (len >= 4) {
    guint32 a4, b4;
    memcpy(&a4, s, 4);
    memcpy(&b4, s + len - 4, 4);
    a = a4;
    b = b4;
  } else {
    a = (guint8)s[0];
    b = (guint64)(guint8)s[len / 2] << 8 | (guint8)s[len - 1];
  }
  guint64 h = (a ^ b << 17 ^ len) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  h ^= (b + a) * G_GUINT64_CONSTANT(0xd1342543de82ef95);
  return (guint32)(h >> (64 - MEMO_BITS));
}

/* The entry of the text, or the one it would replace; NULL for a text that is not remembered. */
static MemoEntry *memo_entry(Memo *m, const Field *f)
{
  return f->len == 0 || f->len > MEMO_KEY ? NULL : &m->entry[memo_place(f->s, f->len)];
}

static gboolean memo_holds(const MemoEntry *e, const Field *f)
{
  return e != NULL && e->len == f->len && memcmp(e->key, f->s, f->len) == 0;
}

static void memo_set(MemoEntry *e, const Field *f, guint32 value)
{
  if (e == NULL)
    return;
  e->value = value;
  e->len = (guint8)f->len;
  memcpy(e->key, f->s, f->len);
}

Rows *rows_new(const Layout *layout)
{
  Rows *r = g_new0(Rows, 1);
  r->layout = layout;
  r->has_time = layout->column[ROLE_TIME] != COLUMN_NONE;
  r->has_agent = layout->column[ROLE_AGENT] != COLUMN_NONE;
  r->is_table = layout->form == FORM_COHORTS;
  r->has_facts = layout->form == FORM_WIDE;
  return r;
}

void rows_free(Rows *r)
{
  g_free(r);
}

void rows_start(Rows *r, Batch *out)
{
  r->out = out;
  memset(&r->users, 0, sizeof r->users);
  memset(&r->ips, 0, sizeof r->ips);
  memset(&r->cohorts, 0, sizeof r->cohorts);
}

/* --- time ------------------------------------------------------------------------------------ */

static gboolean parse_day(Rows *r, const char *s, gsize len, CivilDay *ret)
{
  if (len == sizeof r->date && memcmp(s, r->date, sizeof r->date) == 0) {
    *ret = r->day;
    return TRUE;
  }
  if (!civil_parse_date(s, len, ret))
    return FALSE;
  memcpy(r->date, s, sizeof r->date);
  r->day = *ret;
  return TRUE;
}

/* A date column may hold whole times at midnight: some programs print dates so. */
static gboolean parse_date_column(Rows *r, const Field *f, CivilDay *ret)
{
  CivilTime t;
  if (parse_day(r, f->s, f->len, ret))
    return TRUE;
  if (f->len <= 10 || !civil_parse_time(f->s, f->len, &t) || t % CIVIL_DAY != 0)
    return FALSE;
  *ret = civil_day_of(t);
  return TRUE;
}

static RejectReason parse_time_column(Rows *r, const Field *f, CivilTime *ret)
{
  CivilDay day;
  gint32 clock;
  if (f->len == 19 && (f->s[10] == ' ' || f->s[10] == 'T') && parse_day(r, f->s, 10, &day) &&
      civil_parse_clock(f->s + 11, 8, &clock)) {
    *ret = day * CIVIL_DAY + clock;
    return REJECT_NONE;
  }
  if (civil_parse_time(f->s, f->len, ret))
    return REJECT_NONE;
  return f->len > 10 && civil_parse_date(f->s, 10, &day) ? REJECT_TIME : REJECT_DATE;
}

static RejectReason parse_time(Rows *r, const Record *record, CivilTime *ret)
{
  CivilDay day;
  gint32 clock;
  const Field *f = record->field;
  if (r->has_time)
    return parse_time_column(r, &f[ROLE_TIME], ret);
  if (!parse_date_column(r, &f[ROLE_DATE], &day))
    return REJECT_DATE;
  if (!civil_parse_clock(f[ROLE_CLOCK].s, f[ROLE_CLOCK].len, &clock))
    return REJECT_TIME;
  *ret = day * CIVIL_DAY + clock;
  return REJECT_NONE;
}

/* --- the rest -------------------------------------------------------------------------------- */

RejectReason rows_check(Rows *r, const Record *record, CivilTime *ret_time)
{
  const Field *user = &record->field[ROLE_USER], *cohort = &record->field[ROLE_COHORT];
  if (r->is_table)
    return cohort_row_check(record);
  RejectReason reason = parse_time(r, record, ret_time);
  if (reason != REJECT_NONE)
    return reason;
  if (!memo_holds(memo_entry(&r->users, user), user) &&
      (field_is_missing(user) || field_id(user).len == 0))
    return REJECT_USER;
  if (!memo_holds(memo_entry(&r->cohorts, cohort), cohort) && field_has_control_bytes(cohort))
    return REJECT_COHORT;
  return REJECT_NONE;
}

static guint32 add_user(Rows *r, const Field *f)
{
  MemoEntry *e = memo_entry(&r->users, f);
  if (memo_holds(e, f))
    return e->value;
  Field id = field_id(f);
  guint32 user = log_builder_user(r->out->builder, id.s, id.len);
  if (user != G_MAXUINT32)
    memo_set(e, f, user);
  return user;
}

static guint32 add_ip(Rows *r, const Field *f)
{
  MemoEntry *e = memo_entry(&r->ips, f);
  if (memo_holds(e, f))
    return e->value;
  guint32 ip = log_builder_ip(r->out->builder, f->s, field_is_missing(f) ? 0 : f->len);
  if (ip != G_MAXUINT32)
    memo_set(e, f, ip);
  return ip;
}

static guint16 add_cohort(Rows *r, const Field *f, gboolean *ret_full)
{
  MemoEntry *e = memo_entry(&r->cohorts, f);
  if (memo_holds(e, f))
    return (guint16)e->value;
  guint16 cohort = COHORT_NONE;
  Field id = field_id(f);
  if (id.len > 0 && !field_is_missing(&id)) {
    char *text = g_strndup(id.s, id.len);
    cohort = log_builder_cohort(r->out->builder, text, ret_full);
    g_free(text);
  }
  if (!*ret_full)
    memo_set(e, f, cohort);
  return cohort;
}

RejectReason rows_add(Rows *r, const Record *record, CivilTime time)
{
  if (r->is_table)
    return cohort_row_add(r->out, record);
  const Field *f = record->field;
  LogBuilder *b = r->out->builder;
  gboolean full = FALSE;
  LogRow row = {.time = time};
  row.user = add_user(r, &f[ROLE_USER]);
  row.path = log_builder_path(b, f[ROLE_PATH].s, f[ROLE_PATH].len);
  row.ip = add_ip(r, &f[ROLE_IP]);
  if (r->has_agent)
    row.agent = log_builder_agent(b, f[ROLE_AGENT].s, f[ROLE_AGENT].len);
  row.cohort = add_cohort(r, &f[ROLE_COHORT], &full);
  if (full || row.user == G_MAXUINT32 || row.path == G_MAXUINT32 || row.ip == G_MAXUINT32 ||
      row.agent == G_MAXUINT32 || !log_builder_add(b, &row))
    return REJECT_LIMIT;
  if (r->has_facts && row.cohort != COHORT_NONE)
    cohort_facts_see(r->out->facts, row.cohort, record, r->out->lines);
  r->out->rows++;
  return REJECT_NONE;
}
