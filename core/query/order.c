/* Natural orders: numbers by value, names by text, addresses by number, missing first. */
#include "core/query/tables.h"

#include <string.h>

/* The keys of a dimension with their texts at hand. */
typedef struct {
  guint32 key;
  const char *text; /* NULL: missing */
} OrderItem;

static gsize leading_digits(const char *s)
{
  gsize n = 0;
  while (g_ascii_isdigit(s[n]))
    n++;
  return n;
}

/* Ids: numbers by value before all others, the rest byte by byte. */
static int compare_ids(const char *a, const char *b)
{
  gsize na = leading_digits(a), nb = leading_digits(b);
  gboolean number_a = na > 0 && !a[na], number_b = nb > 0 && !b[nb];
  if (number_a != number_b)
    return number_a ? -1 : 1;
  if (number_a) {
    const char *x = a + strspn(a, "0"), *y = b + strspn(b, "0");
    gsize nx = strlen(x), ny = strlen(y);
    int by_value = nx != ny ? (nx < ny ? -1 : 1) : strcmp(x, y);
    if (by_value)
      return by_value;
  }
  return strcmp(a, b);
}

static int compare_missing(const OrderItem *a, const OrderItem *b)
{
  return (a->text != NULL) - (b->text != NULL);
}

static int by_id(const void *pa, const void *pb, void *data)
{
  const OrderItem *a = pa, *b = pb;
  (void)data;
  return a->text && b->text ? compare_ids(a->text, b->text) : compare_missing(a, b);
}

static int by_text(const void *pa, const void *pb, void *data)
{
  const OrderItem *a = pa, *b = pb;
  (void)data;
  return a->text && b->text ? strcmp(a->text, b->text) : compare_missing(a, b);
}

static int by_entry(const void *pa, const void *pb, void *data)
{
  const OrderItem *a = pa, *b = pb;
  const Dataset *ds = data;
  int c = by_text(pa, pb, NULL);
  return c ? c : (int)ds->catalog->kind_of_entry[a->key] - (int)ds->catalog->kind_of_entry[b->key];
}

static int by_address(const void *pa, const void *pb, void *data)
{
  const OrderItem *a = pa, *b = pb;
  const Dataset *ds = data;
  return ip_table_compare(ds->log->ips, a->key, b->key);
}

/* Dimensions without a comparison have their keys in natural order already. */
static int (*const comparisons[N_DIMENSIONS])(const void *, const void *, void *) = {
    [DIM_PROGRAM] = by_id, [DIM_COHORT] = by_id, [DIM_LESSON] = by_entry, [DIM_MODULE] = by_text,
    [DIM_PATH] = by_text,  [DIM_USER] = by_id,   [DIM_IP] = by_address,   [DIM_AGENT] = by_text,
};

static guint32 *make_order(const Dataset *ds, Dimension d)
{
  guint32 n = dimension_count(ds, d);
  OrderItem *items = g_new(OrderItem, MAX(n, 1));
  char buf[CIVIL_BUF];
  for (guint32 i = 0; i < n; i++)
    items[i] = (OrderItem){i, d == DIM_IP ? NULL : dimension_text(ds, d, i, buf)};
  /* glibc: a stable merge sort, so that equal texts stay in order of key. */
  g_qsort_with_data(items, (gint)n, sizeof *items, comparisons[d], (gpointer)ds);
  guint32 *rank = g_new(guint32, MAX(n, 1));
  for (guint32 i = 0; i < n; i++)
    rank[items[i].key] = i;
  g_free(items);
  return rank;
}

const guint32 *dimension_order(const Dataset *ds, Dimension d)
{
  DatasetTables *t = ds->tables;
  if (!comparisons[d])
    return NULL;
  if (g_once_init_enter(&t->order_once[d])) {
    t->order[d] = make_order(ds, d);
    g_once_init_leave(&t->order_once[d], 1);
  }
  return t->order[d];
}

guint32 dimension_place(const Dataset *ds, Dimension d, guint32 key)
{
  const guint32 *order = dimension_order(ds, d);
  return order ? order[key] : key;
}

int dimension_compare(const Dataset *ds, Dimension d, guint32 a, guint32 b)
{
  guint32 x = dimension_place(ds, d, a), y = dimension_place(ds, d, b);
  return (x > y) - (x < y);
}
