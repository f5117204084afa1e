/* What is left in memory of a secret that went out in a request and came back in the answer:
 * leftovers URL [CA-FILE]. The secret comes on stdin as hexadecimal bytes XOR 0x55, and is kept
 * that way, so that nothing but the client holds it. Prints how often it is found. */
#include "options.h"

#include <openssl/crypto.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { MASK = 0x55, SECRET_MAX = 64, BODY_MAX = 4000 };

static unsigned char masked[SECRET_MAX];
static size_t masked_size;

static void read_secret(void) {
  char line[2 * SECRET_MAX + 2] = "";
  if (!fgets(line, sizeof line, stdin))
    exit(2);
  for (size_t i = 0; line[i] && line[i] != '\n' && line[i + 1]; i += 2) {
    char digits[3] = {line[i], line[i + 1], '\0'};
    masked[masked_size++] = (unsigned char)strtoul(digits, NULL, 16);
  }
}

static int count_in(const volatile unsigned char *memory, size_t size) {
  int found = 0;
  for (size_t i = 0; i + masked_size <= size; i++) {
    size_t n = 0;
    while (n < masked_size && (memory[i + n] ^ MASK) == masked[n])
      n++;
    found += n == masked_size;
  }
  return found;
}

/* In every mapping that can be written to. */
static void count(const char *when) {
  char line[512];
  int found = 0;
  FILE *maps = fopen("/proc/self/maps", "r");
  if (!maps)
    exit(2);
  while (fgets(line, sizeof line, maps)) {
    char *end;
    uintptr_t from = (uintptr_t)strtoull(line, &end, 16);
    uintptr_t to = *end == '-' ? (uintptr_t)strtoull(end + 1, &end, 16) : from;
    if (strncmp(end, " rw", 3) == 0 && !strstr(line, "[v"))
      found += count_in((const volatile unsigned char *)from, to - from);
  }
  fclose(maps);
  printf("%s %d\n", when, found);
}

static void fail(const ets_error *error) {
  puts(error->message);
  exit(1);
}

static struct ets_http_call *ask(struct ets_http *http, const char *url,
                                 struct ets_http_reply *reply) {
  static char body[BODY_MAX];
  ets_error error;
  struct ets_http_call *call;
  size_t size = (size_t)snprintf(body, sizeof body, "<a><Password>");
  for (size_t i = 0; i < masked_size; i++)
    body[size++] = (char)(masked[i] ^ MASK);
  size += (size_t)snprintf(body + size, sizeof body - size, "</Password>%0999d</a>", 0);
  struct ets_http_request request = {
      .url = url, .body = body, .body_size = size, .secret_answer = true};
  if (ets_http_open(&call, http, &request, reply, &error) != ETS_OK)
    fail(&error);
  OPENSSL_cleanse(body, sizeof body);
  return call;
}

int main(int argc, char **argv) {
  struct ets_http_options options = HTTP_OPTIONS_INIT;
  struct ets_http *http;
  struct ets_http_reply reply;
  ets_error error;
  const char *bytes;
  size_t size = 1;
  if (SANITIZED) {
    puts("skipped: the sanitizer has memory of its own");
    return 77;
  }
  if (argc < 2)
    return 2;
  read_secret();
  options.ca_file = argc > 2 ? argv[2] : NULL;
  if (ets_http_new(&http, &options, &error) != ETS_OK)
    fail(&error);
  struct ets_http_call *call = ask(http, argv[1], &reply);
  while (size > 0) {
    if (ets_http_read(call, &bytes, &size, &error) != ETS_OK)
      fail(&error);
    if (size > 0)
      count("while it is read");
  }
  count("once it was read");
  ets_http_close(call);
  ets_http_free(http);
  count("at the end");
  return 0;
}
