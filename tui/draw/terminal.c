/* Terminal: the only file that includes curses. */
#include <curses.h>

int terminal_present(void);
int terminal_present(void)
{
  return stdscr != NULL;
}
