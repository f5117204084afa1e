/* The operation Extract. */
#include "operations/extract.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/program.h"
#include "contract/types.h"
#include "ground/archive.h"
#include "ground/date.h"
#include "ground/whole_file.h"
#include "kinds/computed.h"
#include "kinds/scan.h"
#include "operations/answer.h"

#include "etH.h"

enum { EXTRACT_MS = 60000, FILES = 5, NAME_SIZE = 128 };

/* The files of a tracking extract, with the parameter that asks for each. */
static const struct {
  const char *parameter, *name, *type;
} files[FILES] = {{"ExtractSent", "Sent.csv", "SentEvent"},
                  {"ExtractOpens", "Opens.csv", "OpenEvent"},
                  {"ExtractClicks", "Clicks.csv", "ClickEvent"},
                  {"ExtractBounces", "Bounces.csv", "BounceEvent"},
                  {"ExtractUnsubs", "Unsubs.csv", "UnsubEvent"}};

/* --- the files ------------------------------------------------------------------------------ */

static void add_cell(struct buffer *out, const struct value *value) {
  char date[DATE_TEXT_SIZE];
  if (value->kind == VALUE_ABSENT || value->kind == VALUE_NIL)
    return;
  if (value->kind == VALUE_DATE && !value->text) {
    buffer_add(out, date, date_write(date, value->number));
  } else if (!value->text) {
    buffer_add_integer(out, value->number);
  } else {
    bool quoted = memchr(value->text, ',', value->size) || memchr(value->text, '"', value->size) ||
                  memchr(value->text, '\n', value->size);
    if (quoted)
      buffer_add_char(out, '"');
    for (size_t i = 0; i < value->size; i++) {
      if (value->text[i] == '"')
        buffer_add_char(out, '"');
      buffer_add_char(out, value->text[i]);
    }
    if (quoted)
      buffer_add_char(out, '"');
  }
}

static bool is_column(const struct property *property) {
  return !(property->flags & (PROPERTY_CLOSED | PROPERTY_FILTER_ONLY)) &&
         strcmp(property->path, "PartnerKey") != 0;
}

static void add_row(struct buffer *out, struct world *world, struct row *row) {
  const char *separator = "";
  for (size_t i = 0; i < row->kind->property_count; i++) {
    struct value value;
    if (!is_column(&row->kind->properties[i]))
      continue;
    buffer_add_text(out, separator);
    separator = ",";
    row_get(world, row, &row->kind->properties[i], &value);
    add_cell(out, &value);
  }
  buffer_add_text(out, "\r\n");
}

static void add_heading(struct buffer *out, const struct kind *kind) {
  const char *separator = "";
  for (size_t i = 0; i < kind->property_count; i++)
    if (is_column(&kind->properties[i])) {
      buffer_printf(out, "%s%s", separator, kind->properties[i].path);
      separator = ",";
    }
  buffer_add_text(out, "\r\n");
}

/* The events of [from, to) that are there. */
static void add_events(struct archive *archive, struct world *world, int account,
                       const struct kind *kind, int64_t from, int64_t to) {
  struct buffer *out = &archive->piece;
  struct scan scan = {
      .world = world, .kind = kind, .accounts = &account, .account_count = 1, .to = UINT64_MAX};
  struct row row = {.kind = kind};
  const struct property *date = NULL;
  for (size_t i = 0; i < kind->property_count; i++)
    if (strcmp(kind->properties[i].path, "EventDate") == 0)
      date = &kind->properties[i];
  add_heading(out, kind);
  while (date && scan_next(&scan, &row)) {
    struct value value;
    row_get(world, &row, date, &value);
    if (value.number >= from && value.number < to)
      add_row(out, world, &row);
    if (out->size >= ARCHIVE_PIECE)
      archive_put(archive);
  }
}

/* `8/9/2026 1:02:03 PM`, or as everywhere else. */
static bool read_date(int64_t *date, const char *text) {
  static const char ends[6] = {'/', '/', ' ', ':', ':', ' '};
  unsigned long parts[6];
  char iso[40], *end = NULL;
  const char *at = text;
  for (int i = 0; i < 6; i++, at = end + 1) {
    parts[i] = *at >= '0' && *at <= '9' ? strtoul(at, &end, 10) : ULONG_MAX;
    if (parts[i] > 9999 || *end != ends[i])
      return date_read(date, text);
  }
  bool after = strcasecmp(at, "PM") == 0;
  if ((!after && strcasecmp(at, "AM") != 0) || parts[3] > 12)
    return false;
  snprintf(iso, sizeof iso, "%04lu-%02lu-%02luT%02lu:%02lu:%02lu", parts[2], parts[0], parts[1],
           parts[3] % 12 + (after ? 12 : 0), parts[4], parts[5]);
  return date_read(date, iso);
}

static bool is_wanted(const struct node *what, const char *parameter) {
  const char *text = node_text(what, parameter);
  return text && (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

void extract_write(struct world *world, int account, const struct node *what, int64_t date) {
  int64_t from = INT64_MIN, to = INT64_MAX;
  const char *begin = node_text(what, "StartDate"), *end = node_text(what, "EndDate");
  const char *name = node_text(what, "OutputFileName");
  struct buffer path = {0};
  struct whole_file whole;
  (void)date;
  if ((begin && !read_date(&from, begin)) || (end && !read_date(&to, end)))
    return;
  buffer_printf(&path, "%s/%s", world->files, name);
  whole_file_open(&whole, buffer_text(&path));
  struct archive archive = {.stream = whole.stream, .failed = !whole.stream || path.failed};
  for (size_t i = 0; i < FILES && !archive.failed; i++) {
    if (!is_wanted(what, files[i].parameter))
      continue;
    archive_begin(&archive, files[i].name);
    add_events(&archive, world, account, event_kind(files[i].type), from, to);
    archive_end(&archive);
  }
  if (!archive.failed)
    archive_finish(&archive);
  int error = errno;
  if (!whole_file_close(&whole, !archive.failed))
    complain("--files %s: %s: %s", world->files, name, strerror(archive.failed ? error : errno));
  buffer_free(&archive.piece);
  buffer_free(&path);
}

/* --- the operation -------------------------------------------------------------------------- */

/* Older contracts repeat Results itself, newer ones an ExtractResult inside of one Results: so this
 * answer is not written by the generated serializer, which knows but one of them. */
static bool is_wrapped(void) {
  const struct ets_type *message = ets_type_find(ETS_NAME("ExtractResponseMsg"));
  const struct ets_field *results = message ? ets_type_field(message, ETS_NAME("Results")) : NULL;
  return !results || !results->type || strcmp(results->type->name, "ExtractResult") != 0;
}

static bool is_file_name(const char *name) {
  return name && *name && *name != '.' && strlen(name) < NAME_SIZE &&
         name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")] ==
             0;
}

static struct node *read_parameters(const struct et__ExtractRequest *request) {
  struct node *what = node_new(NULL, "Object");
  for (int i = 0; what && request->Parameters && i < request->Parameters->__sizeParameter; i++) {
    const struct et__ExtractParameter *parameter = &request->Parameters->Parameter[i];
    if (parameter->Name && *parameter->Name && !strchr(parameter->Name, '.') && parameter->Value)
      (void)node_put(what, parameter->Name, parameter->Value);
  }
  return what;
}

/* @return NULL when it will be written, or what is wrong */
static const char *accept_request(struct world *world, int account, struct node *what) {
  int64_t date;
  const char *begin = what ? node_text(what, "StartDate") : NULL;
  const char *end = what ? node_text(what, "EndDate") : NULL;
  const char *wrong = !what                               ? "Out of memory."
                      : begin && !read_date(&date, begin) ? "StartDate is no date."
                      : end && !read_date(&date, end)     ? "EndDate is no date."
                      : world->files && !is_file_name(node_text(what, "OutputFileName"))
                          ? "OutputFileName has to be a plain name, of letters, digits, . _ and -."
                          : NULL;
  if (wrong || !world->files) {
    node_free(what);
    return wrong;
  }
  return agenda_add(world, "Extract", world_now(world) + EXTRACT_MS, what, account)
             ? NULL
             : "Out of memory.";
}

static bool extract(struct call *call, const struct et__ExtractRequest *request,
                    const char *element, int ordinal) {
  struct world *world = call->service->world;
  char id[GUID_SIZE];
  int account = call_account(call, request->Client);
  const char *wrong =
      account ? accept_request(world, account, read_parameters(request)) : NO_ACCOUNT;
  random_guid(id, random_number());
  buffer_printf(call->out,
                "<%s><StatusCode>%s</StatusCode><StatusMessage>%s</StatusMessage><OrdinalID>%d"
                "</OrdinalID>%s<RequestID>%s</RequestID></%s>",
                element, wrong ? "Error" : "OK",
                wrong          ? wrong
                : world->files ? "Extract request accepted."
                               : "Extract request accepted; without --files no file is written.",
                ordinal,
                !account ? "<ErrorCode>4</ErrorCode>"
                : wrong  ? "<ErrorCode>2</ErrorCode>"
                         : "",
                id, element);
  return !wrong;
}

int __et__Extract(struct soap *soap, struct _et__ExtractRequestMsg *request,
                  struct _et__ExtractResponseMsg *unused) {
  struct call *call = soap->user;
  struct buffer *out = call->out;
  struct buffer results = {0};
  bool wrapped = is_wrapped();
  const char *element = wrapped ? "ExtractResult" : "Results";
  char id[GUID_SIZE];
  int failed = 0, count = request ? request->__sizeRequests : 0;
  (void)unused;
  random_guid(id, random_number());
  answer_begin(call, "ExtractResponse");
  size_t place = out->size;
  store_write(&call->service->world->store);
  for (int i = 0; i < count; i++)
    failed += !extract(call, &request->Requests[i], element, i);
  store_release(&call->service->world->store);
  buffer_add(&results, out->data + place, out->size - place);
  out->size = place;
  buffer_printf(out,
                "<ExtractResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                "<OverallStatus>%s</OverallStatus><RequestID>%s</RequestID>%s",
                !failed          ? "OK"
                : failed < count ? "Has Errors"
                                 : "Error",
                id, wrapped ? "<Results>" : "");
  buffer_add(out, results.data, results.size);
  bool broken = results.failed;
  buffer_free(&results);
  buffer_add_text(out, wrapped ? "</Results></ExtractResponseMsg>" : "</ExtractResponseMsg>");
  answer_end(call);
  return broken || out->failed ? SOAP_EOM : SOAP_STOP;
}
