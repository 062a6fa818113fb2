/* Key input: the bytes that a terminal sends, turned into keys.
 *
 * Escape sequences are those that terminfo names for the terminal, and besides them the common
 * ones of xterm, vt100, rxvt and the Linux console, whatever $TERM says: a wrong $TERM must not
 * turn an arrow key into four keys. Sequences that mean nothing are dropped whole.
 *
 * Pasted text comes between marks (bracketed paste). It is text and never keys: a line end in it
 * is no Enter, and an escape sequence in it is none. */
#ifndef TUI_DRAW_KEYIN_H
#define TUI_DRAW_KEYIN_H

#include "tui/draw/key.h"

typedef struct KeyIn KeyIn;

typedef enum {
  KEYIN_EMPTY, /* nothing more to decode */
  KEYIN_MORE,  /* the bytes left may be the start of a sequence: wait a little for the rest */
  KEYIN_KEY,
  KEYIN_MOUSE,
  KEYIN_PASTE /* a character of pasted text; whatever ends a line in it has become a blank */
} KeyInKind;

typedef struct {
  KeyInKind kind;
  Key key;  /* of KEYIN_PASTE always a character; of KEYIN_MOUSE: K_UP, K_DOWN (wheel) or K_ENTER
               (left button pressed) */
  int x, y; /* of KEYIN_MOUSE, from 0 */
} KeyInEvent;

KeyIn *keyin_new(void);
void keyin_free(KeyIn *k);
/* A sequence that terminfo has for a key. Ignored unless it starts with Esc. */
void keyin_define(KeyIn *k, const char *sequence, Key key);
void keyin_feed(KeyIn *k, const void *bytes, gsize len);
/* The next key. `late`: no byte has come for the Esc delay, so an unfinished sequence is taken as
 * it is (a single Esc is the key Esc). Never returns KEYIN_MORE when late. */
KeyInEvent keyin_next(KeyIn *k, gboolean late);
/* Nothing has come for so long that the second mark must have been lost. */
void keyin_end_paste(KeyIn *k);

#endif
