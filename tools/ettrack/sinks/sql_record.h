/* The record of a window as a row of `export_window`, the same text in both databases. */
#ifndef ETTRACK_SINKS_SQL_RECORD_H
#define ETTRACK_SINKS_SQL_RECORD_H

#include "common/buffer.h"

#include "ettrack/sinks/sink.h"

enum { RECORD_COLUMNS = 12 };

/* Makes export_window and export_meta; the version of what is new is SQL_VERSION. */
extern const char sql_record_create[];
extern const char sql_record_comments[]; /* PostgreSQL's, behind it */
extern const char sql_record_version[];  /* SELECT: the version */
extern const char sql_record_insert[];   /* INSERT with $1 to $12 */
extern const char
    sql_record_select[]; /* SELECT of all columns; a condition and sql_record_order follow */
extern const char sql_record_order[];

/* SELECT: how many of the columns of both tables are there; for sql_record_check_shape(). */
extern const char sql_record_shape_sqlite[], sql_record_shape_postgres[];

/* Refuses tables of these names that ettrack did not make. */
ets_status sql_record_check_shape(const char *count, const char *place, ets_error *error);

/* Refuses what a newer ettrack made. `version` is what sql_record_version gave, NULL: nothing. */
ets_status sql_record_check_version(const char *version, const char *place, ets_error *error);

/* SELECT: edges of a window that overlaps this one and is none of its length. There may be none: a
 * plan keeps the lengths that it sees, so such a window came from another export since. */
void sql_record_select_other(struct buffer *sql, const ets_export_span *span);

/* ETS_E_BUSY, with the window that it found. */
ets_status sql_record_busy(const ets_export_span *span, const char *from, const char *until,
                           const char *place, ets_error *error);

/* DELETE of the record of a window. */
void sql_record_delete(struct buffer *sql, const ets_export_span *span);

/* A record as texts, in the order of the columns. */
struct sql_record_texts {
  const char *columns[RECORD_COLUMNS]; /* NULL: none */
  char numbers[8][24];
  struct buffer shares;
};

/* @return false when out of memory; sql_record_texts_free() either way */
bool sql_record_write(struct sql_record_texts *texts, const ets_export_span *span,
                      const ets_export_record *record);
void sql_record_texts_free(struct sql_record_texts *texts);

/* Gives rows of sql_record_select to a visitor. Begin with the visitor and its context. */
struct sql_record_reader {
  store_visitor *visit;
  void *context;
  ets_export_share *shares;
  size_t capacity;
};

/* One row, its columns as text, NULL: none. */
ets_status sql_record_read(struct sql_record_reader *reader,
                           const char *const columns[RECORD_COLUMNS], const char *place,
                           ets_error *error);
void sql_record_reader_free(struct sql_record_reader *reader);

#endif
