/** @file
 * Rates of a send, from its summary: which statistics they are made of, and how. No function of
 * this header talks to the network; what they return is static. The statistics are those of
 * ets_send_summary() and ets_sends_open(), and of ets_lists_open() for the part of a list.
 * `ettrack compare` prints them.
 *
 *     ets_rates rates;
 *     ets_send_rates(&rates, send);
 *     if (rates.percent[ETS_RATE_OPEN] >= 0)
 *       printf("%.2f %% opened\n", rates.percent[ETS_RATE_OPEN]); */
#ifndef ETSOAP_RATES_H
#define ETSOAP_RATES_H

#include <etsoap/object.h>

ETS_BEGIN_DECLS

/** The rates, each in per cent. Opens, clicks and unsubscribes are counted once a recipient, and
 * are those of the messages delivered; bounces and deliveries are those of the messages sent. */
typedef enum ets_rate {
  ETS_RATE_DELIVERY,      /**< NumberDelivered / NumberSent */
  ETS_RATE_OPEN,          /**< UniqueOpens / NumberDelivered */
  ETS_RATE_CLICK,         /**< UniqueClicks / NumberDelivered */
  ETS_RATE_CLICK_TO_OPEN, /**< UniqueClicks / UniqueOpens; also called reactivity */
  ETS_RATE_UNSUBSCRIBE,   /**< Unsubscribes / NumberDelivered */
  ETS_RATE_BOUNCE,        /**< (HardBounces + SoftBounces + OtherBounces) / NumberSent */
  ETS_RATE_HARD_BOUNCE,   /**< HardBounces / NumberSent */
  ETS_RATE_SOFT_BOUNCE,   /**< SoftBounces / NumberSent */
  ETS_RATE_OTHER_BOUNCE,  /**< OtherBounces / NumberSent */
  ETS_RATE_COUNT          /**< how many there are */
} ets_rate;

/** What stands for a rate that is not defined: the whole is 0, or the service did not tell a part
 * of it or the whole. Rates that are defined are 0 or more. */
#define ETS_RATE_UNDEFINED (-1.0)

/** All rates of a send. */
typedef struct ets_rates {
  double percent[ETS_RATE_COUNT]; /**< by ets_rate; ETS_RATE_UNDEFINED or 0 and more */
} ets_rates;

/** All of them.
 * @param summary  a Send or a ListSend; its statistics have to have been asked for, see
 *                 ets_rate_properties() */
ETS_API void ets_send_rates(ets_rates *rates, ets_object summary);

/** One of them, in per cent; ETS_RATE_UNDEFINED.
 * @param summary  as of ets_send_rates() */
ETS_API double ets_rate_of(ets_object summary, ets_rate rate);

/** How many per cent a part is of a whole; ETS_RATE_UNDEFINED when the whole is 0 or less, or the
 * part less than 0. */
ETS_API double ets_rate_share(int64_t part, int64_t whole);

/** Its name, "OpenRate". */
ETS_API const char *ets_rate_name(ets_rate rate);
/** What it is made of, "UniqueOpens / NumberDelivered". */
ETS_API const char *ets_rate_formula(ets_rate rate);
/** The properties that it is made of: its parts, which are added, and behind them the whole.
 * NULL-terminated. */
ETS_API const char *const *ets_rate_properties(ets_rate rate);
/** A rate by its name, "OpenRate".
 * @return false for another; `rate` is then as it was */
ETS_API bool ets_rate_find(ets_rate *rate, const char *name);

ETS_END_DECLS
#endif
