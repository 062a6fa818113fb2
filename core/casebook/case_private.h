/* The inside of case reports: what their chapters share. For core/casebook only. */
#ifndef CORE_CASEBOOK_CASE_PRIVATE_H
#define CORE_CASEBOOK_CASE_PRIVATE_H

#include "core/casebook/case_report.h"
#include "core/report/doc.h"
#include "core/report/flag_out.h"

typedef struct {
  const CaseReport *report;
  Doc doc;
  Judgement *judged;    /* of all flags, or NULL */
  GPtrArray *flags;     /* of const Judgement*: those of the case that are there */
  GPtrArray *users;     /* of guint32 as pointers: whom the case is about */
  GHashTable *user_set; /* the same + 1, for scrub_text */
  GHashTable *authors;  /* name -> number, with pseudonyms */
} CasePaper;

/* Words of a person, scrubbed where pseudonyms are asked for; free with g_free. */
char *case_words(const CasePaper *p, const char *text);
/* Who it was: the name, or "analyst 2"; free with g_free. */
char *case_author(CasePaper *p, const char *author);
/* "user 64", "cohort Ivy": whom a flag is about; free with g_free. */
char *case_subject(const CasePaper *p, const Flag *f);
/* Starts a table of text columns; names are those of the case report. */
Table *case_table(const char *const *titles, guint n);

/* case_flags.c: one chapter for each flag of the case. */
void case_put_flags(CasePaper *p);

#endif
