core_libcore_a_SOURCES += \
	%D%/batch.c %D%/batch.h \
	%D%/cohort_facts.c %D%/cohort_facts.h \
	%D%/cohort_rows.c %D%/cohort_rows.h \
	%D%/columns.c %D%/columns.h \
	%D%/combined.c %D%/combined.h \
	%D%/csvread.c %D%/csvread.h \
	%D%/database.c %D%/database.h %D%/dbaddress.c %D%/dbaddress.h \
	%D%/follow.c %D%/follow.h %D%/follow_private.h %D%/follow_text.c \
	%D%/lines.c %D%/lines.h \
	%D%/load.c %D%/load.h %D%/load_inputs.c %D%/load_private.h \
	%D%/load_database.c %D%/load_database.h %D%/load_progress.c %D%/load_report.c \
	%D%/parallel.c %D%/parallel.h \
	%D%/raw.c %D%/raw.h \
	%D%/reader.c %D%/reader.h \
	%D%/record.c %D%/record.h \
	%D%/rows.c %D%/rows.h \
	%D%/sniff.c %D%/sniff.h \
	%D%/source.c %D%/source.h \
	%D%/tail.c %D%/tail.h \
	%D%/unpack.c %D%/unpack.h
