/* Flags on their way out. */
#include "core/report/flag_out.h"

#include "core/query/dimension.h"

#include <math.h>

/* --- names ------------------------------------------------------------------------------------ */

static char *name_of(const Dataset *ds, Dimension d, guint32 key, ColumnRole role, Pseudonyms *p)
{
  char *id = dimension_id(ds, d, key);
  if (!id || !p)
    return id ? id : g_strdup("");
  char *pseudonym = g_strdup(pseudonym_of(p, role, id));
  g_free(id);
  return pseudonym;
}

char *flag_out_user(guint32 user, const Dataset *ds, Pseudonyms *p)
{
  return name_of(ds, DIM_USER, user, COLUMN_USER, p);
}

char *flag_out_ip(guint32 ip, const Dataset *ds, Pseudonyms *p)
{
  return name_of(ds, DIM_IP, ip, COLUMN_ADDRESS, p);
}

char *flag_out_subject(const Flag *f, const Dataset *ds, Pseudonyms *p)
{
  if (f->subject == SUBJECT_USER)
    return flag_out_user(f->key, ds, p);
  if (f->subject == SUBJECT_IP)
    return flag_out_ip(f->key, ds, p);
  return flag_subject_id(f, ds);
}

char *flag_out_id(const Flag *f, const Dataset *ds, Pseudonyms *p)
{
  if (!p)
    return g_strdup(f->id);
  char *subject = flag_out_subject(f, ds, p);
  gboolean person = f->subject == SUBJECT_USER || f->subject == SUBJECT_IP;
  /* Ids say u or a before the name, and so do pseudonyms. */
  char *id = flag_id_with(f, ds, person ? subject + 1 : subject);
  g_free(subject);
  return id;
}

double flag_out_score(const Flag *f)
{
  return round(f->score * 100) / 100;
}

/* --- sentences -------------------------------------------------------------------------------- */

char *flag_out_text(const Flag *f, Pseudonyms *p)
{
  return p ? pseudonyms_marked(p, f->marked) : g_strdup(f->text);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void write_names(JsonOut *j, const char *key, const guint32 *ids, guint32 n,
                        char *(*name)(guint32, const Dataset *, Pseudonyms *), const Dataset *ds,
                        Pseudonyms *p)
{
  json_out_array(j, key);
  for (guint32 i = 0; i < n; i++) {
    char *text = name(ids[i], ds, p);
    json_out_text(j, NULL, text);
    g_free(text);
  }
  json_out_close(j);
}

/* A name as the log has it, null for none. */
static void write_dimension(JsonOut *j, const char *key, const Dataset *ds, Dimension d,
                            guint32 value, gboolean any)
{
  char *id = any ? dimension_id(ds, d, value) : NULL;
  json_out_text(j, key, id);
  g_free(id);
}

static void write_who(JsonOut *j, const Flag *f, const Dataset *ds, Pseudonyms *p)
{
  char *subject = flag_out_subject(f, ds, p);
  json_out_object(j, "subject");
  json_out_text(j, "type", subject_type_name(f->subject));
  json_out_text(j, "id", subject);
  json_out_close(j);
  g_free(subject);
  json_out_time(j, "from", f->from);
  json_out_time(j, "to", f->to);
  write_names(j, "users", f->users, f->n_users, flag_out_user, ds, p);
  write_names(j, "ips", f->ips, f->n_ips, flag_out_ip, ds, p);
  const Cohort *cohort = cohort_table_get(ds->log->cohorts, f->cohort);
  write_dimension(j, "cohort", ds, DIM_COHORT, f->cohort, f->cohort != COHORT_NONE);
  json_out_text(j, "cohort_name", f->cohort == COHORT_NONE ? NULL : cohort->name);
  write_dimension(j, "lesson", ds, DIM_LESSON, f->lesson, f->lesson != CATALOG_NONE);
}

static void write_numbers(JsonOut *j, const FlagSet *set, const Flag *f)
{
  const Rule *rule = rule_get(f->rule);
  json_out_object(j, "parameters");
  for (guint i = 0; i < rule->n_parameters; i++)
    json_out_real(j, rule->parameters[i].name, set->settings.value[f->rule][i]);
  json_out_close(j);
  json_out_array(j, "terms");
  for (guint i = 0; i < f->n_terms; i++) {
    json_out_object(j, NULL);
    json_out_text(j, "name", f->terms[i].name);
    json_out_real(j, "value", f->terms[i].value);
    json_out_close(j);
  }
  json_out_close(j);
  json_out_array(j, "baselines");
  for (guint k = 0; k < N_BASELINES; k++) {
    json_out_object(j, NULL);
    json_out_text(j, "name", baseline_name((BaselineKind)k));
    json_out_real(j, "value", f->baselines[k].value);
    json_out_int(j, "n", f->baselines[k].n);
    json_out_text(j, "what", f->baselines[k].what);
    json_out_close(j);
  }
  json_out_close(j);
}

static void write_related(JsonOut *j, const FlagSet *set, const Flag *f, const Dataset *ds,
                          Pseudonyms *p)
{
  json_out_array(j, "related");
  for (guint i = 0; i < f->related->len; i++) {
    const char *id = g_ptr_array_index(f->related, i);
    const Flag *other = p ? flag_set_find(set, id) : NULL;
    char *shown = other ? flag_out_id(other, ds, p) : p ? NULL : g_strdup(id);
    if (shown)
      json_out_text(j, NULL, shown);
    g_free(shown);
  }
  json_out_close(j);
}

void flag_out_json(JsonOut *j, const char *key, const FlagSet *set, const Flag *f,
                   const Dataset *ds, const char *status, Pseudonyms *p)
{
  const Rule *rule = rule_get(f->rule);
  char *id = flag_out_id(f, ds, p), *text = flag_out_text(f, p);
  json_out_object(j, key);
  json_out_text(j, "id", id);
  json_out_text(j, "rule", rule->name);
  json_out_int(j, "rule_version", rule->version);
  json_out_text(j, "audience", audience_name(rule->audience));
  json_out_real(j, "score", flag_out_score(f));
  write_who(j, f, ds, p);
  json_out_int(j, "events", (gint64)f->events);
  json_out_text(j, "text", text);
  write_numbers(j, set, f);
  json_out_array(j, "doubts");
  for (guint i = 0; i < N_DOUBTS; i++)
    if (f->doubts >> i & 1)
      json_out_text(j, NULL, doubt_text((FlagDoubt)(1u << i)));
  json_out_close(j);
  write_related(j, set, f, ds, p);
  json_out_text(j, "status", status ? status : "open");
  json_out_close(j);
  g_free(id);
  g_free(text);
}
