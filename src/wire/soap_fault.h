/* A SOAP fault as it came, of either version. Which failure it means is decided in call/fault.c. */
#ifndef ETS_SOAP_FAULT_H
#define ETS_SOAP_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name as the value of an element, "wsse:Security": what its prefix stood for just there. */
struct ets_qname {
  const char *space; /* NULL: the prefix is not declared; "" no namespace */
  const char *name;  /* without the prefix; NULL: there is no such element */
};

/* The service's own detail, fault__apifault. Numbers are text, since not all of them are. */
struct ets_api_fault {
  bool there;
  const char *code;    /* as sent, NULL: absent, nil or empty; the same for the others */
  bool code_is_number; /* then code_number is it, else 0 */
  int32_t code_number;
  const char *message;
  const char *log_id;
  const char *const *params;
  size_t param_count;
};

struct ets_soap_fault {
  int version;              /* 11 or 12 */
  struct ets_qname code;    /* faultcode; Code/Value */
  struct ets_qname subcode; /* the innermost Subcode/Value */
  const char *string;       /* faultstring; the first Reason/Text; NULL: absent or empty */
  const char *detail;       /* all text of a detail that is no apifault, NULL: none */
  struct ets_api_fault api;
};

#endif
