core_libcore_a_SOURCES += %D%/jsonout.c %D%/jsonout.h %D%/pseudonym.c %D%/pseudonym.h \
	%D%/sink.c %D%/sink.h %D%/write.c %D%/write.h %D%/write_data.c %D%/write_people.c %D%/writer.h
