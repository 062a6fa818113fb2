core_libcore_a_SOURCES += \
	%D%/count.c %D%/count.h \
	%D%/dataset.c %D%/dataset.h \
	%D%/dimension.c %D%/dimension.h \
	%D%/filter.c %D%/filter.h \
	%D%/keys.c \
	%D%/names.c \
	%D%/order.c \
	%D%/period.c %D%/period.h \
	%D%/ranges.c \
	%D%/rank.c %D%/rank.h \
	%D%/resolve.c \
	%D%/scope.c %D%/scope.h \
	%D%/select.c \
	%D%/tables.c %D%/tables.h
