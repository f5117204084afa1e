/* The record of a window as a row of `export_window`, the same text in both databases. */
#ifndef ETTRACK_EXPORT_RECORD_H
#define ETTRACK_EXPORT_RECORD_H

#include "common/buffer.h"

#include "export/sink.h"

enum { RECORD_COLUMNS = 12 };

/* Makes export_window and export_meta; the version of what is new is SQL_VERSION. */
extern const char record_create[];
extern const char record_version[]; /* SELECT: the version */
extern const char record_insert[];  /* INSERT with $1 to $12 */
extern const char record_select[];  /* SELECT of all columns; a condition and record_order follow */
extern const char record_order[];

/* Refuses what a newer ettrack made. `version` is what record_version gave, NULL: nothing. */
ets_status record_check_version(const char *version, const char *place, ets_error *error);

/* A record as texts, in the order of the columns. */
struct record_texts {
  const char *columns[RECORD_COLUMNS]; /* NULL: none */
  char numbers[8][24];
  struct buffer shares;
};

/* @return false when out of memory; record_texts_free() either way */
bool record_write(struct record_texts *texts, const ets_export_span *span,
                  const ets_export_record *record);
void record_texts_free(struct record_texts *texts);

/* Gives rows of record_select to a visitor. Begin with the visitor and its context. */
struct record_reader {
  store_visitor *visit;
  void *context;
  ets_export_share *shares;
  size_t capacity;
};

/* One row, its columns as text, NULL: none. */
ets_status record_read(struct record_reader *reader, const char *const columns[RECORD_COLUMNS],
                       const char *place, ets_error *error);
void record_reader_free(struct record_reader *reader);

#endif
