/* Who a triggered send goes to: one or some by options, or many by a CSV file. */
#ifndef ETTRACK_RECIPIENTS_ADDRESSEES_H
#define ETTRACK_RECIPIENTS_ADDRESSEES_H

#include "common/options.h"

struct attribute {
  const char *name; /* so many bytes of it */
  int name_length;
  const char *value;
};

struct addressee {
  const char *address;
  const char *key; /* NULL: none */
  struct attribute *attributes;
  size_t attribute_count;
  size_t line; /* of the file */
};

struct addressees {
  struct addressee *items;
  size_t count;
  char *text; /* of the file */
};

/* Those of `--to`, each with what `--attribute NAME=VALUE` says; `key` is of the only one, NULL:
 * none. False after saying what is wrong. */
bool addressees_take(struct addressees *all, const struct option_list *addresses, const char *key,
                     const struct option_list *attributes);

/* Those of a CSV file, "-": stdin. Its header has EmailAddress, may have SubscriberKey, and names
 * attributes in its other columns; empty values are left out. `attributes` go to all of them; none
 * may be given twice, nor may a recipient with the same key and attributes. All of the file is
 * checked. False after saying what is wrong. */
bool addressees_read(struct addressees *all, const char *path,
                     const struct option_list *attributes);

/* Whether --to gives an address that can go out. False after saying what is wrong. */
bool addressees_check_to(const char *address);

/* Whether a text that `what` gives can go out. False after saying that it cannot. */
bool addressees_sendable(const char *what, const char *text);

void addressees_free(struct addressees *all);

#endif
