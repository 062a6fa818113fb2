/* Dataset: the facts about people, counted once per log. */
#include "core/query/dataset.h"
#include "core/query/tables.h"

/* Counts of one user within the cohort in hand. */
typedef struct {
  guint32 hits, last_row;
} UserTally;

/* The user's best cohort so far. */
typedef struct {
  guint32 hits, last_row;
} UserBest;

/* Hands the tallies of one cohort over to the users it touched, and clears them. */
static void settle_cohort(Dataset *ds, guint16 cohort, UserTally *tally, UserBest *best,
                          const guint32 *touched, guint32 n_touched)
{
  gboolean staff = ds->tables->staff[cohort] != 0;
  for (guint32 i = 0; i < n_touched; i++) {
    guint32 user = touched[i];
    UserTally *t = &tally[user];
    ds->user_n_cohorts[user]++;
    ds->user_staff[user] |= staff;
    if (t->hits > best[user].hits ||
        (t->hits == best[user].hits && t->last_row > best[user].last_row)) {
      best[user].hits = t->hits;
      best[user].last_row = t->last_row;
      ds->user_cohort[user] = cohort;
    }
    t->hits = 0;
  }
}

static void count_users(Dataset *ds)
{
  const AccessLog *log = ds->log;
  guint32 n = ds->tables->n_users;
  UserTally *tally = g_new0(UserTally, n);
  UserBest *best = g_new0(UserBest, n);
  guint32 *touched = g_new(guint32, n);
  for (guint32 c = COHORT_NONE + 1; c < ds->tables->n_cohorts; c++) {
    guint32 n_touched = 0;
    for (guint32 i = log->cohort_start[c]; i < log->cohort_start[c + 1]; i++) {
      guint32 row = log->rows_by_cohort[i], user = log->user[row];
      if (tally[user].hits++ == 0)
        touched[n_touched++] = user;
      tally[user].last_row = row;
    }
    settle_cohort(ds, (guint16)c, tally, best, touched, n_touched);
  }
  g_free(touched);
  g_free(best);
  g_free(tally);
}

Dataset *dataset_new(AccessLog *log, Catalog *catalog)
{
  Dataset *ds = g_new0(Dataset, 1);
  g_atomic_ref_count_init(&ds->refs);
  ds->log = access_log_ref(log);
  ds->catalog = catalog;
  ds->tables = dataset_tables_new(log, catalog);
  ds->user_cohort = g_new0(guint16, ds->tables->n_users);
  ds->user_n_cohorts = g_new0(guint16, ds->tables->n_users);
  ds->user_staff = g_new0(guint8, ds->tables->n_users);
  ds->session_gap = 1800;
  count_users(ds);
  return ds;
}

Dataset *dataset_ref(Dataset *ds)
{
  g_atomic_ref_count_inc(&ds->refs);
  return ds;
}

void dataset_free(Dataset *ds)
{
  if (!ds || !g_atomic_ref_count_dec(&ds->refs))
    return;
  dataset_tables_free(ds->tables);
  catalog_free(ds->catalog);
  access_log_unref(ds->log);
  g_free(ds->user_cohort);
  g_free(ds->user_n_cohorts);
  g_free(ds->user_staff);
  g_free(ds);
}

const guint32 *dataset_user_order(const Dataset *ds)
{
  return dimension_order(ds, DIM_USER);
}
