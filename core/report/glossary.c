/* Glossary: entries and their anchors. */
#include "core/report/glossary.h"

#include <string.h>

static void entry_free(gpointer p)
{
  GlossaryEntry *e = p;
  g_free(e->anchor);
  g_free(e);
}

Glossary *glossary_new(guint chapter)
{
  Glossary *g = g_new0(Glossary, 1);
  g->chapter = chapter;
  g->entries = g_ptr_array_new_with_free_func(entry_free);
  return g;
}

void glossary_free(Glossary *g)
{
  if (!g)
    return;
  g_ptr_array_unref(g->entries);
  g_free(g);
}

static const GlossaryEntry *find(const Glossary *g, const TableColumn *column)
{
  for (guint i = 0; i < g->entries->len; i++) {
    const GlossaryEntry *e = g_ptr_array_index(g->entries, i);
    if (strcmp(e->title, column->title) == 0 && strcmp(e->definition, column->definition) == 0)
      return e;
  }
  return NULL;
}

void glossary_add(Glossary *g, const Table *t)
{
  for (guint c = 0; c < table_n_columns(t); c++) {
    const TableColumn *column = table_column(t, c);
    if (find(g, column))
      continue;
    GlossaryEntry *e = g_new0(GlossaryEntry, 1);
    e->anchor = g_strdup_printf("c%u-%u", g->chapter, g->entries->len + 1);
    e->title = column->title;
    e->definition = column->definition;
    g_ptr_array_add(g->entries, e);
  }
}

const char *glossary_anchor(const Glossary *g, const TableColumn *column)
{
  const GlossaryEntry *e = find(g, column);
  return e ? e->anchor : NULL;
}
