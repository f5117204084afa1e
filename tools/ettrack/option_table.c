#include "ettrack.h"

#define FLAG(name, letter, member, commands, help) \
  { name, letter, NULL, OPTION_FLAG, offsetof(struct options, member), 0, commands, help }
#define TEXT(name, letter, value, member, commands, help) \
  { name, letter, value, OPTION_TEXT, offsetof(struct options, member), 0, commands, help }
#define COUNT(name, letter, value, member, most, commands, help) \
  { name, letter, value, OPTION_COUNT, offsetof(struct options, member), most, commands, help }

const struct option option_table[] = {
    /* which rows */
    TEXT("since", 0, "T", since_text, FOR_SENDS | FOR_EVENTS, "from then on, included"),
    TEXT("until", 0, "T", until_text, FOR_SENDS | FOR_EVENTS, "up to then, included"),
    COUNT("send", 0, "JOBID", send, INT32_MAX, FOR_EVENTS, "events of this send"),
    TEXT("subscriber", 0, "KEY", subscriber, FOR_EVENTS, "events of this subscriber key"),
    COUNT("batch", 0, "ID", batch, INT32_MAX, FOR_EVENTS, "events of this batch of a send"),
    TEXT("where", 0, "EXPR", where, FOR_EVENTS | FOR_RETRIEVE, "for which this holds as well"),
    COUNT("limit", 0, "N", limit, INT32_MAX, FOR_RETRIEVALS & ~FOR_SEND, "stop after N rows"),
    {"mid", 0, "MID", OPTION_MID, offsetof(struct options, mids), INT32_MAX, FOR_RETRIEVALS,
     "of this business unit; may be repeated"},
    FLAG("all-accounts", 0, all_accounts, FOR_RETRIEVALS, "of the account and all below it"),
    FLAG("counts", 0, counts, FOR_SEND, "count links and events, by reading them all"),
    FLAG("no-counts", 0, no_counts, FOR_SEND, "count neither"),
    /* how they are shown */
    TEXT("format", 0, "FORMAT", format_name, FOR_ANY_CALL,
         "table (default), csv, tsv, ndjson, json or xml"),
    TEXT("output", 'o', "FILE", output, FOR_ANY_CALL, "write FILE, which appears when it is whole"),
    {"properties", 0, "A,B", OPTION_NAMES, offsetof(struct options, properties), 0,
     FOR_RETRIEVALS | FOR_DESCRIBE, "these columns, in this order"},
    FLAG("rfc3339", 0, rfc3339, FOR_RETRIEVALS, "dates with their zone, not as the service sent"),
    FLAG("quiet", 'q', quiet, FOR_ANY_CALL, "no progress on stderr"),
    FLAG("traffic", 0, traffic, FOR_ANY_CALL, "requests, rows and bytes on stderr at the end"),
    /* how they are fetched */
    COUNT("batch-size", 0, "N", batch_size, 2500, FOR_RETRIEVALS, "rows a page (2500)"),
    COUNT("jobs", 'j', "N", jobs, 64, FOR_SEND | FOR_LINKS | FOR_LISTS | FOR_EVENTS,
          "retrieve from N sessions at once (1)"),
    COUNT("timeout", 0, "S", timeout, 86400, FOR_ANY_CALL, "seconds without an answer (100)"),
    COUNT("tries", 0, "N", tries, 100, FOR_ANY_CALL, "how often a request is tried (4)"),
    COUNT("max-rps", 0, "N", max_rps, 1000, FOR_ANY_CALL, "N requests a second, of all jobs (any)"),
    /* the service */
    TEXT("config", 0, "FILE", config, FOR_ANY_CALL, "settings, one `name = value` a line"),
    TEXT("endpoint", 0, "URL", endpoint, FOR_ANY_CALL, "the account's own, .../Service.asmx"),
    TEXT("username", 0, "NAME", username, FOR_ANY_CALL, "the API user"),
    TEXT("password-file", 0, "FILE", password_file, FOR_ANY_CALL, "password: FILE's first line"),
    TEXT("token-file", 0, "FILE", token_file, FOR_ANY_CALL, "access token: FILE's first line"),
    TEXT("auth-url", 0, "URL", auth_url, FOR_ANY_CALL, "where a client fetches its tokens"),
    TEXT("client-id", 0, "ID", client_id, FOR_ANY_CALL, "the client, of an installed package"),
    TEXT("client-secret-file", 0, "FILE", client_secret_file, FOR_ANY_CALL,
         "its secret: FILE's first line"),
    TEXT("account-id", 0, "MID", account_id, FOR_ANY_CALL, "business unit to fetch the token for"),
    TEXT("ca-file", 0, "FILE", ca_file, FOR_ANY_CALL, "authorities to trust, PEM"),
    TEXT("utc-offset", 0, "+HH:MM", utc_offset_text, FOR_RETRIEVALS,
         "zone of dates without one (-06:00)"),
    TEXT("trace", 0, "DIR", trace, FOR_ANY_CALL, "write every exchange to DIR, without secrets"),
    FLAG("redact-subscribers", 0, redact_subscribers, FOR_ANY_CALL,
         "and without subscriber keys and addresses"),
    FLAG("help", 'h', help, ~0u, "this text"),
    {NULL, 0, NULL, OPTION_FLAG, 0, 0, 0, NULL},
};
