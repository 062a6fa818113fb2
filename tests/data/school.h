/* The people of the sample school: cohorts, students, staff, where they live.
 *
 * The core school is always the same thirteen classes with the same stories. Larger logs add
 * filler cohorts around it. Nothing here depends on the day being written. */
#ifndef TESTS_DATA_SCHOOL_H
#define TESTS_DATA_SCHOOL_H

#include "tests/data/curriculum.h"

/* Core cohorts in order of their start. STAFF is no class; HAZEL's rows carry no cohort. */
enum {
  STAFF,
  ALDER,
  BIRCH,
  CEDAR,
  DOGWOOD,
  ELM,
  FIR,
  GORSE,
  HAZEL,
  IVY,
  JUNIPER,
  KAPOK,
  LARCH,
  MAPLE,
  N_CORE_COHORTS
};
#define NO_COHORT G_MAXUINT16

typedef enum { ROLE_STUDENT, ROLE_STAFF, ROLE_SINGLE } Role;

/* An address, packed: kind in the top three bits. */
typedef guint32 Address;
#define ADDRESS_FIXED(i) (0U << 29 | (guint32)(i)) /* index into school_fixed */
#define ADDRESS_HOME(block, n)                                                                     \
  (1U << 29 | (guint32)(block) << 8 | (guint32)(n))             /* 198.18.block.n */
#define ADDRESS_CARRIER(n)   (2U << 29 | ((guint32)(n)&0xffff)) /* 198.19.x.y */
#define ADDRESS_V6(block, n) (3U << 29 | (guint32)(block) << 13 | ((guint32)(n)&0x1fff))
enum { FIXED_SITE_OLD, FIXED_SITE_NEW, FIXED_EVENT, FIXED_ABROAD, N_FIXED_ADDRESSES };
#define ADDRESS_TEXT 40
/* Writes the address and returns its length. */
guint address_format(Address a, char *buf);

typedef struct {
  guint id;
  char *name;
  int start, end;  /* days */
  guint8 program;  /* PROGRAM_* */
  gboolean joined; /* FALSE: its students' rows carry no cohort */
  guint first_user, n_users;
  guint outlier; /* a lesson its class dwells on, or NO_LESSON */
} SchoolCohort;

typedef struct {
  guint16 cohort; /* index, NO_COHORT for a single user */
  guint16 later_cohort;
  guint8 role;
  guint8 program;
  guint8 diligence; /* per cent */
  guint8 returns;   /* how eagerly a graduate comes back: 0, 1, 2 */
  gboolean mobile : 1;
  gboolean crosses : 1; /* reads the other track while that is open */
  gboolean moves : 1;   /* the provider hands out another address each month */
  gboolean storied : 1; /* some days belong to a story */
  guint16 watch;        /* story that counts the rows of this user, or 0 */
  gint32 from, until;   /* days of ordinary use */
  gint32 silent_from, silent_to;
  gint32 later_from; /* rows carry later_cohort from that day on */
  Address home;
} User;

typedef struct {
  guint64 seed;
  guint64 rows; /* wanted, about */
  guint span;   /* largest number of pages in a session */
  int first_day, last_day;
  int remote_day;  /* from then on nobody comes to the school */
  int moved_day;   /* the school's address changed */
  int cut_off_day; /* from then on the other track is closed */
  int gap_day;     /* nothing was logged */
  Curriculum *curriculum;
  GArray *cohorts; /* of SchoolCohort; the core ones first */
  GArray *users;   /* of User; user id = index + 1 */
  guint first_single, n_singles;
  guint first_late; /* users who were enrolled late, to the end */
  guint slip_share; /* of 65536 pages, how many are typing errors */
} School;

School *school_new(guint64 seed, guint64 rows);
void school_free(School *s);
static inline User *school_user(const School *s, guint i)
{
  return &g_array_index(s->users, User, i);
}
static inline SchoolCohort *school_cohort(const School *s, guint i)
{
  return &g_array_index(s->cohorts, SchoolCohort, i);
}
/* Adds one more student to a core cohort, at the end of the ids; returns the index. Pointers from
 * school_user are no longer valid then. */
guint school_enrol_late(School *s, guint cohort, int from);
/* The class (or staff) a user belongs to on a day, or NO_COHORT. */
guint16 school_class_on(const School *s, guint user, int day);
/* The cohort that a user's rows carry on a day: the same, unless that class was never joined. */
guint16 school_cohort_on(const School *s, guint user, int day);
/* The lessons of the track that a program belongs to: POOL_*. */
int school_pool(int program);
/* Where the user is on a school day, and at home. */
Address school_site(const School *s, int day);
Address school_home(const School *s, guint user, int day);
int school_course_week(const SchoolCohort *c, int day); /* from 0 */

#endif
