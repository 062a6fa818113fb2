/* Building answers: accounting of rows, findings, tables, links, and words for numbers.
 *
 * Used by the questions only. The accounting cannot go wrong by construction: an answer starts with
 * every row of the log kept, and rows move from kept to left out. */
#ifndef CORE_ANSWERS_BUILD_H
#define CORE_ANSWERS_BUILD_H

#include "core/answers/answers.h"
#include "core/base/marked.h"
#include "core/query/scope.h"

/* --- accounting --------------------------------------------------------------------------------
 */

/* An answer that keeps every row, with nothing said yet. */
Answer *answer_start(guint number, const Dataset *ds);
/* Narrows the answer to a scope, whose terms are taken one after the other: what a term takes away
 * becomes a line of left out, named by the phrase in `what` of the same place ("": by the term
 * itself; a term of kinds names each kind in a line of its own). `what` ends with a NULL, behind
 * which terms name themselves, or has as many entries as there are terms. Call it first and once.
 * The selection is the caller's; NULL with an error when the scope cannot be understood. */
Selection *answer_use_scope(Answer *a, const Dataset *ds, const char *scope,
                            const char *const *what, GError **error);
/* Moves rows from kept to left out, for what no scope can say; 0 rows are not mentioned. */
void answer_leave_out(Answer *a, guint64 rows, const char *what, ...) G_GNUC_PRINTF(3, 4);

/* --- what it says ------------------------------------------------------------------------------
 */

/* Takes over the link (may be NULL). The text is made safe, so ids of the log may go in raw. Users
 * and addresses go in as MARKED_USER and MARKED_ADDRESS (base/marked.h) in place of %s, so that a
 * report can put pseudonyms there; the same in cells of a column with the role COLUMN_MARKED, which
 * is that of every text in which somebody is named beside other words. */
void answer_finding(Answer *a, AnswerLink *link, const char *format, ...) G_GNUC_PRINTF(3, 4);
void answer_note(Answer *a, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The answer in a line (Brief): a later one takes the place of an earlier one. `figure` is copied.
 */
void answer_brief(Answer *a, const char *figure, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* What goes with the brief, which is there: a sentence more, and a clause for a title. */
void answer_brief_more(Answer *a, const char *format, ...) G_GNUC_PRINTF(2, 3);
void answer_headline(Answer *a, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* `scope` is copied; NULL stands for "". */
AnswerLink *answer_link(const char *view, const char *scope);
/* A link to the rows of one key, with more terms of the grammar (`more`, or NULL) behind it. */
AnswerLink *answer_link_key(const char *view, const Dataset *ds, Dimension d, guint32 key,
                            const char *more);
/* A link to the users themselves; NULL for none, or for more than a filter should name. */
AnswerLink *answer_link_users(const Dataset *ds, const guint32 *users, gsize n);
/* A link to the rows of one day to another, both included, with more terms behind it. */
AnswerLink *answer_link_days(const char *view, CivilDay from, CivilDay to, const char *more);
void answer_link_free(AnswerLink *l);

/* Columns of a table as a static list, ended by an entry without a name. */
typedef struct {
  const char *name, *title;
  CellType type;
  guint8 decimals;
  const char *definition; /* one sentence with the unit */
  ColumnRole role;
} AnswerColumn;

/* A table in the answer, with a list of links. `program` is the index of the program it is about,
 * or PROGRAM_NONE for all. The answer owns it. */
AnswerTable *answer_table(Answer *a, const Dataset *ds, guint8 program, const char *name,
                          const char *title, const AnswerColumn *columns);
/* Starts a row; takes over the link (may be NULL). Fill it with the setters of base/table.h. */
void answer_row(AnswerTable *t, AnswerLink *link);

/* --- words -------------------------------------------------------------------------------------
 */

/* Each of these writes into `buf` of WORDS_BUF bytes and returns it; the macros below bring a
 * buffer that lives as long as the block they stand in. */
#define WORDS_BUF 64
const char *words_number(char *buf, gint64 n);
const char *words_count(char *buf, guint64 n, const char *one, const char *many);
const char *words_share(char *buf, double share, guint decimals);
const char *words_real(char *buf, double x, guint decimals);

/* "p = 0.0123", "p < 0.0001" */
const char *words_p(char *buf, double p);

/* "1,234"; "1 hit", "1,234 hits"; "12.3 %"; "4.2"; "2019-02-14"; "2019-02" */
#define N_TEXT(n)                words_number((char[WORDS_BUF]){0}, (gint64)(n))
#define COUNT_TEXT(n, one, many) words_count((char[WORDS_BUF]){0}, (guint64)(n), one, many)
#define SHARE_TEXT(x)            words_share((char[WORDS_BUF]){0}, x, 1)
#define REAL_TEXT(x, decimals)   words_real((char[WORDS_BUF]){0}, x, decimals)
#define P_TEXT(p)                words_p((char[WORDS_BUF]){0}, p)
#define DAY_TEXT(day)            civil_format_day(day, (char[CIVIL_BUF]){0})
#define MONTH_TEXT(month)        civil_format_month(month, (char[CIVIL_BUF]){0})
#define TIME_TEXT(time)          civil_format(time, ' ', (char[CIVIL_BUF]){0})

/* Users for a sentence, marked: "619, 879 and 2 more"; at most `max` are named. Free with g_free.
 */
char *words_users(const Dataset *ds, const guint32 *users, gsize n, guint max);

/* "1 row without a path", "20 hits on probes"; free with g_free. */
char *words_left_out(const LeftOut *l);

/* Names as the log has them, owned by it; raw bytes. */
const char *user_text(const Dataset *ds, guint32 user);
const char *cohort_text(const Dataset *ds, guint16 cohort);    /* "(no cohort)" for none */
const char *program_text(const Dataset *ds, guint8 program);   /* "(no program)" for none */
const char *cohort_id_text(const Dataset *ds, guint16 cohort); /* NULL for none */

#endif
