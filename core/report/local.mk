core_libcore_a_SOURCES += %D%/facts.c %D%/facts.h %D%/flag_list.c %D%/flag_list.h %D%/flag_out.c %D%/flag_out.h %D%/jsonout.c \
	%D%/jsonout.h %D%/pseudonym.c %D%/pseudonym.h %D%/sink.c %D%/sink.h %D%/write.c %D%/write.h \
	%D%/write_data.c %D%/write_people.c %D%/writer.h

# reports
core_libcore_a_SOURCES += %D%/chart.c %D%/chart.h %D%/content.h %D%/content_answer.c \
	%D%/content_appendix.c %D%/content_front.c %D%/sha256.c %D%/sha256.h %D%/digest.c %D%/digest.h %D%/doc.c %D%/doc.h \
	%D%/glossary.c %D%/glossary.h %D%/report.c %D%/report.h %D%/report_html.c %D%/report_json.c \
	%D%/report_json.h %D%/report_md.c %D%/svg.c %D%/svg.h

# slides
core_libcore_a_SOURCES += %D%/slide.c %D%/slide.h %D%/slide_layout.c %D%/slide_layout.h \
	%D%/slide_measure.c %D%/slide_measure.h %D%/slide_model.c %D%/slide_model.h %D%/slide_notes.c \
	%D%/slide_table.c %D%/slide_xml.c %D%/slide_xml.h
