core_libcore_a_SOURCES += %D%/answers.c %D%/answers.h %D%/question.h
core_libcore_a_SOURCES += %D%/build.c %D%/build.h %D%/words.c
core_libcore_a_SOURCES += %D%/q3.c %D%/q3.h %D%/q3_say.c %D%/q3_running.c %D%/roster.c %D%/roster.h
core_libcore_a_SOURCES += %D%/q5.c %D%/q5.h %D%/q5_say.c
core_libcore_a_SOURCES += %D%/q8.c %D%/q8.h %D%/q8_days.c %D%/q8_people.c %D%/q8_school.c
core_libcore_a_SOURCES += %D%/q4.c %D%/q4.h %D%/q4_people.c
core_libcore_a_SOURCES += %D%/q1.c %D%/q2.c %D%/q2.h %D%/q2_tables.c %D%/q6.c %D%/q6.h %D%/q6_months.c \
	%D%/graduates.c %D%/graduates.h %D%/q7.c %D%/usage.c %D%/usage.h %D%/traffic.c %D%/traffic.h
