core_libcore_a_SOURCES += \
	%D%/case_flags.c %D%/case_private.h %D%/case_report.c %D%/case_report.h \
	%D%/casebook.c %D%/casebook.h %D%/casebook_change.c %D%/casebook_file.c \
	%D%/casebook_private.h %D%/casebook_verbs.c \
	%D%/entity.c %D%/entity.h \
	%D%/exception.c \
	%D%/judge.c %D%/judge.h \
	%D%/jsonread.c %D%/jsonread.h \
	%D%/records.c %D%/records.h \
	%D%/scrub.c %D%/scrub.h \
	%D%/store.c %D%/store.h
