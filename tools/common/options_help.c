#include "common/options.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 33, HELP_WIDTH = 80 };

/* The words of a help text from HELP_COLUMN on, on as many lines as they take. */
static void print_words(const char *text) {
  size_t column = HELP_COLUMN;
  while (*text) {
    size_t n = strcspn(text, " ");
    bool first = column == HELP_COLUMN, fits = column + !first + n <= HELP_WIDTH;
    if (first || fits)
      printf("%s%.*s", first ? "" : " ", (int)n, text);
    else
      printf("\n%*s%.*s", HELP_COLUMN, "", (int)n, text);
    column = first || !fits ? HELP_COLUMN + n : column + 1 + n;
    text += n + strspn(text + n, " ");
  }
  putchar('\n');
}

void options_help(const struct option *options) {
  for (const struct option *option = options; option->name; option++) {
    char letter[8] = "    ";
    if (option->letter)
      snprintf(letter, sizeof letter, "-%c, ", option->letter);
    int width = printf("  %s--%s%s%s", letter, option->name, option->value ? " " : "",
                       option->value ? option->value : "");
    if (width > HELP_COLUMN - 2)
      printf("\n%*s", HELP_COLUMN, "");
    else
      printf("%*s", HELP_COLUMN - width, "");
    print_words(option->help);
  }
}
