# libcore.a: everything that needs no terminal.  Folders in the order the data flows.
noinst_LIBRARIES += core/libcore.a
core_libcore_a_SOURCES =
core_libcore_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(ARCHIVE_CFLAGS) $(MAXMINDDB_CFLAGS) $(MARIADB_CFLAGS)
CORE_LIBS = core/libcore.a $(CSV_LIBS) $(JSON_LIBS) $(ARCHIVE_LIBS) $(MAXMINDDB_LIBS) $(MARIADB_LIBS) $(GLIB_LIBS)

include core/base/local.mk
include core/ingest/local.mk
include core/log/local.mk
include core/catalog/local.mk
include core/query/local.mk
include core/stats/local.mk
include core/flags/local.mk
include core/answers/local.mk
include core/report/local.mk
include core/casebook/local.mk
