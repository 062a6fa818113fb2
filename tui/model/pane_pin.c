/* Pinned rows of a pane: they stay above the others, also where the scope has no hits of theirs. */
#include <math.h>
#include <string.h>

#include "tui/model/pane.h"

static char *id_of(const Pane *p, const Dataset *ds, guint32 key)
{
  char *id = dimension_id(ds, p->dim, key);
  return id ? id : g_strdup("");
}

/* Key of an id as the cursor keeps it: "" is the row without one. */
static gboolean key_of(const Pane *p, const Dataset *ds, const char *id, guint32 *ret)
{
  if (*id)
    return dimension_find(ds, p->dim, id, ret);
  guint32 n = dimension_count(ds, p->dim);
  for (guint32 key = 0; key < n; key++) {
    g_autofree char *other = dimension_id(ds, p->dim, key);
    if (!other) {
      *ret = key;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean pane_is_pinned(const Pane *p, guint place)
{
  return place < p->n_pinned;
}

int pane_pin(Pane *p, const Dataset *ds)
{
  guint32 key = 0;
  if (!pane_cursor_key(p, &key))
    return -1;
  g_autofree char *id = id_of(p, ds, key);
  g_clear_pointer(&p->sort_stamp, g_free); /* the list is made anew, the cursor stays on its row */
  pane_move_to(p, ds, p->cursor);
  for (guint i = 0; i < p->pins->len; i++)
    if (strcmp(g_ptr_array_index(p->pins, i), id) == 0) {
      g_ptr_array_remove_index(p->pins, i);
      return 0;
    }
  if (p->pins->len >= PANE_PINS_MAX)
    return -2;
  g_ptr_array_add(p->pins, g_steal_pointer(&id));
  return 1;
}

void pane_unpin_all(Pane *p)
{
  g_ptr_array_set_size(p->pins, 0);
  g_clear_pointer(&p->sort_stamp, g_free);
}

/* The place of a key in the ranking; a row without hits is added when there is none. */
static guint32 ranking_place(Pane *p, guint32 key)
{
  Ranking *r = p->ranking;
  for (guint32 i = 0; i < r->n; i++)
    if (r->rows[i].key == key)
      return i;
  r->rows = g_renew(RankRow, r->rows, (gsize)r->n + 1);
  r->rows[r->n] = (RankRow){.key = key, .lift = NAN, .first = CIVIL_NONE, .last = CIVIL_NONE};
  return r->n++;
}

GArray *pane_pin_places(Pane *p, const Dataset *ds)
{
  GArray *places = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < p->pins->len; i++) {
    guint32 key = 0;
    if (!key_of(p, ds, g_ptr_array_index(p->pins, i), &key))
      continue;
    guint32 place = ranking_place(p, key);
    g_array_append_val(places, place);
  }
  return places;
}
