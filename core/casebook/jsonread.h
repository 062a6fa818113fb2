/* Reading members of JSON objects that anybody may have edited: a wrong type is a missing value,
 * never a warning. */
#ifndef CORE_CASEBOOK_JSONREAD_H
#define CORE_CASEBOOK_JSONREAD_H

#include <json-glib/json-glib.h>

#include "core/base/civil.h"

/* The root object of a text, with a reference of its own; NULL with an error for a text that is no
 * JSON, no object, or nested deeper than anything that is written here. */
JsonObject *jsonread_root(const char *text, gsize len, GError **error);

/* NULL when it is no text. Owned by the object. */
const char *jsonread_text(JsonObject *o, const char *member);
/* `fallback` when it is no number, or out of range. */
gint64 jsonread_int(JsonObject *o, const char *member, gint64 fallback, gint64 min, gint64 max);
double jsonread_real(JsonObject *o, const char *member, double fallback);
/* CIVIL_NONE when it is no time. */
CivilTime jsonread_time(JsonObject *o, const char *member);
CivilDay jsonread_day(JsonObject *o, const char *member);
/* NULL when it is none. Owned by the object. */
JsonArray *jsonread_array(JsonObject *o, const char *member);
JsonObject *jsonread_object(JsonObject *o, const char *member);

/* A missing value (NULL, CIVIL_NONE, CIVIL_DAY_NONE) removes the member. */
void jsonread_set_text(JsonObject *o, const char *member, const char *s);
void jsonread_set_time(JsonObject *o, const char *member, CivilTime t);
void jsonread_set_day(JsonObject *o, const char *member, CivilDay d);

#endif
