/* The lessons of the sample school. See curriculum.h. */
#include <string.h>

#include "tests/data/calendar.h"
#include "tests/data/curriculum.h"
#include "tests/data/lessons.h"

/* Ids and lengths as in assets/programs.conf. */
const guint8 curriculum_program_ids[N_SCHOOL_PROGRAMS] = {2, 3, 4};
const guint8 curriculum_program_weeks[N_SCHOOL_PROGRAMS] = {20, 22, 14};

#define MODULE_PAGE_WEIGHT 22
#define SLIPS_PER_LESSON   8

static void add_path(Curriculum *c, char *text)
{
  PagePath p = {.text = text, .text_len = (guint8)strlen(text)};

  if (strpbrk(text, ",\"")) {
    GString *quoted = g_string_new("\"");

    for (const char *s = text; *s; s++) {
      if (*s == '"')
        g_string_append_c(quoted, '"');
      g_string_append_c(quoted, *s);
    }
    g_string_append_c(quoted, '"');
    p.csv = g_string_free(quoted, FALSE);
  } else {
    p.csv = g_strdup(text);
  }
  p.csv_len = (guint8)strlen(p.csv);
  g_array_append_val(c->paths, p);
}

static guint8 ordinary_weight(guint i)
{
  return (guint8)(8 + i * 5 % 7);
}

static void add_lesson(Curriculum *c, GArray *all, guint module, const char *name, guint place)
{
  const ModuleText *m = &lessons_modules[module];
  Lesson l = {.module = (guint8)module, .tracks = m->tracks, .last_day = CALENDAR_NEVER};

  l.module_page = (guint16)(all->len - place);
  l.name = name ? g_strdup_printf("%s/%s", m->name, name) : g_strdup(m->name);
  l.weight = name ? ordinary_weight(all->len) : MODULE_PAGE_WEIGHT;
  for (guint i = 0; i < lessons_n_weights; i++) {
    if (strcmp(lessons_weights[i].name, l.name) == 0)
      l.weight = lessons_weights[i].weight;
  }
  for (guint i = 0; i < lessons_n_ends; i++) {
    if (strcmp(lessons_ends[i].name, l.name) == 0)
      l.last_day = calendar_day(lessons_ends[i].last_day);
  }
  l.rename_day = m->number > 0 ? c->rename_day : CALENDAR_NEVER;
  g_array_append_val(all, l);

  /* The four spellings, in the order of the enum. */
  add_path(c, g_strdup(l.name));
  if (m->number == 0)
    add_path(c, g_strdup(l.name));
  else if (name)
    add_path(c, g_strdup_printf("%u-%s/%u.%u-%s", m->number, m->name, m->number, place, name));
  else
    add_path(c, g_strdup_printf("%u-%s", m->number, m->name));
  add_path(c, g_strdup_printf("content/%s", l.name));
  if (all->len % 3 == 0) {
    add_path(c, g_strdup_printf("%s/", l.name));
  } else if (all->len % 3 == 1) {
    add_path(c, g_strdup_printf("%s.html", l.name));
  } else {
    char *odd = g_strdup(l.name);

    g_strdelimit(odd, "-", '_');
    add_path(c, odd);
  }
}

static void add_lessons(Curriculum *c)
{
  GArray *all = g_array_new(FALSE, TRUE, sizeof(Lesson));

  c->first_lesson_path = c->paths->len;
  for (guint m = 0; m < lessons_n_modules; m++) {
    char **names = g_strsplit(lessons_modules[m].lessons, " ", -1);

    add_lesson(c, all, m, NULL, 0);
    for (guint i = 0; names[i]; i++)
      add_lesson(c, all, m, names[i], i + 1);
    g_strfreev(names);
  }
  c->n_lessons = all->len;
  c->lessons = (Lesson *)(void *)g_array_free(all, FALSE);
}

/* A picture for each lesson, and what people type when they slip: two neighbouring letters change
 * places. */
static void add_pictures_and_slips(Curriculum *c)
{
  static const char *const ending[] = {"svg", "jpg", "png"};

  c->first_picture_path = c->paths->len;
  for (guint i = 0; i < c->n_lessons; i++)
    add_path(c, g_strdup_printf("images/%s.%s", c->lessons[i].name, ending[i % 3]));
  c->first_probe_path = c->paths->len;
  c->n_probes = lessons_n_probes;
  for (guint i = 0; i < lessons_n_probes; i++)
    add_path(c, g_strdup(lessons_probes[i]));
  c->first_slip_path = c->paths->len;
  c->n_written_slips = lessons_n_slips;
  for (guint i = 0; i < lessons_n_slips; i++)
    add_path(c, g_strdup(lessons_slips[i]));
  for (guint i = 0; i < c->n_lessons * SLIPS_PER_LESSON; i++) {
    char *slip = g_strdup(c->lessons[i / SLIPS_PER_LESSON].name);
    gsize at = 1 + (i % SLIPS_PER_LESSON) * 7 % (strlen(slip) - 2);
    char swap = slip[at];

    slip[at] = slip[at + 1];
    slip[at + 1] = swap;
    if (slip[at] == slip[at + 1] || slip[at] == '/' || slip[at + 1] == '/')
      slip[at] = 'q';
    add_path(c, slip);
  }
  c->n_slips = c->paths->len - c->first_slip_path;
}

/* Deals the slots of a table in proportion to the weights. */
static void deal_slots(SlotTable table, const guint *weight, guint n)
{
  guint64 total = 0;
  guint64 sum = 0;
  guint slot = 0;

  for (guint i = 0; i < n; i++)
    total += weight[i];
  for (guint i = 0; i < n; i++) {
    sum += weight[i];
    while (slot < CURRICULUM_SLOTS && slot * total < sum * CURRICULUM_SLOTS)
      table[slot++] = (guint16)i;
  }
}

/* What a class reads in a week: mostly the module of that week, some of what came before, a look
 * at what comes next, and the appendix now and then. */
static guint weight_in_week(const ModuleText *m, int program, int week)
{
  int first = m->weeks[program][0];
  int last = m->weeks[program][1];

  if (first == 0)
    return 0;
  if (strcmp(m->name, "appendix") == 0)
    return 4;
  if (week >= first && week <= last)
    return 40;
  if (week > last)
    return week - last <= 3 ? 7 : 3;
  return first - week == 1 ? 4 : 0;
}

/* What visitors of a track read: its own lessons about as often as its classes read them. Were they
 * to read all alike, the lessons of a small program would look like nobody's. */
static void weigh_pool(const Curriculum *c, guint track, guint *weight)
{
  static const guint8 classes[N_SCHOOL_PROGRAMS] = {5, 4, 1};

  for (int p = 0; p < N_SCHOOL_PROGRAMS; p++) {
    for (int w = 0; w < curriculum_program_weeks[p]; w++) {
      for (guint slot = 0; slot < CURRICULUM_SLOTS; slot++) {
        if (c->lessons[c->week[p][w][slot]].tracks == track)
          weight[c->week[p][w][slot]] += classes[p];
      }
    }
  }
}

static void deal_tables(Curriculum *c)
{
  guint *weight = g_new0(guint, c->n_lessons);

  for (int p = 0; p < N_SCHOOL_PROGRAMS; p++) {
    for (int w = 0; w < CURRICULUM_WEEKS; w++) {
      for (guint i = 0; i < c->n_lessons; i++)
        weight[i] =
            c->lessons[i].weight * weight_in_week(&lessons_modules[c->lessons[i].module], p,
                                                  MIN(w + 1, (int)curriculum_program_weeks[p]));
      deal_slots(c->week[p][w], weight, c->n_lessons);
    }
    for (guint i = 0; i < c->n_lessons; i++)
      weight[i] = c->lessons[i].weight * lessons_modules[c->lessons[i].module].after[p];
    deal_slots(c->after[p], weight, c->n_lessons);
  }
  for (guint i = 0; i < c->n_lessons; i++)
    weight[i] = c->lessons[i].weight;
  deal_slots(c->staff, weight, c->n_lessons);
  for (int pool = 0; pool < N_POOLS; pool++) {
    for (guint i = 0; i < c->n_lessons; i++)
      weight[i] = 0;
    weigh_pool(c, 1U << pool, weight);
    deal_slots(c->pool[pool], weight, c->n_lessons);
  }
  g_free(weight);
}

Curriculum *curriculum_new(void)
{
  static const char *const fixed[N_FIXED_PATHS] = {"/", "toc", "search/search_index.json", "",
                                                   "index.html"};
  Curriculum *c = g_new0(Curriculum, 1);

  c->rename_day = calendar_day(LESSONS_RENAME_DAY);
  c->move_day = calendar_day(LESSONS_MOVE_DAY);
  c->paths = g_array_new(FALSE, TRUE, sizeof(PagePath));
  for (guint i = 0; i < N_FIXED_PATHS; i++)
    add_path(c, g_strdup(fixed[i]));
  add_lessons(c);
  add_pictures_and_slips(c);
  deal_tables(c);
  return c;
}

void curriculum_free(Curriculum *c)
{
  for (guint i = 0; i < c->paths->len; i++) {
    g_free(g_array_index(c->paths, PagePath, i).text);
    g_free(g_array_index(c->paths, PagePath, i).csv);
  }
  g_array_free(c->paths, TRUE);
  for (guint i = 0; i < c->n_lessons; i++)
    g_free(c->lessons[i].name);
  g_free(c->lessons);
  g_free(c);
}

guint curriculum_find(const Curriculum *c, const char *name)
{
  for (guint i = 0; i < c->n_lessons; i++) {
    if (strcmp(c->lessons[i].name, name) == 0)
      return i;
  }
  g_error("the sample school has no lesson %s", name);
}

int curriculum_first_week(const Curriculum *c, guint lesson, int program)
{
  return lessons_modules[c->lessons[lesson].module].weeks[program][0] - 1;
}

Spelling curriculum_spelling(const Curriculum *c, guint lesson, int program, int day)
{
  if (day >= c->lessons[lesson].rename_day)
    return SPELLED_NUMBERED;
  if (program == PROGRAM_FRONT && day < c->move_day)
    return SPELLED_PREFIXED;
  return SPELLED_PLAIN;
}

guint curriculum_lesson_of_path(const Curriculum *c, guint path)
{
  if (path < c->first_lesson_path || path >= c->first_picture_path)
    return NO_LESSON;
  return (path - c->first_lesson_path) / N_SPELLINGS;
}
