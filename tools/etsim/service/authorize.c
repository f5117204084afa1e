#include "service/authorize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/random.h"

enum { BAD_REQUEST = 400, FOUND = 302, VALUE_SIZE = 256 };

bool pass_new(struct auth *auth, unsigned client, const char *redirect,
              char text[AUTH_TOKEN_SIZE]) {
  char guid[GUID_SIZE];
  if (redirect && strlen(redirect) >= AUTH_REDIRECT_SIZE)
    return false;
  random_guid(guid, random_number());
  (void)pthread_mutex_lock(&auth->lock);
  struct pass *pass = &auth->passes[auth->next_pass];
  auth->next_pass = (auth->next_pass + 1) % AUTH_PASSES;
  *pass = (struct pass){.client = client, .code = redirect != NULL};
  snprintf(pass->text, sizeof pass->text, "%s%s", redirect ? "code-" : "refresh-", guid);
  snprintf(pass->redirect, sizeof pass->redirect, "%s", redirect ? redirect : "");
  memcpy(text, pass->text, sizeof pass->text);
  (void)pthread_mutex_unlock(&auth->lock);
  return true;
}

bool pass_take(struct auth *auth, unsigned client, const char *redirect, const char *text) {
  bool found = false;
  (void)pthread_mutex_lock(&auth->lock);
  for (size_t i = 0; i < AUTH_PASSES && !found; i++) {
    struct pass *pass = &auth->passes[i];
    found = *pass->text && pass->client == client && pass->code == (redirect != NULL) &&
            strcmp(pass->text, text) == 0 && strcmp(pass->redirect, redirect ? redirect : "") == 0;
    if (found)
      *pass = (struct pass){0};
  }
  (void)pthread_mutex_unlock(&auth->lock);
  return found;
}

/* --- the page -------------------------------------------------------------------------------- */

static int digit(char c) {
  const char *digits = "0123456789abcdef0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;
  return at ? (int)((at - digits) % 16) : -1;
}

/* A parameter's value; `decoded` or as it stands. */
static bool read_value(char value[VALUE_SIZE], const char *query, const char *name, bool decoded) {
  size_t n = strlen(name), used = 0;
  while (query && (strncmp(query, name, n) != 0 || query[n] != '=')) {
    query = strchr(query, '&');
    query += query != NULL;
  }
  if (!query)
    return false;
  for (query += n + 1; *query && *query != '&' && used + 1 < VALUE_SIZE; query++) {
    if (decoded && *query == '%' && digit(query[1]) >= 0 && digit(query[2]) >= 0) {
      value[used++] = (char)(digit(query[1]) * 16 + digit(query[2]));
      query += 2;
    } else {
      value[used++] = *query;
    }
  }
  value[used] = 0;
  return used > 0 && (!*query || *query == '&');
}

static bool is_url(const char *text) {
  for (const char *at = text; *at; at++)
    if (*at <= ' ' || *at > '~')
      return false;
  return strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
}

int authorize(struct auth *auth, const char *query, char location[LOCATION_SIZE],
              struct buffer *out) {
  char type[VALUE_SIZE], id[VALUE_SIZE], redirect[VALUE_SIZE], state[VALUE_SIZE] = "";
  char code[AUTH_TOKEN_SIZE];
  unsigned client = 0;
  if (!read_value(redirect, query, "redirect_uri", true) || !is_url(redirect)) {
    buffer_add_text(out, "redirect_uri has to be a registered address.\n");
    return BAD_REQUEST;
  }
  const char *mark = strchr(redirect, '?') ? "&" : "?";
  bool states = read_value(state, query, "state", false);
  bool known = read_value(id, query, "client_id", true);
  while (known && client < auth->client_count && strcmp(auth->clients[client].name, id) != 0)
    client++;
  const char *error = !read_value(type, query, "response_type", true) || strcmp(type, "code") != 0
                          ? "unsupported_response_type"
                      : !known || client == auth->client_count  ? "unauthorized_client"
                      : !pass_new(auth, client, redirect, code) ? "invalid_request"
                                                                : NULL;
  snprintf(location, LOCATION_SIZE, "%s%s%s%s%s%s", redirect, mark,
           error ? "error=" : "code=", error ? error : code, states ? "&state=" : "", state);
  return FOUND;
}
