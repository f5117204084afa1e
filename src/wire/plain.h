/* For callers of generated stubs: the same strict parser in front of gSOAP's reader. An answer is
 * checked as it is read and handed on as plain XML: UTF-8, references resolved, no CDATA, comments
 * or processing instructions, no text between elements, and what has no namespace in the one of the
 * contract. Streamed, a slice at a time. */
#ifndef ETS_PLAIN_H
#define ETS_PLAIN_H

#include "wire/answer.h"

struct ets_plain;

/* Reads nothing yet. Of the request peer, charset and limits count; it and `source` have to live
 * until the close. ETS_E_NOMEM is the only failure. */
ets_status ets_plain_open(struct ets_plain **plain, const struct ets_answer_source *source,
                          const struct ets_answer_request *request, ets_error *error);

/* The next bytes of the answer, for soap->frecv: up to `size` of them, 0 at the end and when it
 * failed. */
size_t ets_plain_read(struct ets_plain *plain, char *buffer, size_t size);

/* Checks what the reader left, to the end of the body. Returns ETS_OK when all of the answer was
 * right, the first failure otherwise. */
ets_status ets_plain_finish(struct ets_plain *plain, ets_error *error);

/* After ets_plain_finish(): the fault that the answer was, NULL when it was none. Borrowed. */
const struct ets_soap_fault *ets_plain_fault(const struct ets_plain *plain);

/* The same for the text of the response element's OverallStatus or OverallStatusMessage; NULL: not
 * there. */
const char *ets_plain_text(const struct ets_plain *plain, const char *name);

/* NULL is allowed. The source is the caller's to close. */
void ets_plain_close(struct ets_plain *plain);

#endif
