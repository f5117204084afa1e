#include "ettrack.h"

#include <string.h>

const struct command commands[] = {
    {"send", FOR_SEND, "JOBID...", 1, 0, "the summary of a send: every statistic of it",
     "JOBID is the number that the send call returned. A table also counts links and events,\n"
     "which the service leaves out of a summary; events are read one by one for that when the\n"
     "send went to 25,000 addresses or fewer, or with --counts. Other formats count with --counts\n"
     "only. With --properties a table has one line for each send.\n",
     "  ettrack send 12043295\n"
     "  ettrack send 12043295 12043288 --properties ID,Subject,NumberSent,UniqueOpens\n"
     "  ettrack send 12043295 --counts --format json\n",
     run_send},
    {"sends", FOR_SENDS, "", 0, 0, "the sends of a period",
     "By SendDate. --since is needed, since an account may hold many years of sends.\n",
     "  ettrack sends --since 2026-10-01 --until 2026-11-01\n"
     "  ettrack sends --since 2026-10-01 --format csv -o sends.csv\n",
     run_sends},
    {"links", FOR_LINKS, "JOBID...", 1, 0, "the links of a send, with their clicks", "",
     "  ettrack links 12043295\n"
     "  ettrack links 12043295 --format tsv --properties Link.URL,Link.TotalClicks\n",
     run_links},
    {"lists", FOR_LISTS, "JOBID...", 1, 0, "the lists of a send, with their statistics",
     "The statistics of the lists do not add up to those of the send.\n",
     "  ettrack lists 12043295\n"
     "  ettrack lists 12043295 --format ndjson\n",
     run_lists},
    {"events", FOR_EVENTS, "TYPE[,TYPE...]", 1, 1, "events of one or more types",
     "TYPE is sent, notsent, open, click, bounce, unsub, forward, forwardoptin or survey. All\n"
     "conditions have to hold. In large accounts the service gives up on a query without --send.\n"
     "--where takes conditions as docs/filters.md describes them.\n",
     "  ettrack events sent --send 12043295 --format csv -o sent.csv\n"
     "  ettrack events open,click --send 12043295 --since 2026-11-01 --until 2026-11-02T12:00\n"
     "  ettrack events bounce --send 12043295 --where \"BounceCategory = 'Hard bounce'\"\n",
     run_events},
    {"retrieve", FOR_RETRIEVE, "OBJECTTYPE", 1, 1, "objects of any type",
     "OBJECTTYPE as the service writes it, case included; the rows of a data extension are\n"
     "DataExtensionObject[KEY]. Without --properties the service is asked to describe the type,\n"
     "and everything is retrieved that can be; a data extension needs them named.\n",
     "  ettrack retrieve Send --properties ID,Subject --where \"SendDate > '2026-11-01'\"\n"
     "  ettrack retrieve 'DataExtensionObject[SendLog]' --properties JobID,SubscriberID\n",
     run_retrieve},
    {"describe", FOR_DESCRIBE, "OBJECTTYPE...", 1, 0, "the properties of object types", "",
     "  ettrack describe SentEvent\n"
     "  ettrack describe Send LinkSend --format csv\n",
     run_describe},
    {"status", FOR_STATUS, "", 0, 0, "whether the service is up",
     "Exit code 0 when it is, 1 when it is in maintenance or down. Ask after a failure, and not\n"
     "more than once a minute.\n",
     "  ettrack status\n", run_status},
    {"version", FOR_VERSION, "", 0, 0, "what this program was built from", "",
     "  ettrack version\n", run_version},
    {"help", FOR_HELP, "[COMMAND]", 0, 1, "this text, or that of a command", "",
     "  ettrack help events\n", run_help},
    {NULL, 0, NULL, 0, 0, NULL, NULL, NULL, NULL},
};

const struct command *command_find(const char *name) {
  for (const struct command *command = commands; command->name; command++)
    if (strcmp(command->name, name) == 0)
      return command;
  return NULL;
}
