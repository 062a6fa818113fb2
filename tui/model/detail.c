/* Detail: what is known about the row under the cursor. */
#include "tui/model/detail.h"

#include <string.h>

#include "core/base/text.h"
#include "core/query/series.h"

static void line_free(gpointer data)
{
  DetailLine *line = data;
  g_free(line->label);
  g_free(line->text);
  g_free(line);
}

static void add_line(Detail *d, const char *label, char *text)
{
  DetailLine *line = g_new0(DetailLine, 1);
  line->label = g_strdup(label);
  line->text = text;
  g_ptr_array_add(d->lines, line);
}

void detail_clear(Detail *d)
{
  g_clear_pointer(&d->title, g_free);
  g_clear_pointer(&d->lines, g_ptr_array_unref);
  g_clear_pointer(&d->spark, g_free);
  g_clear_pointer(&d->top_title, g_free);
  for (guint i = 0; i < d->n_top; i++)
    g_free(d->top_label[i]);
  d->n_top = d->n_spark = 0;
  d->late = FALSE;
  g_clear_pointer(&d->stamp, g_free);
  g_clear_pointer(&d->wanted, g_free);
}

static void detail_free(gpointer data)
{
  detail_clear(data);
  g_free(data);
}

static gboolean describe_totals(Detail *d, const Dataset *ds, const Selection *sel, Dimension dim,
                                const gint *stop)
{
  static const guint measures = MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_IPS) |
                                MEASURE_BIT(MEASURE_LESSONS) | MEASURE_BIT(MEASURE_DAYS) |
                                MEASURE_BIT(MEASURE_COHORTS);
  RankRow row;
  if (!rank_totals(ds, sel, measures, stop, &row))
    return FALSE;
  if (row.hits == 0)
    return TRUE;
  char a[CIVIL_BUF], b[CIVIL_BUF];
  g_autofree char *hits = text_grouped(row.hits), *users = text_grouped(row.users);
  g_autofree char *ips = text_grouped(row.ips), *lessons = text_grouped(row.lessons);
  g_autofree char *days = text_grouped(row.days);
  add_line(d, "hits",
           g_strdup_printf("%s by %s user%s on %s day%s", hits, users, row.users == 1 ? "" : "s",
                           days, row.days == 1 ? "" : "s"));
  /* what is the row itself would be one each */
  GString *reach = g_string_new(NULL);
  if (dim != DIM_LESSON)
    g_string_append_printf(reach, "%s lesson%s, ", lessons, row.lessons == 1 ? "" : "s");
  if (dim != DIM_COHORT)
    g_string_append_printf(reach, "%u cohort%s, ", row.cohorts, row.cohorts == 1 ? "" : "s");
  g_string_append_printf(reach, "%s IP%s", ips, row.ips == 1 ? "" : "s");
  add_line(d, "reach", g_string_free(reach, FALSE));
  CivilDay first = civil_day_of(row.first), last = civil_day_of(row.last);
  civil_format_day(first, a);
  add_line(d, "seen",
           first == last ? g_strdup_printf("%s only", a)
                         : g_strdup_printf("%s to %s", a, civil_format_day(last, b)));
  return TRUE;
}

static void describe_peak(Detail *d, const Dataset *ds, const Selection *sel)
{
  guint32 punch[7][24];
  series_punch_card(ds, sel, punch);
  int day = 0, hour = 0;
  for (int w = 0; w < 7; w++)
    for (int h = 0; h < 24; h++)
      if (punch[w][h] > punch[day][hour]) {
        day = w;
        hour = h;
      }
  if (sel->n)
    add_line(d, "peak", g_strdup_printf("%s %02d:00", civil_weekday_name(day), hour));
}

static char *cohort_text(const Dataset *ds, guint16 index)
{
  const Cohort *c = cohort_table_get(ds->log->cohorts, index);
  char a[CIVIL_BUF], b[CIVIL_BUF];
  g_autofree char *program = dimension_label(ds, DIM_PROGRAM, c->program);
  if (index == COHORT_NONE)
    return g_strdup("none: rows that carry no cohort id");
  if (c->staff)
    return g_strdup_printf("staff, not a class; %s", program);
  if (c->start == CIVIL_DAY_NONE || c->end == CIVIL_DAY_NONE)
    return g_strdup_printf("no dates known; %s", program);
  int weeks = (c->end - c->start + 7) / 7;
  CivilDay last = ds->log->first_day + (CivilDay)ds->log->n_days - 1;
  if (c->start <= last && last <= c->end)
    return g_strdup_printf("running, week %d of %d to %s; %s", (last - c->start) / 7 + 1, weeks,
                           civil_format_day(c->end, b), program);
  return g_strdup_printf("%s to %s, %d week%s; %s", civil_format_day(c->start, a),
                         civil_format_day(c->end, b), weeks, weeks == 1 ? "" : "s", program);
}

static void describe_lesson(Detail *d, const Dataset *ds, guint32 entry)
{
  const CatalogEntry *e = &ds->catalog->entries[entry];
  if (e->kind != KIND_LESSON) {
    g_autofree char *near =
        e->nearest != CATALOG_NONE ? text_safe(ds->catalog->entries[e->nearest].name, -1) : NULL;
    add_line(d, "kind",
             g_strdup_printf("%s%s%s", kind_name(e->kind), near ? ", nearest lesson " : "",
                             near ? near : ""));
  }
  if (e->n_paths < 2)
    return;
  g_autoptr(GArray) paths = g_array_new(FALSE, FALSE, sizeof(guint32));
  catalog_paths_of(ds->catalog, ds->log, entry, paths);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < paths->len && i < 6; i++) {
    gsize len;
    const char *raw = strpool_get(ds->log->paths, g_array_index(paths, guint32, i), &len);
    g_string_append(text, i ? ", " : "");
    text_append_safe(text, raw, (gssize)len);
  }
  if (paths->len > 6)
    g_string_append_printf(text, " and %u more", paths->len - 6);
  add_line(d, "paths", g_string_free(text, FALSE));
}

static void describe_user(Detail *d, const Dataset *ds, guint32 user)
{
  guint16 main = ds->user_cohort[user];
  g_autofree char *name = dimension_label(ds, DIM_COHORT, main);
  g_autofree char *what = cohort_text(ds, main);
  add_line(d, "cohort",
           ds->user_n_cohorts[user] > 1
               ? g_strdup_printf("%s and %u more; %s", name, ds->user_n_cohorts[user] - 1u, what)
               : g_strdup_printf("%s; %s", name, what));
}

static void describe_spark(Detail *d, const Dataset *ds, const Selection *sel, Bucket bucket)
{
  SeriesRequest req = {.bucket = bucket, .measure = MEASURE_HITS};
  Series *series = series_new(ds, sel, &req, NULL);
  d->bucket = bucket;
  if (series && series->n_lines) {
    d->n_spark = series->n_buckets;
    if (bucket == BUCKET_COURSE_WEEK) /* those of the class */
      d->n_spark = MIN(d->n_spark, pane_class_weeks(ds));
    d->spark = g_new(guint32, d->n_spark + 1);
    if (d->n_spark) /* none where no row has a course week */
      memcpy(d->spark, series->lines[0].values, d->n_spark * sizeof *d->spark);
  }
  if (series)
    series_free(series);
}

static void describe_top(Detail *d, const Dataset *ds, const Selection *sel, Dimension next,
                         const gint *stop)
{
  RankRequest req = {.by = next, .measures = MEASURE_BIT(MEASURE_HITS), .stop = stop};
  Ranking *r = rank(ds, sel, &req);
  if (!r)
    return;
  d->top_title = g_strdup(dimension_info(next)->title);
  for (guint32 i = 0; i < r->n && d->n_top < DETAIL_TOP; i++) {
    if (next == DIM_LESSON && ds->catalog->kind_of_entry[r->rows[i].key] != KIND_LESSON)
      continue;
    d->top_label[d->n_top] = dimension_label(ds, next, r->rows[i].key);
    d->top_hits[d->n_top++] = r->rows[i].hits;
  }
  ranking_free(r);
}

/* What is asked for: a row of a list. */
typedef struct {
  Dimension dim, next;
  guint32 key;
  Bucket bucket;
} DetailOrder;

static gpointer detail_run(const Task *t, const Dataset *ds, const Selection *sel,
                           const Selection *base, const gint *stop)
{
  (void)base;
  const DetailOrder *o = t->order;
  Detail *d = g_new0(Detail, 1);
  d->lines = g_ptr_array_new_with_free_func(line_free);
  g_autofree char *label = dimension_label(ds, o->dim, o->key);
  d->title = g_strdup_printf("%s %s", dimension_info(o->dim)->name, label);
  if (!describe_totals(d, ds, sel, o->dim, stop)) {
    detail_free(d);
    return NULL;
  }
  if (o->dim == DIM_COHORT)
    add_line(d, "class", cohort_text(ds, (guint16)o->key));
  if (o->dim == DIM_LESSON)
    describe_lesson(d, ds, o->key);
  if (o->dim == DIM_USER)
    describe_user(d, ds, o->key);
  describe_peak(d, ds, sel);
  describe_spark(d, ds, sel, o->bucket);
  describe_top(d, ds, sel, o->next, stop);
  return d;
}

void detail_ask(Detail *d, Work *w, const Dataset *ds, guint64 generation, const Scope *scope,
                Dimension dim, guint32 key, Dimension next, Bucket bucket)
{
  g_autofree char *scope_text = scope_print(scope);
  g_free(d->wanted);
  d->wanted = g_strdup_printf("detail|%" G_GUINT64_FORMAT "|%d|%u|%d|%d|%s", generation, dim, key,
                              next, bucket, scope_text);
  if (g_strcmp0(d->wanted, d->stamp) == 0)
    return;
  DetailOrder *o = g_new(DetailOrder, 1);
  *o = (DetailOrder){dim, next, key, bucket};
  Scope *own = scope_copy(scope);
  g_ptr_array_add(own->terms, scope_term_for_key(ds, dim, key, FALSE));
  Task *t = g_new0(Task, 1);
  *t = (Task){.part = WORK_DETAIL,
              .stamp = g_strdup(d->wanted),
              .scope = own,
              .order = o,
              .order_free = g_free,
              .run = detail_run,
              .result_free = detail_free};
  work_ask(w, t);
}

void detail_take(Detail *d, Work *w)
{
  d->late = d->wanted && g_strcmp0(d->wanted, d->stamp) != 0;
  Task *t = d->late ? work_take(w, WORK_DETAIL, d->wanted) : NULL;
  if (!t)
    return;
  Detail *made = t->result;
  char *wanted = g_steal_pointer(&d->wanted);
  detail_clear(d);
  if (made) {
    *d = *made;
    g_clear_pointer(&t->result, g_free);
  }
  d->stamp = g_strdup(wanted);
  d->wanted = wanted;
  task_free(t);
}
