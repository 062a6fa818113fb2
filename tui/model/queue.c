/* Review queue: which flags are listed, in which order. */
#include "tui/model/queue.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/model/pane.h"
#include "tui/model/scroll.h"

void queue_init(Queue *q)
{
  memset(q, 0, sizeof *q);
  queue_filter_init(&q->filter);
}

void queue_drop(Queue *q)
{
  g_clear_pointer(&q->judged, g_free);
  g_clear_pointer(&q->visible, g_free);
  g_clear_pointer(&q->exception_flags, g_free);
  g_clear_pointer(&q->user_score, g_free);
  g_clear_pointer(&q->ip_score, g_free);
  g_clear_pointer(&q->judge_stamp, g_free);
  g_clear_pointer(&q->stamp, g_free);
  q->n_judged = q->n_visible = 0;
}

void queue_clear(Queue *q)
{
  queue_drop(q);
  queue_filter_clear(&q->filter);
  g_clear_pointer(&q->before, g_free);
  g_clear_pointer(&q->cursor_id, g_free);
}

const char *queue_column_name(QueueColumn c)
{
  static const char *const names[N_QUEUE_COLUMNS] = {"score", "rule",     "who",
                                                     "when",  "evidence", "status"};
  return names[c];
}

/* --- what is decided about all flags -----------------------------------------------------------
 */

static void score_subjects(Queue *q, const Dataset *ds)
{
  q->user_score = g_new0(guint8, (gsize)strpool_count(ds->log->users) + 1);
  q->ip_score = g_new0(guint8, (gsize)ip_table_count(ds->log->ips) + 1);
  for (guint i = 0; i < q->n_judged; i++) {
    const Judgement *j = &q->judged[i];
    const Flag *f = j->flag;
    guint8 score = (guint8)CLAMP(f->score + 0.5, 1, 100);
    if (rule_get(f->rule)->audience != AUDIENCE_SECURITY || j->exception ||
        j->status == STATUS_DISMISSED)
      continue;
    for (guint32 u = 0; u < f->n_users; u++)
      q->user_score[f->users[u]] = MAX(q->user_score[f->users[u]], score);
    if (f->subject == SUBJECT_IP)
      q->ip_score[f->key] = MAX(q->ip_score[f->key], score);
  }
}

static void count_exceptions(Queue *q, const Casebook *book)
{
  const GPtrArray *exceptions = casebook_records(book, RECORD_EXCEPTION);
  q->exception_flags = g_new0(guint, (gsize)exceptions->len + 1);
  for (guint i = 0; i < q->n_judged; i++)
    for (guint x = 0; q->judged[i].exception && x < exceptions->len; x++)
      q->exception_flags[x] += q->judged[i].exception == g_ptr_array_index(exceptions, x);
}

void queue_judge(Queue *q, const Dataset *ds, const FlagSet *flags, guint64 learned,
                 const Casebook *book)
{
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%" G_GUINT64_FORMAT "|%p",
                                           learned, casebook_version(book), (const void *)book);
  if (g_strcmp0(stamp, q->judge_stamp) == 0)
    return;
  queue_drop(q);
  q->judge_stamp = g_steal_pointer(&stamp);
  if (!flags || !ds)
    return;
  q->judged = casebook_judge(book, flags, ds);
  q->n_judged = flags->flags->len;
  score_subjects(q, ds);
  count_exceptions(q, book);
}

/* --- which are listed --------------------------------------------------------------------------
 */

/* Rows that pass the filters of the explorer, a byte each; NULL: all of them. */
static gboolean scope_rows(const Dataset *ds, const Chips *chips, guint8 **ret, GError **error)
{
  *ret = NULL;
  Scope *scope = chips_scope(chips);
  Selection *sel = scope_is_empty(scope) ? NULL : scope_select(scope, ds, error);
  gboolean ok = sel || scope_is_empty(scope);
  scope_free(scope);
  if (sel) {
    *ret = g_new0(guint8, (gsize)ds->log->n_rows + 1);
    for (guint32 i = 0; i < sel->n; i++)
      (*ret)[selection_row(sel, i)] = 1;
    selection_free(sel);
  }
  return ok;
}

static gboolean in_scope(const Flag *f, const Dataset *ds, const guint8 *rows)
{
  if (!rows)
    return TRUE;
  for (guint32 i = 0; i < f->n_rows; i++)
    if (rows[f->rows[i]])
      return TRUE;
  if (f->n_rows)
    return FALSE;
  const AccessLog *log = ds->log;
  for (guint32 u = 0; u < f->n_users; u++)
    for (guint32 i = log->user_start[f->users[u]]; i < log->user_start[f->users[u] + 1]; i++)
      if (rows[log->rows_by_user[i]])
        return TRUE;
  return f->n_users == 0;
}

static gboolean has_text(const Flag *f, const Dataset *ds, const char *text)
{
  g_autofree char *who = flag_subject_label(f, ds);
  return text_matches(rule_get(f->rule)->name, text) || text_matches(who, text) ||
         text_matches(f->text, text);
}

/* All of the filter but its status. */
static gboolean passes(const QueueFilter *w, const Flag *f, const Dataset *ds)
{
  const Rule *rule = rule_get(f->rule);
  return (w->rule == QUEUE_ANY || w->rule == (int)f->rule) &&
         (w->audience == QUEUE_ANY || w->audience == (int)rule->audience) &&
         f->score >= w->min_score && (!w->about || flag_is_about(f, w->about, ds)) &&
         (!w->text || has_text(f, ds, w->text));
}

static gboolean status_passes(const QueueFilter *w, const Judgement *j)
{
  if (w->status == QUEUE_EXCEPTED)
    return j->exception != NULL;
  if (j->exception && !w->about)
    return FALSE;
  return w->status == QUEUE_ANY || w->status == (int)j->status;
}

typedef struct {
  const Queue *q;
  const Dataset *ds;
  char **who;
} SortData;

static int compare_values(const SortData *d, guint a, guint b)
{
  const Judgement *x = &d->q->judged[a], *y = &d->q->judged[b];
  const Flag *f = x->flag, *g = y->flag;
  switch (d->q->sort) {
  case QUEUE_SCORE:
    return (f->score < g->score) - (f->score > g->score);
  case QUEUE_RULE:
    return strcmp(rule_get(f->rule)->name, rule_get(g->rule)->name);
  case QUEUE_WHO:
    if (f->subject != g->subject)
      return (int)f->subject - (int)g->subject;
    if (f->subject == SUBJECT_USER) {
      const guint32 *order = dataset_user_order(d->ds);
      return (order[f->key] > order[g->key]) - (order[f->key] < order[g->key]);
    }
    return strcmp(d->who[a], d->who[b]);
  case QUEUE_WHEN:
    return (f->from < g->from) - (f->from > g->from);
  case QUEUE_EVIDENCE:
    return (f->events < g->events) - (f->events > g->events);
  default:
    return (int)x->status - (int)y->status;
  }
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
  const SortData *d = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  int order = compare_values(d, x, y);
  if (d->q->ascending)
    order = -order;
  return order ? order : (int)x - (int)y; /* flags come by score, then by id */
}

static void sort_visible(Queue *q, const Dataset *ds)
{
  g_auto(GStrv) who = g_new0(char *, (gsize)q->n_judged + 1);
  for (guint i = 0; q->sort == QUEUE_WHO && i < q->n_judged; i++)
    who[i] = flag_subject_label(q->judged[i].flag, ds);
  SortData d = {q, ds, who};
  if (q->n_visible)
    g_qsort_with_data(q->visible, (gint)q->n_visible, sizeof *q->visible, compare_rows, &d);
}

/* The cursor stays on its flag; when that is gone, on the one that took its place. */
static void find_cursor(Queue *q)
{
  for (guint i = 0; q->cursor_id && i < q->n_visible; i++)
    if (strcmp(q->judged[q->visible[i]].flag->id, q->cursor_id) == 0) {
      q->cursor = i;
      return;
    }
  queue_move_to(q, q->cursor);
}

gboolean queue_refresh(Queue *q, const Dataset *ds, const FlagSet *flags, guint64 learned,
                       guint64 generation, const Casebook *book, const Chips *chips, GError **error)
{
  queue_judge(q, ds, flags, learned, book);
  g_autofree char *scope = chips_print(chips), *filter = queue_filter_print(&q->filter);
  g_autofree char *stamp = g_strdup_printf("%s|%" G_GUINT64_FORMAT "|%s|%s|%d|%d", q->judge_stamp,
                                           generation, scope, filter, (int)q->sort, q->ascending);
  if (g_strcmp0(stamp, q->stamp) == 0)
    return TRUE;
  guint8 *rows = NULL;
  g_free(q->visible);
  q->visible = g_new(guint, (gsize)q->n_judged + 1);
  q->n_visible = q->n_outside = q->n_excepted = 0;
  memset(q->counts, 0, sizeof q->counts);
  /* the flags of one thing are all of them, whatever the filters of the explorer */
  if (!q->filter.about && !scope_rows(ds, chips, &rows, error))
    return FALSE;
  for (guint i = 0; i < q->n_judged; i++) {
    const Judgement *j = &q->judged[i];
    if (!passes(&q->filter, j->flag, ds))
      continue;
    if (!in_scope(j->flag, ds, rows)) {
      q->n_outside += status_passes(&q->filter, j);
      continue;
    }
    if (j->exception)
      q->n_excepted++;
    else
      q->counts[j->status]++;
    if (status_passes(&q->filter, j))
      q->visible[q->n_visible++] = i;
  }
  g_free(rows);
  sort_visible(q, ds);
  find_cursor(q);
  g_free(q->stamp);
  q->stamp = g_steal_pointer(&stamp);
  return TRUE;
}

/* --- cursor ------------------------------------------------------------------------------------
 */

void queue_move_to(Queue *q, gint64 to)
{
  q->cursor = q->n_visible ? (guint)CLAMP(to, 0, (gint64)q->n_visible - 1) : 0;
  const Judgement *j = queue_current(q);
  if (j) {
    g_free(q->cursor_id);
    q->cursor_id = g_strdup(j->flag->id);
  }
}

void queue_scroll(Queue *q, int height)
{
  scroll_to(q->cursor, q->n_visible, height, &q->top);
}

const Judgement *queue_at(const Queue *q, guint place)
{
  return place < q->n_visible ? &q->judged[q->visible[place]] : NULL;
}

const Judgement *queue_current(const Queue *q)
{
  return queue_at(q, q->cursor);
}

const Judgement *queue_find(const Queue *q, const char *id)
{
  for (guint i = 0; id && i < q->n_judged; i++)
    if (strcmp(q->judged[i].flag->id, id) == 0)
      return &q->judged[i];
  return NULL;
}

void queue_sort(Queue *q, QueueColumn column)
{
  q->ascending = q->sort == column ? !q->ascending : FALSE;
  q->sort = column;
}
