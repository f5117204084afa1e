#include "operations/answer.h"

#include <stdio.h>
#include <string.h>

#include "common/escape.h"
#include "contract/types.h"
#include "ground/date.h"
#include "ground/node.h"
#include "ground/random.h"

#include "etH.h"

#define WSSE "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
#define WSU "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
#define WSA "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define FAULT_NAMESPACE "urn:fault.partner.exacttarget.com"

enum { TIMESTAMP_MS = 300000 };

static void envelope(struct call *call) {
  buffer_add_text(call->out,
                  "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"");
  buffer_add_text(call->out, call->soap_version == 2 ? "http://www.w3.org/2003/05/soap-envelope"
                                                     : "http://schemas.xmlsoap.org/soap/envelope/");
  buffer_add_text(call->out,
                  "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                  " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                  " xmlns:wsa=\"" WSA "\" xmlns:wsse=\"" WSSE "\" xmlns:wsu=\"" WSU "\">");
}

static void header(struct call *call, const char *action) {
  char message[GUID_SIZE], related[GUID_SIZE], stamp[GUID_SIZE];
  char created[DATE_TEXT_SIZE + 2], expires[DATE_TEXT_SIZE + 2];
  int64_t now = date_now();
  random_guid(message, random_number());
  random_guid(stamp, random_number());
  date_write_utc(created, now);
  date_write_utc(expires, now + TIMESTAMP_MS);
  buffer_printf(call->out,
                "<soap:Header><wsa:Action>%s</wsa:Action>"
                "<wsa:MessageID>urn:uuid:%s</wsa:MessageID><wsa:RelatesTo>",
                action, message);
  if (call->message_id) {
    escape_xml(call->out, call->message_id, strlen(call->message_id));
  } else {
    random_guid(related, random_number());
    buffer_printf(call->out, "urn:uuid:%s", related);
  }
  buffer_printf(call->out,
                "</wsa:RelatesTo><wsa:To>" WSA "/role/anonymous</wsa:To><wsse:Security>"
                "<wsu:Timestamp wsu:Id=\"Timestamp-%s\"><wsu:Created>%s</wsu:Created>"
                "<wsu:Expires>%s</wsu:Expires></wsu:Timestamp></wsse:Security></soap:Header>",
                stamp, created, expires);
}

void answer_prepare(struct call *call, int soap_version, struct buffer *out) {
  call->out = out;
  call->message_id = NULL;
  call->soap_version = soap_version;
  call->faulted = false;
}

void answer_begin(struct call *call, const char *action) {
  buffer_reset(call->out);
  envelope(call);
  header(call, action);
  buffer_add_text(call->out, "<soap:Body>");
}

void answer_end(struct call *call) {
  buffer_add_text(call->out, "</soap:Body></soap:Envelope>");
}

static const char *code_name(const struct call *call, enum fault_kind kind) {
  static const char *const names[2][4] = {
      {"wsse:Security", "soap:Client", "soap:Server", "soap:MustUnderstand"},
      {"soap:Sender", "soap:Sender", "soap:Receiver", "soap:MustUnderstand"}};
  return names[call->soap_version == 2][kind];
}

static void fault_detail(struct buffer *out, const char *element, int code, const char *text) {
  if (!code)
    return;
  buffer_printf(out, "<%s><apifault xmlns=\"" FAULT_NAMESPACE "\"><Code>%d</Code><Message>",
                element, code);
  escape_xml(out, text, strlen(text));
  buffer_printf(out, "</Message></apifault></%s>", element);
}

void answer_fault(struct call *call, enum fault_kind kind, int code, const char *text) {
  struct buffer *out = call->out;
  call->faulted = true;
  answer_begin(call, WSA "/fault");
  buffer_add_text(out, "<soap:Fault>");
  if (call->soap_version == 2) {
    buffer_printf(out, "<soap:Code><soap:Value>%s</soap:Value>", code_name(call, kind));
    if (kind == FAULT_SECURITY)
      buffer_add_text(out, "<soap:Subcode><soap:Value xmlns:q0=\"" WSSE
                           "\">q0:Security</soap:Value></soap:Subcode>");
    buffer_add_text(out, "</soap:Code><soap:Reason><soap:Text xml:lang=\"en\">");
    escape_xml(out, text, strlen(text));
    buffer_add_text(out, "</soap:Text></soap:Reason>");
    fault_detail(out, "soap:Detail", code, text);
  } else {
    if (kind == FAULT_SECURITY)
      buffer_add_text(out, "<faultcode xmlns:q0=\"" WSSE "\">q0:Security</faultcode>");
    else
      buffer_printf(out, "<faultcode>%s</faultcode>", code_name(call, kind));
    buffer_add_text(out, "<faultstring>");
    escape_xml(out, text, strlen(text));
    buffer_add_text(out, "</faultstring>");
    fault_detail(out, "detail", code, text);
  }
  buffer_add_text(out, "</soap:Fault>");
  answer_end(call);
}

void answer_status(struct call *call, const char *status) {
  char id[GUID_SIZE];
  random_guid(id, random_number());
  answer_begin(call, "RetrieveResponse");
  buffer_add_text(call->out,
                  "<RetrieveResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                  "<OverallStatus>");
  escape_xml(call->out, status, strlen(status));
  buffer_printf(call->out, "</OverallStatus><RequestID>%s</RequestID></RetrieveResponseMsg>", id);
  answer_end(call);
}

void answer_unreadable(struct call *call, const char *text) {
  struct buffer message = {0};
  buffer_printf(&message,
                "Server was unable to read request. ---> There is an error in the XML document. %s",
                text);
  answer_fault(call, FAULT_CLIENT, 0, buffer_text(&message));
  buffer_free(&message);
}

bool answer_wrong_date(struct call *call, const char *type, const void *data) {
  const char *wrong = node_wrong_date(ets_type_find(type, strlen(type)), data);
  if (!wrong)
    return false;
  char text[192];
  snprintf(text, sizeof text, "Validation constraint violation: invalid value in element '%.100s'",
           wrong);
  answer_unreadable(call, text);
  return true;
}
