/* Front of a report: what it is about, the answers in brief, what the log is, and the words that
 * the rest uses. */
#include "core/report/content.h"

#include "core/answers/build.h"
#include "core/base/text.h"

#include <string.h>

#define PROGRAM_SHARE 0.01 /* of the hits: programs with less are left out in brief */

static guint cohorts_of(const AccessLog *log, guint8 program)
{
  guint n = 0;
  for (guint c = 1; c < log->cohorts->cohorts->len; c++)
    n += cohort_table_get(log->cohorts, (guint16)c)->program == program &&
         log->cohort_start[c + 1] > log->cohort_start[c];
  return n;
}

static guint64 hits_of(const AccessLog *log, guint8 program)
{
  guint64 n = 0;
  for (guint c = 1; c < log->cohorts->cohorts->len; c++)
    if (cohort_table_get(log->cohorts, (guint16)c)->program == program)
      n += log->cohort_start[c + 1] - log->cohort_start[c];
  return n;
}

/* --- the title and the answers in brief ------------------------------------------------------- */

static void put_contents(const Content *c, Doc *d)
{
  static const char *const before[][2] = {{"log", "The log"}, {"words", "How to read this report"}};
  static const char *const behind[][2] = {{"glossary", "The columns of the tables"},
                                          {"made", "How this report was made"}};
  if (!d->format->links)
    return;
  doc_open(d, DOC_CONTENTS, NULL);
  doc_open(d, DOC_LIST, NULL);
  for (guint i = 0; i < 2; i++) {
    doc_open(d, DOC_ITEM, NULL);
    doc_link(d, before[i][0], before[i][1]);
    doc_close(d);
  }
  for (guint i = 0; i < c->report->answers->len; i++) {
    const Answer *a = g_ptr_array_index(c->report->answers, i);
    char *anchor = content_anchor(c, i), *text = g_strdup_printf("%u. %s", a->number, a->title);
    doc_open(d, DOC_ITEM, NULL);
    doc_link(d, anchor, text);
    doc_close(d);
    g_free(anchor);
    g_free(text);
  }
  for (guint i = 0; i < 2; i++) {
    doc_open(d, DOC_ITEM, NULL);
    doc_link(d, behind[i][0], behind[i][1]);
    doc_close(d);
  }
  doc_close(d);
  doc_close(d);
}

static void put_lead(const Content *c, Doc *d)
{
  const LogFacts *f = &c->facts;
  guint n = c->report->answers->len;
  if (f->rows == 0) {
    doc_block(d, DOC_LEAD, "The log has no rows, so there is nothing to report.");
    return;
  }
  doc_open(d, DOC_LEAD, NULL);
  doc_printf(d, "%s of a learning platform, ",
             COUNT_TEXT(f->rows, "page request", "page requests"));
  if (civil_day_of(f->first) == civil_day_of(f->last))
    doc_printf(d, "on %s. ", DAY_TEXT(civil_day_of(f->first)));
  else
    doc_printf(d, "from %s to %s. ", DAY_TEXT(civil_day_of(f->first)),
               DAY_TEXT(civil_day_of(f->last)));
  doc_printf(d,
             n == 1 ? "This report answers one question about them"
                    : "This report answers %u questions about them",
             n);
  doc_printf(d,
             ": what people read, who reads hardly anything, and what looks out of the ordinary. "
             "Every number is counted from the log and its table of cohorts; nothing comes from "
             "elsewhere.");
  doc_close(d);
  if (c->report->sample)
    doc_block(d, DOC_PARAGRAPH,
              "No log was named: this is the invented sample that comes with the program.");
  if (c->report->partial)
    doc_block(d, DOC_PARAGRAPH,
              "The log was read only in part, and this report speaks of that part alone.");
}

/* The first sentence of a text; free with g_free. */
static char *first_sentence(const char *text)
{
  for (const char *p = strstr(text, ". "); p; p = strstr(p + 1, ". "))
    if (p > text && (g_ascii_isupper(p[2]) || (g_ascii_isdigit(p[2]) && !g_ascii_isdigit(p[-1]))))
      return g_strndup(text, (gsize)(p + 1 - text));
  return g_strdup(text);
}

static void put_brief_finding(const Content *c, Doc *d, const Finding *f)
{
  char *text = content_finding(c->report, f), *sentence = first_sentence(text);
  content_put_finding(c, d, sentence);
  g_free(sentence);
  g_free(text);
}

/* What matters most is the first finding. Where that speaks of a program, it is the first one on
 * each of them; programs with hardly a hit can wait. */
static void put_brief_answer(const Content *c, Doc *d, const Answer *a)
{
  const AccessLog *log = c->report->study->ds->log;
  gboolean seen[PROGRAM_MAX + 1] = {FALSE};
  doc_open(d, DOC_LIST, NULL);
  for (guint i = 0; i < a->findings->len; i++) {
    const Finding *f = g_ptr_array_index(a->findings, i);
    guint8 program = content_program_of(c, f->text);
    if (i > 0 && (program == PROGRAM_NONE || seen[PROGRAM_NONE] || seen[program] ||
                  hits_of(log, program) < log->n_rows * PROGRAM_SHARE))
      continue;
    seen[program] = TRUE;
    put_brief_finding(c, d, f);
  }
  if (a->findings->len == 0)
    doc_block(d, DOC_ITEM, "Nothing was found.");
  doc_close(d);
}

static void put_brief(const Content *c, Doc *d)
{
  doc_heading(d, 2, "brief", "In brief");
  for (guint i = 0; i < c->report->answers->len; i++) {
    const Answer *a = g_ptr_array_index(c->report->answers, i);
    char *anchor = content_anchor(c, i), *title = g_strdup_printf("%u. %s", a->number, a->title);
    doc_open(d, DOC_LABEL, NULL);
    doc_link(d, anchor, title);
    doc_close(d);
    put_brief_answer(c, d, a);
    g_free(anchor);
    g_free(title);
  }
}

/* --- the log ---------------------------------------------------------------------------------- */

static const struct {
  const char *label, *meaning;
} phases[N_PHASES] =
    {
        [PHASE_BEFORE] = {"before", "The day lies before the first day of the class."},
        [PHASE_CLASS] = {"class", "From the first to the last day of the class, both included."},
        [PHASE_AFTER] = {"after", "The day lies after the last day of the class: graduates."},
        [PHASE_STAFF] = {"staff", "The cohort is the one that staff use, which is no class."},
        [PHASE_UNDATED] = {"undated", "A cohort whose start or end date is not known."},
        [PHASE_NONE] = {"none", "The row names no cohort."},
},
  kinds[N_KINDS] = {
      [KIND_LESSON] = {"lesson", "A page of the curriculum that enough people have read."},
      [KIND_HOME] = {"home", "The home page of the platform."},
      [KIND_TOC] = {"toc", "A table of contents."},
      [KIND_SEARCH] = {"search", "The index that the search box loads."},
      [KIND_ASSET] = {"asset", "Pictures, styles, scripts and the like, which load with a page."},
      [KIND_PROBE] = {"probe", "An address that looks for holes in a web site, not for lessons."},
      [KIND_STRAY] = {"stray", "Everything else: typing errors, drafts, pages that hardly anybody "
                               "opened."},
      [KIND_MISSING] = {"missing", "The row names no page."},
};

static void add_share_row(Table *t, const char *label, const char *meaning, guint64 hits,
                          guint64 all)
{
  table_add_row(t);
  table_set_text(t, 0, label);
  table_set_text(t, 1, meaning);
  table_set_int(t, 2, (gint64)hits);
  if (all > 0)
    table_set_real(t, 3, (double)hits / (double)all);
}

static Table *share_table(const char *first)
{
  Table *t = table_new("", "");
  table_add_column(t, first, first, CELL_TEXT, 0, "");
  table_add_column(t, "meaning", "meaning", CELL_TEXT, 0, "");
  table_add_column(t, "hits", "hits", CELL_INT, 0, "");
  table_add_column(t, "share", "share of all", CELL_SHARE, 1, "");
  return t;
}

static void put_phases(const Content *c, Doc *d)
{
  Table *t = share_table("phase");
  for (guint p = 0; p < N_PHASES; p++)
    add_share_row(t, phases[p].label, phases[p].meaning, c->facts.phases[p], c->facts.rows);
  add_share_row(t, "all", "Every row of the log.", c->facts.rows, c->facts.rows);
  doc_heading(d, 3, NULL, "When in the life of a class: phases");
  doc_block(d, DOC_PARAGRAPH,
            "Every row has exactly one phase, by the cohort that the row itself names.");
  doc_table(d, &(TableBlock){.table = t});
  table_free(t);
}

static void put_programs(const Content *c, Doc *d)
{
  const AccessLog *log = c->report->study->ds->log;
  Table *t = table_new("", "");
  table_add_column(t, "program", "program", CELL_TEXT, 0, "");
  table_add_column(t, "id", "id", CELL_TEXT, 0, "");
  table_add_column(t, "track", "track", CELL_TEXT, 0, "");
  table_add_column(t, "cohorts", "cohorts with rows", CELL_INT, 0, "");
  table_add_column(t, "hits", "hits", CELL_INT, 0, "");
  table_add_column(t, "share", "share of all", CELL_SHARE, 1, "");
  for (guint p = 1; p < log->cohorts->programs->len; p++) {
    const Program *program = cohort_table_get_program(log->cohorts, (guint8)p);
    guint64 hits = hits_of(log, (guint8)p);
    if (hits == 0)
      continue;
    table_add_row(t);
    table_set_text(t, 0, program->name);
    table_set_text(t, 1, program->id);
    table_set_text(t, 2, *program->track ? program->track : NULL);
    table_set_int(t, 3, cohorts_of(log, (guint8)p));
    table_set_int(t, 4, (gint64)hits);
    table_set_real(t, 5, (double)hits / log->n_rows);
  }
  if (t->n_rows > 0) {
    doc_heading(d, 3, NULL, "What is taught: programs and tracks");
    doc_block(d, DOC_PARAGRAPH,
              "Every cohort belongs to a program, and its rows to it, those of staff too. Programs "
              "of one track share their curriculum.");
    doc_table(d, &(TableBlock){.table = t});
  }
  table_free(t);
}

static void put_kinds(const Content *c, Doc *d)
{
  Table *t = share_table("kind");
  for (guint k = 0; k < N_KINDS; k++)
    add_share_row(t, kinds[k].label, kinds[k].meaning, c->facts.kinds[k], c->facts.rows);
  doc_heading(d, 3, NULL, "What was asked for: kinds of page");
  doc_block(d, DOC_PARAGRAPH,
            "Every page has one kind. Most questions look at lessons only and say so.");
  doc_table(d, &(TableBlock){.table = t});
  table_free(t);
}

static void put_files(const Content *c, Doc *d)
{
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < c->report->files->len; i++) {
    const ReportFile *file = g_ptr_array_index(c->report->files, i);
    char *base = g_path_get_basename(file->name);
    g_string_append_printf(list, "%s%s", i ? ", " : "",
                           strcmp(file->name, "-") == 0 ? "standard input" : base);
    g_free(base);
  }
  doc_term(d, "files", "%s", list->str);
  g_string_free(list, TRUE);
}

/* What reading noticed: no cohort table, a file that breaks off. */
static void put_warnings(const Content *c, Doc *d)
{
  const LoadReport *load = c->report->load;
  guint n = load ? load->warnings->len : 0;
  if (n > 0)
    doc_open(d, DOC_LIST, NULL);
  for (guint i = 0; i < n; i++)
    doc_block(d, DOC_ITEM, "Note: %s", (const char *)g_ptr_array_index(load->warnings, i));
  if (n > 0)
    doc_close(d);
}

static void put_log(const Content *c, Doc *d)
{
  const LogFacts *f = &c->facts;
  const LoadReport *load = c->report->load;
  doc_open(d, DOC_SECTION, "log");
  doc_heading(d, 2, NULL, "The log");
  doc_open(d, DOC_FACTS, NULL);
  put_files(c, d);
  doc_term(d, "rows", "%s", N_TEXT(f->rows));
  if (load)
    doc_term(d, "rows that could not be read", "%s", N_TEXT(load->rejected));
  if (f->rows > 0) {
    doc_term(d, "first row", "%s", TIME_TEXT(f->first));
    doc_term(d, "last row", "%s", TIME_TEXT(f->last));
    doc_term(d, "days", "%s", N_TEXT(civil_day_of(f->last) - civil_day_of(f->first) + 1));
  }
  doc_term(d, "user ids", "%s", N_TEXT(f->counts[COUNT_USERS]));
  doc_term(d, "network addresses", "%s", N_TEXT(f->counts[COUNT_IPS]));
  doc_term(d, "different paths", "%s", N_TEXT(f->counts[COUNT_PATHS]));
  doc_term(d, "lessons among them", "%s", N_TEXT(f->counts[COUNT_LESSONS]));
  doc_term(d, "cohorts with rows", "%s of %s", N_TEXT(f->counts[COUNT_COHORTS_WITH_ROWS]),
           N_TEXT(f->counts[COUNT_COHORTS]));
  doc_close(d);
  doc_block(d, DOC_PARAGRAPH,
            "Times are those of the log's own clock. They are written as they were logged, and no "
            "time zone is applied anywhere.");
  put_warnings(c, d);
  put_programs(c, d);
  put_phases(c, d);
  put_kinds(c, d);
  doc_close(d);
}

/* --- words ------------------------------------------------------------------------------------ */

static const struct {
  const char *word, *meaning;
} words[] = {
    {"Hit", "One row of the log: one request for one page or file."},
    {"User", "An id in the log. One id is not always one person: ids are replaced, shared, and "
             "people may have two."},
    {"Cohort", "One class, with a name, a first and a last day, and a program."},
    {"Program", "What a cohort is taught, such as web development or data science. Programs that "
                "teach the same subject form a track."},
    {"Student", "A user while in class: rows from the first to the last day of the user's cohort, "
                "both included. After that the user is a graduate."},
    {"Staff", "Users of the staff cohort. Most questions leave them out, as they open pages to "
              "teach and to test."},
    {"Module", "The first part of a lesson's name: the module of java/arrays is java."},
    {"Site address", "A network address that a large part of a day's users share: the school's "
                     "own network. All other addresses count as private, or as those of a mobile "
                     "carrier."},
    {"Median", "The middle value: half of the values are smaller and half are larger. It is not "
               "moved by a few people who do very much."},
    {"Share", "A part of a whole, in percent. The title of its column says of what."},
    {"p", "How often chance alone would show something as clear, between 0 and 1: with p = 0.01, "
          "once in a hundred logs in which there is nothing to find."},
};

static void put_lesson_word(const Content *c, Doc *d)
{
  const Report *r = c->report;
  if (r->raw_paths)
    doc_term(d, "Lesson",
             "A page of the curriculum that at least %u people who are not staff asked for, at "
             "least %u times in all. Names are the paths as they were logged, so that one lesson "
             "may appear under several.",
             r->lesson_users, r->lesson_hits);
  else
    doc_term(d, "Lesson",
             "A page of the curriculum that at least %u people who are not staff asked for, at "
             "least %u times in all. A lesson that was moved or renumbered keeps one name here: "
             "3-sql/1-mysql-overview and sql/mysql-overview are both sql/mysql-overview.",
             r->lesson_users, r->lesson_hits);
}

static gboolean has_answer(const Report *r, guint number)
{
  for (guint i = 0; i < r->answers->len; i++)
    if (((const Answer *)g_ptr_array_index(r->answers, i))->number == number)
      return TRUE;
  return FALSE;
}

static void put_words(const Content *c, Doc *d)
{
  const Report *r = c->report;
  doc_open(d, DOC_SECTION, "words");
  doc_heading(d, 2, NULL, "How to read this report");
  doc_block(d, DOC_PARAGRAPH,
            "Each question has four parts: what was found, in sentences; which rows were looked "
            "at, and what was left out; the tables behind the sentences; and how it was worked "
            "out. %s",
            d->format->links ? "The title of a column leads to its definition."
                             : "Every column is explained at the end.");
  doc_open(d, DOC_TERMS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    doc_term(d, words[i].word, "%s", words[i].meaning);
    if (i == 0)
      put_lesson_word(c, d);
  }
  if (r->probable && r->study->probable && r->study->probable->n_groups > 0)
    doc_term(d, "Probable student",
             "A user without a cohort who appeared together with enough others, at the time when a "
             "cohort without rows started. Such users count as its students; it is a guess, and "
             "marked as one.");
  if (has_answer(r, 4))
    doc_term(d, "Flag",
             "A reason to look at something, never a proof. Each has a score from 0 to 100: 50 "
             "where a case just meets its rule, less for every innocent explanation that applies.");
  if (r->pseudonyms)
    doc_term(d, "Pseudonym",
             "Users are written as u-... and addresses as a-... in this report. The same user has "
             "the same pseudonym in every export of this log.");
  doc_close(d);
  doc_close(d);
}

void content_front(const Content *c, Doc *d)
{
  put_contents(c, d);
  doc_open(d, DOC_MAIN, NULL);
  char *title = content_title(c->report);
  doc_heading(d, 1, NULL, title);
  g_free(title);
  put_lead(c, d);
  put_brief(c, d);
  put_log(c, d);
  put_words(c, d);
}
