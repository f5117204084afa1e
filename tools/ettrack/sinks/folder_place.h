/* The names in a folder: `event=Open/account=10001/date=2026-11-20/part-0000-2400`. */
#ifndef ETTRACK_SINKS_FOLDER_PLACE_H
#define ETTRACK_SINKS_FOLDER_PLACE_H

#include <etsoap/export.h>

enum { FOLDER_PATH_MAX = 160, FOLDER_PART_MAX = 32 };

/* Where a window is. */
struct folder_place {
  char folder[FOLDER_PATH_MAX]; /* below the top: "event=Open/account=10001/date=2026-11-20" */
  char part[FOLDER_PART_MAX];   /* what its files are called: "part-0000-2400", "part" */
  int64_t start;                /* second of the day, server time */
  int64_t end;                  /* the first that is not in it; what is whole has a day */
};

/* ETS_E_USAGE for a window that is no part of a day. */
ets_status folder_place_of(struct folder_place *place, const ets_export_span *span,
                           ets_error *error);

/* Where the windows of a table and account are, "event=Open/account=10001". */
void folder_place_table(char path[FOLDER_PATH_MAX], const ets_export_table *table, int32_t account);

/* "date=2026-11-20" and "part-0000-2400" of a window; "" and "part" of what is whole, which has
 * from and until 0. Returns false for what is no part of a day. */
bool folder_place_day(char date[FOLDER_PART_MAX], struct folder_place *place, int64_t from,
                      int64_t until, int utc_offset);

/* Reads a name that begins as a part's, whatever comes behind it. Returns how long that beginning
 * is; 0: it is no part's. */
size_t folder_place_part(const char *name, int64_t *start, int64_t *end);

#endif
