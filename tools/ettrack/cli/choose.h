/* The columns of a command: the user's choice, or its own. */
#ifndef ETTRACK_CLI_CHOOSE_H
#define ETTRACK_CLI_CHOOSE_H

#include "ettrack/cli/options.h"
#include "ettrack/columns/columns.h"

/* What --properties says; otherwise `table` for people, led by the account's column when more than
 * one is read, and `all` for every other format. False when out of memory. */
bool columns_choose(struct columns *columns, const struct options *options, const char *const *all,
                    const struct shown *table);

/* What has to be asked for to show them: of the command's own choice only what this contract has.
 * False when out of memory. */
bool columns_asked(struct columns *asked, const struct columns *shown,
                   const struct options *options, const char *object_type);

/* Whether more than one account is read. */
bool several_accounts(const struct options *options);

#endif
