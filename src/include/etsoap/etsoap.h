/** @file
 * Everything but the generated stubs (etsoap/stubs.h). A program makes a session, which holds an
 * endpoint, credentials and connections, calls functions with it, and frees it. What fails returns
 * another status than ETS_OK, and ets_session_error() has the words:
 *
 *     #include <stdio.h>
 *     #include <etsoap/etsoap.h>
 *
 *     int main(void) {
 *       ets_session *session;
 *       ets_error error;
 *       ets_object send;
 *       if (ets_session_from_environment(&session, &error) != ETS_OK) {
 *         fprintf(stderr, "%s\n", error.message);
 *         return 1;
 *       }
 *       ets_status status = ets_send_summary(&send, session, 12043295, NULL);
 *       if (status == ETS_OK)
 *         printf("%s: %s sent\n", ets_get_text_or(send, "EmailName", "?"),
 *                ets_get_text_or(send, "NumberSent", "?"));
 *       else
 *         fprintf(stderr, "%s\n", ets_session_error(session)->message);
 *       if (fflush(stdout))
 *         fputs("cannot write to stdout\n", stderr);
 *       ets_session_free(session);
 *       return status == ETS_OK && !ferror(stdout) ? 0 : 1;
 *     }
 *
 * The environment says which account: ETSOAP_ENDPOINT, ETSOAP_USERNAME and ETSOAP_PASSWORD, or
 * ETSOAP_AUTH_URL, ETSOAP_CLIENT_ID and ETSOAP_CLIENT_SECRET.
 *
 *     cc -o summary summary.c $(pkg-config --cflags --libs etsoap)
 *
 * Sends, their events, links and lists come from tracking.h, all of a send at once from report.h,
 * all of a recipient from recipient.h, all of an account from export.h. Objects of any type are
 * asked for with retrieve.h and filter.h, read with object.h, made with pool.h, written with
 * batch.h; operations.h has what else the service does. docs/cookbook.md has the calls for
 * each kind of object. Each of these headers has a manual page: that of one_to_one.h is found by
 * `man etsoap-one-to-one`, and by the name of any of its functions. */
#ifndef ETSOAP_ETSOAP_H
#define ETSOAP_ETSOAP_H

#include <etsoap/auth.h>
#include <etsoap/batch.h>
#include <etsoap/error.h>
#include <etsoap/export.h>
#include <etsoap/filter.h>
#include <etsoap/log.h>
#include <etsoap/login.h>
#include <etsoap/oauth.h>
#include <etsoap/object.h>
#include <etsoap/one_to_one.h>
#include <etsoap/operations.h>
#include <etsoap/pool.h>
#include <etsoap/rates.h>
#include <etsoap/recipient.h>
#include <etsoap/report.h>
#include <etsoap/retrievable.h>
#include <etsoap/retrieve.h>
#include <etsoap/rows.h>
#include <etsoap/session.h>
#include <etsoap/settings.h>
#include <etsoap/status.h>
#include <etsoap/time.h>
#include <etsoap/trace.h>
#include <etsoap/tracking.h>
#include <etsoap/unsubscribe.h>
#include <etsoap/version.h>

#endif
