/* Evidence: from a flag to the rows behind it. */
#include "tui/model/evidence.h"

static void add_term(GString *scope, const Dataset *ds, Dimension d, guint32 key)
{
  ScopeTerm *term = scope_term_for_key(ds, d, key, FALSE);
  g_autofree char *text = scope_term_print(term);
  g_string_append_printf(scope, "%s%s", scope->len ? " " : "", text);
  scope_term_free(term);
}

static void add_time(GString *scope, const Flag *f, const Dataset *ds, int around)
{
  const AccessLog *log = ds->log;
  if (f->from == CIVIL_NONE || f->to == CIVIL_NONE || log->n_days == 0)
    return;
  CivilDay first = log->first_day, last = first + (CivilDay)log->n_days - 1;
  CivilDay from = CLAMP(civil_day_of(f->from) - around, first, last);
  CivilDay to = CLAMP(civil_day_of(f->to) + around, from, last);
  char a[CIVIL_BUF], b[CIVIL_BUF];
  g_string_append_printf(scope, "%stime=%s..%s", scope->len ? " " : "", civil_format_day(from, a),
                         civil_format_day(to, b));
}

/* Sessions with evidence open, the others folded; the cursor on the first row of it. */
static gboolean show_rows(State *s, const Flag *f, GError **error)
{
  Timeline *t = &s->timeline;
  if (!timeline_refresh(t, s->ds, s->generation, s->chips, error))
    return FALSE;
  if (!t->valid)
    return TRUE;
  timeline_open_rows(t, f->rows, f->n_rows);
  return TRUE;
}

gboolean evidence_open(State *s, const Flag *f, GError **error)
{
  g_autoptr(GString) scope = g_string_new(NULL);
  g_autofree char *id = g_strdup(f->id);
  ViewId view = VIEW_TIMELINE;
  if (f->subject == SUBJECT_IP) {
    add_term(scope, s->ds, DIM_IP, f->key);
  } else if (f->n_users && (f->subject == SUBJECT_USER || f->n_users == 1)) {
    add_term(scope, s->ds, DIM_USER, f->subject == SUBJECT_USER ? f->key : f->users[0]);
  } else {
    view = f->subject == SUBJECT_DAY && f->cohort == COHORT_NONE ? VIEW_COHORTS : VIEW_USERS;
    if (f->lesson != CATALOG_NONE)
      add_term(scope, s->ds, DIM_LESSON, f->lesson);
    if (f->cohort != COHORT_NONE)
      add_term(scope, s->ds, DIM_COHORT, f->cohort);
  }
  add_time(scope, f, s->ds, view == VIEW_TIMELINE ? EVIDENCE_AROUND : 0);
  if (!state_follow(s, view, scope->str, error))
    return FALSE;
  g_free(s->flag);
  s->flag = g_steal_pointer(&id);
  return view != VIEW_TIMELINE || show_rows(s, f, error);
}

gboolean evidence_concerns(const Flag *f, Dimension dim, guint32 key)
{
  gboolean ip = dim == DIM_IP;
  const guint32 *ids = ip ? f->ips : f->users;
  guint32 n = ip ? f->n_ips : f->n_users;
  for (guint32 i = 0; i < n; i++)
    if (ids[i] == key)
      return TRUE;
  return ip && f->subject == SUBJECT_IP && f->key == key;
}

gboolean evidence_has_row(const Flag *f, guint32 row)
{
  guint32 low = 0, high = f->n_rows; /* they are ascending */
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (f->rows[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low < f->n_rows && f->rows[low] == row;
}

Entity *evidence_subject(const Flag *f, const Dataset *ds)
{
  static const EntityType types[N_SUBJECTS] = {[SUBJECT_USER] = ENTITY_USER,
                                               [SUBJECT_IP] = ENTITY_IP,
                                               [SUBJECT_COHORT] = ENTITY_COHORT,
                                               [SUBJECT_LESSON] = ENTITY_LESSON,
                                               [SUBJECT_DAY] = ENTITY_FLAG};
  g_autofree char *subject = flag_subject_id(f, ds);
  return entity_new(types[f->subject], f->subject == SUBJECT_DAY ? f->id : subject);
}
