core_libcore_a_SOURCES += %D%/aliases.c %D%/aliases.h %D%/canonical.c %D%/catalog.c \
	%D%/catalog.h %D%/kinds.c %D%/kinds.h %D%/nearest.c %D%/nearest.h \
	%D%/readers.c %D%/readers.h
