#include "ettrack/run/chosen.h"

#include "common/program.h"

int chosen_perform(struct chosen *chosen, bool made, struct work *work) {
  int code = EXIT_FAILED;
  work->rates = true;
  if (made)
    code = work_perform(work);
  else
    complain("out of memory");
  columns_free(&chosen->asked);
  columns_free(&chosen->columns);
  return code;
}
