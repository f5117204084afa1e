/* The record of a window, `_part-0000-2400.json`: what was read, and of which data file. */
#ifndef ETTRACK_SINKS_FOLDER_RECORD_H
#define ETTRACK_SINKS_FOLDER_RECORD_H

#include "ettrack/sinks/folder_data.h"
#include "ettrack/sinks/folder_io.h"
#include "ettrack/sinks/folder_place.h"

#include <etsoap/export.h>

#include <jansson.h>

/* The files of a window. */
struct folder_files {
  char window[FOLDER_PATH_MAX + FOLDER_PART_MAX]; /* "event=Open/.../part-0000-2400" */
  char data[FOLDER_NAME_MAX];                     /* "part-0000-2400.csv.gz" */
  char record[FOLDER_NAME_MAX];                   /* "_part-0000-2400.json" */
};

void folder_record_files(struct folder_files *files, const char *folder, const char *part,
                         const char *ending);

/* Reads the record that speaks of the data file as it is now. *root is NULL when there is none;
 * json_decref() it. A file of the size and the time of change that a record knows is taken for its
 * file without a look at what is in it, unless that is to be `sure`. */
ets_status folder_record_read(json_t **root, const struct folder_dir *dir,
                              const struct folder_files *files, bool sure, ets_error *error);

/* When the window of a record begins, whatever its data file is; not known of what is whole and of
 * what is no record. */
ets_status folder_record_begins(int64_t *from, bool *known, const struct folder_dir *dir,
                                const struct folder_files *files, ets_error *error);

/* Whether there is a file with a record, whatever it says. */
bool folder_record_there(const struct folder_dir *dir, const char *name);

/* What is in one. `share` takes the array that the record's shares are; free it. Strings are the
 * root's. Returns false for what no version has written. */
bool folder_record_parse(ets_export_record *record, ets_export_share **shares, const json_t *root);

/* The table and account that it is of. */
const char *folder_record_table(const json_t *root);
int32_t folder_record_account(const json_t *root);

/* A record as text; free it. NULL: out of memory.
 * @param sum     of the data file; NULL: the window has no rows, and so no file
 * @param before  the record of the data file that is replaced, which speaks of it until then; may
 *                be NULL */
char *folder_record_print(const ets_export_span *span, const ets_export_record *record,
                          const struct folder_files *files, const struct folder_sum *sum,
                          json_t *before);

#endif
