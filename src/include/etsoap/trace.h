/** @file
 * Every exchange as a pair of files, for looking at what really went over the wire. */
#ifndef ETSOAP_TRACE_H
#define ETSOAP_TRACE_H

#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** The flags of ets_session_trace(). */
enum ets_trace_flag {
  ETS_TRACE_REDACT_SUBSCRIBERS = 1 /**< subscriber keys, ids and addresses are removed as well */
};

/** Writes every following exchange to `folder` as `NNNN-OPERATION-request.txt` and
 * `NNNN-OPERATION-answer.txt`, HTTP headers included, readable by the owner only. Passwords,
 * tokens, nonces and proxy credentials are replaced by `***` before anything is written; those of
 * this session wherever the service quotes them, if they have four characters at least. Answers
 * are written as they are after decompression. Exchanges with the token endpoint are not traced.
 * What cannot be written to its end does not fail the exchange it is of, but the next one, which is
 * not sent, or the next call of this function.
 * @param folder  is made when it is not there; has to be one's own, writable by nobody else, and no
 *                link; NULL: stop tracing
 * @param flags   0 or ETS_TRACE_REDACT_SUBSCRIBERS
 * @return ETS_OK, ETS_E_IO when the folder cannot be written, or an exchange before was not written
 *         to its end, ETS_E_NOMEM */
ETS_API ets_status ets_session_trace(ets_session *session, const char *folder,
                                     unsigned flags) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
