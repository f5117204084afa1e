/* ettrack links: the links of a send. */
#include "common/program.h"
#include "ettrack/sends/jobs.h"

#include <string.h>

struct own {
  const char *by;
};

static const struct shown table[] = {{"SendID", 6},
                                     {"Link.ID", 5},
                                     {"Link.TotalClicks", 1},
                                     {"Link.UniqueClicks", 4},
                                     {"Link.Alias", 3},
                                     {"Link.URL", 2},
                                     {NULL, 0}};

static const struct job_parts links = {"LinkSend", ets_link_properties, table, ets_links_open};

/* The most clicked first: by all clicks, or by the subscribers who clicked. */
static int run(const struct invocation *invocation, struct service *service) {
  const struct own *own = invocation->own;
  if (!own->by)
    return job_parts_run(invocation, service, &links, NULL);
  if (strcmp(own->by, "clicks") == 0)
    return job_parts_run(invocation, service, &links, "Link.TotalClicks");
  if (strcmp(own->by, "unique-clicks") == 0)
    return job_parts_run(invocation, service, &links, "Link.UniqueClicks");
  complain("--by takes clicks or unique-clicks, not '%s'", own->by);
  return EXIT_USAGE;
}

static const struct option own[] = {
    OPTION_ROW_TEXT("by", 0, "ORDER", struct own, by,
                    "clicks or unique-clicks: the most clicked first"),
    OPTION_ROW_END};

const struct command command_links = {
    .name = "links",
    .section = SECTION_SENDS,
    .operands = "JOBID...",
    .least = 1,
    .summary = "the links of a send, with their clicks",
    .text = "",
    .examples = "  ettrack links 12043295\n"
                "  ettrack links 12043295 --by clicks --limit 5\n"
                "  ettrack links 12043295 --format tsv --properties Link.URL,Link.TotalClicks\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_LIMIT | OPTIONS_JOBS,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
