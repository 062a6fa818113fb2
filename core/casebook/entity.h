/* Entities: what a note, a mark or a case can be about, named by texts of the log.
 *
 * Texts and not numbers: they stay right when the log grows or is read in another form. Texts are
 * made safe when an entity is made, so that all of them can be written, drawn and compared. */
#ifndef CORE_CASEBOOK_ENTITY_H
#define CORE_CASEBOOK_ENTITY_H

#include <json-glib/json-glib.h>

#include "core/base/civil.h"

typedef enum {
  ENTITY_PROGRAM,
  ENTITY_COHORT,
  ENTITY_LESSON,
  ENTITY_USER,
  ENTITY_IP,
  ENTITY_ROW,  /* of the log: user, path and time; equal rows are one */
  ENTITY_CELL, /* of a matrix: a term of the scope grammar for its row, one for its column */
  ENTITY_FLAG, /* by its id */
  ENTITY_NOTE, /* by its number; as a member of a case */
  N_ENTITIES
} EntityType;

typedef struct {
  EntityType type;
  char *id;       /* never NULL; of a row: the user; of a cell: the term of its row */
  char *other;    /* of a row: the raw path; of a cell: the term of its column; else NULL */
  CivilTime time; /* of a row; else CIVIL_NONE */
} Entity;

const char *entity_type_name(EntityType t); /* "user" */
gboolean entity_type_parse(const char *name, EntityType *ret);

/* `id` NULL is "none". Rows and cells have makers of their own. */
Entity *entity_new(EntityType type, const char *id);
Entity *entity_row(CivilTime time, const char *user, const char *path);
Entity *entity_cell(const char *row, const char *column);
Entity *entity_copy(const Entity *e);
void entity_free(Entity *e);
gboolean entity_equal(const Entity *a, const Entity *b);
/* One text that only this entity has, for hash tables; free with g_free. */
char *entity_key(const Entity *e);
/* "user 64", "row 2019-02-15 01:52:09 of user 64: java-i/arrays"; safe; free with g_free. */
char *entity_label(const Entity *e);

/* Sets members of an object: `type`, `id` and so on. */
void entity_write(const Entity *e, JsonObject *o);
/* NULL when the object names none. */
Entity *entity_read(JsonObject *o);

#endif
