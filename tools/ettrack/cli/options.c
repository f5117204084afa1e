#include "ettrack/cli/options.h"

#include "common/program.h"

#include <stdlib.h>

#define FLAG(name, letter, member, help) OPTION_ROW_FLAG(name, letter, struct options, member, help)
#define TEXT(name, letter, value, member, help) \
  OPTION_ROW_TEXT(name, letter, value, struct options, member, help)
#define NUMBER(name, letter, value, member, most, help) \
  OPTION_ROW_NUMBER(name, letter, value, struct options, member, 1, most, help)
#define CUSTOM(name, value, read, member, help) \
  OPTION_ROW_CUSTOM(name, 0, value, read, struct options, member, help)

#define SETTING(name, value, help) CUSTOM(name, value, value_setting, settings, help)
#define SECRET(name, value, help) CUSTOM(name, value, value_setting_file, settings, help)

static const struct option window[] = {
    TEXT("since", 0, "T", since_text, "from then on: 2026-11-01, 2026-11-01T10:02Z, 7d, yesterday"),
    TEXT("until", 0, "T", until_text, "before then; a date alone is its first moment"),
    OPTION_ROW_END};

static const struct option where[] = {
    TEXT("where", 0, "EXPR", where, "for which this holds as well"),
    FLAG("unchecked", 0, unchecked, "and send EXPR although it names what is not known"),
    OPTION_ROW_END};

static const struct option limit[] = {
    NUMBER("limit", 0, "N", limit, INT32_MAX, "stop after N rows"), OPTION_ROW_END};

static const struct option accounts[] = {
    CUSTOM("mid", "MID", value_mid, mids, "of this business unit; may be repeated"),
    FLAG("all-accounts", 0, all_accounts, "of the account and all below it"),
    NUMBER("batch-size", 0, "N", batch_size, 2500, "rows a page (2500)"), OPTION_ROW_END};

static const struct option columns[] = {
    CUSTOM("properties", "A,B", value_names, properties, "these columns, in this order"),
    OPTION_ROW_END};

static const struct option dates[] = {
    FLAG("rfc3339", 0, rfc3339, "dates with their zone, not as the service sent"),
    CUSTOM("utc-offset", "+HH:MM", value_utc_offset, utc_offset,
           "zone of dates without one (-06:00)"),
    OPTION_ROW_END};

static const struct option output[] = {
    {"format", 0, "FORMAT",
#define ETTRACK_FORMAT(name) #name " "
     "one of: "
#include "ettrack/output/formats.def"
     "(table)",
#undef ETTRACK_FORMAT
     OPTION_CUSTOM, offsetof(struct options, writer), 0, 0, 0, value_format},
    TEXT("output", 'o', "FILE", output, "write FILE, which appears when it is whole"),
    FLAG("quiet", 'q', quiet, "no progress on stderr"),
    FLAG("traffic", 0, traffic, "requests, rows and bytes on stderr at the end"),
    OPTION_ROW_END};

static const struct option jobs[] = {
    NUMBER("jobs", 'j', "N", jobs, 64, "retrieve from N sessions at once (1)"), OPTION_ROW_END};

static const struct option service[] = {
    TEXT("config", 0, "FILE", config, "settings; not those of ~/.config/etsoap/config"),
    SETTING("profile", "NAME", "[NAME] of the settings file"),
    SETTING("endpoint", "URL", "the account's own, .../Service.asmx"),
    SETTING("username", "NAME", "the API user"),
    SECRET("password-file", "FILE", "password: FILE's first line"),
    SECRET("token-file", "FILE", "access token: FILE's first line"),
    SETTING("auth-url", "URL", "where a client fetches its tokens"),
    SETTING("client-id", "ID", "the client, of an installed package"),
    SECRET("client-secret-file", "FILE", "its secret: FILE's first line"),
    SETTING("account-id", "MID", "business unit to fetch the token for"),
    SETTING("ca-file", "FILE", "authorities to trust, PEM"),
    NUMBER("timeout", 0, "S", timeout, 86400, "seconds without an answer (100)"),
    NUMBER("tries", 0, "N", tries, 100, "how often a request is tried (4)"),
    NUMBER("max-rps", 0, "N", max_rps, 1000, "N requests a second, of all jobs (any)"),
    TEXT("trace", 0, "DIR", trace, "write every exchange to DIR, without secrets"),
    FLAG("redact-subscribers", 0, redact_subscribers, "and without subscriber keys and addresses"),
    OPTION_ROW_END};

static const struct option bounds[] = {
    SETTING("total-timeout", "S", "seconds for an answer in all, 0: any (3600)"),
    SETTING("least-speed", "N", "bytes a second, 0: any (16)"),
    SETTING("least-speed-time", "S", "seconds that may be slower (120)"),
    SETTING("max-answer-bytes", "N", "bytes of an answer, unpacked; K, M, G (1G)"),
    SETTING("max-header-bytes", "N", "bytes of its header lines (64K)"),
    SETTING("max-decompression-ratio", "N", "unpacked to packed (400)"),
    SETTING("max-value-bytes", "N", "bytes of one value (64M)"),
    SETTING("max-tag-bytes", "N", "bytes of one tag (64K)"),
    SETTING("max-attributes", "N", "attributes of one tag (256)"),
    SETTING("max-nesting", "N", "elements within each other (512)"),
    OPTION_ROW_END};

const struct option_group option_groups[OPTION_GROUPS] = {
    {OPTIONS_WINDOW, "Which rows", window},
    {OPTIONS_WHERE, "Which rows", where},
    {OPTIONS_ACCOUNTS, "Which rows", accounts},
    {OPTIONS_LIMIT, "Which rows", limit},
    {OPTIONS_COLUMNS, "How they are shown", columns},
    {OPTIONS_OUTPUT, "How they are shown", output},
    {OPTIONS_DATES, "How they are shown", dates},
    {OPTIONS_JOBS, "How they are fetched", jobs},
    {OPTIONS_SERVICE, "How they are fetched", service},
    {OPTIONS_SERVICE, "What is too much of an answer", bounds},
};

bool options_check(struct options *options) {
  if (!value_time(&options->since, "since", options->since_text, options->utc_offset) ||
      !value_time(&options->until, "until", options->until_text, options->utc_offset))
    return false;
  if (options->since_text && options->until_text &&
      ets_time_compare(options->since, options->until) > 0) {
    complain("--since %s is after --until %s", options->since_text, options->until_text);
    return false;
  }
  if (options->all_accounts && options->mids.count > 0) {
    complain("--all-accounts reads every business unit: leave --mid out");
    return false;
  }
  if (options->unchecked && !options->where) {
    complain("--unchecked belongs to --where EXPR");
    return false;
  }
  if (options->redact_subscribers && !options->trace) {
    complain("--redact-subscribers belongs to --trace DIR");
    return false;
  }
  return true;
}

const ets_time *options_since(const struct options *options) {
  return options->since_text ? &options->since : NULL;
}

const ets_time *options_until(const struct options *options) {
  return options->until_text ? &options->until : NULL;
}

void options_free(struct options *options) {
  free(options->properties.items);
  free(options->properties.text);
  free(options->mids.items);
  free(options->settings.items);
}
