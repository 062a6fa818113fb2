/* Entities: what a note, a mark or a case can be about. */
#include "core/casebook/entity.h"

#include <string.h>

#include "core/base/text.h"
#include "core/casebook/jsonread.h"

#define SEPARATOR "\037" /* never part of a safe text */

/* Names in the file, and members of a row and of a cell. */
static const char *const names[N_ENTITIES] = {"program", "cohort", "lesson", "user", "ip",
                                              "row",     "cell",   "flag",   "note"};

const char *entity_type_name(EntityType t)
{
  return names[t];
}

gboolean entity_type_parse(const char *name, EntityType *ret)
{
  for (guint t = 0; t < N_ENTITIES; t++)
    if (strcmp(names[t], name) == 0) {
      *ret = (EntityType)t;
      return TRUE;
    }
  return FALSE;
}

static Entity *make(EntityType type, const char *id, const char *other, CivilTime time)
{
  Entity *e = g_new0(Entity, 1);
  e->type = type;
  e->id = text_safe(id ? id : "none", -1);
  e->other = other ? text_safe(other, -1) : NULL;
  e->time = time;
  return e;
}

Entity *entity_new(EntityType type, const char *id)
{
  return make(type, id, NULL, CIVIL_NONE);
}

Entity *entity_row(CivilTime time, const char *user, const char *path)
{
  return make(ENTITY_ROW, user, path ? path : "", time);
}

Entity *entity_cell(const char *row, const char *column)
{
  return make(ENTITY_CELL, row, column ? column : "", CIVIL_NONE);
}

Entity *entity_copy(const Entity *e)
{
  return make(e->type, e->id, e->other, e->time);
}

void entity_free(Entity *e)
{
  if (!e)
    return;
  g_free(e->id);
  g_free(e->other);
  g_free(e);
}

gboolean entity_equal(const Entity *a, const Entity *b)
{
  return a->type == b->type && a->time == b->time && strcmp(a->id, b->id) == 0 &&
         g_strcmp0(a->other, b->other) == 0;
}

char *entity_key(const Entity *e)
{
  char buf[CIVIL_BUF];
  return g_strconcat(names[e->type], SEPARATOR, e->id, SEPARATOR, e->other ? e->other : "",
                     SEPARATOR, civil_format(e->time, 'T', buf), NULL);
}

char *entity_label(const Entity *e)
{
  char buf[CIVIL_BUF];
  switch (e->type) {
  case ENTITY_ROW:
    return g_strdup_printf("row %s of user %s: %s", civil_format(e->time, ' ', buf), e->id,
                           e->other);
  case ENTITY_CELL:
    return g_strdup_printf("%s in %s", e->id, e->other);
  case ENTITY_IP:
    return g_strdup_printf("address %s", e->id);
  default:
    return g_strdup_printf("%s %s", names[e->type], e->id);
  }
}

void entity_write(const Entity *e, JsonObject *o)
{
  jsonread_set_text(o, "type", names[e->type]);
  if (e->type == ENTITY_ROW) {
    jsonread_set_time(o, "time", e->time);
    jsonread_set_text(o, "user", e->id);
    jsonread_set_text(o, "path", e->other);
  } else if (e->type == ENTITY_CELL) {
    jsonread_set_text(o, "row", e->id);
    jsonread_set_text(o, "column", e->other);
  } else {
    jsonread_set_text(o, "id", e->id);
  }
}

Entity *entity_read(JsonObject *o)
{
  EntityType type;
  const char *name = jsonread_text(o, "type");
  if (!name || !entity_type_parse(name, &type))
    return NULL;
  if (type == ENTITY_ROW) {
    CivilTime time = jsonread_time(o, "time");
    const char *user = jsonread_text(o, "user"), *path = jsonread_text(o, "path");
    return time != CIVIL_NONE && user ? entity_row(time, user, path) : NULL;
  }
  if (type == ENTITY_CELL) {
    const char *row = jsonread_text(o, "row"), *column = jsonread_text(o, "column");
    return row && column ? entity_cell(row, column) : NULL;
  }
  const char *id = jsonread_text(o, "id");
  return id ? entity_new(type, id) : NULL;
}
