/* What every program ends with. */
#ifndef COMMON_EXIT_CODE_H
#define COMMON_EXIT_CODE_H

enum exit_code {
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,     /* an argument, or a setting */
  EXIT_INCOMPLETE = 3 /* some of the data, or some of the items, are missing */
};

#endif
