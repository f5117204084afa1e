/* Where traces may go: a folder of one's own, and never through a link. */
#include "http/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char scratch[] = "/tmp/etsoap-trace.XXXXXX";

static const char *at(const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", scratch, name);
  return path;
}

static struct ets_trace_folder *folder_of(const char *path) {
  struct ets_trace_folder *folder;
  ets_error error;
  ets_status status = ets_trace_folder_new(&folder, path, false, &error);
  assert_true(status == ETS_OK || strstr(error.message, "is a link"));
  return folder;
}

static void is_refused(const char *path, const char *why) {
  struct ets_trace_folder *folder;
  ets_error error;
  assert_int_equal(ets_trace_folder_new(&folder, path, false, &error), ETS_E_IO);
  assert_null(folder);
  assert_non_null(strstr(error.message, path));
  assert_non_null(strstr(error.message, why));
}

static struct ets_trace_folder *folder_at(const char *path) {
  struct ets_trace_folder *folder;
  ets_error error;
  if (ets_trace_folder_new(&folder, path, false, &error) != ETS_OK)
    fail_msg("%s", error.message);
  return folder;
}

/* One exchange. */
static void exchange(struct ets_trace_folder *folder, const char *answer) {
  struct ets_trace *pair;
  ets_error error;
  if (ets_trace_open(&pair, folder, "Retrieve", NULL, &error) != ETS_OK)
    fail_msg("%s", error.message);
  struct ets_http_tap *tap = ets_trace_tap(pair);
  tap->take(tap->context, ETS_HTTP_SENT_HEADER, "POST / HTTP/1.1\r\n\r\n", 19);
  tap->take(tap->context, ETS_HTTP_SENT_BODY, "<Nonce>n</Nonce>", 16);
  tap->take(tap->context, ETS_HTTP_RECEIVED_BODY, answer, strlen(answer));
  assert_int_equal(ets_trace_close(pair, NULL), ETS_OK);
}

static const char *content(const char *path) {
  static char text[256];
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

static void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static void folders_of_others_are_refused(void **state) {
  (void)state;
  is_refused(geteuid() == 0 ? at("none/below") : "/", geteuid() == 0 ? "cannot make" : "another");
  assert_int_equal(mkdir(at("open"), 0700), 0);
  assert_int_equal(chmod(at("open"), 0777), 0);
  is_refused(at("open"), "others may write");
  assert_int_equal(chmod(at("open"), 0700), 0);
  if (geteuid() == 0 && chown(at("open"), 12345, 12345) == 0)
    is_refused(at("open"), "another user");
}

static void links_are_not_followed(void **state) {
  struct stat status;
  char target[256];
  (void)state;
  assert_int_equal(mkdir(at("real"), 0700), 0);
  snprintf(target, sizeof target, "%s", at("real"));
  assert_int_equal(symlink(target, at("link")), 0);
  is_refused(at("link"), "is a link");
  assert_null(folder_of(at("link/")));
  assert_null(folder_of(at("link/./.")));
  write_file(at("precious"), "precious");
  snprintf(target, sizeof target, "%s", at("precious"));
  assert_int_equal(symlink(target, at("real/0001-Retrieve-answer.txt")), 0);
  struct ets_trace_folder *folder = folder_at(at("real"));
  exchange(folder, "<a/>");
  ets_trace_folder_free(folder);
  assert_string_equal(content(at("precious")), "precious");
  assert_string_equal(content(at("real/0001-Retrieve-answer.txt")), "<a/>");
  assert_int_equal(lstat(at("real/0001-Retrieve-answer.txt"), &status), 0);
  assert_true(S_ISREG(status.st_mode));
}

static void modes_are_the_owners_only(void **state) {
  struct stat status;
  (void)state;
  struct ets_trace_folder *folder = folder_at(at("new"));
  assert_int_equal(stat(at("new"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0700);
  write_file(at("new/0001-Retrieve-request.txt"), "of an earlier run, and longer than what comes");
  assert_int_equal(chmod(at("new/0001-Retrieve-request.txt"), 0666), 0);
  exchange(folder, "<a/>");
  assert_int_equal(stat(at("new/0001-Retrieve-request.txt"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_string_equal(content(at("new/0001-Retrieve-request.txt")),
                      "POST / HTTP/1.1\r\n\r\n<Nonce>***</Nonce>");
  exchange(folder, "<b/>");
  assert_string_equal(content(at("new/0002-Retrieve-answer.txt")), "<b/>");
  ets_trace_folder_free(folder);
}

static int make_scratch(void **state) {
  (void)state;
  return mkdtemp(scratch) ? 0 : -1;
}

static int remove_scratch(void **state) {
  static const char *const names[] = {"open",     "link",
                                      "precious", "real/0001-Retrieve-answer.txt",
                                      "real",     "new/0001-Retrieve-answer.txt",
                                      "new"};
  (void)state;
  remove(at("real/0001-Retrieve-request.txt"));
  remove(at("new/0001-Retrieve-request.txt"));
  remove(at("new/0002-Retrieve-request.txt"));
  remove(at("new/0002-Retrieve-answer.txt"));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    remove(at(names[i]));
  return rmdir(scratch);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(folders_of_others_are_refused),
      cmocka_unit_test(links_are_not_followed),
      cmocka_unit_test(modes_are_the_owners_only),
  };
  return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
