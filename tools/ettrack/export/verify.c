/* What a sink holds of each send, against what the service counts of it. */
#include "common/program.h"
#include "ettrack/export/audit.h"
#include "ettrack/export/grid.h"
#include "ettrack/export/holdings.h"
#include "ettrack/export/job.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What the service counts of a table's events: all of them, or only those of different recipients,
 * of which there cannot be more. */
static const struct statistic {
  const char *table;
  const char *properties[4];
  bool least;
} statistics[] = {
    {"sent", {"NumberSent", NULL}, false},
    {"bounce", {"HardBounces", "SoftBounces", "OtherBounces", NULL}, false},
    {"unsub", {"Unsubscribes", NULL}, false},
    {"forward", {"ForwardedEmails", NULL}, false},
    {"open", {"UniqueOpens", NULL}, true},
    {"click", {"UniqueClicks", NULL}, true},
};

enum { STATISTICS = sizeof statistics / sizeof *statistics };

static const char *const columns[] = {"Day",      "Account", "SendID",     "Table",
                                      "Exported", "Service", "Difference", NULL};

/* The rows of a table that belong to a send. */
struct part {
  int32_t account;
  int64_t send;
  size_t statistic;
  uint64_t rows;
};

struct parts {
  struct part *items; /* in order, each once */
  size_t count;
  bool held[STATISTICS]; /* the sink has this table */
};

struct check {
  const struct export_job *job;
  struct parts parts;
  struct grid grid;
  struct audit_result audit;
  uint64_t sends, differ;
  bool good; /* what is written gets through */
};

/* --- what the sink has ----------------------------------------------------------------------- */

static int by_send(const void *left, const void *right) {
  const struct part *a = left, *b = right;
  if (a->account != b->account)
    return a->account < b->account ? -1 : 1;
  if (a->send != b->send)
    return a->send < b->send ? -1 : 1;
  return a->statistic < b->statistic ? -1 : a->statistic > b->statistic;
}

static bool statistic_of(size_t *statistic, const char *table) {
  for (size_t i = 0; i < STATISTICS; i++)
    if (strcmp(statistics[i].table, table) == 0) {
      *statistic = i;
      return true;
    }
  return false;
}

static size_t shares_in(const struct holdings *holdings) {
  size_t count = 0, statistic;
  for (size_t i = 0; i < holdings->count; i++)
    if (statistic_of(&statistic, holdings->items[i].table))
      count += holdings->items[i].record.share_count;
  return count;
}

/* Adds up what is of one send. */
static void join(struct parts *parts) {
  size_t kept = 0;
  if (parts->count == 0)
    return;
  qsort(parts->items, parts->count, sizeof *parts->items, by_send);
  for (size_t i = 1; i < parts->count; i++)
    if (by_send(&parts->items[kept], &parts->items[i]) == 0)
      parts->items[kept].rows += parts->items[i].rows;
    else
      parts->items[++kept] = parts->items[i];
  parts->count = kept + 1;
}

static bool add_up(struct parts *parts, const struct holdings *holdings) {
  size_t statistic;
  parts->items = calloc(shares_in(holdings) + 1, sizeof *parts->items);
  for (size_t i = 0; parts->items && i < holdings->count; i++) {
    const struct holding *holding = &holdings->items[i];
    if (!statistic_of(&statistic, holding->table))
      continue;
    parts->held[statistic] = true;
    for (size_t j = 0; j < holding->record.share_count; j++)
      parts->items[parts->count++] = (struct part){holding->account, holding->record.shares[j].send,
                                                   statistic, holding->record.shares[j].rows};
  }
  if (parts->items)
    join(parts);
  return parts->items != NULL;
}

static uint64_t exported(const struct parts *parts, int32_t account, int64_t send,
                         size_t statistic) {
  const struct part wanted = {account, send, statistic, 0};
  const struct part *found = parts->count == 0 ? NULL
                                               : bsearch(&wanted, parts->items, parts->count,
                                                         sizeof *parts->items, by_send);
  return found ? found->rows : 0;
}

/* --- what the service counts ----------------------------------------------------------------- */

static void write_difference(struct check *check, ets_object send, int32_t account,
                             size_t statistic, int64_t ours, int64_t theirs) {
  struct grid *grid = &check->grid;
  char day[11] = "";
  strncat(day, ets_get_text_or(send, "SendDate", ""), 10);
  grid_text(grid, day);
  grid_integer(grid, account);
  grid_integer(grid, ets_get_integer(send, "ID", 0));
  grid_text(grid, statistics[statistic].table);
  grid_integer(grid, ours);
  grid_integer(grid, theirs);
  grid_integer(grid, ours - theirs);
  check->good = grid_row(grid);
}

static void check_send(struct check *check, ets_object send) {
  int64_t id = ets_get_integer(send, "ID", 0);
  int32_t account = (int32_t)ets_get_integer(send, "Client.ID", 0);
  bool differs = false;
  for (size_t i = 0; i < STATISTICS && check->good; i++) {
    int64_t theirs = 0, ours = (int64_t)exported(&check->parts, account, id, i);
    for (const char *const *name = statistics[i].properties; *name; name++)
      theirs += ets_get_integer(send, *name, 0);
    bool wrong = statistics[i].least ? ours < theirs : ours != theirs;
    if (!check->parts.held[i] || !wrong)
      continue;
    write_difference(check, send, account, i, ours, theirs);
    differs = true;
  }
  check->sends++;
  check->differ += differs;
}

static ets_status check_sends(struct check *check, ets_session *session) {
  const struct options *options = check->job->service->options;
  const ets_scope scope = service_scope(check->job->service);
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = ets_sends_open(&cursor, session, &options->since,
                                     options->until_text ? &options->until : NULL, &scope);
  while (status == ETS_OK && check->good && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    check_send(check, row);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* --- the command ----------------------------------------------------------------------------- */

static ets_status read_sink(struct check *check, ets_error *error) {
  struct holdings holdings = {0};
  struct store store;
  ets_status status = store_open_old(&store, check->job->own->to, error);
  if (status == ETS_OK)
    status = audit_sink(&check->audit, check->job, &store, error);
  if (status == ETS_OK)
    status = holdings_read(&holdings, &store, error);
  store_close(&store);
  if (status == ETS_OK && !add_up(&check->parts, &holdings))
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  holdings_free(&holdings);
  return status;
}

/* "sent, open"; what the sink does not hold cannot be compared. */
static size_t list_tables(const struct parts *parts, struct buffer *list) {
  size_t count = 0;
  for (size_t i = 0; i < STATISTICS; i++)
    if (parts->held[i])
      buffer_printf(list, "%s%s", count++ > 0 ? ", " : "", statistics[i].table);
  return count;
}

static int finish(struct check *check, ets_status status, const ets_error *error) {
  struct buffer tables = {0};
  size_t compared = list_tables(&check->parts, &tables);

  bool complete = status == ETS_OK && !stop_asked();
  int code = grid_close(&check->grid, complete);
  if (status != ETS_OK && status != ETS_E_ABORTED)
    complain("%s", error->message);
  if (complete && compared == 0)
    complain("nothing was compared: the sink holds no table that the service counts");
  else if (complete && !check->job->service->options->quiet)
    complain("%" PRIu64 " sends looked at (%s), %" PRIu64 " differ from what the service counts",
             check->sends, buffer_text(&tables), check->differ);
  buffer_free(&tables);
  if (code != EXIT_DONE)
    return code;
  bool same = check->differ == 0 && check->audit.wrong == 0;
  return same && compared > 0 ? EXIT_DONE : EXIT_INCOMPLETE;
}

/* What came of the look at the sink alone. */
static void tell_audit(const struct check *check) {
  const struct audit_result *audit = &check->audit;
  if (audit->wrong == 0) {
    if (!check->job->service->options->quiet)
      complain("%" PRIu64 " windows looked at: what is there is as their records say",
               audit->windows);
    return;
  }
  complain("%" PRIu64 " windows looked at, %" PRIu64 " flaws", audit->windows, audit->wrong);
  if (audit->dropped > 0)
    complain("%" PRIu64 " records dropped: run the export with the same --since, and these windows "
             "are read again",
             audit->dropped);
  else if (!check->job->own->forget)
    complain("with --forget their records are dropped, and the next run reads them again");
}

int export_verify(const struct export_job *job) {
  struct check check = {.job = job, .good = true};
  ets_session *session = NULL;
  ets_error error = {0};
  stop_watch();
  ets_status status = read_sink(&check, &error);
  if (status == ETS_OK)
    tell_audit(&check);
  if (status == ETS_OK)
    status = service_session(&session, job->service, 0, &error);
  int code = status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  if (status != ETS_OK)
    complain("%s", error.message);
  else
    code = grid_open(&check.grid, job->service->options, columns, "Difference");
  if (status == ETS_OK && code == EXIT_DONE) {
    status = check_sends(&check, session);
    if (status != ETS_OK)
      error = *ets_session_error(session);
    code = finish(&check, status, &error);
  }
  service_session_close(job->service, session);
  free(check.parts.items);
  return code;
}
