tui_libtui_a_SOURCES += %D%/canvas.c %D%/canvas.h %D%/canvas_dump.c %D%/glyphs.c %D%/glyphs.h \
	%D%/key.h %D%/rect.h %D%/roles.h %D%/theme.c %D%/theme.h
tui_libterminal_a_SOURCES += %D%/terminal.h
