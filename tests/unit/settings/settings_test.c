/* Settings: who wins, what a config file may hold, and that no message shows a secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <etsoap/etsoap.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET "hunter2"

static const char *const variables[] = {
    "ETSOAP_ENDPOINT",     "ETSOAP_USERNAME",  "ETSOAP_PASSWORD",      "ETSOAP_ACCESS_TOKEN",
    "ETSOAP_AUTH_URL",     "ETSOAP_CLIENT_ID", "ETSOAP_CLIENT_SECRET", "ETSOAP_ACCOUNT_ID",
    "ETSOAP_CA_FILE",      "ETSOAP_PROXY",     "ETSOAP_NO_PROXY",      "ETSOAP_PROFILE",
    "ETSOAP_REDIRECT_URI", "ETSOAP_SCOPE"};

struct fixture {
  ets_settings *settings;
  ets_error error;
  char path[64];
};

static int set_up(void **state) {
  struct fixture *fixture = calloc(1, sizeof *fixture);
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
    unsetenv(variables[i]);
  snprintf(fixture->path, sizeof fixture->path, "/tmp/etsoap-settings-XXXXXX");
  int file = mkstemp(fixture->path);
  if (file >= 0)
    close(file);
  *state = fixture;
  return file < 0 || ets_settings_new(&fixture->settings) != ETS_OK;
}

static int tear_down(void **state) {
  struct fixture *fixture = *state;
  unlink(fixture->path);
  ets_settings_free(fixture->settings);
  free(fixture);
  return 0;
}

/* Puts the bytes into the file and reads it. */
static ets_status read_bytes(struct fixture *fixture, const char *bytes, size_t n, mode_t mode) {
  int file = open(fixture->path, O_WRONLY | O_TRUNC);
  assert_true(file >= 0);
  assert_int_equal(fchmod(file, mode), 0);
  assert_int_equal(write(file, bytes, n), (ssize_t)n);
  close(file);
  fixture->error.message[0] = '\0';
  ets_status status = ets_settings_file(fixture->settings, fixture->path, &fixture->error);
  assert_null(strstr(fixture->error.message, SECRET));
  return status;
}

static ets_status read_text(struct fixture *fixture, const char *text) {
  return read_bytes(fixture, text, strlen(text), 0600);
}

static void assert_setting(const struct fixture *fixture, const char *name, const char *value) {
  const char *found = ets_settings_get(fixture->settings, name);
  if (value)
    assert_string_equal(found ? found : "(nothing)", value);
  else
    assert_null(found);
}

static void assert_message(const struct fixture *fixture, const char *part) {
  if (!strstr(fixture->error.message, part))
    fail_msg("'%s' does not say '%s'", fixture->error.message, part);
}

static void the_first_wins(void **state) {
  struct fixture *fixture = *state;
  ets_error *error = &fixture->error;
  setenv("ETSOAP_USERNAME", "environment", 1);
  setenv("ETSOAP_ENDPOINT", "", 1);
  assert_int_equal(ets_settings_set(fixture->settings, "password", "flag", error), ETS_OK);
  assert_int_equal(ets_settings_set(fixture->settings, "password", "later", error), ETS_OK);
  setenv("ETSOAP_PASSWORD", "environment", 1);
  assert_int_equal(ets_settings_environment(fixture->settings, error), ETS_OK);
  assert_int_equal(read_text(fixture, "username=file\npassword=file\nendpoint=file\n"), ETS_OK);
  assert_setting(fixture, "password", "flag");
  assert_setting(fixture, "username", "environment");
  assert_setting(fixture, "endpoint", "file"); /* an empty variable is none */
  assert_setting(fixture, "proxy", NULL);
  assert_setting(fixture, "no such name", NULL);
}

static void every_variable_is_a_setting(void **state) {
  struct fixture *fixture = *state;
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
    setenv(variables[i], variables[i], 1);
  assert_int_equal(ets_settings_environment(fixture->settings, &fixture->error), ETS_OK);
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    char name[40];
    snprintf(name, sizeof name, "%s", variables[i] + strlen("ETSOAP_"));
    for (char *at = name; *at; at++)
      if (*at >= 'A' && *at <= 'Z')
        *at = (char)(*at - 'A' + 'a');
    assert_setting(fixture, name, variables[i]);
  }
}

static void unknown_and_empty_are_refused(void **state) {
  struct fixture *fixture = *state;
  ets_error *error = &fixture->error;
  assert_int_equal(ets_settings_set(fixture->settings, "endpont", "x", error), ETS_E_USAGE);
  assert_message(fixture, "unknown setting 'endpont': expected one of endpoint, ");
  assert_int_equal(ets_settings_set(fixture->settings, "endpoint", "", error), ETS_E_USAGE);
  assert_int_equal(ets_settings_set(fixture->settings, "endpoint", NULL, error), ETS_E_USAGE);
  assert_int_equal(ets_settings_set(fixture->settings, "endpont", "x", NULL), ETS_E_USAGE);
}

static void a_file_is_lines(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(read_text(fixture, "\xEF\xBB\xBF# comment\r\n"
                                      "\r\n"
                                      "  endpoint\t=  https://host/Service.asmx?a=b  \r\n"
                                      "   # username = no\n"
                                      "username = two words # no comment\n"
                                      "password = =" SECRET "#= "),
                   ETS_OK);
  assert_setting(fixture, "endpoint", "https://host/Service.asmx?a=b");
  assert_setting(fixture, "username", "two words # no comment");
  assert_setting(fixture, "password", "=" SECRET "#=");
}

static void a_file_says_where_it_is_wrong(void **state) {
  struct fixture *fixture = *state;
  static const struct {
    const char *text, *message;
  } cases[] = {{"endpoint = x\n" SECRET "\n", ":2: expected name = value"},
               {"\n\npasswort = " SECRET "\n", ":3: unknown setting 'passwort': expected one of"},
               {"proxy =\n", ":1: proxy has no value"},
               {"= " SECRET "\n", ":1: unknown setting ''"},
               {"username = a\nusername = a\n", ":2: username is set for the second time"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(read_text(fixture, cases[i].text), ETS_E_USAGE);
    assert_message(fixture, cases[i].message);
    assert_message(fixture, fixture->path);
  }
}

static void a_file_is_small_text(void **state) {
  struct fixture *fixture = *state;
  size_t n = 64 * 1024;
  char *text = malloc(n + 1);
  assert_non_null(text);
  memset(text, '\n', n + 1);
  assert_int_equal(read_bytes(fixture, text, n, 0600), ETS_OK);
  assert_int_equal(read_bytes(fixture, text, n + 1, 0600), ETS_E_USAGE);
  assert_message(fixture, "no config file");
  assert_int_equal(read_bytes(fixture, "endpoint = x\0y\n", 15, 0600), ETS_E_USAGE);
  assert_message(fixture, "no config file");
  free(text);
}

static void secrets_are_private(void **state) {
  struct fixture *fixture = *state;
  static const char *const texts[] = {"password = " SECRET, "access_token = " SECRET,
                                      "client_secret = " SECRET,
                                      "proxy = http://user:" SECRET "@host:3128"};
  static const mode_t modes[] = {0640, 0604, 0660, 0666};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t j = 0; j < sizeof modes / sizeof *modes; j++) {
      assert_int_equal(read_bytes(fixture, texts[i], strlen(texts[i]), modes[j]), ETS_E_USAGE);
      assert_message(fixture, "chmod 600");
    }
  assert_setting(fixture, "password", NULL);
  assert_int_equal(read_bytes(fixture, "username = a\nproxy = http://host:1", 34, 0644), ETS_OK);
  assert_int_equal(read_text(fixture, texts[0]), ETS_OK);
  assert_setting(fixture, "password", SECRET);
}

static void a_secret_comes_from_a_file(void **state) {
  struct fixture *fixture = *state;
  ets_settings *settings = fixture->settings;
  ets_error *error = &fixture->error;
  int file = open(fixture->path, O_WRONLY | O_TRUNC);
  assert_int_equal(write(file, SECRET "\r\nmore\n", 15), 15);
  close(file);
  static const mode_t modes[] = {0640, 0604, 0644};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    assert_int_equal(chmod(fixture->path, modes[i]), 0);
    assert_int_equal(ets_settings_set_from_file(settings, "password", fixture->path, error),
                     ETS_E_USAGE);
    assert_message(fixture, "holds the password and others may read it: chmod 600 /tmp/");
    assert_setting(fixture, "password", NULL);
  }
  assert_int_equal(chmod(fixture->path, 0600), 0);
  assert_int_equal(ets_settings_set_from_file(settings, "password", fixture->path, error), ETS_OK);
  assert_setting(fixture, "password", SECRET);
  file = open(fixture->path, O_WRONLY | O_TRUNC);
  assert_int_equal(write(file,
                         "\xEF\xBB\xBF"
                         "another\r\n",
                         12),
                   12);
  close(file);
  assert_int_equal(ets_settings_set_from_file(settings, "client_secret", fixture->path, error),
                   ETS_OK);
  assert_setting(fixture, "client_secret", "another");
  assert_int_equal(ets_settings_set_from_file(settings, "password", "/nowhere", error), ETS_E_IO);
  assert_message(fixture, "cannot read /nowhere: ");
  assert_int_equal(ets_settings_set_from_file(settings, "pass", fixture->path, error), ETS_E_USAGE);
  assert_message(fixture, "unknown setting 'pass'");
}

static void numbers_are_checked(void **state) {
  struct fixture *fixture = *state;
  ets_settings *settings = fixture->settings;
  ets_error *error = &fixture->error;
  static const struct {
    const char *name, *value;
    ets_status status;
  } cases[] = {{"total_timeout", "0", ETS_OK},
               {"total_timeout", "-1", ETS_E_USAGE},
               {"total_timeout", "1h", ETS_E_USAGE},
               {"total_timeout", "1K", ETS_E_USAGE},
               {"max_answer_bytes", "2G", ETS_OK},
               {"max_answer_bytes", "2GB", ETS_E_USAGE},
               {"max_answer_bytes", " 1", ETS_E_USAGE},
               {"max_nesting", "0", ETS_E_USAGE},
               {"max_nesting", "10001", ETS_E_USAGE},
               {"least_speed", "0x10", ETS_E_USAGE},
               {"connect_timeout", "5", ETS_OK},
               {"connect_timeout", "", ETS_E_USAGE},
               {"max_tag_bytes", "9999999999999G", ETS_E_USAGE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (ets_settings_set(settings, cases[i].name, cases[i].value, error) != cases[i].status)
      fail_msg("%s %s: %s", cases[i].name, cases[i].value, error->message);
  assert_int_equal(read_text(fixture, "\nmax_attributes = many\n"), ETS_E_USAGE);
  assert_message(fixture, ":2: max_attributes: expected 0 to ");
  setenv("ETSOAP_SEND_TIMEOUT", "soon", 1);
  assert_int_equal(ets_settings_environment(settings, error), ETS_E_USAGE);
  assert_message(fixture, "send_timeout: expected 0 to 2147483647 (seconds, 0: no limit)");
  unsetenv("ETSOAP_SEND_TIMEOUT");
}

static void a_file_has_to_be_there(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(ets_settings_file(fixture->settings, "/nowhere/at/all", &fixture->error),
                   ETS_E_IO);
  assert_message(fixture, "cannot read the config file /nowhere/at/all: ");
  assert_int_equal(ets_settings_file(fixture->settings, "/tmp", &fixture->error), ETS_E_IO);
}

/* --- profiles -------------------------------------------------------------------------------- */

static const char accounts[] = "endpoint = http://127.0.0.1:9/all\nusername = everybody\n"
                               "[ test ]\nusername = tester\npassword = " SECRET "\n"
                               "[live]\nusername = operator\nendpoint = http://127.0.0.1:9/live\n";

static void a_profile_comes_before_what_is_of_all(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(read_text(fixture, accounts), ETS_OK);
  assert_string_equal(ets_settings_get(fixture->settings, "username"), "everybody");
  assert_null(ets_settings_get(fixture->settings, "password"));
  ets_settings_free(fixture->settings);
  assert_int_equal(ets_settings_new(&fixture->settings), ETS_OK);
  assert_int_equal(ets_settings_set(fixture->settings, "profile", "test", NULL), ETS_OK);
  assert_int_equal(read_text(fixture, accounts), ETS_OK);
  assert_string_equal(ets_settings_get(fixture->settings, "username"), "tester");
  assert_string_equal(ets_settings_get(fixture->settings, "endpoint"), "http://127.0.0.1:9/all");
}

static void a_profile_that_was_asked_for_beats_the_environment(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(read_text(fixture, accounts), ETS_OK);
  ets_settings_free(fixture->settings);
  assert_int_equal(ets_settings_new(&fixture->settings), ETS_OK);
  assert_int_equal(ets_settings_profile(fixture->settings, fixture->path, NULL), ETS_OK);
  assert_null(ets_settings_get(fixture->settings, "username"));
  assert_int_equal(ets_settings_set(fixture->settings, "profile", "live", NULL), ETS_OK);
  setenv("ETSOAP_USERNAME", "somebody", 1);
  setenv("ETSOAP_CA_FILE", "ca.pem", 1);
  assert_int_equal(ets_settings_profile(fixture->settings, fixture->path, NULL), ETS_OK);
  assert_int_equal(ets_settings_environment(fixture->settings, NULL), ETS_OK);
  assert_int_equal(ets_settings_file(fixture->settings, fixture->path, NULL), ETS_OK);
  assert_string_equal(ets_settings_get(fixture->settings, "username"), "operator");
  assert_string_equal(ets_settings_get(fixture->settings, "ca_file"), "ca.pem");
  assert_string_equal(ets_settings_get(fixture->settings, "endpoint"), "http://127.0.0.1:9/live");
  unsetenv("ETSOAP_USERNAME");
  unsetenv("ETSOAP_CA_FILE");
}

static void the_profiles_are_listed_without_what_they_hold(void **state) {
  struct fixture *fixture = *state;
  static const char text[] = "password = " SECRET "\n [ test ]\nusername = a\n# [none]\n[live]";
  char *names;
  assert_int_equal(read_bytes(fixture, text, sizeof text - 1, 0600), ETS_OK);
  assert_int_equal(ets_settings_profiles(&names, fixture->path, &fixture->error), ETS_OK);
  assert_string_equal(names, "test\nlive\n");
  free(names);
  static const char marked[] = "\xEF\xBB\xBF[test]\r\n[live]\r\n";
  assert_int_equal(read_bytes(fixture, marked, sizeof marked - 1, 0600), ETS_OK);
  assert_int_equal(ets_settings_profiles(&names, fixture->path, &fixture->error), ETS_OK);
  assert_string_equal(names, "test\nlive\n");
  free(names);
  assert_int_equal(ets_settings_profiles(&names, "/nowhere/at/all", &fixture->error), ETS_E_IO);
  assert_null(names);
}

static void a_profile_has_to_be_there(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(ets_settings_set(fixture->settings, "profile", "tset", NULL), ETS_OK);
  assert_int_equal(read_text(fixture, accounts), ETS_E_USAGE);
  assert_message(fixture, " has no profile tset; it has test, live");
  assert_int_equal(read_text(fixture, "[tset]\n[other]\n[tset]\n"), ETS_E_USAGE);
  assert_message(fixture, ":3: the profile tset begins a second time");
  assert_int_equal(read_text(fixture, "[tset\n"), ETS_E_USAGE);
  assert_message(fixture, ":1: expected [name]");
  assert_int_equal(read_text(fixture, "[tset]\nprofile = a\n"), ETS_E_USAGE);
  assert_message(fixture, ":2: a file does not choose the profile");
}

/* The default file may be missing; it is refused when others may read it, secrets or not. */
static void the_default_file_is_private(void **state) {
  struct fixture *fixture = *state;
  char folder[] = "/tmp/etsoap-config-XXXXXX", path[80];
  assert_non_null(mkdtemp(folder));
  setenv("XDG_CONFIG_HOME", folder, 1);
  assert_int_equal(ets_settings_file(fixture->settings, NULL, &fixture->error), ETS_OK);
  snprintf(path, sizeof path, "%s/etsoap", folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/etsoap/config", folder);
  int file = open(path, O_WRONLY | O_CREAT, 0644);
  assert_int_equal(write(file, "username = me\n", 14), 14);
  assert_int_equal(fchmod(file, 0644), 0);
  assert_int_equal(ets_settings_file(fixture->settings, NULL, &fixture->error), ETS_E_USAGE);
  assert_message(fixture, "/etsoap/config is open to others: chmod 600 it");
  assert_int_equal(fchmod(file, 0600), 0);
  assert_int_equal(ets_settings_file(fixture->settings, NULL, &fixture->error), ETS_OK);
  assert_string_equal(ets_settings_get(fixture->settings, "username"), "me");
  close(file);
  unlink(path);
  assert_int_equal(ets_settings_set(fixture->settings, "profile", "test", NULL), ETS_OK);
  assert_int_equal(ets_settings_file(fixture->settings, NULL, &fixture->error), ETS_E_USAGE);
  assert_message(fixture, "no profile test: there is no config file /tmp/etsoap-config-");
  *strrchr(path, '/') = '\0';
  rmdir(path);
  rmdir(folder);
  unsetenv("XDG_CONFIG_HOME");
}

/* --- sessions -------------------------------------------------------------------------------- */

#define ENDPOINT "http://127.0.0.1:9/Service.asmx"

struct session_case {
  const char *text; /* of a config file */
  ets_status status;
  const char *message; /* part of it, of a failure */
};

static void a_session_needs_endpoint_and_credentials(void **state) {
  (void)state;
  static const struct session_case cases[] = {
      {"endpoint=" ENDPOINT "\naccess_token=t\n", ETS_OK, NULL},
      {"endpoint=" ENDPOINT "\nusername=u\npassword=p\n", ETS_OK, NULL},
      {"client_id=c\nclient_secret=s\nauth_url=http://127.0.0.1:9/\n", ETS_OK, NULL},
      {"", ETS_E_USAGE, "no endpoint: set ETSOAP_ENDPOINT"},
      {"username=u\npassword=p\n", ETS_E_USAGE, "no endpoint: set ETSOAP_ENDPOINT"},
      {"endpoint=" ENDPOINT "\n", ETS_E_USAGE, "no credentials: set "},
      {"endpoint=" ENDPOINT "\npassword=p\n", ETS_E_USAGE, "no credentials: set "},
      {"endpoint=" ENDPOINT "\nusername=u\n", ETS_E_USAGE, "no password for user u"},
      {"client_id=c\n", ETS_E_USAGE, "no secret for client c"},
      {"client_id=c\nclient_secret=s\n", ETS_E_USAGE, "set ETSOAP_AUTH_URL"},
      {"endpoint=ftp://host/\naccess_token=t\n", ETS_E_USAGE, "ftp://host/"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct fixture *fixture;
    ets_session *session;
    assert_int_equal(set_up((void **)&fixture), 0);
    assert_int_equal(read_text(fixture, cases[i].text), ETS_OK);
    ets_status status = ets_settings_session(&session, fixture->settings, NULL, &fixture->error);
    assert_int_equal(status, cases[i].status);
    assert_int_equal(session != NULL, cases[i].status == ETS_OK);
    if (cases[i].message)
      assert_message(fixture, cases[i].message);
    ets_session_free(session);
    tear_down((void **)&fixture);
  }
}

static void the_nearest_credentials_count(void **state) {
  struct fixture *fixture = *state;
  ets_session *session;
  ets_error *error = &fixture->error;
  setenv("ETSOAP_ACCESS_TOKEN", "token", 1);
  setenv("ETSOAP_ENDPOINT", ENDPOINT, 1);
  assert_int_equal(ets_session_from_environment(&session, error), ETS_OK);
  ets_session_free(session);
  /* The user name is nearer than the token, so it is its password that is missing. */
  assert_int_equal(ets_settings_set(fixture->settings, "username", "u", error), ETS_OK);
  assert_int_equal(ets_settings_environment(fixture->settings, error), ETS_OK);
  assert_int_equal(ets_settings_session(&session, fixture->settings, NULL, error), ETS_E_USAGE);
  assert_message(fixture, "no password for user u");
  assert_null(session);
}

static void an_account_needs_a_client(void **state) {
  struct fixture *fixture = *state;
  ets_session *session;
  ets_error *error = &fixture->error;
  setenv("ETSOAP_ACCESS_TOKEN", "token", 1);
  setenv("ETSOAP_ENDPOINT", ENDPOINT, 1);
  setenv("ETSOAP_ACCOUNT_ID", "10002", 1);
  assert_int_equal(ets_session_from_environment(&session, error), ETS_OK);
  ets_session_free(session);
  assert_int_equal(ets_settings_set(fixture->settings, "account_id", "10002", error), ETS_OK);
  assert_int_equal(ets_settings_environment(fixture->settings, error), ETS_OK);
  assert_int_equal(ets_settings_session(&session, fixture->settings, NULL, error), ETS_E_USAGE);
  assert_message(fixture, "account_id says for which business unit");
}

static void options_come_before_settings(void **state) {
  struct fixture *fixture = *state;
  ets_session *session;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://localhost:7/Service.asmx";
  options.server_utc_offset = 90;
  assert_int_equal(read_text(fixture, "endpoint=" ENDPOINT "\naccess_token=t\n"), ETS_OK);
  assert_int_equal(ets_settings_session(&session, fixture->settings, &options, NULL), ETS_OK);
  assert_string_equal(ets_session_endpoint(session), options.endpoint);
  assert_int_equal(ets_session_utc_offset(session), 90);
  ets_session_free(session);
  options.endpoint = NULL;
  assert_int_equal(ets_settings_session(&session, fixture->settings, &options, NULL), ETS_OK);
  assert_string_equal(ets_session_endpoint(session), ENDPOINT);
  ets_session_free(session);
}

static void nothing_to_free_is_fine(void **state) {
  (void)state;
  ets_settings_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(the_first_wins, set_up, tear_down),
      cmocka_unit_test_setup_teardown(every_variable_is_a_setting, set_up, tear_down),
      cmocka_unit_test_setup_teardown(unknown_and_empty_are_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_file_is_lines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_file_says_where_it_is_wrong, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_file_is_small_text, set_up, tear_down),
      cmocka_unit_test_setup_teardown(secrets_are_private, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_secret_comes_from_a_file, set_up, tear_down),
      cmocka_unit_test_setup_teardown(numbers_are_checked, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_file_has_to_be_there, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_profile_comes_before_what_is_of_all, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_profile_that_was_asked_for_beats_the_environment, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(a_profile_has_to_be_there, set_up, tear_down),
      cmocka_unit_test_setup_teardown(the_profiles_are_listed_without_what_they_hold, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(the_default_file_is_private, set_up, tear_down),
      cmocka_unit_test(a_session_needs_endpoint_and_credentials),
      cmocka_unit_test_setup_teardown(the_nearest_credentials_count, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_account_needs_a_client, set_up, tear_down),
      cmocka_unit_test_setup_teardown(options_come_before_settings, set_up, tear_down),
      cmocka_unit_test(nothing_to_free_is_fine),
  };
  return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
