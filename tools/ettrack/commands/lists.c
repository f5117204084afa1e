/* ettrack lists: the lists of a send. */
#include "ettrack/sends/jobs.h"

static const struct shown table[] = {{"SendID", 9},
                                     {"List.ID", 8},
                                     {"List.ListName", 1},
                                     {"NumberSent", 2},
                                     {"NumberDelivered", 5},
                                     {"HardBounces", 6},
                                     {"SoftBounces", 10},
                                     {"OtherBounces", 11},
                                     {"UniqueOpens", 3},
                                     {"UniqueClicks", 4},
                                     {"Unsubscribes", 7},
                                     {"OpenRate", COLUMN_WHEN_WIDE},
                                     {"ClickRate", COLUMN_WHEN_WIDE + 1},
                                     {"BounceRate", COLUMN_WHEN_WIDE + 2},
                                     {NULL, 0}};

static const struct job_parts lists = {"ListSend", ets_list_properties, table, ets_lists_open};

static int run(const struct invocation *invocation, struct service *service) {
  return job_parts_run(invocation, service, &lists, NULL);
}

const struct command command_lists = {
    .name = "lists",
    .section = SECTION_SENDS,
    .operands = "JOBID...",
    .least = 1,
    .summary = "the lists of a send, with their statistics",
    .text = "The statistics of the lists do not add up to those of the send.\n",
    .examples = "  ettrack lists 12043295\n"
                "  ettrack lists 12043295 --format ndjson\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_LIMIT | OPTIONS_JOBS,
    .run = run};
