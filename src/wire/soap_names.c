#include "wire/soap_names.h"

#include "contract/types.h"
#include "object/scalar.h"
#include "wire/frame.h"

#include <stdlib.h>
#include <string.h>

int ets_soap_version(const char *space) {
  if (!space)
    return 0;
  if (strcmp(space, "http://schemas.xmlsoap.org/soap/envelope/") == 0)
    return 11;
  return strcmp(space, "http://www.w3.org/2003/05/soap-envelope") == 0 ? 12 : 0;
}

static bool is_known_header(const char *space) {
  static const char *const known[] = {"http://schemas.xmlsoap.org/ws/",
                                      "http://www.w3.org/2005/08/addressing",
                                      "http://docs.oasis-open.org/wss/", ETS_CONTRACT_NAMESPACE};
  for (size_t i = 0; space && i < sizeof known / sizeof *known; i++)
    if (strncmp(space, known[i], strlen(known[i])) == 0)
      return true;
  return false;
}

/* Whether an actor (1.1) or role (1.2) is who reads the answer. */
static bool is_reader(const char *actor, size_t n) {
  static const char *const readers[] = {
      "", "http://schemas.xmlsoap.org/soap/actor/next",
      "http://www.w3.org/2003/05/soap-envelope/role/next",
      "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"};
  n = ets_blank_trim(&actor, n);
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
    if (strlen(readers[i]) == n && memcmp(readers[i], actor, n) == 0)
      return true;
  return false;
}

const char *ets_soap_binding(const struct ets_tag *tag) {
  bool binding = false;
  for (int i = 0; i < tag->xml.attribute_count; i++) {
    const xmlChar **attribute = tag->xml.attributes + 5 * i;
    const char *name = (const char *)attribute[0], *value = (const char *)attribute[3];
    size_t n = (size_t)(attribute[4] - attribute[3]);
    if (!ets_soap_version((const char *)attribute[2]))
      continue;
    if (strcmp(name, "mustUnderstand") == 0)
      binding = ets_says_true(value, n);
    else if ((strcmp(name, "actor") == 0 || strcmp(name, "role") == 0) && !is_reader(value, n))
      return NULL;
  }
  return binding && !is_known_header((const char *)tag->space)
             ? "in its header, which must be understood and is not known"
             : NULL;
}

bool ets_in_contract(const unsigned char *space) {
  return !space || strcmp((const char *)space, ETS_CONTRACT_NAMESPACE) == 0;
}

static const struct ets_element *child(const struct ets_element *element, const char *name) {
  const struct ets_element *at = element ? element->first : NULL;
  while (at && strcmp(at->name, name) != 0)
    at = at->next;
  return at;
}

static const char *text_of(const struct ets_element *element) {
  return element && element->text && *element->text ? element->text : NULL;
}

/* The name without its prefix and the white space around it. */
static struct ets_qname name_of(struct ets_arena *arena, const struct ets_element *element) {
  struct ets_qname name = {0};
  const char *text = text_of(element);
  if (!text)
    return name;
  const char *colon = strchr(text, ':');
  if (colon)
    text = colon + 1;
  size_t n = ets_blank_trim(&text, strlen(text));
  name.space = element->names;
  name.name = ets_arena_text(arena, text, n);
  return name;
}

/* --- the service's detail -------------------------------------------------------------------- */

static bool read_params(struct ets_arena *arena, const struct ets_element *params,
                        struct ets_api_fault *api) {
  size_t count = 0;
  for (const struct ets_element *at = params ? params->first : NULL; at; at = at->next)
    count += text_of(at) != NULL;
  const char **texts = ets_arena_alloc(arena, count * sizeof *texts);
  if (!texts)
    return false;
  api->params = texts;
  for (const struct ets_element *at = params ? params->first : NULL; at; at = at->next)
    if (text_of(at))
      texts[api->param_count++] = text_of(at);
  return true;
}

static bool read_api(struct ets_arena *arena, const struct ets_element *detail,
                     struct ets_api_fault *api) {
  static const struct ets_field number = {.kind = ETS_KIND_INT};
  const struct ets_element *fault = child(detail, "apifault");
  if (!fault)
    return true;
  int code = 0;
  api->there = true;
  api->code = text_of(child(fault, "Code"));
  api->code_is_number = api->code && ets_scalar_parse(&number, api->code, &code);
  api->code_number = api->code_is_number ? code : 0;
  api->message = text_of(child(fault, "Message"));
  api->log_id = text_of(child(fault, "LogID"));
  return read_params(arena, child(fault, "Params"), api);
}

/* --- a detail of another kind ---------------------------------------------------------------- */

static size_t length_of(const struct ets_element *element) {
  size_t length = 0;
  for (; element; element = element->next)
    length += (text_of(element) ? strlen(element->text) + 1 : 0) + length_of(element->first);
  return length;
}

static char *join(char *to, const struct ets_element *element) {
  for (; element; element = element->next) {
    if (text_of(element)) {
      size_t n = strlen(element->text);
      memcpy(to, element->text, n);
      to[n] = ' ';
      to += n + 1;
    }
    to = join(to, element->first);
  }
  return to;
}

static bool read_detail(struct ets_arena *arena, const struct ets_element *detail,
                        struct ets_soap_fault *fault) {
  if (!detail || fault->api.there)
    return true;
  size_t own = text_of(detail) ? strlen(detail->text) + 1 : 0;
  size_t length = own + length_of(detail->first);
  if (length == 0)
    return true;
  char *text = ets_arena_alloc(arena, length);
  if (!text)
    return false;
  if (own) {
    memcpy(text, detail->text, own - 1);
    text[own - 1] = ' ';
  }
  join(text + own, detail->first);
  text[length - 1] = '\0';
  fault->detail = text;
  return true;
}

/* --- both versions --------------------------------------------------------------------------- */

static void read_11(struct ets_arena *arena, const struct ets_element *element,
                    struct ets_soap_fault *fault) {
  fault->code = name_of(arena, child(element, "faultcode"));
  fault->string = text_of(child(element, "faultstring"));
}

static void read_12(struct ets_arena *arena, const struct ets_element *element,
                    struct ets_soap_fault *fault) {
  const struct ets_element *code = child(element, "Code"), *inner = child(code, "Subcode");
  fault->code = name_of(arena, child(code, "Value"));
  while (child(inner, "Subcode"))
    inner = child(inner, "Subcode");
  fault->subcode = name_of(arena, child(inner, "Value"));
  fault->string = text_of(child(child(element, "Reason"), "Text"));
}

struct ets_soap_fault *ets_soap_fault_read(struct ets_arena *arena, int version,
                                           const struct ets_element *element) {
  struct ets_soap_fault *fault = ets_arena_zalloc(arena, sizeof *fault);
  if (!fault)
    return NULL;
  fault->version = version;
  (version == 12 ? read_12 : read_11)(arena, element, fault);
  const struct ets_element *detail = child(element, version == 12 ? "Detail" : "detail");
  return read_api(arena, detail, &fault->api) && read_detail(arena, detail, fault) ? fault : NULL;
}
