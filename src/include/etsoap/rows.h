/** @file
 * Rows as CSV, TSV, NDJSON or JSON, written to a file descriptor, or given to a function, as they
 * come. Nothing here talks to the network.
 *
 *     static const char *const columns[] = {"EventDate", "SubscriberKey", "Client.ID"};
 *     ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
 *     options.columns = columns;
 *     options.column_count = 3;
 *     status = ets_rows_open(&rows, STDOUT_FILENO, &options, &error);
 *     while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
 *       status = ets_rows_add(rows, row);
 *     written = ets_rows_close(rows, status == ETS_END, &error);
 *
 * How values are written, by format:
 *
 *              CSV, TSV              JSON, NDJSON
 *     absent   nothing               no member
 *     nil      nothing; TSV: \N      null
 *     empty    ""; TSV: nothing      ""
 *     text, dates  as the service sent them
 *     numbers, booleans  as the service sent them; 0012 is a string in JSON
 *     binary   base64                base64
 *     object   JSON                  an object
 *     array    JSON                  an array
 *
 * CSV is RFC 4180's. TSV writes tabs, line ends and backslashes with a backslash and a letter. Both
 * have a header. */
#ifndef ETSOAP_ROWS_H
#define ETSOAP_ROWS_H

#include <etsoap/error.h>
#include <etsoap/object.h>
#include <etsoap/time.h>

ETS_BEGIN_DECLS

/** A writer of rows. Use it from one thread at a time. */
typedef struct ets_rows ets_rows;

/** The formats. */
typedef enum ets_rows_format {
  ETS_ROWS_CSV,
  ETS_ROWS_TSV,
  ETS_ROWS_NDJSON, /**< a JSON object a line */
  ETS_ROWS_JSON    /**< an array of objects */
} ets_rows_format;

/** What to write. Start from ETS_ROWS_OPTIONS_INIT. */
typedef struct ets_rows_options {
  unsigned version;           /**< ETS_ROWS_OPTIONS_VERSION */
  ets_rows_format format;     /**< which of them */
  const char *const *columns; /**< paths of properties, which name the columns too; copied */
  size_t column_count;        /**< of columns, 1 or more */
  bool rfc3339;               /**< dates as RFC 3339, with their zone, instead of as they came */
  int utc_offset;             /**< rfc3339: minutes east of UTC that a date without zone is in */
} ets_rows_options;

/** The version member of ets_rows_options. */
#define ETS_ROWS_OPTIONS_VERSION 1
/** An ets_rows_options to start from: TSV. */
#define ETS_ROWS_OPTIONS_INIT \
  { ETS_ROWS_OPTIONS_VERSION, ETS_ROWS_TSV, 0, 0, false, ETS_SERVER_UTC_OFFSET }

/** By name ("csv", "tsv", "ndjson", "json"). @return false for another */
ETS_API bool ets_rows_format_find(ets_rows_format *format, const char *name);

/** Begins; what precedes the first row is buffered.
 * @param[out] rows   end with ets_rows_close(); NULL on failure
 * @param file        a descriptor that can be written; it stays open and the caller's
 * @param[out] error  what is wrong; may be NULL
 * @return ETS_OK, ETS_E_USAGE, ETS_E_NOMEM */
ETS_API ets_status ets_rows_open(ets_rows **rows, int file, const ets_rows_options *options,
                                 ets_error *error) ETS_WARN_UNUSED;

/** Takes bytes of rows, some 256 KB each time, borrowed. It may be in the middle of a row.
 * @return 0, or an errno: then nothing more is given */
typedef int ets_rows_taker(void *context, const char *bytes, size_t size);

/** The same with a function in place of the file: what compresses, or keeps rows in memory. */
ETS_API ets_status ets_rows_open_to(ets_rows **rows, ets_rows_taker *taker, void *context,
                                    const ets_rows_options *options,
                                    ets_error *error) ETS_WARN_UNUSED;

/** Writes the columns of an object; what it does not have is absent, an array is written whole.
 * @return ETS_OK, ETS_E_IO when the data does not get through (errno says why), ETS_E_NOMEM; after
 *         a failure nothing more is written */
ETS_API ets_status ets_rows_add(ets_rows *rows, ets_object row) ETS_WARN_UNUSED;

/** Writes one value for each column, in their order; as ets_rows_add(). For an array see
 * ets_get_json(). */
ETS_API ets_status ets_rows_add_values(ets_rows *rows, const ets_value *values) ETS_WARN_UNUSED;

/** Hands what is buffered to the file or function; otherwise that happens when there is enough of
 * it, and at the end.
 * @return as ets_rows_add() */
ETS_API ets_status ets_rows_flush(ets_rows *rows) ETS_WARN_UNUSED;

/** Ends and frees it. NULL is allowed.
 * @param complete    whether these are all rows. When not, a JSON array stays open, so that no
 *                    reader takes it for whole, and without any row nothing is written at all.
 * @param[out] error  what is wrong; may be NULL
 * @return ETS_OK when everything was written; ETS_E_IO (errno says why), ETS_E_NOMEM */
ETS_API ets_status ets_rows_close(ets_rows *rows, bool complete, ets_error *error) ETS_WARN_UNUSED;

/** A value as CSV and TSV have it before quoting: text, numbers and booleans as ets_value_format(),
 * binary as base64, objects as JSON; nothing for one that is absent, nil or empty. A value of kind
 * OBJECT that has `text` is taken for JSON that was made before: so a row can be kept without its
 * objects.
 * @return the length it has or would have, as snprintf does; 0 when out of memory */
ETS_API size_t ets_value_cell(const ets_value *value, char *buffer, size_t size);

/** A date as rows have it by `rfc3339`: RFC 3339 with its zone. What is no date, or none that can
 * be read, stays as it is.
 * @param utc_offset  minutes east of UTC that a date without zone is in
 * @param buffer      takes the text, which is the value's from then on; 33 bytes are enough */
ETS_API void ets_value_rfc3339(ets_value *value, int utc_offset, char *buffer, size_t size);

/** What is at a path as JSON, an array as an array: `ets_get_json(email, "ContentAreas", ...)`.
 * Nothing for what is absent. With such a text, and kind OBJECT, an ets_value stands for the whole
 * array where a value alone is its first item.
 * @return the length it has or would have, as snprintf does; 0 when out of memory */
ETS_API size_t ets_get_json(ets_object object, const char *path, char *buffer, size_t size);

ETS_END_DECLS
#endif
