/* Case report: title, what it holds, people, rows, notes, and how it was made. */
#include "core/casebook/case_private.h"

#include <string.h>

#include "core/base/text.h"
#include "core/casebook/scrub.h"
#include "core/log/fingerprint.h"
#include "core/query/dimension.h"

#define NO_PROOF "A flag is a reason to look. It is no proof of anything."

/* --- what the chapters share -------------------------------------------------------------------
 */

char *case_words(const CasePaper *p, const char *text)
{
  return scrub_text(text ? text : "", p->report->ds, p->user_set, p->report->pseudonyms);
}

char *case_author(CasePaper *p, const char *author)
{
  if (!p->report->pseudonyms)
    return text_safe(author ? author : "", -1);
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(p->authors, author));
  if (!n) {
    n = g_hash_table_size(p->authors) + 1;
    g_hash_table_insert(p->authors, g_strdup(author), GUINT_TO_POINTER(n));
  }
  return g_strdup_printf("analyst %u", n);
}

char *case_subject(const CasePaper *p, const Flag *f)
{
  if (f->subject != SUBJECT_USER && f->subject != SUBJECT_IP)
    return flag_subject_label(f, p->report->ds);
  char *id = flag_out_subject(f, p->report->ds, p->report->pseudonyms), *safe = text_safe(id, -1);
  char *label = g_strdup_printf("%s %s", f->subject == SUBJECT_USER ? "user" : "address", safe);
  g_free(id);
  g_free(safe);
  return label;
}

Table *case_table(const char *const *titles, guint n)
{
  Table *t = table_new("", "");
  for (guint i = 0; i < n; i++)
    table_add_column(t, titles[i], titles[i], CELL_TEXT, 0, "");
  return t;
}

/* A table with its heading; `none` (or NULL: no section) stands for one without rows. Frees it. */
static void put_section(CasePaper *p, const char *id, const char *heading, Table *t,
                        const char *none)
{
  if (t->n_rows || none) {
    doc_open(&p->doc, DOC_SECTION, id);
    doc_heading(&p->doc, 2, NULL, heading);
    if (t->n_rows)
      doc_table(&p->doc, &(TableBlock){.table = t});
    else
      doc_block(&p->doc, DOC_PARAGRAPH, "%s", none);
    doc_close(&p->doc);
  }
  table_free(t);
}

/* A name in its role, as it may be printed. */
static char *person(const CasePaper *p, ColumnRole role, const char *id)
{
  return g_strdup(p->report->pseudonyms ? pseudonym_of(p->report->pseudonyms, role, id) : id);
}

static char *named(const CasePaper *p, const char *word, Dimension d, const char *id)
{
  guint32 key = 0;
  if (!dimension_find(p->report->ds, d, id, &key))
    return g_strdup_printf("%s %s", word, id);
  char *name = dimension_label(p->report->ds, d, key);
  char *label = g_strdup_printf("%s %s", word, name);
  g_free(name);
  return label;
}

static char *flag_name(CasePaper *p, const char *id)
{
  const Flag *f = p->report->flags ? flag_set_find(p->report->flags, id) : NULL;
  if (!f)
    return case_words(p, id);
  char *who = case_subject(p, f);
  char *label = g_strdup_printf("flag %s, %s", rule_get(f->rule)->name, who);
  g_free(who);
  return label;
}

/* Name of an entity for people. */
static char *entity_name(CasePaper *p, const Entity *e)
{
  char buf[CIVIL_BUF];
  char *name = NULL, *label = NULL;
  switch (e->type) {
  case ENTITY_USER:
  case ENTITY_IP:
    name = person(p, e->type == ENTITY_USER ? COLUMN_USER : COLUMN_ADDRESS, e->id);
    label = g_strdup_printf("%s %s", e->type == ENTITY_USER ? "user" : "address", name);
    break;
  case ENTITY_ROW:
    name = person(p, COLUMN_USER, e->id);
    label =
        g_strdup_printf("row %s of user %s: %s", civil_format(e->time, ' ', buf), name, e->other);
    break;
  case ENTITY_COHORT:
    return named(p, "cohort", DIM_COHORT, e->id);
  case ENTITY_PROGRAM:
    return named(p, "program", DIM_PROGRAM, e->id);
  case ENTITY_FLAG:
    return flag_name(p, e->id);
  default:
    return entity_label(e);
  }
  g_free(name);
  return label;
}

/* --- gathering ---------------------------------------------------------------------------------
 */

static void add_user(CasePaper *p, guint32 user)
{
  if (g_hash_table_add(p->user_set, GUINT_TO_POINTER(user + 1)))
    g_ptr_array_add(p->users, GUINT_TO_POINTER(user));
}

static void gather_flag(CasePaper *p, const char *id)
{
  for (guint i = 0; p->judged && i < p->report->flags->flags->len; i++) {
    const Judgement *j = &p->judged[i];
    if (strcmp(j->flag->id, id) != 0)
      continue;
    g_ptr_array_add(p->flags, (gpointer)j);
    for (guint32 u = 0; u < j->flag->n_users; u++)
      add_user(p, j->flag->users[u]);
  }
}

static void gather(CasePaper *p)
{
  const CaseReport *r = p->report;
  for (guint i = 0; i < r->c->members->len; i++) {
    const Entity *e = ((const CaseMember *)g_ptr_array_index(r->c->members, i))->on;
    guint32 user = 0;
    if (e->type == ENTITY_FLAG)
      gather_flag(p, e->id);
    else if ((e->type == ENTITY_USER || e->type == ENTITY_ROW) &&
             dimension_find(r->ds, DIM_USER, e->id, &user))
      add_user(p, user);
  }
}

/* --- front -------------------------------------------------------------------------------------
 */

static void put_front(CasePaper *p, const char *title)
{
  const CaseReport *r = p->report;
  Doc *d = &p->doc;
  char buf[CIVIL_BUF];
  char *author = case_author(p, r->c->by.author), *writer = case_author(p, r->by.author);
  doc_heading(d, 1, NULL, title);
  doc_block(d, DOC_LEAD, "%s", NO_PROOF);
  doc_open(d, DOC_FACTS, NULL);
  doc_term(d, "Case", "%u, %s", r->c->number, r->c->closed ? "closed" : "open");
  doc_term(d, "Begun", "%s by %s", civil_format(r->c->by.time, ' ', buf), author);
  doc_term(d, "Written", "%s by %s", civil_format(r->by.time, ' ', buf), writer);
  doc_term(d, "Flags", "%u", p->flags->len);
  doc_term(d, "Users", "%u", p->users->len);
  doc_close(d);
  if (r->pseudonyms)
    doc_block(d, DOC_PARAGRAPH,
              "Users and addresses are replaced by pseudonyms, the same in every export of this "
              "log. In what people have typed they are replaced as far as the program knows them: "
              "read the notes and reasons before you hand this on.");
  g_free(author);
  g_free(writer);
}

enum { SUM_NUMBER, SUM_SCORE, SUM_RULE, SUM_WHO, SUM_FROM, SUM_TO, SUM_EVENTS, SUM_STATUS };

static void put_summary(CasePaper *p)
{
  if (p->flags->len == 0)
    return;
  Table *t = table_new("", "");
  table_add_column(t, "flag", "flag", CELL_INT, 0, "");
  table_add_column(t, "score", "score", CELL_REAL, 0, "");
  table_add_column(t, "rule", "rule", CELL_TEXT, 0, "");
  table_add_column(t, "who", "who", CELL_TEXT, 0, "");
  table_add_column(t, "from", "from", CELL_TIME, 0, "");
  table_add_column(t, "to", "to", CELL_TIME, 0, "");
  table_add_column(t, "events", "rows", CELL_INT, 0, "");
  table_add_column(t, "status", "status", CELL_TEXT, 0, "");
  for (guint i = 0; i < p->flags->len; i++) {
    const Judgement *j = g_ptr_array_index(p->flags, i);
    const Flag *f = j->flag;
    table_add_row(t);
    table_set_int(t, SUM_NUMBER, i + 1);
    table_set_real(t, SUM_SCORE, f->score);
    table_set_text(t, SUM_RULE, rule_get(f->rule)->name);
    table_take_text(t, SUM_WHO, case_subject(p, f));
    if (f->from != CIVIL_NONE)
      table_set_int(t, SUM_FROM, f->from);
    if (f->to != CIVIL_NONE)
      table_set_int(t, SUM_TO, f->to);
    table_set_int(t, SUM_EVENTS, (gint64)f->events);
    table_set_text(t, SUM_STATUS, j->exception ? "excepted" : status_name(j->status));
  }
  doc_heading(&p->doc, 2, NULL, "Flags in brief");
  doc_table(&p->doc, &(TableBlock){.table = t});
  table_free(t);
}

/* --- people, rows, other things ----------------------------------------------------------------
 */

enum { USER_ID, USER_COHORT, USER_PROGRAM, USER_HITS, USER_FIRST, USER_LAST, USER_IPS };

static guint32 count_ips(const AccessLog *log, guint32 user)
{
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++)
    g_hash_table_add(seen, GUINT_TO_POINTER(log->ip[log->rows_by_user[i]]));
  guint32 n = g_hash_table_size(seen);
  g_hash_table_unref(seen);
  return n;
}

static void put_users(CasePaper *p)
{
  const Dataset *ds = p->report->ds;
  const AccessLog *log = ds->log;
  Table *t = table_new("", "");
  table_add_column(t, "user", "user", CELL_TEXT, 0, "");
  table_add_column(t, "cohort", "cohort", CELL_TEXT, 0, "");
  table_add_column(t, "program", "program", CELL_TEXT, 0, "");
  table_add_column(t, "hits", "hits", CELL_INT, 0, "");
  table_add_column(t, "first", "first", CELL_TIME, 0, "");
  table_add_column(t, "last", "last", CELL_TIME, 0, "");
  table_add_column(t, "ips", "addresses", CELL_INT, 0, "");
  table_set_role(t, USER_ID, COLUMN_USER);
  for (guint i = 0; i < p->users->len; i++) {
    guint32 user = GPOINTER_TO_UINT(g_ptr_array_index(p->users, i));
    const Cohort *cohort = cohort_table_get(log->cohorts, ds->user_cohort[user]);
    guint32 from = log->user_start[user], to = log->user_start[user + 1];
    table_add_row(t);
    table_take_text(t, USER_ID, dimension_id(ds, DIM_USER, user));
    table_take_text(t, USER_COHORT, dimension_label(ds, DIM_COHORT, ds->user_cohort[user]));
    table_take_text(t, USER_PROGRAM, dimension_label(ds, DIM_PROGRAM, cohort->program));
    table_set_int(t, USER_HITS, to - from);
    if (from < to) {
      table_set_int(t, USER_FIRST, log->time[log->rows_by_user[from]]);
      table_set_int(t, USER_LAST, log->time[log->rows_by_user[to - 1]]);
    }
    table_set_int(t, USER_IPS, count_ips(log, user));
  }
  put_section(p, "users", "Users, over the whole log", t, NULL);
}

/* Everything that was put into the case, with who did it and when. */
static void put_members(CasePaper *p)
{
  static const char *const titles[] = {"what", "added", "by"};
  const GPtrArray *members = p->report->c->members;
  Table *t = case_table(titles, G_N_ELEMENTS(titles));
  char buf[CIVIL_BUF];
  for (guint i = 0; i < members->len; i++) {
    const CaseMember *m = g_ptr_array_index(members, i);
    table_add_row(t);
    table_take_text(t, 0, entity_name(p, m->on));
    table_set_text(t, 1, civil_format(m->by.time, ' ', buf));
    table_take_text(t, 2, case_author(p, m->by.author));
  }
  put_section(p, "members", "What the case holds", t, "Nothing yet.");
}

/* Does a note belong to the case: itself, by what it is about, or by whom a flag of it is about? */
static gboolean belongs(const CasePaper *p, const Note *n)
{
  const GPtrArray *members = p->report->c->members;
  char number[16];
  g_snprintf(number, sizeof number, "%u", n->number);
  for (guint i = 0; i < members->len; i++) {
    const Entity *e = ((const CaseMember *)g_ptr_array_index(members, i))->on;
    if (entity_equal(e, n->on) || (e->type == ENTITY_NOTE && strcmp(e->id, number) == 0))
      return TRUE;
  }
  guint32 user = 0;
  return (n->on->type == ENTITY_USER || n->on->type == ENTITY_ROW) &&
         dimension_find(p->report->ds, DIM_USER, n->on->id, &user) &&
         g_hash_table_contains(p->user_set, GUINT_TO_POINTER(user + 1));
}

static void put_notes(CasePaper *p)
{
  static const char *const titles[] = {"note", "about", "when", "by", "words"};
  const GPtrArray *notes = casebook_records(p->report->book, RECORD_NOTE);
  Table *t = case_table(titles, G_N_ELEMENTS(titles));
  char buf[CIVIL_BUF];
  for (guint i = 0; i < notes->len; i++) {
    const Note *n = g_ptr_array_index(notes, i);
    if (!belongs(p, n))
      continue;
    table_add_row(t);
    table_take_text(t, 0, g_strdup_printf("%u", n->number));
    table_take_text(t, 1, entity_name(p, n->on));
    table_set_text(t, 2, civil_format(n->by.time, ' ', buf));
    table_take_text(t, 3, case_author(p, n->by.author));
    table_take_text(t, 4, case_words(p, n->text));
  }
  put_section(p, "notes", "Notes", t, NULL);
}

/* --- how it was made ---------------------------------------------------------------------------
 */

static void put_files(CasePaper *p)
{
  static const char *const titles[] = {"file", "SHA-256"};
  Table *t = case_table(titles, G_N_ELEMENTS(titles));
  for (guint i = 0; p->report->files && i < p->report->files->len; i++) {
    const ReportFile *f = g_ptr_array_index(p->report->files, i);
    table_add_row(t);
    table_set_text(t, 0, f->name);
    table_set_text(t, 1, f->sha256 ? f->sha256 : "not known: it can be read only once");
  }
  if (t->n_rows)
    doc_table(&p->doc, &(TableBlock){.table = t});
  table_free(t);
}

/* Definition and thresholds of every rule that has a flag in the case. */
static void put_rules(CasePaper *p)
{
  Doc *d = &p->doc;
  gboolean done[N_RULES] = {FALSE};
  for (guint i = 0; i < p->flags->len; i++) {
    const Flag *f = ((const Judgement *)g_ptr_array_index(p->flags, i))->flag;
    const Rule *rule = rule_get(f->rule);
    if (done[f->rule])
      continue;
    done[f->rule] = TRUE;
    char *title = g_strdup_printf("Rule %s, version %u", rule->name, rule->version);
    doc_heading(d, 3, NULL, title);
    g_free(title);
    doc_block(d, DOC_PARAGRAPH, "%s", rule->help);
    Table *t = table_new("", "");
    table_add_column(t, "name", "threshold", CELL_TEXT, 0, "");
    guint decimals = 0;
    for (guint k = 0; k < rule->n_parameters; k++)
      if (rule->parameters[k].value < 1 || p->report->flags->settings.value[f->rule][k] < 1)
        decimals = 2;
    table_add_column(t, "value", "value", CELL_REAL, decimals, "");
    table_add_column(t, "usual", "default", CELL_REAL, decimals, "");
    table_add_column(t, "help", "what it is", CELL_TEXT, 0, "");
    for (guint k = 0; k < rule->n_parameters; k++) {
      table_add_row(t);
      table_set_text(t, 0, rule->parameters[k].name);
      table_set_real(t, 1, p->report->flags->settings.value[f->rule][k]);
      table_set_real(t, 2, rule->parameters[k].value);
      table_set_text(t, 3, rule->parameters[k].help);
    }
    doc_table(d, &(TableBlock){.table = t});
    table_free(t);
  }
}

static void put_method(CasePaper *p)
{
  const CaseReport *r = p->report;
  const AccessLog *log = r->ds->log;
  Doc *d = &p->doc;
  char from[CIVIL_BUF], to[CIVIL_BUF];
  char *rows = text_grouped(log->n_rows);
  char *fingerprint = log_fingerprint_text(log_fingerprint(log));
  doc_open(d, DOC_SECTION, "made");
  doc_heading(d, 2, NULL, "Data and method");
  doc_open(d, DOC_FACTS, NULL);
  doc_term(d, "Log", "%s", r->name);
  doc_term(d, "Rows", "%s", rows);
  if (log->n_rows)
    doc_term(d, "From", "%s to %s", civil_format(log->time[0], ' ', from),
             civil_format(log->time[log->n_rows - 1], ' ', to));
  doc_term(d, "Fingerprint of the rows", "%s", fingerprint);
  doc_term(d, "Clock", "%s",
           "times of rows are the log's own clock, as they were logged; nothing is converted and "
           "no time zone is assumed. Notes and decisions have the clock of whoever made them");
  doc_term(d, "Program", "cohortscope %s", r->version);
  doc_close(d);
  put_files(p);
  doc_block(d, DOC_PARAGRAPH,
            "Score of a rule: 100 (1 - 2^(-x/h)) for its quantity x and its threshold h, times 0.6 "
            "for each innocent explanation that applies. An address is not a person, and neither "
            "is an account: accounts are shared, handed on, and used by programs.");
  if (r->flags)
    put_rules(p);
  doc_close(d);
  g_free(rows);
  g_free(fingerprint);
}

void case_report_write(const CaseReport *r, ReportFormat f, Sink *sink)
{
  CasePaper p = {.report = r,
                 .judged = r->flags ? casebook_judge(r->book, r->flags, r->ds) : NULL,
                 .flags = g_ptr_array_new(),
                 .users = g_ptr_array_new(),
                 .user_set = g_hash_table_new(NULL, NULL),
                 .authors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  gather(&p);
  char *words = case_words(&p, r->c->title);
  char *title = g_strdup_printf("Case %u: %s", r->c->number, words);
  doc_begin(&p.doc, f == REPORT_HTML ? &doc_html : &doc_md, sink, r->pseudonyms, title);
  doc_open(&p.doc, DOC_MAIN, NULL);
  put_front(&p, title);
  put_summary(&p);
  case_put_flags(&p);
  put_users(&p);
  put_notes(&p);
  put_members(&p);
  put_method(&p);
  doc_close(&p.doc);
  doc_end(&p.doc);
  g_free(words);
  g_free(title);
  g_free(p.judged);
  g_ptr_array_unref(p.flags);
  g_ptr_array_unref(p.users);
  g_hash_table_unref(p.user_set);
  g_hash_table_unref(p.authors);
}
