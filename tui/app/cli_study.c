/* Command line runs: what is learned from a log, and the rules, for the subcommands that need
 * them. */
#include "core/base/assets.h"
#include "tui/app/cli.h"

gboolean cli_begin_study(CliRun *run, GError **error)
{
  if (run->study)
    return TRUE;
  StudyOptions o;
  study_options_init(&o);
  CivilTime now = option_number(run->options, OPT_NOW);
  if (now != CIVIL_NONE)
    o.today = civil_day_of(now);
  o.no_probable = option_flag(run->options, OPT_NO_PROBABLE);
  GPtrArray *homes = open_settings("lesson-homes.conf", NULL, NULL, NULL, error);
  if (!homes)
    return FALSE;
  GPtrArray *agents = open_settings("agents.conf", NULL, NULL, NULL, error);
  if (!agents) {
    g_ptr_array_unref(homes);
    return FALSE;
  }
  o.homes_conf = homes;
  o.agents_conf = agents;
  o.mmdb = option_text(run->options, OPT_MMDB);
  run->study = study_new(run->ds, &o, error);
  g_ptr_array_unref(homes);
  g_ptr_array_unref(agents);
  return run->study != NULL;
}

gboolean cli_rule_settings(const CliRun *run, RuleSettings *ret, GError **error)
{
  rule_settings_init(ret);
  GPtrArray *lines = open_settings("rules.conf", option_text(run->options, OPT_RULES), "--rules",
                                   "rule.parameter = number", error);
  if (!lines)
    return FALSE;
  gboolean ok = rule_settings_apply(ret, lines, error);
  g_ptr_array_unref(lines);
  return ok;
}

gboolean cli_begin_flags(CliRun *run, GError **error)
{
  RuleSettings settings;
  if (run->flags)
    return TRUE;
  if (!cli_rule_settings(run, &settings, error) || !cli_begin_study(run, error))
    return FALSE;
  run->flags = flag_set_new(run->study, &settings);
  run->opened.dataset->flagged_user = run->flags->flagged_user;
  run->opened.dataset->flagged_ip = run->flags->flagged_ip;
  return TRUE;
}
