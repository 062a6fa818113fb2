/* The people of the sample school. See school.h. */
#include <string.h>

#include "tests/data/calendar.h"
#include "tests/data/school.h"

typedef struct {
  const char *name;
  const char *start;
  guint8 program;
  guint8 students;
} CohortText;

/* In the order of the enum; the first is the staff, whose class never was. */
static const CohortText core_cohorts[N_CORE_COHORTS] = {
    {"Staff", "2019-05-06", PROGRAM_JAVA, 7},     {"Alder", "2021-12-06", PROGRAM_JAVA, 12},
    {"Birch", "2022-01-17", PROGRAM_DATA, 12},    {"Cedar", "2022-02-14", PROGRAM_JAVA, 13},
    {"Dogwood", "2022-03-28", PROGRAM_FRONT, 11}, {"Elm", "2022-06-20", PROGRAM_JAVA, 15},
    {"Fir", "2022-07-11", PROGRAM_DATA, 14},      {"Gorse", "2022-08-29", PROGRAM_FRONT, 13},
    {"Hazel", "2022-09-26", PROGRAM_DATA, 14},    {"Ivy", "2023-01-09", PROGRAM_JAVA, 18},
    {"Juniper", "2023-01-30", PROGRAM_DATA, 16},  {"Kapok", "2023-04-17", PROGRAM_FRONT, 15},
    {"Larch", "2023-06-26", PROGRAM_DATA, 18},    {"Maple", "2023-08-14", PROGRAM_JAVA, 20},
};

/* Core students who read the other track while it is open: place in the class, 0xff ends. */
static const guint8 crossers[N_CORE_COHORTS][6] = {
    [STAFF] = {0xff},
    [ALDER] = {3, 6, 9, 0xff},
    [BIRCH] = {3, 5, 7, 9, 0xff},
    [CEDAR] = {4, 7, 10, 0xff},
    [DOGWOOD] = {3, 6, 9, 0xff},
    [ELM] = {5, 8, 11, 0xff},
    [FIR] = {3, 5, 7, 9, 0xff},
    [GORSE] = {4, 7, 10, 0xff},
    [HAZEL] = {0xff},
    [IVY] = {7, 10, 13, 0xff},
    [JUNIPER] = {6, 8, 0xff},
    [KAPOK] = {0xff},
    [LARCH] = {0xff},
    [MAPLE] = {0xff},
};

#define FIRST_COHORT_ID 31
#define STAFF_COHORT_ID 12
#define N_SINGLES       3
#define FILLER_STUDENTS 33
#define SPAN_SAMPLE     5
#define SPAN_LARGE      27
/* Rows of the core school and of one filler cohort, measured, for each span. */
#define CORE_ROWS_SAMPLE   60000
#define CORE_ROWS_LARGE    200000
#define FILLER_ROWS_SAMPLE 9000
#define FILLER_ROWS_LARGE  33000
#define LARGE_FROM         400000 /* rows from which sessions are long */

static const char *const fixed_addresses[N_FIXED_ADDRESSES] = {"192.0.2.20", "192.0.2.148",
                                                               "198.51.100.77", "203.0.113.71"};

static void add_user(School *s, User u)
{
  guint i = s->users->len;
  Prng r = prng_stream(s->seed, 0x5e4, i);
  guint32 draw = (guint32)prng_next(&r);

  u.later_from = CALENDAR_NEVER;
  u.silent_from = CALENDAR_NEVER;
  u.silent_to = CALENDAR_NEVER;
  /* Spread evenly over neighbours, so that in no class most are alike and one stands out. */
  u.diligence = (guint8)(72 + i * 5 % 13 * 6);
  u.returns = (guint8)(draw >> 8 & 3);
  u.returns = u.returns == 3 ? 1 : u.returns;
  u.mobile = (draw >> 10) % 3 == 0;
  u.moves = (draw >> 12) % 6 == 0;
  /* Blocks 240 and up belong to stories. The first users have a block each. */
  if (i % 4 == 3)
    u.home = ADDRESS_V6(i < 60000 ? i + 0x100 : draw >> 16, draw & 0x1fff);
  else
    u.home = ADDRESS_HOME(i < 300 ? (i - i / 4) * 7 % 240 : (draw >> 16) % 240, 2 + draw % 250);
  g_array_append_val(s->users, u);
}

static void add_cohort(School *s, SchoolCohort c, guint students)
{
  guint index = s->cohorts->len;

  c.first_user = s->users->len;
  c.n_users = students;
  c.outlier = NO_LESSON;
  g_array_append_val(s->cohorts, c);
  for (guint i = 0; i < students; i++) {
    User u = {.cohort = (guint16)index, .role = ROLE_STUDENT, .program = c.program};

    u.from = c.start + (i % 5 == 4 ? 1 : 0);
    u.until = CALENDAR_NEVER;
    if (index == STAFF) {
      u.role = ROLE_STAFF;
      u.from = s->first_day;
    } else if (index < N_CORE_COHORTS) {
      for (const guint8 *k = crossers[index]; *k != 0xff; k++)
        u.crosses |= *k == i;
    } else {
      u.crosses = i % 6 == 5;
    }
    add_user(s, u);
  }
}

static void add_core(School *s)
{
  for (guint i = 0; i < N_CORE_COHORTS; i++) {
    const CohortText *t = &core_cohorts[i];
    SchoolCohort c = {.program = t->program, .joined = i != HAZEL, .name = g_strdup(t->name)};

    c.id = i == STAFF ? STAFF_COHORT_ID : FIRST_COHORT_ID + i;
    c.start = calendar_day(t->start);
    c.end = i == STAFF ? c.start : c.start + curriculum_program_weeks[t->program] * 7 - 3;
    add_cohort(s, c, t->students);
  }
  s->first_single = s->users->len;
  s->n_singles = N_SINGLES;
  for (guint i = 0; i < N_SINGLES; i++) {
    User u = {.cohort = NO_COHORT, .role = ROLE_SINGLE, .program = (guint8)(i % 2)};

    u.from = CALENDAR_NEVER; /* a story writes their rows */
    u.until = CALENDAR_NEVER;
    add_user(s, u);
  }
}

/* Fillers start on Mondays spread over the log, closer together as the school grows. */
static void add_fillers(School *s)
{
  gboolean large = s->rows >= LARGE_FROM;
  guint64 core = large ? CORE_ROWS_LARGE : CORE_ROWS_SAMPLE;
  guint64 each = large ? FILLER_ROWS_LARGE : FILLER_ROWS_SAMPLE;
  guint64 n = s->rows > core + each / 2 ? (s->rows - core + each / 2) / each : 0;
  int days = s->last_day - s->first_day - 150;

  n = MIN(n, 60000);
  for (guint64 i = 0; i < n; i++) {
    SchoolCohort c = {.program = (guint8)(i % 7 < 4   ? PROGRAM_JAVA
                                          : i % 7 < 6 ? PROGRAM_DATA
                                                      : PROGRAM_FRONT)};
    guint64 grown = (guint64)days * i / n; /* even, then bent towards the end */
    guint64 bent = (guint64)days * 2 * grown / (guint64)(days + (int)grown);

    c.start = s->first_day + (int)bent;
    c.start -= calendar_weekday(c.start);
    c.end = c.start + curriculum_program_weeks[c.program] * 7 - 3;
    c.id = 1000 + (guint)i;
    c.joined = TRUE;
    c.name = g_strdup_printf("Grove %u", (guint)i + 1);
    add_cohort(s, c, FILLER_STUDENTS);
  }
}

School *school_new(guint64 seed, guint64 rows)
{
  School *s = g_new0(School, 1);
  gboolean large = rows >= LARGE_FROM;

  s->seed = seed;
  s->rows = rows;
  s->span = large ? SPAN_LARGE : SPAN_SAMPLE;
  s->first_day = calendar_day(large ? "2020-01-06" : "2022-01-03");
  s->last_day = calendar_day("2023-12-20");
  s->remote_day = calendar_day("2023-07-03");
  s->moved_day = calendar_day("2022-08-15");
  s->cut_off_day = calendar_day("2023-02-20");
  s->gap_day = calendar_day("2022-11-09");
  s->curriculum = curriculum_new();
  s->cohorts = g_array_new(FALSE, TRUE, sizeof(SchoolCohort));
  s->users = g_array_new(FALSE, TRUE, sizeof(User));
  s->slip_share = rows > 1000000 ? (guint)(G_GUINT64_CONSTANT(65536) * 1500 / rows) + 1 : 100;
  add_core(s);
  add_fillers(s);
  s->first_late = s->users->len;
  return s;
}

void school_free(School *s)
{
  for (guint i = 0; i < s->cohorts->len; i++)
    g_free(school_cohort(s, i)->name);
  g_array_free(s->cohorts, TRUE);
  g_array_free(s->users, TRUE);
  curriculum_free(s->curriculum);
  g_free(s);
}

guint school_enrol_late(School *s, guint cohort, int from)
{
  User u = {.cohort = (guint16)cohort,
            .role = ROLE_STUDENT,
            .program = school_cohort(s, cohort)->program,
            .from = from,
            .until = CALENDAR_NEVER};

  add_user(s, u);
  return s->users->len - 1;
}

guint16 school_class_on(const School *s, guint user, int day)
{
  const User *u = school_user(s, user);

  return day >= u->later_from ? u->later_cohort : u->cohort;
}

int school_pool(int program)
{
  return program == PROGRAM_DATA ? POOL_DATA : POOL_WEB;
}

guint16 school_cohort_on(const School *s, guint user, int day)
{
  guint16 cohort = school_class_on(s, user, day);

  return cohort != NO_COHORT && school_cohort(s, cohort)->joined ? cohort : NO_COHORT;
}

Address school_site(const School *s, int day)
{
  return ADDRESS_FIXED(day < s->moved_day ? FIXED_SITE_OLD : FIXED_SITE_NEW);
}

Address school_home(const School *s, guint user, int day)
{
  const User *u = school_user(s, user);
  guint32 month = (guint32)(day / 30);

  if (!u->moves)
    return u->home;
  if (u->home >> 29 == 3)
    return (u->home & ~0x1fffU) | ((u->home + month * 97) & 0x1fff);
  return (u->home & ~0xffU) | (2 + (u->home + month * 41) % 250);
}

int school_course_week(const SchoolCohort *c, int day)
{
  return CLAMP((day - c->start) / 7, 0, curriculum_program_weeks[c->program] - 1);
}

static guint format_byte(guint v, char *p)
{
  guint n = 0;

  if (v >= 100)
    p[n++] = (char)('0' + v / 100);
  if (v >= 10)
    p[n++] = (char)('0' + v / 10 % 10);
  p[n++] = (char)('0' + v % 10);
  return n;
}

static guint format_hex(guint v, char *p)
{
  static const char digits[] = "0123456789abcdef";
  int shift = 12;
  guint n = 0;

  while (shift > 0 && v >> shift == 0)
    shift -= 4;
  for (; shift >= 0; shift -= 4)
    p[n++] = digits[v >> shift & 15];
  return n;
}

guint address_format(Address a, char *buf)
{
  guint kind = a >> 29;
  guint n;

  if (kind == 0) {
    const char *text = fixed_addresses[a & 0xff];

    n = (guint)strlen(text);
    memcpy(buf, text, n);
  } else if (kind == 3) {
    memcpy(buf, "2001:db8:", 9);
    n = 9 + format_hex(a >> 13 & 0xffff, buf + 9);
    memcpy(buf + n, ":1::", 4);
    n += 4;
    n += format_hex((a & 0x1fff) + 2, buf + n);
  } else {
    memcpy(buf, kind == 1 ? "198.18." : "198.19.", 7);
    n = 7 + format_byte(a >> 8 & 0xff, buf + 7);
    buf[n++] = '.';
    n += format_byte(a & 0xff, buf + n);
  }
  buf[n] = '\0';
  return n;
}
