/* Rescue: what has to be put back when the program dies in full-screen mode.
 *
 * Everything a signal handler needs is stored here beforehand: the bytes that leave full-screen
 * mode, the settings of the line, the real stderr. While a full screen is on, stderr goes to a
 * hidden file, so that a message does not land in the picture; it is shown when the screen is
 * left. */
#ifndef TUI_DRAW_RESCUE_H
#define TUI_DRAW_RESCUE_H

#include <glib.h>
#include <termios.h>

/* Handlers for fatal signals: restore, print the note, hand the signal on to whoever had it
 * before. */
void rescue_install(void);
void rescue_uninstall(void);

/* From now on, and until rescue_disarm, dying means: write `bytes` to `fd` and give it back
 * `settings`. */
void rescue_arm(int fd, const struct termios *settings, const char *bytes, gsize len);
void rescue_disarm(void);
/* Restores at once when armed. Safe in a signal handler. */
void rescue_restore(void);

/* Text that a fatal signal prints; copied, cut at 1000 bytes. */
void rescue_set_note(const char *text);

/* Sends stderr to a hidden file when it is a terminal; back, and shows what came. */
void rescue_capture_stderr(void);
void rescue_release_stderr(void);

#endif
