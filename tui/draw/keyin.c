/* Key input: see keyin.h. */
#include "tui/draw/keyin.h"

#include <string.h>

#define ESC          0x1b
#define SEQUENCE_MAX 64 /* longer ones are not keys */

typedef struct {
  char *bytes;
  gsize len;
  Key key;
} Sequence;

struct KeyIn {
  GByteArray *buffer;
  GArray *sequences;  /* of Sequence */
  gboolean pasting;   /* the first mark of pasted text has come */
  gboolean pasted;    /* some of it has been handed out */
  gboolean break_due; /* a blank is to be handed out before the next character of it */
};

static void sequence_clear(gpointer sequence)
{
  g_free(((Sequence *)sequence)->bytes);
}

KeyIn *keyin_new(void)
{
  KeyIn *k = g_new0(KeyIn, 1);
  k->buffer = g_byte_array_new();
  k->sequences = g_array_new(FALSE, FALSE, sizeof(Sequence));
  g_array_set_clear_func(k->sequences, sequence_clear);
  return k;
}

void keyin_free(KeyIn *k)
{
  if (!k)
    return;
  g_byte_array_unref(k->buffer);
  g_array_unref(k->sequences);
  g_free(k);
}

void keyin_define(KeyIn *k, const char *sequence, Key key)
{
  gsize len = sequence ? strlen(sequence) : 0;
  if (len < 2 || len > SEQUENCE_MAX || sequence[0] != ESC)
    return;
  Sequence s = {g_strdup(sequence), len, key};
  g_array_append_val(k->sequences, s);
}

void keyin_feed(KeyIn *k, const void *bytes, gsize len)
{
  g_byte_array_append(k->buffer, bytes, (guint)len);
}

/* --- tables ------------------------------------------------------------------------------- */

typedef struct {
  int code;
  Key key;
} CodeKey;

/* Final byte of "Esc [ x" and "Esc O x". */
static const CodeKey by_final[] = {
    {'A', K_UP},
    {'B', K_DOWN},
    {'C', K_RIGHT},
    {'D', K_LEFT},
    {'H', K_HOME},
    {'F', K_END},
    {'P', K_F1},
    {'Q', K_F2},
    {'R', K_F3},
    {'S', K_F4},
    {'Z', K_BACKTAB},
    /* the number block of vt100 in its application mode, after "Esc O" */
    {'M', K_ENTER},
};

/* Number of "Esc [ n ~". */
static const CodeKey by_number[] = {
    {1, K_HOME}, {2, K_INSERT}, {3, K_DELETE}, {4, K_END},  {5, K_PGUP}, {6, K_PGDN}, {7, K_HOME},
    {8, K_END},  {11, K_F1},    {12, K_F2},    {13, K_F3},  {14, K_F4},  {15, K_F5},  {17, K_F6},
    {18, K_F7},  {19, K_F8},    {20, K_F9},    {21, K_F10}, {23, K_F11}, {24, K_F12},
};

static Key find_key(const CodeKey *table, guint n, int code)
{
  for (guint i = 0; i < n; i++)
    if (table[i].code == code)
      return table[i].key;
  return 0;
}

static Key key_of_final(int final)
{
  return find_key(by_final, G_N_ELEMENTS(by_final), final);
}

/* --- sequences ---------------------------------------------------------------------------- */

/* Result of looking at the buffer: how many bytes are taken, and the event they are. `used` 0 means
 * that more bytes are needed. An event of kind KEYIN_EMPTY with used > 0 is dropped. */
typedef struct {
  gsize used;
  KeyInEvent event;
} Parsed;

static Parsed parsed_key(gsize used, Key key)
{
  return (Parsed){used, {.kind = key ? KEYIN_KEY : KEYIN_EMPTY, .key = key}};
}

static Parsed parse_defined(const KeyIn *k, const guint8 *p, gsize n, gboolean *unfinished)
{
  Parsed best = {0};
  for (guint i = 0; i < k->sequences->len; i++) {
    const Sequence *s = &g_array_index(k->sequences, Sequence, i);
    if (s->len <= n && s->len > best.used && memcmp(p, s->bytes, s->len) == 0)
      best = parsed_key(s->len, s->key);
    else if (s->len > n && memcmp(p, s->bytes, n) == 0)
      *unfinished = TRUE;
  }
  return best;
}

/* "Esc [ < button ; x ; y M" (press) or "m" (release). */
static Parsed parse_mouse(const guint8 *p, gsize len)
{
  int number[3] = {0}, field = 0;
  for (gsize i = 3; i + 1 < len; i++)
    if (p[i] == ';')
      field++;
    else if (field < 3 && g_ascii_isdigit(p[i]) && number[field] < 10000)
      number[field] = number[field] * 10 + (p[i] - '0');
  int button = number[0] & ~(4 | 8 | 16); /* without Shift, Alt, Ctrl */
  Key key = button == 64 ? K_UP : button == 65 ? K_DOWN : button == 0 ? K_ENTER : 0;
  Parsed parsed = parsed_key(len, p[len - 1] == 'M' ? key : 0);
  if (parsed.event.kind == KEYIN_KEY)
    parsed.event.kind = KEYIN_MOUSE;
  parsed.event.x = MAX(number[1] - 1, 0);
  parsed.event.y = MAX(number[2] - 1, 0);
  return parsed;
}

/* "Esc [ parameters final". Modifiers (parameter 2) are ignored. */
static Parsed parse_csi(const guint8 *p, gsize n)
{
  gsize i = 2;
  if (n > 2 && p[2] == '[') /* function keys of the Linux console: Esc [ [ A */
    return n > 3 ? parsed_key(4, p[3] >= 'A' && p[3] <= 'E' ? K_F1 + (Key)(p[3] - 'A') : 0)
                 : (Parsed){0};
  if (n > 2 && p[2] == 'M') /* a mouse report of the old kind: three bytes follow */
    return n > 5 ? parsed_key(6, 0) : (Parsed){0};
  while (i < n && p[i] >= 0x20 && p[i] <= 0x3f)
    i++;
  if (i == n)
    return n > SEQUENCE_MAX ? parsed_key(n, 0) : (Parsed){0};
  if (p[i] < 0x40 || p[i] > 0x7e)
    return parsed_key(i, 0); /* broken off by another key */
  gsize len = i + 1;
  if (p[2] == '<')
    return parse_mouse(p, len);
  if (p[i] != '~')
    return parsed_key(len, key_of_final(p[i]));
  int number = 0;
  for (gsize d = 2; d < i && g_ascii_isdigit(p[d]) && number < 1000; d++)
    number = number * 10 + (p[d] - '0');
  return parsed_key(len, find_key(by_number, G_N_ELEMENTS(by_number), number));
}

/* "Esc O x": cursor and function keys, and the number block of vt100. */
static Parsed parse_ss3(const guint8 *p, gsize n)
{
  if (n < 3)
    return (Parsed){0};
  Key key = key_of_final(p[2]);
  if (!key && p[2] >= 'j' && p[2] <= 'y')
    key = (Key)(p[2] - 'j' + '*');
  return key ? parsed_key(3, key) : parsed_key(1, K_ESC);
}

static Parsed parse_escape(const KeyIn *k, const guint8 *p, gsize n, gboolean late)
{
  gboolean unfinished = n == 1;
  Parsed parsed = parse_defined(k, p, n, &unfinished);
  if (parsed.used)
    return parsed;
  gboolean introduced = n > 1 && (p[1] == '[' || p[1] == 'O');
  if (introduced) {
    parsed = p[1] == '[' ? parse_csi(p, n) : parse_ss3(p, n);
    if (parsed.used)
      return parsed;
    unfinished = TRUE;
  }
  if (unfinished && !late)
    return (Parsed){0};
  /* Late: "Esc [" typed by hand is two keys; the beginning of a longer sequence is noise. */
  if (introduced && n > 2)
    return parsed_key(n, 0);
  return parsed_key(1, K_ESC);
}

static Parsed parse_text(const guint8 *p, gsize n, gboolean late)
{
  gunichar ch = g_utf8_get_char_validated((const char *)p, (gssize)MIN(n, 6));
  if (ch == (gunichar)-2)
    return late ? parsed_key(1, 0) : (Parsed){0};
  if (ch == (gunichar)-1)
    return parsed_key(1, 0);
  gsize used = (gsize)g_unichar_to_utf8(ch, NULL);
  return parsed_key(used, key_is_text(ch) ? ch : 0);
}

static Parsed parse_any(const KeyIn *k, const guint8 *p, gsize n, gboolean late)
{
  if (p[0] == ESC)
    return parse_escape(k, p, n, late);
  if (p[0] == 0x7f)
    return parsed_key(1, K_BACKSPACE);
  if (p[0] < 0x20)
    return parsed_key(1, key_ctrl((char)(p[0] + '@')));
  return parse_text(p, n, late);
}

/* --- pasted text ---------------------------------------------------------------------------- */

static const char paste_begin[] = "\033[200~", paste_end[] = "\033[201~";

void keyin_end_paste(KeyIn *k)
{
  k->pasting = k->pasted = k->break_due = FALSE;
}

/* Bytes of pasted text; `used` 0: more are needed to know what they are. */
static Parsed parse_paste(KeyIn *k, const guint8 *p, gsize n)
{
  gsize end = sizeof paste_end - 1;
  if (p[0] == ESC && memcmp(p, paste_end, MIN(n, end)) == 0) {
    if (n < end)
      return (Parsed){0};
    keyin_end_paste(k);
    return parsed_key(end, 0);
  }
  if (p[0] < 0x20 || p[0] == 0x7f) {
    k->break_due |= k->pasted && (p[0] == '\n' || p[0] == '\r' || p[0] == '\t');
    return parsed_key(1, 0);
  }
  if (k->break_due)
    return (Parsed){0, {.kind = KEYIN_PASTE, .key = ' '}};
  Parsed parsed = parse_text(p, n, FALSE);
  if (parsed.event.kind == KEYIN_KEY)
    parsed.event.kind = KEYIN_PASTE;
  return parsed;
}

/* The next character of pasted text, or what keyin_next returns when there is none yet. */
static KeyInEvent next_pasted(KeyIn *k, gboolean late)
{
  while (k->pasting && k->buffer->len > 0) {
    Parsed parsed = parse_paste(k, k->buffer->data, k->buffer->len);
    if (parsed.used == 0 && parsed.event.kind == KEYIN_EMPTY)
      return (KeyInEvent){.kind = late ? KEYIN_EMPTY : KEYIN_MORE};
    if (parsed.used)
      g_byte_array_remove_range(k->buffer, 0, (guint)parsed.used);
    k->break_due = k->break_due && parsed.used;
    if (parsed.event.kind != KEYIN_EMPTY) {
      k->pasted = TRUE;
      return parsed.event;
    }
  }
  return (KeyInEvent){.kind = KEYIN_EMPTY};
}

/* The first mark of pasted text? */
static gboolean takes_mark(KeyIn *k)
{
  gsize n = sizeof paste_begin - 1;
  if (k->buffer->len < n || memcmp(k->buffer->data, paste_begin, n) != 0)
    return FALSE;
  g_byte_array_remove_range(k->buffer, 0, (guint)n);
  k->pasting = TRUE;
  return TRUE;
}

/* A first mark that is not whole is waited for, however long: what follows would be keys. */
static gboolean is_half_mark(const KeyIn *k)
{
  return k->buffer->len >= 4 && k->buffer->len < sizeof paste_begin - 1 &&
         memcmp(k->buffer->data, paste_begin, k->buffer->len) == 0;
}

KeyInEvent keyin_next(KeyIn *k, gboolean late)
{
  while (k->buffer->len > 0) {
    if (late && is_half_mark(k))
      break;
    if (k->pasting || takes_mark(k)) {
      KeyInEvent pasted = next_pasted(k, late);
      if (pasted.kind != KEYIN_EMPTY || k->pasting)
        return pasted;
      continue;
    }
    Parsed parsed = parse_any(k, k->buffer->data, k->buffer->len, late);
    if (parsed.used == 0)
      return (KeyInEvent){.kind = KEYIN_MORE};
    g_byte_array_remove_range(k->buffer, 0, (guint)parsed.used);
    if (parsed.event.kind != KEYIN_EMPTY)
      return parsed.event;
  }
  return (KeyInEvent){.kind = KEYIN_EMPTY};
}
