core_libcore_a_SOURCES += %D%/answers.c %D%/answers.h %D%/question.h
core_libcore_a_SOURCES += %D%/build.c %D%/build.h %D%/words.c
