/* ettrack sends: the sends of a period. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/columns/rates.h"
#include "ettrack/run/chosen.h"
#include "ettrack/run/pump.h"
#include "ettrack/sends/jobs.h"
#include "ettrack/sends/recent.h"

static const struct shown table[] = {{"ID", 1},
                                     {"SendDate", 2},
                                     {"Subject", 3},
                                     {"EmailName", COLUMN_WHEN_WIDE + 2},
                                     {"Status", 9},
                                     {"NumberSent", 4},
                                     {"NumberDelivered", 12},
                                     {"DeliveryRate", 8},
                                     {"UniqueOpens", 10},
                                     {"OpenRate", 5},
                                     {"UniqueClicks", 11},
                                     {"ClickRate", 6},
                                     {"ClickToOpenRate", COLUMN_WHEN_WIDE},
                                     {"BounceRate", 7},
                                     {"HardBounceRate", COLUMN_WHEN_WIDE + 3},
                                     {"SoftBounceRate", COLUMN_WHEN_WIDE + 4},
                                     {"Unsubscribes", 13},
                                     {"UnsubscribeRate", COLUMN_WHEN_WIDE + 1},
                                     {"SentDate", COLUMN_WHEN_WIDE + 5},
                                     {"FromName", COLUMN_WHEN_WIDE + 6},
                                     {NULL, 0}};

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  const struct chosen *chosen = work->data;
  const struct options *options = work->service->options;
  const ets_scope scope = service_scope_of(work->service, &chosen->asked);
  ets_cursor *cursor = NULL;
  struct recent recent;
  const struct taker remembering = recent_taker(&recent, taker, work->columns);
  (void)index;
  ets_status status =
      ets_sends_open(&cursor, session, options_since(options), options_until(options), &scope);
  status = pump(cursor, status, work->columns, &remembering, NULL);
  recent_keep(&recent, work->service->settings);
  return status;
}

static bool make_columns(struct chosen *chosen, struct work *work, struct order *newest_first,
                         const struct options *options) {
  bool rates_too = !options->writer->for_people && options->properties.count == 0;
  return columns_choose(&chosen->columns, options, ets_send_properties(), table) &&
         (!rates_too || rates_add(&chosen->columns)) &&
         order_by(work, newest_first, &chosen->columns, "SendDate") &&
         columns_asked(&chosen->asked, &chosen->columns, options, "Send");
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct chosen chosen = {.asked = {0}};
  struct order newest_first = {.descending = true, .utc_offset = options->utc_offset};
  struct work work = {.service = service,
                      .data = &chosen,
                      .count = 1,
                      .writer = options->writer,
                      .columns = &chosen.columns,
                      .object_type = send_type,
                      .run = fetch};
  if (!options->since_text) {
    complain("ettrack sends needs --since T: the account may hold many years of sends");
    return EXIT_USAGE;
  }
  return chosen_perform(&chosen, make_columns(&chosen, &work, &newest_first, options), &work);
}

const struct command command_sends = {
    .name = "sends",
    .section = SECTION_SENDS,
    .operands = "",
    .summary = "the sends of a period, newest first",
    .text = "By SendDate, which a send is planned for; SentDate, when it went out, may be later.\n"
            "The newest comes first, and --limit keeps the newest.\n"
            "--since is needed, since an account may hold many years of sends.\n"
            "Rates are in per cent; `ettrack send JOBID` says what of what.\n",
    .examples = "  ettrack sends --since 7d\n"
                "  ettrack sends --since 2026-10-01 --until 2026-11-01\n"
                "  ettrack sends --since 2026-10-01 --format csv -o sends.csv\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WINDOW | OPTIONS_LIMIT,
    .run = run};
