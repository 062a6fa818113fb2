/* Terms: what the numbers of a view mean. */
#include "tui/views/terms.h"

#include "tui/model/wrap.h"
#include "tui/views/view.h"

typedef struct {
  const char *name, *definition;
} Term;

static const Term overview_terms[] = {
    {"rejected", "Lines that could not be read, by their reason; they count nowhere else."},
    {"distinct", "Users, addresses and paths with at least one row; lessons are what paths "
                 "lead to, without home, contents, assets, probes and strays."},
    {"phase",
     "Where a row lies by its own cohort: before the class, in it, after it; of staff, of a "
     "cohort without dates, or without a cohort. All of the log, whatever the filters."},
    {"leave out?", "Rows of the whole log that the filter takes away when it is switched on."},
    {"needs attention", "Flags of score 50 or more that are open or watched and not excepted, by "
                        "whom they concern; students of running classes who have gone quiet."},
    {"weekday x hour", "Hits in scope; the darkest shade is the hour with most of them."},
    {NULL, NULL}};

static const Term pane_terms[] = {
    {"hits, users (first line)", "Of all filters in force; behind `of` the rows of the log."},
    {"reach, seen", "Distinct lessons, cohorts and addresses of the row under the cursor in this "
                    "scope; the days of its first and last hit."},
    {"peak", "The hour of the week with most of its hits."},
    {"flags", "Flags of score 50 or more about it, neither excepted nor dismissed."},
    {"signs", "Behind a name: * marked, n or a paragraph sign: has a note, w watched, c in the "
              "open case."},
    {NULL, NULL}};

static const Term timeline_terms[] = {
    {"lessons, IPs, days, sessions",
     "Distinct lessons, addresses and days with a hit in this time "
     "range. A session is hits without a longer pause than the head "
     "of the list says."},
    {"hits N of M", "Place by hits among the M users who have most of their hits in the cohort, 1 "
                    "is most: hits made in that cohort, in this time range."},
    {"lessons N of M", "The same by distinct lessons."},
    {"median of the others", "Of these users without this one; of lessons in the brackets behind."},
    {"night 22-06", "Share of these hits from 22:00 to 05:59 by the log's clock; of peers: the "
                    "median of the others' shares."},
    {"risk", "The highest score of a security flag about the user that is neither dismissed nor "
             "excepted."},
    {"weekday x hour, weeks", "Hits; the darkest shade is the most of this timeline. Weeks are "
                              "columns, days from Monday down."},
    {"+3 min 20 s", "Time since the hit before, in the same session."},
    {"! 3", "Flags with evidence in the session; their colour is the highest score."},
    {NULL, NULL}};

static const Term flags_terms[] = {
    {"score", "0 to 100: 100 (1 - 2^(-x/h)), x the quantity of the rule and h its threshold, times "
              "0.6 for each innocent explanation that applies. 50 is just over the threshold."},
    {"evidence", "What the rule counted, in few words; all quantities stand behind Terms."},
    {"when", "From the first to the last row of the evidence."},
    {"open, watch, ...", "In the title: flags that pass the filter, by status, whatever status it "
                         "asks for."},
    {"Usual",
     "The same quantity where nothing was flagged: own, of the user at other times; cohort, "
     "of the others of the class; program, of its other classes in these days of their "
     "course. A median each, n the values it rests on; what they are is said behind."},
    {"Also", "Other flags of the same story: about the same user, address or place."},
    {NULL, NULL}};

static const Term matrix_terms[] = {
    {"median of N cohorts", "Of the number shown, over the cohorts of the scope."},
    {"all", "Hits on the lesson by all cohorts of the scope."},
    {"users", "Of the cohort under the cursor with a hit on a lesson in scope."},
    {NULL, NULL}};

static const Term cross_terms[] = {
    {"% of the active students", "Students of a track who read that many distinct lessons of the "
                                 "other one in the month, of those with any hit in it. A capital "
                                 "letter is a track; * is where two meet."},
    {"fell by", "From the share of all months before the line to that of all months behind it."},
    {"p", "Part of simulated logs without a change that fall as clearly somewhere."},
    {"student-months", "Months in which a student had a hit, all students added up."},
    {"hits, lessons", "Of the user on lessons of the other track, in the month or in all months."},
    {NULL, NULL}};

static const Term *const tables[N_VIEWS] = {
    [VIEW_OVERVIEW] = overview_terms, [VIEW_PROGRAMS] = pane_terms, [VIEW_COHORTS] = pane_terms,
    [VIEW_LESSONS] = pane_terms,      [VIEW_USERS] = pane_terms,    [VIEW_IPS] = pane_terms,
    [VIEW_TIMELINE] = timeline_terms, [VIEW_FLAGS] = flags_terms,   [VIEW_MATRIX] = matrix_terms,
    [VIEW_CROSS] = cross_terms,
};

void terms_head(Menu *m)
{
  menu_add(m, NULL, "What the numbers mean", NULL, NULL);
}

void terms_add(const State *s, Menu *m, const char *name, const char *definition,
               const char *command)
{
  g_autofree char *text = g_strdup_printf("%s: %s", name, definition);
  g_autoptr(GPtrArray) lines = text_wrap(text, CLAMP(s->width - 8 - 11, 20, 95));
  for (guint i = 0; i < lines->len; i++)
    menu_add(m, NULL, g_ptr_array_index(lines, i), NULL, command);
}

void terms_explain(const State *s, Menu *m)
{
  const View *view = view_get(s->view);
  if (tables[s->view])
    terms_head(m);
  for (const Term *t = tables[s->view]; t && t->name; t++)
    terms_add(s, m, t->name, t->definition, "cancel");
  if (view->explain)
    view->explain(s, m);
}
