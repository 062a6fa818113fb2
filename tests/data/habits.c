/* What people do on an ordinary day. See habits.h. */
#include "tests/data/calendar.h"
#include "tests/data/habits.h"

#define MINUTE 60
#define HOUR   3600

typedef struct {
  const School *s;
  const Stories *stories;
  Day *d;
  gboolean day_off; /* weekend or holiday */
  gboolean at_school;
  gboolean cross_open;
} Today;

/* One sitting: pages from `table`, one after the other, not beyond `until`. */
typedef struct {
  guint user;
  guint32 from, until; /* seconds of the day */
  guint pages;
  Address ip;
  const guint16 *table;
  guint outlier; /* a lesson the class dwells on, or NO_LESSON */
  guint16 story;
} Sitting;

static guint pages_drawn(Prng *r, guint span)
{
  guint64 x = prng_next(r);

  return 1 + (guint)(((x & 0xff) * (x >> 8 & 0xff) * span + 32768) >> 16);
}

/* Small share of the pages that are no lessons: home, contents, search. -1 = a lesson. */
static int other_page(guint draw, gboolean first)
{
  if (draw < (first ? 88U : 5U))
    return draw == 3 ? PATH_INDEX : PATH_HOME;
  if (draw >= 252)
    return PATH_SEARCH;
  if (draw >= 246)
    return PATH_TOC;
  return -1;
}

static guint lesson_drawn(const Today *t, const Sitting *v, guint64 x)
{
  const Curriculum *c = t->s->curriculum;
  guint lesson = v->table[x & (CURRICULUM_SLOTS - 1)];

  if (v->outlier != NO_LESSON && (x >> 36 & 0xff) < 26)
    lesson = v->outlier;
  if (G_UNLIKELY(t->d->date > c->lessons[lesson].last_day))
    lesson = c->lessons[lesson].module_page;
  return lesson;
}

static guint lesson_path(const Today *t, const Sitting *v, guint lesson, guint64 x)
{
  const Curriculum *c = t->s->curriculum;
  Spelling spelling;

  if (G_UNLIKELY((x >> 20 & 0xffff) < t->s->slip_share))
    return c->first_slip_path + c->n_written_slips +
           (guint)(x >> 36 & 0xffff) % (c->n_slips - c->n_written_slips);
  spelling = curriculum_spelling(c, lesson, school_user(t->s, v->user)->program, t->d->date);
  if ((x >> 44 & 0xff) == 0 && spelling == SPELLED_PLAIN)
    spelling = SPELLED_ODD;
  return curriculum_path(c, lesson, spelling);
}

static void sit(Today *t, Prng *r, const Sitting *v)
{
  const Curriculum *c = t->s->curriculum;
  Event e = {.second = v->from,
             .user = v->user,
             .ip = v->ip,
             .cohort = school_cohort_on(t->s, v->user, t->d->date),
             .story = v->story};

  for (guint i = 0; i < v->pages && e.second < v->until; i++) {
    guint64 x = prng_next(r);
    guint long_tail = (guint)(x >> 56);
    int other = other_page((guint)(x >> 12 & 0xff), i == 0);

    if (other >= 0) {
      e.path = (guint32)other;
      day_add(t->d, e);
    } else {
      guint lesson = lesson_drawn(t, v, x);

      e.path = lesson_path(t, v, lesson, x);
      day_add(t->d, e);
      if (lesson % 2 == 0 && (x >> 52 & 7) == 0) {
        Event picture = e;

        picture.second++;
        picture.path = c->first_picture_path + lesson;
        day_add(t->d, picture);
      }
    }
    e.second += 5 + 55 * long_tail / (270 - long_tail) + (guint)(x >> 49 & 7);
  }
}

static Address somewhere(const Today *t, Prng *r, guint user, gboolean *ret_mobile)
{
  const User *u = school_user(t->s, user);

  *ret_mobile = u->mobile && prng_chance(r, 350);
  return *ret_mobile ? ADDRESS_CARRIER(prng_next(r) >> 20) : school_home(t->s, user, t->d->date);
}

/* A sitting in free time, at home or on a telephone. */
static void sit_at_home(Today *t, Prng *r, Sitting v)
{
  gboolean mobile;

  v.ip = somewhere(t, r, v.user, &mobile);
  if (mobile)
    v.pages = MIN(v.pages, 4);
  sit(t, r, &v);
}

static void class_day(Today *t, Prng *r, guint user, const SchoolCohort *class)
{
  const User *u = school_user(t->s, user);
  guint span = (t->s->span * u->diligence + 50) / 100;
  /* One day of the week on which they are certainly there: nobody drops out by chance. */
  gboolean sure = calendar_weekday(t->d->date) == (int)(user % 3);
  Sitting v = {.user = user, .outlier = NO_LESSON};

  v.table = t->s->curriculum->week[class->program][school_course_week(class, t->d->date)];
  if (class->outlier != NO_LESSON &&
      school_course_week(class, t->d->date) >=
          curriculum_first_week(t->s->curriculum, class->outlier, class->program))
    v.outlier = class->outlier;
  if (t->day_off) {
    if (prng_chance(r, 140)) {
      v.pages = pages_drawn(r, span);
      v.from = 10 * HOUR + prng_below(r, 11 * HOUR);
      v.until = 23 * HOUR + 50 * MINUTE;
      sit_at_home(t, r, v);
    }
    return;
  }
  if (!sure && !prng_chance(r, 640 + 2U * u->diligence))
    return;
  v.ip = t->at_school && prng_chance(r, 940) ? school_site(t->s, t->d->date)
                                             : school_home(t->s, user, t->d->date);
  if (prng_chance(r, 500) || sure) {
    v.pages = pages_drawn(r, span);
    if (sure)
      v.pages = MAX(v.pages, (span + 1) / 2);
    v.from = 8 * HOUR + 50 * MINUTE + prng_below(r, 110 * MINUTE);
    v.until = 12 * HOUR + 20 * MINUTE;
    sit(t, r, &v);
  }
  if (prng_chance(r, 250)) {
    v.pages = pages_drawn(r, span);
    v.from = 13 * HOUR + 20 * MINUTE + prng_below(r, 150 * MINUTE);
    v.until = 17 * HOUR + 30 * MINUTE;
    sit(t, r, &v);
  }
  if (prng_chance(r, 150)) {
    v.pages = pages_drawn(r, span);
    v.from = 18 * HOUR + 30 * MINUTE + prng_below(r, 3 * HOUR);
    v.until = 23 * HOUR + 50 * MINUTE;
    sit_at_home(t, r, v);
  }
  if (prng_chance(r, 5)) {
    v.pages = 1 + prng_below(r, 4);
    v.from = 10 * MINUTE + prng_below(r, HOUR);
    v.until = 4 * HOUR;
    v.ip = school_home(t->s, user, t->d->date);
    sit(t, r, &v);
  }
}

static void graduate_day(Today *t, Prng *r, guint user, const SchoolCohort *class)
{
  static const guint per_mille[3][3] = {{12, 5, 2}, {52, 30, 12}, {110, 60, 28}};
  const User *u = school_user(t->s, user);
  int since = t->d->date - class->end;
  Sitting v = {.user = user, .outlier = NO_LESSON};

  if (!prng_chance(r, per_mille[u->returns][since < 60 ? 0 : since < 180 ? 1 : 2]))
    return;
  v.table = t->s->curriculum->after[class->program];
  v.pages = 1 + pages_drawn(r, t->s->span < 12 ? t->s->span : 12);
  v.from = 9 * HOUR + prng_below(r, 13 * HOUR);
  v.until = 23 * HOUR + 50 * MINUTE;
  sit_at_home(t, r, v);
}

/* Staff look things up at school, and one of them is on duty whatever the day. */
static void staff_day(Today *t, Prng *r, guint user)
{
  gboolean on_duty = (guint)t->d->date % school_cohort(t->s, STAFF)->n_users == user;
  Sitting v = {.user = user, .outlier = NO_LESSON};

  if (!prng_chance(r, t->day_off ? 30 : 280) && !on_duty)
    return;
  v.table = t->s->curriculum->staff;
  v.ip = t->at_school ? school_site(t->s, t->d->date) : school_home(t->s, user, t->d->date);
  v.pages = 1 + pages_drawn(r, t->s->span + 2);
  v.from = 8 * HOUR + prng_below(r, 4 * HOUR);
  v.until = 13 * HOUR;
  sit(t, r, &v);
  if (prng_chance(r, 250)) {
    v.pages = pages_drawn(r, t->s->span);
    v.from = 13 * HOUR + 30 * MINUTE + prng_below(r, 3 * HOUR);
    v.until = 18 * HOUR;
    sit(t, r, &v);
  }
}

/* While the other track is open some students look into it, about once in two weeks. */
static void other_track(Today *t, guint user, const SchoolCohort *class)
{
  const User *u = school_user(t->s, user);
  guint fortnight = (guint)(t->d->date / 14);
  Prng r = prng_stream(t->s->seed, 0xc505500000 + user, fortnight);
  int pool = school_pool(u->program) == POOL_WEB ? POOL_DATA : POOL_WEB;
  Sitting v = {.user = user, .outlier = NO_LESSON};

  if (prng_below(&r, 14) != (guint)(t->d->date % 14) ||
      !prng_chance(&r, t->d->date <= class->end ? 800 : 150))
    return;
  v.table = t->s->curriculum->pool[pool];
  v.story = stories_cross(t->stories, pool);
  v.ip = t->at_school && t->d->date <= class->end ? school_site(t->s, t->d->date)
                                                  : school_home(t->s, user, t->d->date);
  v.pages = 6 + prng_below(&r, 3);
  v.from = 12 * HOUR + 21 * MINUTE + prng_below(&r, 20 * MINUTE);
  v.until = 13 * HOUR + 10 * MINUTE;
  sit(t, &r, &v);
}

static void user_day(Today *t, guint user)
{
  const User *u = school_user(t->s, user);
  int date = t->d->date;
  const SchoolCohort *class;
  guint16 cohort;
  Prng r;

  if (date < u->from || date > u->until || (date >= u->silent_from && date <= u->silent_to))
    return;
  if (u->storied && stories_own(t->stories, user, date))
    return;
  r = prng_stream(t->s->seed, user, (guint64)date);
  cohort = school_class_on(t->s, user, date);
  if (cohort == STAFF) {
    staff_day(t, &r, user);
    return;
  }
  class = school_cohort(t->s, cohort);
  if (date <= class->end)
    class_day(t, &r, user, class);
  else
    graduate_day(t, &r, user, class);
  if (u->crosses && t->cross_open)
    other_track(t, user, class);
}

void habits_add(const School *s, const Stories *stories, Day *d)
{
  Today t = {.s = s, .stories = stories, .d = d};

  t.day_off = calendar_weekday(d->date) >= 5 || calendar_is_holiday(d->date);
  t.at_school = !t.day_off && d->date < s->remote_day;
  t.cross_open = d->date < s->cut_off_day;
  for (guint c = 0; c < s->cohorts->len; c++) {
    const SchoolCohort *cohort = school_cohort(s, c);

    if (c != STAFF && d->date < cohort->start)
      continue;
    for (guint i = 0; i < cohort->n_users; i++)
      user_day(&t, cohort->first_user + i);
  }
  for (guint i = s->first_late; i < s->users->len; i++)
    user_day(&t, i);
}
