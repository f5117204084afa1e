/* The records of one table and account, where a walk gives those of any with their names. */
#ifndef ETTRACK_SINKS_ONE_TABLE_H
#define ETTRACK_SINKS_ONE_TABLE_H

#include "ettrack/sinks/sink.h"

struct one_table {
  ets_export_visitor *visit;
  void *context;
};

/* A store_visitor that hands the record on; `context` is a struct one_table. */
static inline ets_status one_table_visit(void *context, const char *table, int32_t account,
                                         const ets_export_record *record) {
  const struct one_table *one = context;
  (void)table;
  (void)account;
  return one->visit(one->context, record);
}

#endif
