#include "operations/calendar.h"

#include "operations/async.h"
#include "operations/extract.h"
#include "operations/happenings.h"
#include "operations/imports.h"

const struct happening calendar[] = {{"Event", happenings_event},
                                     {"EndOfRun", happenings_end_of_run},
                                     {"Extract", extract_write},
                                     {"AsyncObject", async_do},
                                     {"AsyncEnd", async_end},
                                     {"EndOfImport", imports_end},
                                     {NULL, NULL}};
