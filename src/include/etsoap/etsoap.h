/** @file
 * Everything but the generated stubs (etsoap/stubs.h). */
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
