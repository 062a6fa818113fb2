core_libcore_a_SOURCES += %D%/flag_out.c %D%/flag_out.h %D%/jsonout.c %D%/jsonout.h %D%/pseudonym.c %D%/pseudonym.h \
	%D%/sink.c %D%/sink.h %D%/write.c %D%/write.h %D%/write_data.c %D%/write_people.c %D%/writer.h
