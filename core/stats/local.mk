core_libcore_a_SOURCES += \
	%D%/changepoint.c %D%/changepoint.h \
	%D%/contingency.c %D%/contingency.h \
	%D%/entropy.c %D%/entropy.h \
	%D%/ewm.c %D%/ewm.h \
	%D%/multiple.c %D%/multiple.h \
	%D%/pacing.c %D%/pacing.h \
	%D%/poisson.c %D%/poisson.h \
	%D%/prng.c %D%/prng.h \
	%D%/ranktest.c %D%/ranktest.h \
	%D%/robust.c %D%/robust.h \
	%D%/score.c %D%/score.h \
	%D%/special.c %D%/special.h \
	%D%/trend.c %D%/trend.h
