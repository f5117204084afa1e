/* The files of a folder against their records: SHA-256 and rows of each. */
#ifndef ETTRACK_SINKS_FOLDER_AUDIT_H
#define ETTRACK_SINKS_FOLDER_AUDIT_H

#include "ettrack/sinks/folder_format.h"

ets_status folder_audit(const struct folder_dir *top, const struct folder_format *format,
                        struct store_audit *audit, ets_error *error);

/* Removes the record of a flaw; its file stays until the window is read again. */
ets_status folder_audit_forget(const struct folder_dir *top, const struct store_flaw *flaw,
                               ets_error *error);

#endif
