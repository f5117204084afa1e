/* ettrack lists: the lists of a send. */
#include "ettrack/sends/jobs.h"

static const char *const table[] = {"SendID",       "List.ID",         "List.ListName",
                                    "NumberSent",   "NumberDelivered", "HardBounces",
                                    "SoftBounces",  "OtherBounces",    "UniqueOpens",
                                    "UniqueClicks", "Unsubscribes",    NULL};

static const struct job_parts lists = {"ListSend", ets_list_properties, table, ets_lists_open};

static int run(const struct invocation *invocation, struct service *service) {
  return job_parts_run(invocation, service, &lists);
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
