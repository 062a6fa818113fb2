/* Agents: what the user agents of a log are: browsers by family, tools, or nothing at all.
 *
 * The words to look for are data: agents.conf. Every distinct user agent is judged once. */
#ifndef CORE_FLAGS_AGENTS_H
#define CORE_FLAGS_AGENTS_H

#include "core/base/strpool.h"

#define AGENT_OTHER 0 /* family of an agent that no word claims */

typedef struct {
  GPtrArray *names; /* of char*: tools and families; AGENT_OTHER is "other"; safe */
  guint32 n_agents;
  guint16 *family; /* by agent: its family, a place in names */
  guint16 *tool;   /* by agent: the tool that it is, a place in names; AGENT_OTHER: none */
  guint8 *empty;   /* by agent: 1: says nothing ("", "-") */
} Agents;

/* `lines` of SettingLine, NULL: the compiled-in agents.conf. NULL with CORE_ERROR_USAGE naming file
 * and line when one cannot be understood. */
Agents *agents_new(const StrPool *agents, const GPtrArray *lines, GError **error);
void agents_free(Agents *a);
static inline const char *agents_name(const Agents *a, guint16 name)
{
  return (const char *)g_ptr_array_index(a->names, name);
}

#endif
