/** @file
 * The detail of a failure: fixed size, nothing to free, filled before the memory that it quotes
 * is released. Never holds a password, token or nonce. */
#ifndef ETSOAP_ERROR_H
#define ETSOAP_ERROR_H

#include <etsoap/status.h>

#include <stdbool.h>

ETS_BEGIN_DECLS

/** One failure; status is ETS_OK when there was none. */
typedef struct ets_error {
  ets_status status;  /**< What the call returned. */
  int http_status;    /**< HTTP status of the answer, 0 when there was none. */
  int code;           /**< The service's own code: apifault Code or ErrorCode; 0 when none. */
  char operation[23]; /**< "Retrieve"; empty when no operation was called. */
  bool not_begun;     /**< A fault that finds the request itself wrong: it was not carried out. */
  char message[512];  /**< One line: what is wrong and what would be right. UTF-8. */
} ets_error;

/** Fills `error` with a status and a formatted message of one line; line breaks become blanks,
 * what does not fit is cut at a character. Other members become 0.
 * @param[out] error  may be NULL: then only the status is returned
 * @return `status` */
ETS_API ets_status ets_error_set(ets_error *error, ets_status status, const char *format, ...)
    ETS_PRINTF(3, 4);

/** Whether a request that failed in this way may have been carried out: its answer got lost or does
 * not say. Who changed something looks before doing it again. */
ETS_API bool ets_error_leaves_open(const ets_error *error);

ETS_END_DECLS
#endif
