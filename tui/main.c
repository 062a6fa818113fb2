/* cohortscope: the program. */
#include <stdio.h>

int main(int argc, char **argv)
{
  (void)argc;
  (void)argv;
  puts("cohortscope");
  return 0;
}
