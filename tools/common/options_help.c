#include "common/options.h"

#include <stdio.h>

enum { HELP_COLUMN = 32 };

void options_help(const struct option *options) {
  for (const struct option *option = options; option->name; option++) {
    char letter[8] = "    ";
    if (option->letter)
      snprintf(letter, sizeof letter, "-%c, ", option->letter);
    int width = printf("  %s--%s%s%s", letter, option->name, option->value ? " " : "",
                       option->value ? option->value : "");
    if (width > HELP_COLUMN - 1)
      printf("\n%*s%s\n", HELP_COLUMN, "", option->help);
    else
      printf("%*s%s\n", HELP_COLUMN + 1 - width, "", option->help);
  }
}
