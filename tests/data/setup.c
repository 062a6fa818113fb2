/* What a story changes in the lives of its people. See setup.h. */
#include "tests/data/calendar.h"
#include "tests/data/setup.h"

/* Blocks of 198.18 that no home uses. */
enum { BLOCK_SECOND = 240, BLOCK_NETWORKS = 244, BLOCK_HOSTEL = 252, BLOCK_FLAT = 253 };

static User *first_of(School *s, const GArray *users)
{
  return school_user(s, g_array_index(users, guint, 0));
}

void setup_only(School *s, const StoryText *t, guint story, GArray *users)
{
  (void)t;
  (void)story;
  first_of(s, users)->from = CALENDAR_NEVER;
}

void setup_until(School *s, const StoryText *t, guint story, GArray *users)
{
  (void)story;
  first_of(s, users)->until = calendar_day(t->date);
}

void setup_silent(School *s, const StoryText *t, guint story, GArray *users)
{
  User *u = first_of(s, users);

  (void)story;
  u->returns = 2; /* heard of until the silence begins */
  u->silent_from = calendar_day(t->date_to);
  u->silent_to = calendar_day(t->date) - 1;
}

void setup_staff(School *s, const StoryText *t, guint story, GArray *users)
{
  User *u = first_of(s, users);

  (void)story;
  u->later_cohort = STAFF;
  u->later_from = calendar_day(t->date);
}

void setup_change(School *s, const StoryText *t, guint story, GArray *users)
{
  User *u = first_of(s, users);

  (void)story;
  u->silent_from = calendar_day(t->date);
  u->silent_to = calendar_day(t->date_to) - 1;
  u->later_cohort = IVY;
  u->later_from = calendar_day(t->date_to);
}

void setup_linked(School *s, const StoryText *t, guint story, GArray *users)
{
  int day = calendar_day(t->date);
  guint second = school_enrol_late(s, t->cohort, day + 1);
  User *u = first_of(s, users);

  (void)story;
  u->until = day - 1;
  u->moves = FALSE;
  u->mobile = FALSE;
  school_user(s, second)->home = u->home;
  school_user(s, second)->moves = FALSE;
  school_user(s, second)->mobile = FALSE;
  g_array_append_val(users, second);
}

static void share_home(School *s, const GArray *users, Address home)
{
  for (guint i = 0; i < users->len; i++) {
    User *u = school_user(s, g_array_index(users, guint, i));

    u->home = home;
    u->moves = FALSE;
  }
}

void setup_hostel(School *s, const StoryText *t, guint story, GArray *users)
{
  (void)t;
  (void)story;
  share_home(s, users, ADDRESS_HOME(BLOCK_HOSTEL, 12));
}

void setup_flat(School *s, const StoryText *t, guint story, GArray *users)
{
  (void)t;
  (void)story;
  share_home(s, users, ADDRESS_HOME(BLOCK_FLAT, 40));
}

void setup_class(School *s, const StoryText *t, guint story, GArray *users)
{
  const SchoolCohort *c = school_cohort(s, t->cohort);

  (void)story;
  for (guint i = 0; i < c->n_users; i++) {
    guint user = c->first_user + i;

    g_array_append_val(users, user);
  }
}

void setup_outlier(School *s, const StoryText *t, guint story, GArray *users)
{
  (void)story;
  (void)users;
  school_cohort(s, t->cohort)->outlier = curriculum_find(s->curriculum, t->lesson);
}

Address setup_second_place(guint story)
{
  return ADDRESS_HOME(BLOCK_SECOND + story % 4, 17 + story);
}

Address setup_network(guint n)
{
  return n < 8 ? ADDRESS_HOME(BLOCK_NETWORKS + n, 5 + 23 * n) : ADDRESS_V6(0xf0f0, 9);
}
