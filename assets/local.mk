# Settings that people change are text files, compiled in as defaults.
ASSET_FILES = assets/programs.conf assets/staff.conf assets/lesson-kinds.conf \
	assets/lesson-aliases.conf assets/lesson-homes.conf assets/rules.conf \
	assets/keys.conf assets/report.css \
	assets/lesson-aliases.conf assets/lesson-homes.conf assets/keys.conf assets/agents.conf \
	assets/slide/presentation.xml assets/slide/properties.xml assets/slide/table-styles.xml \
	assets/slide/theme.xml assets/slide/master.xml assets/slide/layout.xml \
	assets/slide/notes-master.xml \
	assets/sample/logs.csv.gz assets/sample/cohorts.csv
EXTRA_DIST += assets/assets.gresource.xml $(ASSET_FILES)

assets/resources.c: $(top_srcdir)/assets/assets.gresource.xml $(addprefix $(top_srcdir)/,$(ASSET_FILES))
	$(AM_V_GEN)$(MKDIR_P) assets && $(GLIB_COMPILE_RESOURCES) --sourcedir=$(top_srcdir)/assets \
	  --c-name cohortscope --manual-register --internal --generate-source --target=$@ $<
assets/resources.h: $(top_srcdir)/assets/assets.gresource.xml
	$(AM_V_GEN)$(MKDIR_P) assets && $(GLIB_COMPILE_RESOURCES) --sourcedir=$(top_srcdir)/assets \
	  --c-name cohortscope --manual-register --internal --generate-header --target=$@ $<
BUILT_SOURCES += assets/resources.h
CLEANFILES += assets/resources.c assets/resources.h
# Also before "make all" was ever run.
core/base/libcore_a-assets.$(OBJEXT): assets/resources.h
nodist_core_libcore_a_SOURCES = assets/resources.c

# The sample log is compiled in, and installed too, for whoever wants to look at the files.
sampledir = $(pkgdatadir)/sample
dist_sample_DATA = assets/sample/logs.csv.gz assets/sample/cohorts.csv assets/sample/truth.json \
	assets/sample/README.md

# Manual pages, completions (both written by "make docs") and the entry in menus. The folder of bash
# completions is named here: the one that pkg-config knows lies outside of the prefix.
dist_man_MANS += assets/man/cohortscope.1 assets/man/cohortscope.5
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
applicationsdir = $(datadir)/applications
dist_zshcompletion_DATA = assets/completions/_cohortscope
dist_fishcompletion_DATA = assets/completions/cohortscope.fish
dist_applications_DATA = assets/cohortscope.desktop
EXTRA_DIST += assets/completions/cohortscope.bash
install-data-local:
	$(MKDIR_P) $(DESTDIR)$(bashcompletiondir)
	$(INSTALL_DATA) $(srcdir)/assets/completions/cohortscope.bash \
	  $(DESTDIR)$(bashcompletiondir)/cohortscope
uninstall-local:
	rm -f $(DESTDIR)$(bashcompletiondir)/cohortscope

# Pictures of real screens for the README: "make screenshots" after a change of what they show.
EXTRA_DIST += assets/screenshots/tour.script $(wildcard $(srcdir)/assets/screenshots/*.svg)
screenshots: cohortscope$(EXEEXT)
	cd $(top_srcdir)/assets/screenshots && env LC_ALL=C.UTF-8 TZ=UTC HOME=/nonexistent \
	  XDG_CONFIG_HOME=/nonexistent XDG_STATE_HOME=/nonexistent \
	  $(abs_top_builddir)/cohortscope$(EXEEXT) --script tour.script --size 120x30
