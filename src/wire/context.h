/* Contexts of gSOAP, which writes requests, and reads the answers of direct stub calls. */
#ifndef ETS_CONTEXT_H
#define ETS_CONTEXT_H

struct soap;

/* One of its own for each session. NULL: out of memory. */
struct soap *ets_context_new(void);

/* Frees what was allocated in it. */
void ets_context_clear(struct soap *soap);

/* Credentials went through its buffers: they are wiped. NULL is allowed. */
void ets_context_free(struct soap *soap);

#endif
