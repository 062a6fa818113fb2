/* Became staff: the order of student and staff rows of each user who has both. */
#include "core/flags/becamestaff.h"

static BecameStaff read_user(const Study *study, guint32 user)
{
  const AccessLog *log = study->ds->log;
  BecameStaff b = {.user = user,
                   .cohort = study->cohort_of_user[user],
                   .first = CIVIL_NONE,
                   .last = CIVIL_NONE,
                   .staff_first = CIVIL_NONE};
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    if (log->cohort[row] == COHORT_NONE)
      continue;
    if (cohort_table_get(log->cohorts, log->cohort[row])->staff) {
      b.staff_first = b.staff++ == 0 ? log->time[row] : b.staff_first;
      continue;
    }
    b.first = b.before + b.after == 0 ? log->time[row] : b.first;
    b.last = log->time[row];
    if (b.staff == 0)
      b.before++;
    else
      b.after++;
  }
  return b;
}

GArray *became_staff_find(const Study *study)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(BecameStaff));
  for (guint32 u = 0; u < study->people->n_users; u++) {
    if (!study->people->staff[u] || study->people->student_cohort[u] == COHORT_NONE)
      continue;
    BecameStaff b = read_user(study, u);
    if (b.staff > 0 && b.before >= BECAME_MIN_ROWS &&
        b.before >= BECAME_MIN_SHARE * (b.before + b.after))
      g_array_append_val(list, b);
  }
  return list;
}
