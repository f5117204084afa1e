#include "call/fault.h"

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Text without blanks at its ends; line breaks go when the message is set. */
static void trim(char *copy, size_t size, const char *text) {
  size_t n = ets_text_trim(&text);
  if (n >= size)
    n = size - 1;
  memcpy(copy, text, n);
  copy[n] = '\0';
}

/* --- faults ---------------------------------------------------------------------------------- */

/* What a code of the service means. */
static ets_status of_code(int32_t code) {
  switch (code) {
  case 9:
  case 10:
  case 13:
    return ETS_E_UNAVAILABLE;
  case 11:
    return ETS_E_PERMISSION;
  case 12:
    return ETS_E_LOGIN;
  case 17:
    return ETS_E_LIMITED;
  default:
    return ETS_E_FAULT;
  }
}

/* Whether a text holds a word, the case of ASCII letters aside. */
static bool says(const char *text, const char *word) {
  size_t n = strlen(word);
  for (; *text; text++)
    if (strncasecmp(text, word, n) == 0)
      return true;
  return false;
}

/* What the service says about a login when it is not name and password that are wrong. */
static const char *login_advice(const char *text, enum ets_credential_kind kind) {
  static const struct {
    const char *word;
    const char *advice;
  } known[] = {
      {"permission", "; ask the account's administrator for the permission"},
      {"locked", "; ask the account's administrator to unlock the user"},
      {"disabled", "; ask the account's administrator to enable the user"},
      {"inactive", "; ask the account's administrator to enable the user"},
      {"expired", "; the password has expired: set a new one"},
      {"IP address", "; ask the account's administrator to allow this machine's address"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (says(text, known[i].word))
      return known[i].advice;
  return kind == ETS_CREDENTIAL_TOKEN
             ? "; check that the token is whole and belongs to this endpoint"
             : "; check user name and password, and that they belong to this endpoint";
}

static const char *advice_for(ets_status status, const char *text, enum ets_credential_kind kind) {
  switch (status) {
  case ETS_E_UNAVAILABLE:
    return "; try again later, the system status says when";
  case ETS_E_PERMISSION:
    return "; ask the account's administrator for the permission";
  case ETS_E_LOGIN:
    return login_advice(text, kind);
  case ETS_E_EXPIRED:
    return kind == ETS_CREDENTIAL_TOKEN ? "; get a new token" : "; check user name and password";
  case ETS_E_LIMITED:
    return "; send fewer requests in a minute";
  default:
    return "";
  }
}

/* The code that says most. */
static const char *code_of(const struct ets_soap_fault *fault) {
  const char *name = fault->subcode.name ? fault->subcode.name : fault->code.name;
  return name ? name : "";
}

/* "Login Failed: name unknown (code 12)" from what there is of the three. */
static void quote(char *quoted, size_t size, const char *string, const char *message,
                  const char *code) {
  char text[256];
  char more[200];
  trim(text, sizeof text, string ? string : "no text");
  trim(more, sizeof more, message ? message : "");
  bool same = !*more || strcasecmp(more, text) == 0;
  bool coded = code && *code && strcmp(code, "0") != 0;
  snprintf(quoted, size, "%s%s%s%s%.40s%s", text, same ? "" : ": ", same ? "" : more,
           coded ? " (code " : "", coded ? code : "", coded ? ")" : "");
}

static ets_status meaning_of(const struct ets_soap_fault *fault) {
  char text[64];
  trim(text, sizeof text, fault->string ? fault->string : "");
  if (strcmp(code_of(fault), "Security") == 0)
    return strcasecmp(text, "Token Expired") == 0 ? ETS_E_EXPIRED : ETS_E_LOGIN;
  if (!fault->api.there && strcasecmp(text, "Rate Limited") == 0)
    return ETS_E_LIMITED;
  return of_code(fault->api.code_number);
}

/* Whether the fault is the request's, which the service then has not begun to carry out. Its own
 * failure, a time-out even, is a fault of the server's. */
static bool finds_request_wrong(const struct ets_soap_fault *fault) {
  static const char *const codes[] = {"Client", "Sender", "MustUnderstand", "VersionMismatch",
                                      "DataEncodingUnknown"};
  const char *name = fault->code.name ? fault->code.name : "";
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    size_t n = strlen(codes[i]);
    if (strncmp(name, codes[i], n) == 0 && (name[n] == '\0' || name[n] == '.'))
      return fault->api.code_number == 0;
  }
  return false;
}

ets_status ets_fault_report(ets_error *error, const struct ets_soap_fault *fault,
                            const struct ets_auth *auth) {
  char quoted[512];
  char *string = NULL, *message = NULL, *code = NULL;
  ets_status status = meaning_of(fault);
  bool masked =
      ets_auth_masked(auth, fault->string, &string) &&
      ets_auth_masked(auth, fault->api.message ? fault->api.message : fault->detail, &message) &&
      ets_auth_masked(auth, fault->api.code, &code);
  if (masked)
    quote(quoted, sizeof quoted, string, message, code);
  free(string);
  free(message);
  free(code);
  if (!masked)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_error_set(error, status, "the service answered %s%s", quoted,
                advice_for(status, quoted, auth->kind));
  error->code = fault->api.code_number;
  error->not_begun = finds_request_wrong(fault);
  return status;
}

/* --- OverallStatus --------------------------------------------------------------------------- */

enum ets_overall ets_overall_of(const char *overall_status) {
  char status[64];
  trim(status, sizeof status, overall_status ? overall_status : "");
  if (!*status)
    return ETS_OVERALL_ABSENT;
  if (strcasecmp(status, "OK") == 0)
    return ETS_OVERALL_OK;
  if (strcasecmp(status, "MoreDataAvailable") == 0)
    return ETS_OVERALL_MORE;
  if (strncasecmp(status, "Has", 3) == 0)
    return ETS_OVERALL_HAS_ERRORS;
  return ETS_OVERALL_ERROR;
}

/* The reason behind `Error:`. "OK" and "MoreDataAvailable" are none. */
static void find_reason(char *reason, size_t size, const char *overall_status) {
  ets_text_trim(&overall_status);
  if (strncasecmp(overall_status, "Error", 5) == 0)
    overall_status += overall_status[5] == ':' ? 6 : 5;
  trim(reason, size, overall_status);
  if (ets_overall_of(reason) <= ETS_OVERALL_MORE)
    *reason = '\0';
}

ets_status ets_fault_refused(ets_error *error, const char *text, int code,
                             const struct ets_auth *auth) {
  char reason[400];
  char *masked;
  if (!ets_auth_masked(auth, text, &masked))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  find_reason(reason, sizeof reason, masked ? masked : "");
  free(masked);
  bool permission = strncasecmp(reason, "API Permission Failed", 21) == 0;
  ets_status status = permission ? ETS_E_PERMISSION : ETS_E_REFUSED;
  ets_error_set(error, status, "the service refuses: %s%s", *reason ? reason : "no reason given",
                advice_for(status, reason, auth->kind));
  error->code = code;
  return status;
}
