core_libcore_a_SOURCES += \
	%D%/assets.c %D%/assets.h \
	%D%/civil.c %D%/civil.h \
	%D%/error.c %D%/error.h \
	%D%/marked.c %D%/marked.h \
	%D%/strpool.c %D%/strpool.h \
	%D%/table.c %D%/table.h \
	%D%/text.c %D%/text.h
