#include "common/manual.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_COLUMN = 33, HELP_WIDTH = 80, TEXT_WIDTH = 79 };

/* The words of a text from a column on, on as many lines as they take. */
static void print_words(const char *text, size_t from, size_t at) {
  size_t column = at;
  while (*text) {
    size_t n = strcspn(text, " ");
    bool first = column == from, fits = column + !first + n <= HELP_WIDTH;
    if (first || fits)
      printf("%s%.*s", first ? "" : " ", (int)n, text);
    else
      printf("\n%*s%.*s", (int)from, "", (int)n, text);
    column = first || !fits ? from + n : column + 1 + n;
    text += n + strspn(text + n, " ");
  }
  putchar('\n');
}

/* A name of `width` columns has been printed: to where its text begins. */
static void go_to(size_t column, int width) {
  if ((size_t)width + 2 > column)
    printf("\n%*s", (int)column, "");
  else
    printf("%*s", (int)column - width, "");
}

void options_help(const struct option *options) {
  for (const struct option *option = options; option->name; option++) {
    char letter[8] = "    ";
    if (option->letter)
      snprintf(letter, sizeof letter, "-%c, ", option->letter);
    int width = printf("  %s--%s%s%s", letter, option->name, option->value ? " " : "",
                       option->value ? option->value : "");
    go_to(OPTION_COLUMN, width);
    print_words(option->help, OPTION_COLUMN, OPTION_COLUMN);
  }
}

/* Sentences, or words with a colon. */
static void print_heading(const char *heading) {
  if (strchr(heading, '.'))
    help_text(heading);
  else
    printf("%s:\n", heading);
}

void help_options(const struct manual *manual) {
  const char *heading = "Options";
  printf("\n%s:\n", heading);
  for (size_t i = 0; i < MANUAL_TABLES && manual->options[i].options; i++) {
    const struct manual_options *table = &manual->options[i];
    if (table->heading && strcmp(heading, table->heading) != 0)
      print_heading(heading = table->heading);
    options_help(table->options);
  }
}

void help_terms(const struct manual_term *terms, size_t column) {
  for (; terms->name; terms++) {
    go_to(column, printf("  %s", terms->name));
    print_words(terms->text, column, column);
  }
}

void help_exits(const struct manual_term *exits) {
  size_t column = (size_t)printf("Exit codes:");
  char text[1024] = "";
  size_t used = 0;
  for (; exits->name && used < sizeof text; exits++)
    used += (size_t)snprintf(text + used, sizeof text - used, "%s %s%s", exits->name, exits->text,
                             exits[1].name ? ", " : ".");
  print_words(text, 0, column);
}

void help_summary(const char *summary) {
  printf("%c%s.\n", toupper((unsigned char)*summary), summary + 1);
}

void help_text(const char *text) {
  size_t column = 0;
  while (*text) {
    size_t line = strcspn(text, "\n");
    bool as_it_is = *text == ' ' || line == 0;
    if (as_it_is) {
      printf("%s%.*s\n", column ? "\n" : "", (int)line, text);
      column = 0;
    }
    for (const char *word = text; !as_it_is && word < text + line;) {
      size_t n = strcspn(word, " \n");
      bool fits = column == 0 || column + 1 + n <= TEXT_WIDTH;
      printf("%s%.*s", column == 0 ? "" : fits ? " " : "\n", (int)n, word);
      column = fits && column ? column + 1 + n : n;
      word += n + strspn(word + n, " ");
    }
    text += line + (text[line] == '\n');
  }
  if (column)
    putchar('\n');
}
