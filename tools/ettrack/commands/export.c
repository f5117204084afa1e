/* ettrack export: an account's tracking data, window by window, into a sink. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/export/job.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, AGAIN_DEFAULT = 3 * DAY };

/* What can be done, by operand. */
enum { RUN, STATUS, VERIFY };
static const struct {
  const char *name;
  int (*run)(const struct export_job *job);
  bool since; /* it needs one */
} parts[] = {[RUN] = {NULL, export_run, true},
             [STATUS] = {"status", export_status, false},
             [VERIFY] = {"verify", export_verify, true}};

/* An option that a part would not heed is refused: who gave it takes the answer for another. */
static bool check_place(const struct export_own *own, const struct options *options,
                        unsigned part) {
  const struct {
    const char *name;
    bool given;
    unsigned parts; /* a bit for each that takes it */
    const char *text;
  } places[] = {
      {"--windows", own->windows, 1U << STATUS, "export status"},
      {"--forget", own->forget, 1U << VERIFY, "export verify"},
      {"--window", own->window.given, 1U << RUN, "export itself"},
      {"--shard", own->shard.of > 0, 1U << RUN, "export itself"},
      {"--ndjson", own->ndjson, 1U << RUN, "export itself"},
      {"--plain", own->plain, 1U << RUN, "export itself"},
      {"--log", own->log, 1U << RUN, "export itself"},
      {"--again", own->again.given, 1U << RUN | 1U << STATUS, "export itself and its status"},
      {"--output", options->output != NULL, 1U << STATUS | 1U << VERIFY,
       "export status and verify; the rows go to --to"},
      {"--format", options->writer != format_default(), 1U << STATUS | 1U << VERIFY,
       "export status and verify; files are CSV, or --ndjson"},
      {"--rfc3339", options->rfc3339, 1U << STATUS | 1U << VERIFY,
       "export status and verify; dates of rows are as the service sent them"},
      {"--tables", own->tables.count > 0, 1U << RUN | 1U << STATUS,
       "export itself and its status; verify looks at all that is there"},
      {"--since", options->since_text != NULL, 1U << RUN | 1U << VERIFY,
       "export itself and its verify; status shows all that is there"},
      {"--until", options->until_text != NULL, 1U << RUN | 1U << VERIFY,
       "export itself and its verify; status shows all that is there"},
      {"--all-accounts", options->all_accounts, 1U << RUN | 1U << VERIFY,
       "export itself and its verify; status shows the accounts that are there, or those of --mid"},
  };
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    if (places[i].given && !(places[i].parts & 1U << part)) {
      complain("%s belongs to %s", places[i].name, places[i].text);
      return false;
    }
  return true;
}

static bool check(const struct export_own *own, const struct options *options, unsigned part) {
  const char *name = parts[part].name;
  if (!own->to)
    complain("export needs --to SINK: a folder, sqlite:FILE or postgresql://HOST/DATABASE");
  else if (parts[part].since && !options->since_text)
    complain("export %s%sneeds --since T: where to begin", name ? name : "", name ? " " : "");
  else if (own->window.given && own->window.seconds == 0)
    complain("--window 0 is no length: expected one that divides a day, such as 6h");
  else
    return check_place(own, options, part);
  return false;
}

static bool read_tables(struct export_own *own) {
  static const struct option tables = {.name = "tables"};
  return !own->table_names || value_names(&tables, &own->tables, own->table_names);
}

static int run_part(const struct export_job *job, const char *name) {
  for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++)
    if (name ? parts[i].name && strcmp(parts[i].name, name) == 0 : !parts[i].name)
      return check(job->own, job->service->options, i) ? parts[i].run(job) : EXIT_USAGE;
  complain("there is no export %s: expected status, verify or nothing", name);
  return EXIT_USAGE;
}

static int run(const struct invocation *invocation, struct service *service) {
  struct export_own own = *(const struct export_own *)invocation->own;
  const struct export_job job = {service, &own};
  const char *name = invocation->operands.count > 0 ? invocation->operands.items[0] : NULL;
  if (!own.again.given)
    own.again.seconds = AGAIN_DEFAULT;
  int code = read_tables(&own) ? run_part(&job, name) : EXIT_USAGE;
  free(own.tables.items);
  free(own.tables.text);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_TEXT("to", 0, "SINK", struct export_own, to,
                    "a folder, sqlite:FILE or postgresql://HOST/DATABASE"),
    OPTION_ROW_TEXT("tables", 0, "A,B", struct export_own, table_names,
                    "event types, sends, links, lists, subscribers (all but the last)"),
    OPTION_ROW_TEXT("types", 0, "A,B", struct export_own, table_names, "the same as --tables"),
    OPTION_ROW_CUSTOM("window", 0, "TIME", value_duration, struct export_own, window,
                      "length of a new window, which divides a day (1d)"),
    OPTION_ROW_CUSTOM("again", 0, "TIME", value_duration, struct export_own, again,
                      "read a window until so long after its end (3d)"),
    OPTION_ROW_CUSTOM("shard", 0, "K/N", shard_read, struct export_own, shard,
                      "the K-th of N parts of the windows; auto: by the scheduler"),
    OPTION_ROW_FLAG("ndjson", 0, struct export_own, ndjson, "a new folder: JSON lines, not CSV"),
    OPTION_ROW_FLAG("plain", 0, struct export_own, plain, "a new folder: files without gzip"),
    OPTION_ROW_FLAG("log", 0, struct export_own, log, "a line on stderr for each window"),
    OPTION_ROW_FLAG("windows", 0, struct export_own, windows, "status: a row for each window"),
    OPTION_ROW_FLAG("forget", 0, struct export_own, forget,
                    "verify: have the next run read what is not as its record says"),
    OPTION_ROW_END};

const struct command command_export = {
    .name = "export",
    .section = SECTION_RECIPIENTS,
    .operands = "[status|verify]",
    .least = 0,
    .most = 1,
    .summary = "all events of accounts into files or a database",
    .text =
        "Reads tables window by window, a window being a table of an account in a day of server\n"
        "time, and replaces each in the sink as a whole, with its record. So it may be stopped,\n"
        "killed and repeated: the next run reads what is missing, and what was read too early\n"
        "for late events. --since and --until are widened to whole windows. Sends, links and\n"
        "lists are those of sends of the day. `status` tells how far the sink is complete;\n"
        "`verify` compares its rows since T with its records, and these with what the service\n"
        "counts of each send.\n",
    .examples = "  ettrack export --to tracking --since 2026-11-01 --all-accounts --jobs 8\n"
                "  ettrack export --to sqlite:tracking.db --since 30d --tables sent,open,click\n"
                "  ettrack export status --to tracking\n"
                "  ettrack export verify --to tracking --since 7d\n",
    .takes = OPTIONS_CALL | OPTIONS_WINDOW | OPTIONS_ACCOUNTS | OPTIONS_JOBS | OPTIONS_DATES,
    .own = own,
    .own_size = sizeof(struct export_own),
    .run = run};
