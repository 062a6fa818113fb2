/* What was planted, counted while it is written. See truth.h. */
#include <string.h>

#include "tests/data/calendar.h"
#include "tests/data/truth.h"

#define MOST_LISTED 60 /* addresses, users and days listed for one story */

typedef struct {
  guint user;
  gint64 first, last;
} Person;

typedef struct {
  guint64 rows, rows_staff;
  gint64 first, last;  /* seconds since 1970 on the log's clock */
  GArray *people;      /* of Person, in the order they appear */
  GArray *ips;         /* of Address */
  GArray *days;        /* of int */
  GHashTable *lessons; /* distinct pages */
  guint64 n_ips;
} Tally;

struct Truth {
  const Stories *st;
  guint64 rows;
  gint64 first, last;
  Tally *tallies; /* by story */
};

Truth *truth_new(const Stories *st)
{
  Truth *t = g_new0(Truth, 1);

  t->st = st;
  t->tallies = g_new0(Tally, stories_n + 1);
  for (guint i = 0; i <= stories_n; i++) {
    t->tallies[i].people = g_array_new(FALSE, FALSE, sizeof(Person));
    t->tallies[i].ips = g_array_new(FALSE, FALSE, sizeof(Address));
    t->tallies[i].days = g_array_new(FALSE, FALSE, sizeof(int));
    t->tallies[i].lessons = g_hash_table_new(NULL, NULL);
  }
  return t;
}

void truth_free(Truth *t)
{
  for (guint i = 0; i <= stories_n; i++) {
    g_array_free(t->tallies[i].people, TRUE);
    g_array_free(t->tallies[i].ips, TRUE);
    g_array_free(t->tallies[i].days, TRUE);
    g_hash_table_destroy(t->tallies[i].lessons);
  }
  g_free(t->tallies);
  g_free(t);
}

guint64 truth_rows(const Truth *t)
{
  return t->rows;
}

static void count_person(Tally *y, guint user, gint64 now)
{
  Person fresh = {user, now, now};

  for (guint i = 0; i < y->people->len; i++) {
    Person *p = &g_array_index(y->people, Person, i);

    if (p->user == user) {
      p->last = now;
      return;
    }
  }
  if (y->people->len < 4 * MOST_LISTED)
    g_array_append_val(y->people, fresh);
}

static void count_ip(Tally *y, Address ip)
{
  for (guint i = 0; i < y->ips->len; i++) {
    if (g_array_index(y->ips, Address, i) == ip)
      return;
  }
  if (y->ips->len <= MOST_LISTED)
    g_array_append_val(y->ips, ip);
}

static void count_for(Truth *t, guint story, int date, const Event *e)
{
  Tally *y = &t->tallies[story];
  gint64 now = (gint64)date * DAY_SECONDS + e->second;
  guint lesson = curriculum_lesson_of_path(t->st->s->curriculum, e->path);

  if (stories_table[story - 1].shape == SHAPE_HOME && e->ip != school_user(t->st->s, e->user)->home)
    return;
  if (y->rows++ == 0)
    y->first = now;
  y->last = now;
  y->rows_staff += e->cohort == STAFF;
  count_person(y, e->user, now);
  count_ip(y, e->ip);
  if (y->days->len == 0 || g_array_index(y->days, int, y->days->len - 1) != date)
    g_array_append_val(y->days, date);
  if (lesson != NO_LESSON)
    g_hash_table_add(y->lessons, GUINT_TO_POINTER(lesson + 1));
}

void truth_count(Truth *t, int date, const Event *e, guint again)
{
  guint watch = school_user(t->st->s, e->user)->watch;
  guint lesson;
  gint64 now = (gint64)date * DAY_SECONDS + e->second;

  if (t->rows++ == 0)
    t->first = now;
  t->last = now;
  if (again > 0)
    count_for(t, again, date, e);
  if (e->story > 0)
    count_for(t, e->story, date, e);
  if (watch > 0)
    count_for(t, watch, date, e);
  lesson = curriculum_lesson_of_path(t->st->s->curriculum, e->path);
  if (lesson != NO_LESSON && t->st->lesson_story[lesson] > 0) {
    guint story = t->st->lesson_story[lesson];
    const StoryText *text = &stories_table[story - 1];

    if (text->setup == NULL || text->cohort == e->cohort)
      count_for(t, story, date, e);
  }
}

static void write_time(FILE *f, const char *key, gint64 when)
{
  char day[11];
  guint second = (guint)(when % DAY_SECONDS);

  calendar_format((int)(when / DAY_SECONDS), day);
  fprintf(f, ", \"%s\": \"%s %02u:%02u:%02u\"", key, day, second / 3600, second / 60 % 60,
          second % 60);
}

static void write_people(FILE *f, const Truth *t, guint story)
{
  const Tally *y = &t->tallies[story];
  const StoryText *text = &stories_table[story - 1];
  GArray *users = t->st->users[story];
  /* A lesson's readers are no suspects; of a crowd only the number is told. */
  gboolean named = text->shape != SHAPE_LESSON && text->shape != SHAPE_TWICE;
  guint n = users->len > 0 ? users->len : y->people->len;

  fprintf(f, ", \"users\": [");
  for (guint i = 0; named && i < n && n <= 2 * MOST_LISTED; i++)
    fprintf(f, "%s%u", i ? ", " : "",
            (users->len > 0 ? g_array_index(users, guint, i)
                            : g_array_index(y->people, Person, i).user) +
                1);
  fprintf(f, "]");
}

static void write_ips(FILE *f, const Tally *y)
{
  char text[ADDRESS_TEXT];

  fprintf(f, ", \"ips\": [");
  for (guint i = 0; i < y->ips->len && y->ips->len <= MOST_LISTED; i++) {
    address_format(g_array_index(y->ips, Address, i), text);
    fprintf(f, "%s\"%s\"", i ? ", " : "", text);
  }
  fprintf(f, "]");
}

static void write_days(FILE *f, const Tally *y)
{
  char day[11];

  fprintf(f, ", \"days\": [");
  for (guint i = 0; i < y->days->len && y->days->len <= MOST_LISTED; i++) {
    calendar_format(g_array_index(y->days, int, i), day);
    fprintf(f, "%s\"%s\"", i ? ", " : "", day);
  }
  fprintf(f, "]");
}

/* What is particular to the kind. */
static void write_particulars(FILE *f, const Truth *t, guint story)
{
  const StoryText *text = &stories_table[story - 1];
  const Tally *y = &t->tallies[story];

  if (y->rows > 0)
    fprintf(f, ", \"distinct_lessons\": %u", g_hash_table_size(y->lessons));
  if (text->seconds > 0)
    fprintf(f, ", \"seconds\": %u", text->seconds);
  if (text->date)
    fprintf(f, ", \"date\": \"%s\"", text->date);
  if (text->date_to)
    fprintf(f, ", \"date_to\": \"%s\"", text->date_to);
  if (text->lesson)
    fprintf(f, ", \"lesson\": \"%s\"", text->lesson);
  if (text->shape == SHAPE_HANDOVER && y->people->len == 2) {
    write_time(f, "stops", g_array_index(y->people, Person, 0).last);
    write_time(f, "starts", g_array_index(y->people, Person, 1).first);
  }
  if (y->rows_staff > 0 && y->rows_staff < y->rows)
    fprintf(f, ", \"rows_student\": %" G_GUINT64_FORMAT ", \"rows_staff\": %" G_GUINT64_FORMAT,
            y->rows - y->rows_staff, y->rows_staff);
}

static void write_story(FILE *f, const Truth *t, guint story, guint number)
{
  const StoryText *text = &stories_table[story - 1];
  const Tally *y = &t->tallies[story];
  gboolean of_cohort = text->cohort != N_CORE_COHORTS && text->shape != SHAPE_SCHOOL &&
                       text->shape < SHAPE_CROSS && text->shape != SHAPE_TURNS &&
                       (text->shape != SHAPE_LESSON || text->setup);

  fprintf(f, "{\"id\": \"S%02u\", \"kind\": \"%s\", \"rule\": \"%s\", \"innocent\": %s", number,
          text->kind, text->rule, text->innocent ? "true" : "false");
  write_people(f, t, story);
  if (of_cohort)
    fprintf(f, ", \"cohort\": %u", school_cohort(t->st->s, text->cohort)->id);
  else
    fprintf(f, ", \"cohort\": null");
  fprintf(f, ", \"rows\": %" G_GUINT64_FORMAT, y->rows);
  if (y->rows > 0) {
    write_time(f, "first", y->first);
    write_time(f, "last", y->last);
  } else {
    fprintf(f, ", \"first\": null, \"last\": null");
  }
  write_ips(f, y);
  write_days(f, y);
  fprintf(f, ", \"what\": \"%s\"", text->what);
  write_particulars(f, t, story);
  fprintf(f, "}");
}

static void write_list(FILE *f, const Truth *t, gboolean innocent)
{
  guint number = 0;
  const char *comma = "";

  for (guint story = 1; story <= stories_n; story++) {
    if (stories_table[story - 1].kind == NULL)
      continue;
    number++;
    if (stories_table[story - 1].innocent != innocent)
      continue;
    fprintf(f, "%s\n  ", comma);
    write_story(f, t, story, number);
    comma = ",";
  }
}

void truth_write(const Truth *t, FILE *f)
{
  fprintf(f, "{\"seed\": %" G_GUINT64_FORMAT ", \"rows\": %" G_GUINT64_FORMAT, t->st->s->seed,
          t->rows);
  write_time(f, "first", t->first);
  write_time(f, "last", t->last);
  fprintf(f, ",\n \"planted\": [");
  write_list(f, t, FALSE);
  fprintf(f, "\n ],\n \"innocent\": [");
  write_list(f, t, TRUE);
  fprintf(f, "\n ]}\n");
}
