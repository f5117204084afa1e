/* What a public header declares, one after the other, each with the comment in front of it. */
#ifndef MANUAL_DECLARATION_H
#define MANUAL_DECLARATION_H

#include <stdbool.h>
#include <stddef.h>

/* Part of the header's text. */
struct span {
  const char *text;
  size_t size;
};

enum declaration_kind {
  DECLARES_FILE,     /* nothing: the comment is about the header */
  DECLARES_FUNCTION, /* `before` the name, what it takes in `inside` */
  DECLARES_TYPE,     /* `inside` the braces; nothing for one that is not told */
  DECLARES_MACRO     /* `inside` is what it stands for; `takes` when it has arguments */
};

struct declaration {
  enum declaration_kind kind;
  struct span comment; /* without its marks at both ends */
  struct span before, name, inside;
  bool takes;
};

/* The next one that is documented; false behind the last. `at` moves behind it. */
bool declaration_next(const char **at, struct declaration *declaration);

/* A member of a struct or a value of an enum, with what is said of it, which may be empty. */
struct member {
  struct span text, comment;
};

bool member_next(struct span *inside, struct member *member);

/* The next of what a function takes, between commas. */
bool argument_next(struct span *inside, struct span *argument);

#endif
