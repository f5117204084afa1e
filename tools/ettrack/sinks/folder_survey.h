/* The records that a folder holds. */
#ifndef ETTRACK_SINKS_FOLDER_SURVEY_H
#define ETTRACK_SINKS_FOLDER_SURVEY_H

#include "ettrack/sinks/folder_format.h"

/* Those of a table and account, or of all of them, see sink.h. */
ets_status folder_survey_table(const struct folder_dir *top, const struct folder_format *format,
                               const ets_export_table *table, int32_t account,
                               ets_export_visitor *visit, void *context, ets_error *error);
ets_status folder_survey_all(const struct folder_dir *top, const struct folder_format *format,
                             store_visitor *visit, void *context, ets_error *error);

/* Takes a name that is a record's or a data file's, in the folder `path` below the top. */
typedef ets_status folder_survey_visitor(void *context, const struct folder_dir *dir,
                                         const char *path, const char *name, ets_error *error);
ets_status folder_survey_names(const struct folder_dir *top, folder_survey_visitor *look,
                               void *context, ets_error *error);

#endif
