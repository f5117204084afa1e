/* The completion of a command line by the program itself: `PROGRAM complete -- WORD...` prints what
 * the last word may become, a line each, a tab and a few words about it behind. A line that begins
 * with a tab asks the shell for files: "\tfiles", "\tfolders". */
#ifndef COMMON_COMPLETE_H
#define COMMON_COMPLETE_H

#include "common/options.h"

struct completion {
  const char *word; /* what there is of it */
  size_t prefix;    /* so much of that stays in front of every candidate */
};

/* One candidate, unless the word has begun otherwise. `about` may be NULL. */
void complete_with(const struct completion *completion, const char *candidate, const char *about);

/* For a list with commas: what is behind the last one; names before it are not offered again. */
struct completion complete_item(const struct completion *completion);
bool complete_has(const struct completion *list, const char *name);

void complete_files(void);
void complete_folders(void);

/* The options that a word such as "--fo" may become. */
void complete_options(const struct completion *completion, const struct option_table *tables,
                      size_t table_count);

/* By what a value or an operand is called: FILE and DIR are such, what is in lower case has to be
 * written so, `text|json`. False: the name says nothing. */
bool complete_named(const struct completion *completion, const char *name);

/* The name of the operand at `index` of "OLD NEW", "JOBID JOBID..." or "[KEY...]", without brackets
 * and dots. False: there is none. */
bool complete_operand(char *name, size_t size, const char *operands, size_t index);

#endif
