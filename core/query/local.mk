core_libcore_a_SOURCES += \
	%D%/compare.c %D%/compare.h %D%/compare_meet.c %D%/compare_parts.h %D%/compare_rows.c \
	%D%/count.c %D%/count.h %D%/counter.c %D%/counter.h \
	%D%/dataset.c %D%/dataset.h \
	%D%/dimension.c %D%/dimension.h \
	%D%/filter.c %D%/filter.h \
	%D%/keys.c \
	%D%/matrix.c %D%/matrix.h \
	%D%/names.c \
	%D%/order.c \
	%D%/period.c %D%/period.h \
	%D%/ranges.c \
	%D%/rank.c %D%/rank.h %D%/rank_sort.c \
	%D%/resolve.c \
	%D%/rows.c %D%/rows.h \
	%D%/scope.c %D%/scope.h \
	%D%/select.c \
	%D%/series.c %D%/series.h \
	%D%/session.c %D%/session.h \
	%D%/tables.c %D%/tables.h
