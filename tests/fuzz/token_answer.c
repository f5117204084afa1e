/* The bytes are the answer of a token endpoint: the first says with which HTTP status and type it
 * came. What is taken for a token fits into a header and a cache file; what is none is explained
 * without the client's secret. */
#include "auth/token_answer.h"
#include "http/client.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SECRET "s3cret/of\"the<client"

static void check_token(const struct ets_token *token) {
  if (!token->text || !*token->text || token->issued >= token->expires)
    abort();
  for (const char *c = token->text; *c; c++)
    if (*c <= ' ' || *c > '~' || *c == '"' || *c == '\\')
      abort();
  if (token->endpoint && ets_http_check_url("endpoint", token->endpoint, NULL) != ETS_OK)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = {200, 400, 401, 403, 404, 429, 500, 503};
  static const char *const types[] = {"application/json", "text/html", "text/plain", ""};
  if (size == 0 || size - 1 > ETS_TOKEN_ANSWER_MAX)
    return 0;
  struct ets_token_answer *answer = calloc(1, sizeof *answer);
  struct ets_token token;
  ets_error error = {0};
  if (!answer)
    return 0;
  answer->http_status = statuses[data[0] & 7];
  answer->content_type = types[data[0] >> 3 & 3];
  answer->size = size - 1;
  memcpy(answer->text, data + 1, size - 1);
  ets_status status =
      ets_token_answer_read(&token, answer, SECRET, "https://a.example/v2/token", &error);
  if (status == ETS_OK)
    check_token(&token);
  else if (token.text || token.endpoint || !*error.message || error.status != status ||
           strstr(error.message, SECRET))
    abort();
  ets_token_clear(&token);
  free(answer);
  return 0;
}
