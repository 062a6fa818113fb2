/* One scene of a story. See scene.h. */
#include "tests/data/scene.h"
#include "tests/data/setup.h"

#define PAGES_PER_NETWORK 3
#define PAGES_PER_CARRIER 2
#define HANDOVER_PAUSE    (8 * 60)
#define SINGLE_WEEK       8

typedef struct {
  const Stories *st;
  const StoryText *t;
  guint story;
  guint user;
  guint k;
  Day *d;
  Prng r;
  GArray *deck; /* of guint16: lessons in the order they are dealt */
  guint dealt;
  Event e;
} Scene;

guint scene_seconds(guint hhmm)
{
  return hhmm / 100 * 3600 + hhmm % 100 * 60;
}

static int week_of(const Scene *c)
{
  guint16 class = school_class_on(c->st->s, c->user, c->d->date);

  if (class == NO_COHORT)
    return SINGLE_WEEK;
  return class == STAFF ? CURRICULUM_WEEKS
                        : school_course_week(school_cohort(c->st->s, class), c->d->date);
}

static gboolean in_deck(const Scene *c, guint lesson)
{
  const Curriculum *cur = c->st->s->curriculum;
  const Lesson *l = &cur->lessons[lesson];
  int program = school_user(c->st->s, c->user)->program;
  int pool = school_pool(program);
  int first = curriculum_first_week(cur, lesson, program);

  if (l->weight == 0 || c->d->date > l->last_day)
    return FALSE;
  switch (c->t->deck) {
  case DECK_SO_FAR:
    return first >= 0 && first <= week_of(c);
  case DECK_ALL:
    return (l->tracks & 1U << pool) != 0;
  case DECK_OTHER:
    return (l->tracks & 1U << pool) == 0;
  case DECK_BOTH:
    return TRUE;
  case DECK_LESSON:
  default:
    return FALSE;
  }
}

/* Lessons of the deck: in the order of the table of contents when the story takes them all, else
 * shuffled the same way on each of its days. */
static void make_deck(Scene *c)
{
  Prng r =
      prng_stream(c->st->s->seed, 0xdec0000 + c->story, c->t->shape == SHAPE_CLASS ? 0 : c->user);

  c->deck = g_array_new(FALSE, FALSE, sizeof(guint16));
  for (guint i = 0; i < c->st->s->curriculum->n_lessons; i++) {
    guint16 lesson = (guint16)i;

    if (c->t->lesson ? curriculum_find(c->st->s->curriculum, c->t->lesson) == i : in_deck(c, i))
      g_array_append_val(c->deck, lesson);
  }
  if (c->t->deck != DECK_ALL && c->t->deck != DECK_BOTH) {
    for (guint i = c->deck->len; i > 1; i--) {
      guint j = prng_below(&r, i);
      guint16 swap = g_array_index(c->deck, guint16, i - 1);

      g_array_index(c->deck, guint16, i - 1) = g_array_index(c->deck, guint16, j);
      g_array_index(c->deck, guint16, j) = swap;
    }
  }
  if (c->t->distinct > 0 && c->deck->len > c->t->distinct)
    g_array_set_size(c->deck, c->t->distinct);
  c->dealt = c->k * c->t->pages;
}

static void add_page(Scene *c, guint second, Address ip)
{
  const Curriculum *cur = c->st->s->curriculum;
  guint n = c->deck->len;
  /* The whole deck once, then whatever comes; a machine begins again. */
  gboolean machine = c->t->shape == SHAPE_GROUPS || c->t->shape == SHAPE_BEAT;
  guint place =
      c->t->distinct > 0 && c->dealt >= n && !machine ? prng_below(&c->r, n) : c->dealt % n;
  guint lesson = g_array_index(c->deck, guint16, place);

  c->dealt++;
  c->e.second = second;
  c->e.ip = ip;
  c->e.path = curriculum_path(
      cur, lesson,
      curriculum_spelling(cur, lesson, school_user(c->st->s, c->user)->program, c->d->date));
  day_add(c->d, c->e);
}

static Address place_of(Scene *c)
{
  const School *s = c->st->s;

  if (c->t->shape == SHAPE_SCHOOL && prng_chance(&c->r, 600))
    return ADDRESS_FIXED(FIXED_EVENT);
  if (c->t->place == FROM_SITE || c->t->shape == SHAPE_SCHOOL)
    return school_site(s, c->d->date);
  if (c->t->place == FROM_ABROAD)
    return ADDRESS_FIXED(FIXED_ABROAD);
  return school_home(s, c->user, c->d->date);
}

/* Where the i-th page of a scattered scene comes from. */
static Address place_of_page(Scene *c, guint i, Address base, Address before)
{
  switch (c->t->shape) {
  case SHAPE_ALTERNATE:
    if (i > 0 && !prng_chance(&c->r, 650))
      return before;
    return before == base ? setup_second_place(c->story) : base;
  case SHAPE_BLOCKS:
    return i / PAGES_PER_NETWORK == 0
               ? base
               : setup_network((i / PAGES_PER_NETWORK - 1) % SETUP_N_NETWORKS);
  case SHAPE_CARRIER:
    return ADDRESS_CARRIER(0x4207 + i / PAGES_PER_CARRIER * 0x1d35);
  default:
    return base;
  }
}

static int earlier(const void *a, const void *b)
{
  guint x = *(const guint *)a;
  guint y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* `pages` pages at uneven pace between two times, never two in one second. */
static void scatter(Scene *c, guint from, guint until)
{
  guint pages = c->t->pages;
  guint *at = g_new(guint, pages);
  Address base = place_of(c);
  Address ip = base;

  for (guint i = 0; i < pages; i++)
    at[i] = prng_below(&c->r, until - from - 2 * pages);
  qsort(at, pages, sizeof *at, earlier);
  for (guint i = 0; i < pages; i++) {
    ip = place_of_page(c, i, base, ip);
    add_page(c, from + at[i] + 2 * i, ip);
  }
  g_free(at);
}

static void add_beat(Scene *c, guint at)
{
  Address ip = place_of(c);

  for (guint i = 0; i < c->t->pages; i++) {
    add_page(c, at, ip);
    at += c->t->seconds - c->t->jitter + prng_below(&c->r, 2U * c->t->jitter + 1);
  }
}

static void add_groups(Scene *c, guint at)
{
  Address ip = place_of(c);
  guint left = c->t->pages;

  while (left > 0) {
    guint size = c->t->jitter;

    if (prng_chance(&c->r, 200))
      size--;
    size = MIN(size, left);
    for (guint i = 0; i < size; i++)
      add_page(c, at + i / 2, ip);
    left -= size;
    at += c->t->seconds;
  }
}

static void add_clicks(Scene *c, guint at)
{
  Address ip = place_of(c);

  for (guint i = 0; i < c->t->pages; i++) {
    add_page(c, at, ip);
    at += 4 + prng_below(&c->r, 6);
  }
}

static void add_paths(Scene *c, guint first, guint n, guint from, guint until)
{
  guint width = MAX((until - from) / n, 2);

  c->e.ip = place_of(c);
  for (guint i = 0; i < n; i++) {
    c->e.path = first + i;
    c->e.second = from + i * width + prng_below(&c->r, width - 1);
    day_add(c->d, c->e);
  }
}

static void add_odd_rows(Scene *c, guint from, guint until)
{
  const Curriculum *cur = c->st->s->curriculum;

  add_paths(c, cur->first_slip_path, cur->n_written_slips, from, until);
  add_paths(c, PATH_MISSING, 1, until, until + 60);
}

static void play(Scene *c)
{
  guint from = scene_seconds(c->t->from);
  guint until = scene_seconds(c->t->until);

  switch (c->t->shape) {
  case SHAPE_BURST:
    for (guint i = 0; i < c->t->pages; i++)
      add_page(c, from + 7 + i * c->t->seconds / c->t->pages, place_of(c));
    break;
  case SHAPE_BEAT:
    add_beat(c, from + 11);
    break;
  case SHAPE_GROUPS:
    add_groups(c, from + 27);
    break;
  case SHAPE_CLICKS:
    add_clicks(c, from + 4);
    break;
  case SHAPE_PROBES:
    add_paths(c, c->st->s->curriculum->first_probe_path, c->t->pages, from, until);
    break;
  case SHAPE_CLASS:
    scatter(c, from, from + c->t->seconds);
    break;
  case SHAPE_HANDOVER:
    if (c->user == g_array_index(c->st->users[c->story], guint, 0))
      scatter(c, from, until);
    else
      scatter(c, until + HANDOVER_PAUSE, until + HANDOVER_PAUSE + (until - from));
    break;
  case SHAPE_TURNS:
    add_page(c, from + 60 * prng_below(&c->r, 60), place_of(c));
    break;
  case SHAPE_ODD_ROWS:
    add_odd_rows(c, from, until);
    break;
  default:
    scatter(c, from, until);
    break;
  }
}

void scene_add(const Stories *st, guint story, guint user, guint k, Day *d)
{
  Scene c = {
      .st = st, .t = &stories_table[story - 1], .story = story, .user = user, .k = k, .d = d};
  gboolean told = c.t->kind != NULL && c.t->shape != SHAPE_TURNS; /* turns count by lesson */

  c.r = prng_stream(st->s->seed, 0x5ce0000 + story, ((guint64)user << 20) + (guint64)d->date);
  c.e.user = user;
  c.e.cohort = school_cohort_on(st->s, user, d->date);
  c.e.story = told ? (guint16)story : 0;
  make_deck(&c);
  play(&c);
  g_array_free(c.deck, TRUE);
}
