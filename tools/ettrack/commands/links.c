/* ettrack links: the links of a send. */
#include "ettrack/sends/jobs.h"

static const char *const table[] = {
    "SendID", "Link.ID", "Link.TotalClicks", "Link.UniqueClicks", "Link.Alias", "Link.URL", NULL};

static const struct job_parts links = {"LinkSend", ets_link_properties, table, ets_links_open};

static int run(const struct invocation *invocation, struct service *service) {
  return job_parts_run(invocation, service, &links);
}

const struct command command_links = {
    .name = "links",
    .section = SECTION_SENDS,
    .operands = "JOBID...",
    .least = 1,
    .summary = "the links of a send, with their clicks",
    .text = "",
    .examples = "  ettrack links 12043295\n"
                "  ettrack links 12043295 --format tsv --properties Link.URL,Link.TotalClicks\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_LIMIT | OPTIONS_JOBS,
    .run = run};
