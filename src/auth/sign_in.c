#include "auth/sign_in.h"

#include "base/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_MAX = 4096 };

bool ets_sign_in_state(char state[ETS_STATE_SIZE]) {
  unsigned char bytes[(ETS_STATE_SIZE - 1) / 2];
  if (RAND_bytes(bytes, sizeof bytes) != 1)
    return false;
  for (size_t i = 0; i < sizeof bytes; i++)
    snprintf(state + 2 * i, 3, "%02x", bytes[i]);
  return true;
}

/* Appends the value as a query has it; `out` has room for three bytes a character. */
static char *encode(char *out, const char *value) {
  static const char digits[] = "0123456789ABCDEF";
  for (; *value; value++) {
    unsigned char byte = (unsigned char)*value;
    if (byte < 0x80 && (isalnum(byte) || strchr("-._~", byte))) {
      *out++ = (char)byte;
      continue;
    }
    *out++ = '%';
    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
  }
  *out = '\0';
  return out;
}

char *ets_sign_in_address(const char *token_url, const char *client_id, const char *redirect_uri,
                          const char *scope, const char *state) {
  static const char end[] = "/token", page[] = "/authorize?response_type=code";
  const struct {
    const char *name, *value;
  } parts[] = {{"&client_id=", client_id},
               {"&redirect_uri=", redirect_uri},
               {"&scope=", scope},
               {"&state=", state}};
  size_t base = strlen(token_url) - (sizeof end - 1), size = base + sizeof page;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    size += strlen(parts[i].name) + (parts[i].value ? 3 * strlen(parts[i].value) : 0);
  char *address = malloc(size);
  if (!address)
    return NULL;
  memcpy(address, token_url, base);
  memcpy(address + base, page, sizeof page);
  char *at = address + base + sizeof page - 1;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    size_t n = strlen(parts[i].name);
    if (!parts[i].value)
      continue;
    memcpy(at, parts[i].name, n);
    at = encode(at + n, parts[i].value);
  }
  return address;
}

/* --- what comes back ------------------------------------------------------------------------- */

static int hex(char digit) {
  return digit >= '0' && digit <= '9'   ? digit - '0'
         : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
         : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                        : -1;
}

/* A parameter's value, decoded, of what ASCII shows; free with ets_wipe(). NULL: there is none, it
 * is too long or holds anything else. */
static char *parameter(const char *query, const char *name) {
  size_t n = strlen(name);
  for (const char *at = query; at; at = strchr(at, '&') ? strchr(at, '&') + 1 : NULL) {
    if (strncmp(at, name, n) != 0 || at[n] != '=')
      continue;
    const char *from = at + n + 1, *until = from + strcspn(from, "&#");
    char *value = until - from < VALUE_MAX ? calloc(1, (size_t)(until - from) + 1) : NULL;
    char *to = value;
    bool good = value != NULL;
    for (; good && from < until; from++) {
      int byte = (unsigned char)*from;
      if (byte == '+')
        byte = ' ';
      else if (byte == '%') {
        int high = until - from > 2 ? hex(from[1]) : -1, low = until - from > 2 ? hex(from[2]) : -1;
        byte = high < 0 || low < 0 ? -1 : high * 16 + low;
        from += byte < 0 ? 0 : 2;
      }
      good = byte >= ' ' && byte <= '~';
      if (good)
        *to++ = (char)byte;
    }
    if (good)
      return value;
    ets_wipe(value);
    return NULL;
  }
  return NULL;
}

static bool is_state(const char *text, const char *state) {
  return text && strlen(text) == strlen(state) && CRYPTO_memcmp(text, state, strlen(state)) == 0;
}

ets_status ets_sign_in_code(char **code, const char *query, const char *state, ets_error *error) {
  char *got = parameter(query, "state"), *refusal = parameter(query, "error");
  char *why = parameter(query, "error_description");
  ets_status status = ETS_OK;
  *code = parameter(query, "code");
  if (!is_state(got, state))
    status = ets_error_set(error, ETS_E_NOT_FOUND,
                           "what came back belongs to another sign-in: its state is not that of "
                           "this one, which goes on");
  else if (refusal)
    status = ets_error_set(error, ETS_E_LOGIN, "the sign-in was refused: %.100s%s%.200s", refusal,
                           why ? ", " : "", why ? why : "");
  else if (!*code || !**code)
    status = ets_error_set(error, ETS_E_LOGIN, "the sign-in brought no code: begin again");
  if (status != ETS_OK) {
    ets_wipe(*code);
    *code = NULL;
  }
  ets_wipe(got);
  free(refusal);
  free(why);
  return status;
}
