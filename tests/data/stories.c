/* The stories told in the sample log. See stories.h. */
#include "tests/data/calendar.h"
#include "tests/data/scene.h"
#include "tests/data/setup.h"
#include "tests/data/stories.h"

static gpointer own_key(guint user, int date)
{
  return GSIZE_TO_POINTER(((gsize)user << 15) + (gsize)date);
}

static void own(Stories *st, guint user, int date)
{
  school_user(st->s, user)->storied = TRUE;
  g_hash_table_add(st->own, own_key(user, date));
}

static void add_person(const School *s, GArray *users, guint cohort, guint student)
{
  guint user = cohort == N_CORE_COHORTS ? s->first_single + student
                                        : school_cohort(s, cohort)->first_user + student;

  g_array_append_val(users, user);
}

/* Is the user somebody who could be reading on that day? */
static gboolean is_about(const Stories *st, guint user, int date)
{
  const User *u = school_user(st->s, user);

  return date >= u->from && date <= u->until && (date < u->silent_from || date > u->silent_to);
}

/* Everybody in class, all staff and some of the graduates come to the event. */
static gboolean comes_to_event(const Stories *st, guint user)
{
  const School *s = st->s;
  const User *u = school_user(s, user);
  const SchoolCohort *c;
  guint draw = (guint)(prng_mix(s->seed + user) % 100);

  if (u->cohort == NO_COHORT || !is_about(st, user, st->event_day))
    return FALSE;
  if (u->role == ROLE_STAFF)
    return TRUE;
  c = school_cohort(s, u->cohort);
  if (st->event_day <= c->end)
    return draw < 92;
  return st->event_day - c->end < 365 && draw < 30;
}

/* The student whose turn it is on the k-th day: each time another cohort. */
static guint whose_turn(const School *s, const StoryText *t, guint k, int date)
{
  guint8 tracks = s->curriculum->lessons[curriculum_find(s->curriculum, t->lesson)].tracks;
  guint able[N_CORE_COHORTS];
  guint n = 0;

  for (guint c = ALDER; c < N_CORE_COHORTS; c++) {
    const SchoolCohort *cohort = school_cohort(s, c);

    if (cohort->joined && cohort->start < date && tracks & 1U << school_pool(cohort->program))
      able[n++] = c;
  }
  return school_cohort(s, able[k % n])->first_user + school_cohort(s, able[k % n])->n_users - 1 -
         k / n;
}

static void own_days(Stories *st, guint story)
{
  const StoryText *t = &stories_table[story - 1];
  GArray *users = st->users[story];
  guint days = MAX(t->days, 1);

  if (t->shape >= SHAPE_USER || t->shape == SHAPE_SCHOOL)
    return;
  for (guint k = 0; k < days; k++) {
    int date = st->date[story] + (int)(k * MAX(t->every, 1));

    if (t->shape == SHAPE_TURNS) {
      guint user = whose_turn(st->s, t, k, date);

      g_array_append_val(users, user);
      own(st, user, date);
      continue;
    }
    for (guint i = 0; i < users->len; i++) {
      guint user = g_array_index(users, guint, i);

      if (t->shape == SHAPE_CLASS || t->shape == SHAPE_CLASSWORK) {
        /* Who is away, or busy with a story of the same day, does not take part. */
        if (!is_about(st, user, date) || stories_own(st, user, date)) {
          g_array_remove_index(users, i--);
          continue;
        }
      }
      own(st, user, date);
    }
  }
}

static void begin(Stories *st, guint story)
{
  const StoryText *t = &stories_table[story - 1];
  School *s = st->s;
  GArray *users = st->users[story] = g_array_new(FALSE, FALSE, sizeof(guint));
  gboolean nobody = t->student == 0xff || t->shape >= SHAPE_CLASS_ROWS ||
                    t->shape == SHAPE_SCHOOL || t->shape == SHAPE_TURNS;

  st->date[story] = t->date ? calendar_day(t->date) : 0;
  if (!nobody)
    add_person(s, users, t->cohort, t->student);
  for (guint i = 0; i < G_N_ELEMENTS(t->more) && t->more[i][0] > 0; i++)
    add_person(s, users, t->more[i][0], t->more[i][1]);
  if (t->setup)
    t->setup(s, t, story, users);
  if (t->shape == SHAPE_USER || t->shape == SHAPE_HOME || t->shape == SHAPE_CLASS_ROWS) {
    for (guint i = 0; i < users->len; i++)
      school_user(s, g_array_index(users, guint, i))->watch = (guint16)story;
  }
  if (t->lesson && (t->shape == SHAPE_LESSON || t->shape == SHAPE_TURNS))
    st->lesson_story[curriculum_find(s->curriculum, t->lesson)] = (guint16)story;
  if (t->shape == SHAPE_CROSS)
    st->cross[t->jitter] = (guint16)story;
  if (t->shape == SHAPE_SCHOOL)
    st->event_day = st->date[story];
  if (t->shape == SHAPE_TWICE)
    st->twice_day = st->date[story];
}

Stories *stories_new(School *s)
{
  Stories *st = g_new0(Stories, 1);

  st->s = s;
  st->users = g_new0(GArray *, stories_n + 1);
  st->date = g_new0(int, stories_n + 1);
  st->lesson_story = g_new0(guint16, s->curriculum->n_lessons);
  st->own = g_hash_table_new(NULL, NULL);
  for (guint story = 1; story <= stories_n; story++)
    begin(st, story);
  for (guint story = 1; story <= stories_n; story++)
    own_days(st, story);
  return st;
}

void stories_free(Stories *st)
{
  for (guint story = 1; story <= stories_n; story++)
    g_array_free(st->users[story], TRUE);
  g_free(st->users);
  g_free(st->date);
  g_free(st->lesson_story);
  g_hash_table_destroy(st->own);
  g_free(st);
}

gboolean stories_own(const Stories *st, guint user, int date)
{
  if (date == st->event_day && comes_to_event(st, user))
    return TRUE;
  return school_user(st->s, user)->storied && g_hash_table_contains(st->own, own_key(user, date));
}

guint16 stories_cross(const Stories *st, int pool)
{
  return st->cross[pool];
}

static void add_event(const Stories *st, guint story, Day *d)
{
  for (guint user = 0; user < st->s->users->len; user++) {
    if (comes_to_event(st, user))
      scene_add(st, story, user, 0, d);
  }
}

void stories_add(const Stories *st, Day *d)
{
  for (guint story = 1; story <= stories_n; story++) {
    const StoryText *t = &stories_table[story - 1];
    guint every = MAX(t->every, 1);
    guint since = (guint)(d->date - st->date[story]);

    if (t->shape >= SHAPE_USER || d->date < st->date[story] || since % every != 0 ||
        since / every >= MAX(t->days, 1))
      continue;
    if (t->shape == SHAPE_SCHOOL) {
      add_event(st, story, d);
    } else if (t->shape == SHAPE_TURNS) {
      scene_add(st, story, g_array_index(st->users[story], guint, since / every), since / every, d);
    } else {
      for (guint i = 0; i < st->users[story]->len; i++)
        scene_add(st, story, g_array_index(st->users[story], guint, i), since / every, d);
    }
  }
}

gboolean stories_twice(const Stories *st, int date, guint second, guint *ret_story)
{
  for (guint story = 1; story <= stories_n; story++) {
    const StoryText *t = &stories_table[story - 1];

    if (t->shape == SHAPE_TWICE && date == st->date[story] && second >= scene_seconds(t->from) &&
        second < scene_seconds(t->until)) {
      *ret_story = story;
      return TRUE;
    }
  }
  return FALSE;
}
