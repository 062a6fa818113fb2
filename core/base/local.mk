core_libcore_a_SOURCES += core/base/error.c
