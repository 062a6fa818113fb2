tui_libtui_a_SOURCES += \
	%D%/answerdoc.c %D%/answerdoc.h \
	%D%/cell_style.c %D%/cell_style.h \
	%D%/chips.c %D%/chips.h \
	%D%/column.c %D%/column.h \
	%D%/crosschart.c %D%/crosschart.h \
	%D%/detail.c %D%/detail.h \
	%D%/evidence.c %D%/evidence.h \
	%D%/grid.c %D%/grid.h \
	%D%/grow.c \
	%D%/history.c %D%/history.h \
	%D%/menu.c %D%/menu.h \
	%D%/notemenu.c %D%/notemenu.h \
	%D%/overview.c %D%/overview.h \
	%D%/pane.c %D%/pane.h %D%/pane_cell.c %D%/pane_pin.c %D%/pane_spark.c \
	%D%/pane_style.c %D%/pane_work.c \
	%D%/path.c %D%/path.h \
	%D%/peers.c \
	%D%/queue.c %D%/queue.h %D%/queue_filter.c \
	%D%/row_entity.c %D%/row_entity.h \
	%D%/scroll.c %D%/scroll.h \
	%D%/session.c %D%/session.h \
	%D%/stacks.c %D%/stacks.h \
	%D%/state.c %D%/state.h \
	%D%/task.c %D%/task.h \
	%D%/waker.c %D%/waker.h \
	%D%/timeline.c %D%/timeline_carry.c %D%/timeline.h \
	%D%/timestep.c %D%/timestep.h \
	%D%/trace.c %D%/trace.h \
	%D%/versus.c %D%/versus.h %D%/versus_facts.c \
	%D%/visit.c %D%/visit.h \
	%D%/why.c %D%/why.h \
	%D%/wrap.c %D%/wrap.h
