/* Looks through its own memory for secrets, while a session has them and after it is freed.
 *
 *   leftovers username ENDPOINT | leftovers oauth AUTH-URL
 *
 * The secrets come on stdin, a line each, as hexadecimal bytes XOR 0x55, and are kept that way, so
 * that nothing but the library holds them: password; or client secret and the token that the
 * service gives. Prints what is found. */
#include <etsoap/etsoap.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { MASK = 0x55, SIZE_MAX_SECRET = 100, SECRETS = 2 };

struct secret {
  const char *name;
  unsigned char masked[SIZE_MAX_SECRET];
  size_t size;
};

static bool read_secret(struct secret *secret) {
  char line[2 * SIZE_MAX_SECRET + 2];
  if (!fgets(line, sizeof line, stdin))
    return false;
  for (size_t i = 0; line[i] && line[i] != '\n' && line[i + 1]; i += 2) {
    char digits[3] = {line[i], line[i + 1], '\0'};
    secret->masked[secret->size++] = (unsigned char)strtoul(digits, NULL, 16);
  }
  return secret->size > 0;
}

static void unmask(char *text, const struct secret *secret) {
  for (size_t i = 0; i < secret->size; i++)
    text[i] = (char)(secret->masked[i] ^ MASK);
  text[secret->size] = '\0';
}

static void wipe(char *text, size_t size) {
  volatile char *at = text;
  while (size-- > 0)
    *at++ = '\0';
}

static int count_in(const volatile unsigned char *memory, size_t size,
                    const struct secret *secret) {
  int found = 0;
  for (size_t i = 0; i + secret->size <= size; i++) {
    size_t n = 0;
    while (n < secret->size && (memory[i + n] ^ MASK) == secret->masked[n])
      n++;
    found += n == secret->size;
  }
  return found;
}

/* In every mapping that can be written to. */
static int count(const struct secret *secret) {
  char line[512];
  int found = 0;
  FILE *maps = fopen("/proc/self/maps", "r");
  if (!maps)
    return -1;
  while (fgets(line, sizeof line, maps)) {
    char *end;
    uintptr_t from = (uintptr_t)strtoull(line, &end, 16);
    uintptr_t to = *end == '-' ? (uintptr_t)strtoull(end + 1, &end, 16) : from;
    if (strncmp(end, " rw", 3) == 0 && !strstr(line, "[v"))
      found += count_in((const volatile unsigned char *)from, to - from, secret);
  }
  fclose(maps);
  return found;
}

static ets_status start(ets_session **session, const char *kind, const char *url,
                        const struct secret *secret) {
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  ets_oauth_options oauth = ETS_OAUTH_OPTIONS_INIT;
  char text[SIZE_MAX_SECRET + 1];
  bool username = strcmp(kind, "username") == 0;
  if (username)
    options.endpoint = url;
  ets_status status = ets_session_new(session, &options, NULL);
  if (status != ETS_OK)
    return status;
  unmask(text, secret);
  oauth.auth_url = url;
  oauth.client_id = "client";
  oauth.client_secret = text;
  status = username ? ets_auth_username(*session, "user", text) : ets_auth_oauth(*session, &oauth);
  wipe(text, sizeof text);
  return status;
}

int main(int argc, char **argv) {
  struct secret secrets[SECRETS] = {{.name = "secret"}, {.name = "token"}};
  ets_session *session;
  ets_object answer;
  if (SANITIZED) {
    puts("skipped: the sanitizer has memory of its own");
    return 77;
  }
  int known = argc == 3 && strcmp(argv[1], "username") == 0 ? 1 : SECRETS;
  for (int i = 0; i < known; i++)
    if (argc != 3 || !read_secret(&secrets[i]))
      return 2;
  ets_status status = start(&session, argv[1], argv[2], &secrets[0]);
  if (status == ETS_OK)
    status = ets_system_status(&answer, session);
  if (status != ETS_OK) {
    puts(session ? ets_session_error(session)->message : "no session");
    return 1;
  }
  for (int i = 0; i < known; i++)
    printf("%s held %d\n", secrets[i].name, count(&secrets[i]));
  ets_session_free(session);
  for (int i = 0; i < known; i++)
    printf("%s left %d\n", secrets[i].name, count(&secrets[i]));
  return 0;
}
