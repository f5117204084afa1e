/* What a sink holds: how far each table is complete, what is open, what is missing. */
#include "common/program.h"
#include "ettrack/export/holdings.h"
#include "ettrack/export/job.h"
#include "ettrack/export/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A table of an account, or a window of it. */
struct standing {
  int64_t from, until;
  int64_t complete; /* up to here nothing is missing and nothing open */
  int64_t read_at;  /* the latest */
  uint64_t rows, windows, open, gaps;
  bool whole;
};

static const char *const summary_columns[] = {"Table", "Account", "Since", "CompleteUntil",
                                              "Until", "Windows", "Rows",  "Open",
                                              "Gaps",  "ReadAt",  NULL};
static const char *const window_columns[] = {"Table",  "Account", "Since", "Until",
                                             "State",  "Rows",    "First", "Last",
                                             "ReadAt", "Pieces",  NULL};

/* As a plan has it: what the next run reads again. */
static bool is_open(const struct export_job *job, const ets_export_record *record) {
  int64_t now = ets_time_now(0).microseconds / 1000000;
  return record->until != 0 && (record->by_send || record->read_at > now ||
                                record->read_at < record->until + (int64_t)job->own->again.seconds);
}

static bool write_window(const struct export_job *job, struct grid *grid,
                         const struct holding *holding, const char *state) {
  const ets_export_record *record = &holding->record;
  grid_text(grid, holding->table);
  grid_integer(grid, holding->account);
  grid_time(grid, record->from, job->service->options->utc_offset);
  grid_time(grid, record->until, job->service->options->utc_offset);
  grid_text(grid, state);
  grid_integer(grid, (int64_t)record->rows);
  grid_text(grid, record->first);
  grid_text(grid, record->last);
  grid_time(grid, record->read_at, job->service->options->utc_offset);
  grid_integer(grid, record->pieces);
  return grid_row(grid);
}

static bool write_gap(const struct export_job *job, struct grid *grid,
                      const struct holding *holding, int64_t from, int64_t until) {
  struct holding gap = {holding->table, holding->account, {.from = from, .until = until}};
  return write_window(job, grid, &gap, "missing");
}

static bool write_standing(const struct export_job *job, struct grid *grid,
                           const struct holding *holding, const struct standing *standing) {
  int offset = job->service->options->utc_offset;
  grid_text(grid, holding->table);
  grid_integer(grid, holding->account);
  grid_time(grid, standing->from, offset);
  grid_time(grid, standing->complete, offset);
  grid_time(grid, standing->until, offset);
  grid_integer(grid, (int64_t)standing->windows);
  grid_integer(grid, (int64_t)standing->rows);
  grid_integer(grid, (int64_t)standing->open);
  grid_integer(grid, (int64_t)standing->gaps);
  grid_time(grid, standing->read_at, offset);
  return grid_row(grid);
}

static bool same_place(const struct holding *a, const struct holding *b) {
  return strcmp(a->table, b->table) == 0 && a->account == b->account;
}

/* All windows of a table and account, from items[first] on. Returns the first that is not. */
static size_t write_place(const struct export_job *job, struct grid *grid,
                          const struct holdings *holdings, size_t first, bool *good,
                          uint64_t *gaps) {
  const struct holding *holding = &holdings->items[first];
  struct standing standing = {.from = holding->record.from, .complete = holding->record.from};
  size_t i;
  standing.until = standing.from;
  for (i = first; i < holdings->count && same_place(holding, &holdings->items[i]); i++) {
    const ets_export_record *record = &holdings->items[i].record;
    bool open = is_open(job, record), gap = record->from > standing.until;
    if (job->own->windows && gap)
      *good = *good && write_gap(job, grid, holding, standing.until, record->from);
    if (job->own->windows)
      *good = *good && write_window(job, grid, &holdings->items[i], open ? "open" : "complete");
    if (!gap && !open && standing.complete == standing.until)
      standing.complete = record->until;
    standing.gaps += gap;
    standing.open += open;
    standing.windows++;
    standing.rows += record->rows;
    standing.until = record->until;
    standing.read_at = record->read_at > standing.read_at ? record->read_at : standing.read_at;
  }
  *gaps += standing.gaps;
  if (!job->own->windows)
    *good = *good && write_standing(job, grid, holding, &standing);
  return i;
}

/* What was asked for and is nowhere; the whole of it is a gap. */
static bool write_none(const struct export_job *job, struct grid *grid, const char *table,
                       int32_t account) {
  const struct holding none = {.table = table, .account = account};
  const struct standing standing = {.gaps = 1};
  return job->own->windows ? write_window(job, grid, &none, "missing")
                           : write_standing(job, grid, &none, &standing);
}

static int by_place(const void *left, const void *right) {
  const struct holding *a = left, *b = right;
  int tables = strcmp(a->table, b->table);
  return tables != 0 ? tables : (a->account > b->account) - (a->account < b->account);
}

/* Where the windows of a table and account begin; the count: there are none. */
static size_t find_place(const struct holdings *holdings, const struct holding *place) {
  size_t low = 0, high = holdings->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (by_place(&holdings->items[middle], place) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  bool there = low < holdings->count && same_place(&holdings->items[low], place);
  return there ? low : holdings->count;
}

static int by_number(const void *left, const void *right) {
  const int32_t *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

/* The accounts that are asked for, or else those that the sink has. NULL: out of memory. */
static int32_t *list_accounts(const struct export_job *job, const struct holdings *holdings,
                              size_t *count) {
  const struct numbers *mids = &job->service->options->mids;
  int32_t *accounts = calloc(mids->count + holdings->count + 1, sizeof *accounts);
  size_t kept = 0;
  for (size_t i = 0; accounts && i < mids->count; i++)
    accounts[kept++] = mids->items[i];
  for (size_t i = 0; accounts && mids->count == 0 && i < holdings->count; i++)
    if (kept == 0 || accounts[kept - 1] != holdings->items[i].account)
      accounts[kept++] = holdings->items[i].account;
  *count = 0;
  if (kept > 0)
    qsort(accounts, kept, sizeof *accounts, by_number);
  for (size_t i = 0; i < kept; i++)
    if (i == 0 || accounts[i] != accounts[*count - 1])
      accounts[(*count)++] = accounts[i];
  return accounts;
}

/* The tables that are asked for, or else those that the sink has; by number from 0 on. */
static bool table_at(const struct export_job *job, const struct holdings *holdings, size_t at,
                     const char **table) {
  const struct names *names = &job->own->tables;
  if (names->count > 0)
    return at < names->count && ets_export_table_find(table, names->items[at]);
  for (size_t i = 0; i < holdings->count; i++) {
    *table = holdings->items[i].table;
    bool first = i == 0 || strcmp(holdings->items[i - 1].table, *table) != 0;
    if (first && at-- == 0)
      return true;
  }
  return false;
}

/* Each table of each account, be it only asked for. */
static bool write_asked(const struct export_job *job, struct grid *grid,
                        const struct holdings *holdings, uint64_t *gaps) {
  struct holding place = {0};
  bool good = true, any = false;
  size_t count;
  int32_t *accounts = list_accounts(job, holdings, &count);
  for (size_t t = 0; accounts && good && table_at(job, holdings, t, &place.table); t++)
    for (size_t a = 0; good && a < count; a++) {
      place.account = accounts[a];
      size_t first = find_place(holdings, &place);
      if (first < holdings->count)
        (void)write_place(job, grid, holdings, first, &good, gaps);
      else
        good = write_none(job, grid, place.table, place.account);
      *gaps += first == holdings->count;
      any = true;
    }
  free(accounts);
  if (!any) { /* of which account, or which table, nobody can tell */
    complain("%s holds nothing of what was asked for", job->own->to);
    *gaps += 1;
  }
  return good && accounts;
}

static bool write_all(const struct export_job *job, struct grid *grid,
                      const struct holdings *holdings, uint64_t *gaps) {
  bool good = true;
  if (job->own->tables.count > 0 || job->service->options->mids.count > 0)
    return write_asked(job, grid, holdings, gaps);
  for (size_t i = 0; good && i < holdings->count;)
    i = write_place(job, grid, holdings, i, &good, gaps);
  return good;
}

static bool check_tables(const struct export_job *job) {
  const char *table;
  for (size_t i = 0; i < job->own->tables.count; i++)
    if (!ets_export_table_find(&table, job->own->tables.items[i])) {
      complain("there is no table %s", job->own->tables.items[i]);
      return false;
    }
  return true;
}

int export_status(const struct export_job *job) {
  struct holdings holdings = {0};
  struct store store;
  struct grid grid;
  ets_error error = {0};
  uint64_t gaps = 0;
  if (!check_tables(job))
    return EXIT_USAGE;
  ets_status status = store_open_old(&store, job->own->to, &error);
  if (status == ETS_OK)
    status = holdings_read(&holdings, &store, &error);
  store_close(&store);
  if (status != ETS_OK) {
    complain("%s", error.message);
    holdings_free(&holdings);
    return status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  }
  int code = grid_open(&grid, job->service->options,
                       job->own->windows ? window_columns : summary_columns, "Export");
  if (code == EXIT_DONE)
    code = grid_close(&grid, write_all(job, &grid, &holdings, &gaps));
  if (code == EXIT_DONE && gaps > 0)
    code = EXIT_INCOMPLETE;
  holdings_free(&holdings);
  return code;
}
