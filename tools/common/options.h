/* The command line: tables of options, read into structs. */
#ifndef COMMON_OPTIONS_H
#define COMMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an option writes into the member at its offset. */
enum option_kind {
  OPTION_FLAG,   /* bool: true */
  OPTION_TEXT,   /* const char *: the value, which may not be empty */
  OPTION_NUMBER, /* uint64_t: a whole number from `least` to `most` */
  OPTION_LIST,   /* struct option_list: repeatable, or several words at once, see `words` */
  OPTION_CUSTOM  /* whatever `read` does with it */
};

struct option;

/* Reads a value of kind OPTION_CUSTOM into the member; false after saying what is wrong. */
typedef bool option_reader(const struct option *option, void *member, const char *value);

struct option {
  const char *name;  /* "format", written --format; NULL ends a table */
  char letter;       /* 'o', written -o; 0: none */
  const char *value; /* what the help calls it, "FILE"; NULL for a flag */
  const char *help;  /* one line */
  enum option_kind kind;
  size_t offset;        /* of the member in the struct that the table is for */
  uint64_t least, most; /* OPTION_NUMBER */
  unsigned words;       /* OPTION_LIST: values each time, 0 counts as 1 */
  option_reader *read;  /* OPTION_CUSTOM */
};

/* `words` of a list that takes every word up to the next option. */
#define OPTION_WORDS_ALL (~0u)

/* Rows of a table: OPTION_ROW_FLAG("quiet", 'q', struct options, quiet, "no progress"). */
#define OPTION_ROW_FLAG(name, letter, type, member, help) \
  { name, letter, NULL, help, OPTION_FLAG, offsetof(type, member), 0, 0, 0, NULL }
#define OPTION_ROW_TEXT(name, letter, value, type, member, help) \
  { name, letter, value, help, OPTION_TEXT, offsetof(type, member), 0, 0, 0, NULL }
#define OPTION_ROW_NUMBER(name, letter, value, type, member, least, most, help) \
  { name, letter, value, help, OPTION_NUMBER, offsetof(type, member), least, most, 0, NULL }
#define OPTION_ROW_LIST(name, letter, value, words, type, member, help) \
  { name, letter, value, help, OPTION_LIST, offsetof(type, member), 0, 0, words, NULL }
#define OPTION_ROW_CUSTOM(name, letter, value, read, type, member, help) \
  { name, letter, value, help, OPTION_CUSTOM, offsetof(type, member), 0, 0, 0, read }
#define OPTION_ROW_END \
  { NULL, 0, NULL, NULL, OPTION_FLAG, 0, 0, 0, 0, NULL }

/* Words of the command line, borrowed from it. */
struct option_list {
  const char **items;
  size_t count;
};

/* Frees the array. */
void option_list_free(struct option_list *list);

/* One table and the struct that its offsets are into. */
struct option_table {
  const struct option *options;
  void *into;
  bool once; /* each of them with one value may be given once; otherwise the last one counts */
};

struct options_reader {
  const struct option_table *tables; /* what is allowed */
  size_t table_count;
  const char *help; /* where to look, "ettrack links --help" */
  /* Says something better of an option that is in no table, its name without dashes; false: it has
   * nothing to say. NULL: as one that has not. */
  bool (*unknown)(const void *context, const char *name);
  const void *context;
};

/* Reads `count` words (without the program's name) into the structs; what is no option goes to
 * `operands`. Options may stand anywhere, as `--name VALUE`, `--name=VALUE`, `-l VALUE` or
 * `-lVALUE`; `--` ends them, `-` is none. Returns false after saying what is wrong. Lists and
 * `operands` are to be freed either way. */
bool options_read(const struct options_reader *reader, int count, char *const *words,
                  struct option_list *operands);

/* The index of the first word that is no option and no value of one, by what the tables say of
 * values; `count` when there is none. For programs with commands that have options of their own. */
int options_first_operand(const struct option_table *tables, size_t table_count, int count,
                          char *const *words);

/* What the last word of a command line is that is being written. */
struct option_place {
  const struct option *option; /* it is a value of this one; NULL: it is none */
  size_t prefix;               /* so much of it comes before the value, "--format=" */
  bool plain;                  /* it cannot be an option, since `--` came before */
  size_t operands;             /* how many stand before it */
  int first, last;             /* the indexes of those at both ends */
};
struct option_place options_place(const struct option_table *tables, size_t table_count, int count,
                                  char *const *words);

/* Reads a whole number, digits only. False when it is none or out of range. */
bool option_number(uint64_t *number, const char *text, uint64_t least, uint64_t most);

/* The candidate that a person may have meant; NULL when none is near. `next` gives candidates
 * until NULL. */
const char *option_suggestion(const char *word,
                              const char *(*next)(size_t index, const void *context),
                              const void *context);

/* The table as help text on stdout, a line or two for each option. */
void options_help(const struct option *options);

#endif
