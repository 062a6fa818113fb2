/* What a log lacks for a rule: said wherever the flags are, so that silence is not taken for an
 * answer. */
#include "core/flags/rule.h"

const char *rule_lacks(const Study *s, RuleId rule)
{
  if (rule == RULE_AGENT && !s->agents)
    return "The log has no user agents: whether tools were used cannot be told.";
  if (rule != RULE_NEW_PLACE || (s->geo && s->geo->n_countries > 0))
    return NULL;
  if (!s->geo)
    return "No .mmdb file was given: the countries of addresses are not known. Networks that "
           "nobody else uses take their place, at half the score.";
  return s->geo->n_networks > 0
             ? "The .mmdb file knows no country of these addresses: networks that nobody else "
               "uses take their place, at half the score."
             : "The .mmdb file knows none of these addresses: networks that nobody else uses take "
               "the place of countries, at half the score.";
}
