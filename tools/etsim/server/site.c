#include "server/site.h"

#include <string.h>
#include <strings.h>

#include "http/media_type.h"
#include "server/embedded.h"
#include "service/authorize.h"
#include "common/escape.h"

enum { OK = 200, NOT_FOUND = 404, NOT_ALLOWED = 405, UNSUPPORTED = 415 };

static const char service_path[] = "/Service.asmx";
static const char fault_schema_path[] = "/ETFrameworkFault.xsd";

static void print_base(const struct site *site, const struct http_request *request,
                       struct buffer *out) {
  buffer_printf(out, "%s://%s", site->scheme, request->host[0] ? request->host : site->authority);
}

static void say(struct http_answer *answer, int status, const char *text) {
  answer->status = status;
  answer->content_type = "text/plain; charset=utf-8";
  buffer_add_text(&answer->body, text);
}

/* Copies a document with the value of every `attribute` that follows `after` replaced. */
static void replace_attribute(struct buffer *out, const struct buffer *in, const char *after,
                              const char *attribute, const char *value) {
  const char *from = in->data;
  const char *end = in->data + in->size;
  const char *place;
  while ((place = strstr(from, after)) != NULL) {
    const char *close = strchr(place, '>');
    const char *name = strstr(place, attribute);
    const char *quote = name ? strpbrk(name, "\"'") : NULL;
    const char *last = quote ? strchr(quote + 1, *quote) : NULL;
    if (!close || !last || last > close) {
      buffer_add(out, from, (size_t)(place + strlen(after) - from));
      from = place + strlen(after);
      continue;
    }
    buffer_add(out, from, (size_t)(quote + 1 - from));
    escape_xml(out, value, strlen(value));
    from = last;
  }
  buffer_add(out, from, (size_t)(end - from));
}

static void answer_wsdl(const struct site *site, const struct http_request *request,
                        struct http_answer *answer) {
  struct buffer document = {0}, address = {0}, schema = {0}, addressed = {0};
  print_base(site, request, &address);
  print_base(site, request, &schema);
  buffer_add_text(&address, service_path);
  buffer_add_text(&schema, fault_schema_path);
  buffer_add(&document, embedded_wsdl, embedded_wsdl_size);
  answer->status = OK;
  answer->content_type = "text/xml; charset=utf-8";
  if (!document.failed && !address.failed && !schema.failed) {
    replace_attribute(&addressed, &document, ":address ", "location", address.data);
    replace_attribute(&answer->body, &addressed, ":import ", "schemaLocation", schema.data);
  }
  buffer_free(&document);
  buffer_free(&address);
  buffer_free(&schema);
  buffer_free(&addressed);
}

static void answer_service(const struct site *site, struct call *call,
                           const struct http_request *request, struct http_answer *answer) {
  const char *type = request->content_type;
  if (*type && strncasecmp(type, "text/xml", 8) != 0 &&
      strncasecmp(type, "application/soap+xml", 20) != 0 &&
      strncasecmp(type, "application/xml", 15) != 0) {
    say(answer, UNSUPPORTED,
        "The content type has to be text/xml (SOAP 1.1) or "
        "application/soap+xml (SOAP 1.2).\n");
    return;
  }
  int version = strncasecmp(type, "application/soap+xml", 20) == 0 ? 2 : 1;
  char charset[32];
  ets_media_charset(charset, sizeof charset, type);
  const struct request_bytes bytes = {buffer_text(&request->body), request->body.size, charset};
  answer->status = call_serve(call, request->soap_action, &bytes, &answer->body, &version);
  answer->content_type =
      version == 2 ? "application/soap+xml; charset=utf-8" : "text/xml; charset=utf-8";
  answers_keep(site->answers, site_operation(request), &answer->body);
}

static void answer_token(const struct site *site, struct call *call,
                         const struct http_request *request, struct http_answer *answer) {
  struct buffer base = {0};
  print_base(site, request, &base);
  answer->content_type = "application/json; charset=utf-8";
  answer->status = auth_token(call->service->auth, request->body.data ? request->body.data : "",
                              base.data ? base.data : "", &answer->body);
  buffer_free(&base);
}

static bool is_get(const struct http_request *request) {
  return strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
}

static bool asks_wsdl(const struct http_request *request) {
  return strcasecmp(request->path, "/etframework.wsdl") == 0 ||
         (strcasecmp(request->path, service_path) == 0 && strcasecmp(request->query, "wsdl") == 0);
}

void site_answer(const struct site *site, struct call *call, const struct http_request *request,
                 struct http_answer *answer) {
  buffer_reset(&answer->body);
  answer->allow = NULL;
  *answer->location = 0;
  bool post = strcmp(request->method, "POST") == 0;
  if (is_get(request) && asks_wsdl(request)) {
    answer_wsdl(site, request, answer);
  } else if (is_get(request) && strcasecmp(request->path, fault_schema_path) == 0) {
    answer->status = OK;
    answer->content_type = "text/xml; charset=utf-8";
    buffer_add(&answer->body, embedded_fault_schema, embedded_fault_schema_size);
  } else if (is_get(request) && strcmp(request->path, "/v2/authorize") == 0) {
    answer->content_type = "text/plain; charset=utf-8";
    answer->status =
        authorize(call->service->auth, request->query, answer->location, &answer->body);
  } else if (post && strcasecmp(request->path, service_path) == 0) {
    answer_service(site, call, request, answer);
  } else if (post && strcmp(request->path, "/v2/token") == 0) {
    answer_token(site, call, request, answer);
  } else if (strcasecmp(request->path, service_path) == 0 ||
             strcmp(request->path, "/v2/token") == 0) {
    answer->allow = "POST";
    say(answer, NOT_ALLOWED, "Use POST here. The contract is at /etframework.wsdl.\n");
  } else {
    say(answer, NOT_FOUND,
        "There is POST /Service.asmx, POST /v2/token, GET /v2/authorize, "
        "GET /etframework.wsdl and GET /ETFrameworkFault.xsd here.\n");
  }
}

const char *site_operation(const struct http_request *request) {
  if (strcmp(request->method, "POST") != 0)
    return "";
  if (strcmp(request->path, "/v2/token") == 0)
    return "token";
  if (strcasecmp(request->path, service_path) != 0)
    return "";
  return service_operation(request->soap_action, request->body.data ? request->body.data : "");
}
