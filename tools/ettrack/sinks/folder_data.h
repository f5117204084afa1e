/* The rows of a window on their way into a file: CSV or NDJSON, gzip or plain, with the sum of what
 * was written. */
#ifndef ETTRACK_SINKS_FOLDER_DATA_H
#define ETTRACK_SINKS_FOLDER_DATA_H

#include "ettrack/sinks/folder_format.h"
#include "ettrack/sinks/folder_io.h"

#include <etsoap/export.h>
#include <etsoap/rows.h>

#include <openssl/evp.h>
#include <zlib.h>

/* What a finished file is. */
struct folder_sum {
  uint64_t bytes;
  int64_t mtime;   /* nanoseconds since 1970 */
  char sha256[65]; /* in hex */
};

enum { FOLDER_DATA_BUFFER = 64 * 1024 };

/* Begin with folder_data_init(). */
struct folder_data {
  const struct folder_format *format; /* borrowed, and so is dir */
  const struct folder_dir *dir;
  const ets_export_table *table;
  char name[FOLDER_NAME_MAX];      /* that it will have */
  char temporary[FOLDER_NAME_MAX]; /* that it has; "": there is no file yet */
  int file;                        /* -1: none */
  ets_rows *rows;
  z_stream deflate;
  bool deflates;               /* `deflate` is there, for all windows */
  bool member;                 /* a gzip member has begun */
  bool drop;                   /* rows go nowhere */
  EVP_MD_CTX *digest, *marked; /* of `written` bytes; of `marked_bytes` */
  uint64_t written, marked_bytes;
  uint64_t count, marked_count; /* rows */
  size_t used;                  /* of the buffer */
  unsigned char buffer[FOLDER_DATA_BUFFER];
};

void folder_data_init(struct folder_data *data);

/* Begins a window's file; there is none before the first row. */
void folder_data_begin(struct folder_data *data, const struct folder_format *format,
                       const struct folder_dir *dir, const char *part,
                       const ets_export_table *table);

/* As the calls of a sink. */
ets_status folder_data_row(struct folder_data *data, const ets_value *values, ets_error *error);
ets_status folder_data_mark(struct folder_data *data, ets_error *error);
ets_status folder_data_back(struct folder_data *data, ets_error *error);

/* The file, which is to be renamed, is complete and on the disk. Not for a window without rows. */
ets_status folder_data_finish(struct folder_data *data, struct folder_sum *sum, ets_error *error);

/* Removes the file, unless it was renamed: then `temporary` is "". */
void folder_data_end(struct folder_data *data);

void folder_data_free(struct folder_data *data);

/* A sum in hex. */
void folder_data_hex(char text[65], const unsigned char *sha256);

#endif
