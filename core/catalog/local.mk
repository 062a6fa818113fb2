core_libcore_a_SOURCES += %D%/aliases.c %D%/aliases.h %D%/canonical.c %D%/catalog.c \
	%D%/catalog.h %D%/homes.c %D%/homes.h %D%/kinds.c %D%/kinds.h %D%/nearest.c %D%/nearest.h \
	%D%/people.c %D%/people.h %D%/probable.c %D%/probable.h %D%/readers.c %D%/readers.h
