#include "ettrack/export/sink.h"
#include <string.h>
#include <stdlib.h>
#include <stdio.h>
struct mem { FILE *f; };
static ets_status prepare(void *s, const ets_export_table *t, ets_error *e) {(void)s;(void)t;(void)e;return ETS_OK;}
static ets_status records(void *s, const ets_export_table *t, int32_t a, ets_export_visitor *v, void *c, ets_error *e){(void)s;(void)t;(void)a;(void)v;(void)c;(void)e;return ETS_OK;}
static ets_status begin(void *s, const ets_export_span *p, ets_error *e){(void)s;(void)e;(void)p;return ETS_OK;}
static ets_status row(void *s, const ets_value *v, ets_error *e){(void)s;(void)v;(void)e;return ETS_OK;}
static ets_status mark(void *s, ets_error *e){(void)s;(void)e;return ETS_OK;}
static ets_status commit(void *s, const ets_export_record *r, ets_error *e){(void)s;(void)e;(void)r;return ETS_OK;}
static void abandon(void *s){(void)s;}
static const ets_sink_calls calls={1,prepare,records,begin,row,mark,mark,commit,abandon};
static ets_status survey(void*s,store_visitor*v,void*c,ets_error*e){(void)s;(void)v;(void)c;(void)e;return ETS_OK;}
static void closes(void*s){(void)s;}
ets_status folder_open(struct store *store, const char *where, const struct store_options *o, bool create, ets_error *error){(void)where;(void)o;(void)create;(void)error;*store=(struct store){{&calls,NULL},survey,closes};return ETS_OK;}
ets_status sqlite_open(struct store *store, const char *where, bool create, ets_error *error){return folder_open(store,where,NULL,create,error);}
ets_status postgres_open(struct store *store, const char *where, bool create, ets_error *error){return folder_open(store,where,NULL,create,error);}
