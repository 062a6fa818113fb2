core_libcore_a_SOURCES += \
	%D%/cohorts.c %D%/cohorts.h %D%/cohorts_conf.c \
	%D%/fingerprint.c %D%/fingerprint.h \
	%D%/ip.c %D%/ip.h \
	%D%/log.c %D%/log.h %D%/log_build.c %D%/log_join.c %D%/log_private.h %D%/log_sort.c
