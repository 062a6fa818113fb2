core_libcore_a_SOURCES += %D%/places.c %D%/places.h %D%/pages.c %D%/pages.h \
	%D%/study.c %D%/study.h %D%/rule.c %D%/rule.h %D%/rules.h %D%/settings.c \
	%D%/flag_move.c %D%/flags.c %D%/flags.h %D%/flags_private.h %D%/flag.c %D%/gist.c %D%/doubts.c %D%/related.c \
	%D%/baseline.c %D%/baseline.h %D%/episode.c %D%/episode.h \
	%D%/rules_pace.c %D%/rules_sweep.c %D%/rules_volume.c %D%/rules_night.c
core_libcore_a_SOURCES += %D%/classes.c %D%/classes.h
core_libcore_a_SOURCES += %D%/lowactivity.c %D%/lowactivity.h \
	%D%/lowactivity_private.h %D%/lowactivity_why.c
core_libcore_a_SOURCES += %D%/quiet.c %D%/quiet.h
core_libcore_a_SOURCES += %D%/crossing.c %D%/crossing.h
core_libcore_a_SOURCES += %D%/dayvolume.c %D%/dayvolume.h
core_libcore_a_SOURCES += %D%/becamestaff.c %D%/becamestaff.h %D%/rules_class.c %D%/rules_school.c
core_libcore_a_SOURCES += %D%/outlier.c %D%/outlier.h %D%/outlier_private.h %D%/outlier_reading.c \
	%D%/outlier_rule.c
core_libcore_a_SOURCES += %D%/stays.c %D%/stays.h %D%/rules_many_ips.c %D%/rules_shared_ip.c \
	%D%/rules_two_places.c %D%/rules_linked.c %D%/rules_return.c \
	%D%/geo.c %D%/geo.h %D%/rules_new_place.c \
	%D%/agents.c %D%/agents.h %D%/rules_agent.c %D%/rules_record.c %D%/lacks.c
