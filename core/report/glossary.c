/* Glossary: entries and their anchors. */
#include "core/report/glossary.h"

#include <string.h>

static void entry_free(gpointer p)
{
  GlossaryEntry *e = p;
  g_free(e->anchor);
  g_free(e->name);
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

/* "median_share" -> "median share"; free with g_free. */
static char *words_of(const char *name)
{
  return g_strdelimit(g_strdup(name), "_", ' ');
}

const GlossaryEntry *glossary_find(const Glossary *g, const TableColumn *column)
{
  const GlossaryEntry *found = NULL;
  char *name = words_of(column->name);
  for (guint i = 0; i < g->entries->len && !found; i++) {
    const GlossaryEntry *e = g_ptr_array_index(g->entries, i);
    if (strcmp(e->name, name) == 0 && strcmp(e->definition, column->definition) == 0)
      found = e;
  }
  g_free(name);
  return found;
}

void glossary_add(Glossary *g, const Table *t)
{
  for (guint c = 0; c < table_n_columns(t); c++) {
    const TableColumn *column = table_column(t, c);
    if (glossary_find(g, column))
      continue;
    GlossaryEntry *e = g_new0(GlossaryEntry, 1);
    e->anchor = g_strdup_printf("c%u-%u", g->chapter, g->entries->len + 1);
    e->name = words_of(column->name);
    e->definition = column->definition;
    g_ptr_array_add(g->entries, e);
  }
}
