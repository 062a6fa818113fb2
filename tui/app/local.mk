tui_libtui_a_SOURCES += %D%/cli.c %D%/cli.h %D%/cli_answers.c %D%/cli_answers.h %D%/cli_check.c %D%/cli_commands.h %D%/cli_fields.c \
	%D%/cli_fields.h %D%/cli_flags.c %D%/cli_matrix.c %D%/cli_parse.c %D%/cli_parse.h \
	%D%/cli_rank.c %D%/cli_report.c %D%/cli_rows.c %D%/cli_series.c %D%/cli_slide.c %D%/cli_study.c \
	%D%/cli_timeline.c %D%/inputs.c %D%/inputs.h %D%/open.c %D%/open.h %D%/option_help.c %D%/option_table.c \
	%D%/option_value.c %D%/option_value.h %D%/options.c %D%/options.h %D%/progress.c \
	%D%/progress.h %D%/pseudonym_key.c %D%/pseudonym_key.h %D%/subcommand.c %D%/subcommand.h

# the explorer
tui_libtui_a_SOURCES += \
	%D%/analysis.c %D%/analysis.h \
	%D%/app.c %D%/app.h \
	%D%/cases.c %D%/cases.h \
	%D%/cmd_cases.c %D%/cmd_columns.c %D%/cmd_compare.c %D%/cmd_export.c %D%/cmd_facet.c \
	%D%/cmd_filters.c %D%/cmd_flags.c %D%/cmd_keys.c %D%/cmd_log.c %D%/cmd_move.c %D%/cmd_notes.c \
	%D%/cmd_path.c %D%/cmd_rules.c %D%/cmd_scope.c %D%/cmd_session.c %D%/cmd_set.c %D%/cmd_show.c %D%/cmd_slide.c \
	%D%/columns.h %D%/command.c %D%/command.h \
	%D%/complete.c %D%/complete.h \
	%D%/export_table.c %D%/export_table.h \
	%D%/explorer.c %D%/explorer.h \
	%D%/follower.c %D%/follower.h %D%/following.c %D%/following.h %D%/keymap.c %D%/keymap.h \
	%D%/loader.c %D%/loader.h \
	%D%/logbook.c %D%/logbook.h \
	%D%/menu_keys.c %D%/menu_keys.h \
	%D%/outfile.c %D%/outfile.h \
	%D%/prompt.c %D%/prompt.h \
	%D%/saved.c %D%/saved.h \
	%D%/settings.h \
	%D%/session_file.c %D%/session_file.h \
	%D%/script.c %D%/script.h
