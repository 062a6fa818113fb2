/* Question 3, its sentences: who hardly uses the curriculum in class, and what is known of them. */
#include "core/answers/q3.h"

/* Users of those listed in a class for which `test` says so. */
static GArray *pick(const LowActivity *l,
                    gboolean (*test)(const LowStudent *s, const LowOptions *o))
{
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < l->n; i++)
    if (test(&l->students[i], &l->options))
      g_array_append_val(users, l->students[i].user);
  return users;
}

static gboolean has_few(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->listed & LOW_FEW_HITS) != 0;
}

static gboolean is_relative(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return s->in && !(s->listed & LOW_FEW_HITS);
}

static gboolean is_test(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->reasons >> REASON_TEST_ACCOUNT & 1) != 0;
}

static gboolean has_stopped(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->reasons >> REASON_STOPPED & 1) && !is_test(s, o);
}

static gboolean came_late(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->reasons >> REASON_LATE_JOINER & 1) != 0;
}

static gboolean is_at_edge(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->reasons & (1u << REASON_LOG_STARTS_LATE | 1u << REASON_LOG_ENDS_EARLY)) != 0;
}

static gboolean is_linked(const LowStudent *s, const LowOptions *o)
{
  (void)o;
  return (s->reasons >> REASON_LINKED_ID & 1) != 0;
}

/* "31 classes, at least in part; 731 users made 647,496 hits in class." */
static char *total_text(const LowActivity *l, const InClass *n)
{
  guint32 classes = 0;
  for (guint i = 0; i < l->classes->n; i++)
    classes += l->classes->classes[i].from <= l->classes->classes[i].to;
  return g_strdup_printf(
      "The log covers %s, at least in part; %s made %s.", COUNT_TEXT(classes, "class", "classes"),
      COUNT_TEXT(n->users, "user", "users"), COUNT_TEXT(n->rows, "hit in class", "hits in class"));
}

static gboolean is_listed_test(const LowStudent *s, const LowOptions *o)
{
  return is_test(s, o) && (has_few(s, o) || is_relative(s, o));
}

/* The same in a line. */
static void say_brief(Answer *a, const LowActivity *l, const InClass *n, guint few, guint relative)
{
  guint listed = few + relative, judged = n->users + n->probable_users;
  if (judged == 0)
    return;
  GArray *tests = pick(l, is_listed_test);
  if (listed == 0)
    answer_brief(a, "0", "of %s hardly use the curriculum in class",
                 COUNT_TEXT(judged, "student", "students"));
  else {
    char *how =
        !relative ? g_strdup_printf(", with at most %s", COUNT_TEXT(l->options.hits, "hit", "hits"))
        : !few    ? g_strdup(", far below their class")
                  : g_strdup_printf(": %s with at most %s, %s far below their class", N_TEXT(few),
                                    COUNT_TEXT(l->options.hits, "hit", "hits"), N_TEXT(relative));
    answer_brief(a, N_TEXT(listed), "of %s hardly %s the curriculum in class%s",
                 COUNT_TEXT(judged, "student", "students"), listed == 1 ? "uses" : "use", how);
    g_free(how);
  }
  if (tests->len)
    answer_brief_more(a, "%s of them may be staff or a test.", N_TEXT(tests->len));
  if (listed)
    answer_headline(a, "%s hardly %s the curriculum", COUNT_TEXT(listed, "student", "students"),
                    listed == 1 ? "uses" : "use");
  g_array_unref(tests);
}

/* What a reader in a hurry should know. */
static void say_headline(Answer *a, const Study *study, const LowActivity *l, const InClass *n)
{
  GArray *few = pick(l, has_few), *relative = pick(l, is_relative);
  char *names = words_users(study->ds, (const guint32 *)(const void *)few->data, few->len, 20);
  char *total = total_text(l, n);
  if (few->len + relative->len > 0)
    answer_finding(a, answer_link("cohorts", "phase=class"),
                   "%s hardly used the curriculum while in class: %s with no more than %s%s%s%s, "
                   "%s far below the rest of their class. %s",
                   COUNT_TEXT(few->len + relative->len, "student", "students"), N_TEXT(few->len),
                   COUNT_TEXT(l->options.hits, "hit", "hits"), few->len ? " (" : "", names,
                   few->len ? ")" : "", N_TEXT(relative->len), total);
  else
    answer_finding(a, answer_link("cohorts", "phase=class"),
                   "No student stands out by hardly using the curriculum while in class. %s",
                   total);
  say_brief(a, l, n, few->len, relative->len);
  g_free(total);
  g_free(names);
  g_array_unref(few);
  g_array_unref(relative);
}

static void say_relative(Answer *a, const Study *study, const LowActivity *l, guint top)
{
  GArray *users = pick(l, is_relative);
  char *names = words_users(study->ds, (const guint32 *)(const void *)users->data, users->len, top);
  if (users->len)
    answer_finding(
        a, answer_link_users(study->ds, (const guint32 *)(const void *)users->data, users->len),
        "%s made more than %s, but less than %s of the median of their class, or far "
        "fewer than the rest of it: %s.",
        COUNT_TEXT(users->len, "student", "students"), COUNT_TEXT(l->options.hits, "hit", "hits"),
        SHARE_TEXT(l->options.share), names);
  g_free(names);
  g_array_unref(users);
}

/* What the log tells of those listed; a student may be in several groups. */
static const struct {
  gboolean (*test)(const LowStudent *s, const LowOptions *o);
  const char *rest;
} groups[] = {
    {has_stopped, "made no more hits while the class went on"},
    {came_late, "made the first hit long after the class had begun"},
    {is_at_edge, "belonged to a class of which the log shows only a part, so that there may be "
                 "more"},
    {is_linked, "perhaps went on as another id of the class, first seen at the same private "
                "address"},
};

static void say_known(Answer *a, const Study *study, const LowActivity *l, guint top)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
    GArray *users = pick(l, groups[i].test);
    char *names =
        words_users(study->ds, (const guint32 *)(const void *)users->data, users->len, top);
    if (users->len)
      g_string_append_printf(out, "%s%s %s (%s)", out->len ? "; " : "", N_TEXT(users->len),
                             groups[i].rest, names);
    g_free(names);
    g_array_unref(users);
  }
  if (out->len)
    answer_finding(a, NULL, "What is known of those listed: %s.", out->str);
  g_string_free(out, TRUE);
}

/* Ids that may be no student's. */
static void say_tests(Answer *a, const Study *study, const LowActivity *l, guint top)
{
  GArray *users = pick(l, is_test);
  char *names = words_users(study->ds, (const guint32 *)(const void *)users->data, users->len, top);
  if (users->len)
    answer_finding(
        a, answer_link_users(study->ds, (const guint32 *)(const void *)users->data, users->len),
        "%s perhaps belonged to no student at all, but to staff or to somebody trying "
        "things out: %s.",
        COUNT_TEXT(users->len, "id", "ids"), names);
  g_free(names);
  g_array_unref(users);
}

/* Who was set aside, or judged with a guess. */
static void note_others(Answer *a, const LowActivity *l, const InClass *n)
{
  if (n->probable_users)
    answer_note(a,
                "Another %s whose rows carry no cohort probably belong to one of these classes and "
                "made %s in its time; they are judged like its students.",
                COUNT_TEXT(n->probable_users, "user", "users"),
                COUNT_TEXT(n->probable_rows, "hit", "hits"));
  if (l->never->len)
    answer_note(a,
                "%s made hits, but none while the log covers their class; they are listed apart.",
                COUNT_TEXT(l->never->len, "student", "students"));
}

void q3_findings(Answer *a, const Study *study, const LowActivity *l, const InClass *n, guint top)
{
  say_headline(a, study, l, n);
  say_relative(a, study, l, top);
  say_known(a, study, l, top);
  say_tests(a, study, l, top);
}

void q3_notes(Answer *a, const LowActivity *l, const InClass *n)
{
  note_others(a, l, n);
  answer_note(
      a, "Every kind of path counts, the home page and searches too: a filter on lessons would "
         "hide the students asked about.");
  answer_note(
      a,
      "Students are compared with the others of their class on the class days that the log "
      "covers, when there are %u students with hits and %u class days. Far fewer means a robust "
      "z under %s: the distance from the median of the class, in units of what its members "
      "typically differ by (the median of these differences), both of the logarithm of "
      "hits a day.",
      l->options.min_class, l->options.min_days, REAL_TEXT(l->options.z, 1));
  answer_note(a, "Being listed is a reason to ask, not a judgement: each reason tag names what the "
                 "log shows, and the log shows nothing of work done elsewhere.");
}
