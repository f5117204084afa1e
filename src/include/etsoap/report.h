/** @file
 * The report of a send: all figures that people look at, by one call. URLs and click streams,
 * clicks per day, how opens and clicks came in over time, bounces by type, what each internet
 * domain did, and beside them the account's average. What figures are called, and their formulas,
 * follows Adobe Campaign's message tracking reports, as far as the service's API has what they
 * need; what it does not have is not in here. `ettrack report` prints it.
 *
 *     ets_report_query query = ETS_REPORT_QUERY_INIT;
 *     ets_report *report;
 *     query.job_id = 12043295;
 *     status = ets_report_read(&report, session, &query, NULL);
 *     if (status == ETS_OK && report->rates.percent[ETS_RATE_OPEN] >= 0)
 *       printf("%.1f %% opened\n", report->rates.percent[ETS_RATE_OPEN]);
 *     ets_report_free(report); */
#ifndef ETSOAP_REPORT_H
#define ETSOAP_REPORT_H

#include <etsoap/rates.h>
#include <etsoap/tracking.h>

ETS_BEGIN_DECLS

/** How many of each a report holds. */
enum ets_report_size {
  ETS_REPORT_DAYS = 14,         /**< days of clicks; the last one is all later ones too */
  ETS_REPORT_TENTHS = 9,        /**< 10, 20 ... 90 % */
  ETS_REPORT_STEPS = 96,        /**< of a curve */
  ETS_REPORT_RECIPIENTS = 25000 /**< of a send whose domains are read unasked */
};

/** What a report is of. Start from ETS_REPORT_QUERY_INIT. */
typedef struct ets_report_query {
  unsigned version;      /**< ETS_REPORT_QUERY_VERSION */
  int32_t job_id;        /**< JobID of the send; 1 or more */
  bool links_by_url;     /**< links of one URL count together; else those of one label, and those
                                without a label by their URL */
  bool average;          /**< the account's average as well */
  int64_t domains_up_to; /**< Domains are read when the send went to so many recipients or fewer:
                                that takes every SentEvent and, where keys are no addresses,
                                Subscribers. 0: never; INT64_MAX: always */
  void (*progress)(void *context, uint64_t rows); /**< called for each event that is read, with how
                                                       many there were; NULL: not */
  void *context;                                  /**< for `progress` */
} ets_report_query;

/** The version member of ets_report_query. */
#define ETS_REPORT_QUERY_VERSION 1
/** An ets_report_query to start from. */
#define ETS_REPORT_QUERY_INIT \
  { ETS_REPORT_QUERY_VERSION, 0, false, false, ETS_REPORT_RECIPIENTS, 0, 0 }

/** Statistics of the send. Below 0: the service does not tell. */
typedef struct ets_report_totals {
  int64_t targeted;     /**< NumberTargeted, messages */
  int64_t sent;         /**< NumberSent, messages */
  int64_t delivered;    /**< NumberDelivered, messages */
  int64_t opened;       /**< UniqueOpens, recipients */
  int64_t clicked;      /**< UniqueClicks, recipients */
  int64_t unsubscribed; /**< Unsubscribes, events */
  int64_t hard;         /**< HardBounces, messages */
  int64_t soft;         /**< SoftBounces, messages */
  int64_t other;        /**< OtherBounces, messages */
  int64_t bounced;      /**< all three together */
  int64_t forwarded;    /**< ForwardedEmails */
  int64_t clicks;       /**< of all links, each click: the sum of Link.TotalClicks */
} ets_report_totals;

/** A link, or those that go by one name. */
typedef struct ets_report_link {
  char *name;                    /**< label or URL, as links are told apart */
  char *url;                     /**< of the first of that name */
  int64_t id;                    /**< Link.ID of the first one; 0: not told */
  int64_t clicks;                /**< Link.TotalClicks */
  int64_t unique_clicks;         /**< Link.UniqueClicks */
  int64_t days[ETS_REPORT_DAYS]; /**< ClickEvents by the day after the send, in spans of 24 hours;
                                      those with a date, of a send that has one */
} ets_report_link;

/** How one kind of event came in after the send. */
typedef struct ets_report_reaction {
  int64_t count;                       /**< of events with a date; 0 when the send has none */
  int64_t reach[ETS_REPORT_TENTHS];    /**< seconds till 10, 20 ... 90 % of them had come: exact in
                                            the first 14 days, whole hours later; -1: none came */
  int64_t curve[ETS_REPORT_STEPS + 1]; /**< how many had come at each step of `span` */
} ets_report_reaction;

/** Bounces of one type and category. */
typedef struct ets_report_bounce {
  char *type;     /**< EventType, "HardBounce" */
  char *category; /**< BounceCategory */
  int64_t count;  /**< BounceEvents */
} ets_report_bounce;

/** What an internet domain did. */
typedef struct ets_report_domain {
  char *name;        /**< "example.com", in lower case */
  int64_t sent;      /**< messages */
  int64_t bounced;   /**< messages */
  int64_t delivered; /**< messages that were sent and did not bounce */
  int64_t opened;    /**< recipients, each once */
  int64_t clicked;   /**< recipients, each once */
} ets_report_domain;

/** The same rates of all sends of the last six months (183 days, by SendDate) together. */
typedef struct ets_report_average {
  size_t sends;            /**< how many; 0: not asked for, or there are none. Neither this one, nor
                                those that sent nothing, nor triggered sends, one-to-one ones
                                included: those with SentEvents that name a triggered send
                                definition. */
  ets_rates rates;         /**< of the sums of their statistics */
  double cumulated_clicks; /**< as of the report */
} ets_report_average;

/** A report. Everything in it is its own, and freed with it. */
typedef struct ets_report {
  int32_t job_id;             /**< as asked for */
  int64_t account;            /**< MID, Client.ID; 0: not told */
  char *subject;              /**< NULL: the service has none */
  char *email_name;           /**< NULL: the service has none */
  char *from_name;            /**< NULL: the service has none */
  char *sent_date;            /**< as the service writes it, without a zone in server time; NULL */
  ets_time made;              /**< when the report was made, whole seconds, in server time */
  ets_report_totals totals;   /**< of the send */
  ets_rates rates;            /**< of the send */
  double cumulated_clicks;    /**< clicks / delivered, per cent; ETS_RATE_UNDEFINED */
  ets_report_average average; /**< when it was asked for */
  bool links_by_url;          /**< as asked for */
  ets_report_link *links;     /**< most clicks first; then by id */
  size_t link_count;          /**< of links */
  ets_report_reaction opens;  /**< OpenEvents */
  ets_report_reaction clicks; /**< ClickEvents */
  int64_t span;               /**< seconds that the curves go over: an hour to 30 days, till 98 % of
                                   both had come */
  ets_report_bounce *bounces; /**< most first */
  size_t bounce_count;        /**< of bounces */
  bool domains_known;         /**< else the send went to more than `domains_up_to` */
  ets_report_domain *domains; /**< most messages first */
  size_t domain_count;        /**< of domains */
  int64_t without_domain;     /**< recipients whose address the account does not tell */
} ets_report;

/** Reads it all. Talks to the network: the summary, the links, each OpenEvent, ClickEvent and
 * BounceEvent of the send; each SentEvent and the Subscribers for domains; for the average the
 * sends of six months with their links, and of each 50 of them which are triggered ones.
 *
 * Memory does not grow with opens and clicks: some 10 MB, 500 bytes for each link, 200 for each
 * bounce category and domain, 150 for each recipient while domains are read, and so for each send
 * of the average.
 * @param[out] report  free with ets_report_free(); NULL on failure: a report is whole or there is
 *                     none
 * @param scope        whose data; its properties are not used. NULL: the caller's account
 * @return ETS_OK; ETS_E_NOT_FOUND when the account has no such send; ETS_E_USAGE for a query that
 *         cannot be right; ETS_E_NOMEM; the failures of a Retrieve */
ETS_API ets_status ets_report_read(ets_report **report, ets_session *session,
                                   const ets_report_query *query,
                                   const ets_scope *scope) ETS_WARN_UNUSED;

/** Frees it. NULL is allowed. */
ETS_API void ets_report_free(ets_report *report);

ETS_END_DECLS
#endif
