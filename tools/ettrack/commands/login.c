/* ettrack login: a user signs in, in the browser. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/landing.h"
#include "ettrack/run/service.h"
#include "ettrack/run/stop.h"

#include <etsoap/login.h>

#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { WAIT = 300, QUERY_SIZE = 8192 };

extern char **environ;

struct own {
  bool no_browser;
  uint64_t wait;
};

/* The desktop's own way; where there is none, the user opens the address that is printed. It may
 * run as long as the browser does, so nobody waits for it. */
static void open_browser(const char *address) {
  static char program[] = "xdg-open";
  char copy[4096];
  char *const words[] = {program, copy, NULL};
  posix_spawn_file_actions_t actions;
  pid_t child;
  if (strlen(address) >= sizeof copy || posix_spawn_file_actions_init(&actions) != 0)
    return;
  snprintf(copy, sizeof copy, "%s", address);
  for (int file = 0; file < 3; file++)
    posix_spawn_file_actions_addopen(&actions, file, "/dev/null", 2, 0);
  (void)posix_spawnp(&child, program, &actions, NULL, words, environ);
  posix_spawn_file_actions_destroy(&actions);
}

static int finish(ets_session *session, struct landing *landing, const struct own *own) {
  time_t until = time(NULL) + (time_t)(own->wait ? own->wait : WAIT);
  ets_status status = ETS_E_NOT_FOUND;
  while (status == ETS_E_NOT_FOUND) { /* anybody can send a browser here */
    char query[QUERY_SIZE];
    if (!landing_wait(landing, (int)(until - time(NULL)), query, sizeof query)) {
      complain("nobody signed in%s", stop_asked() ? ": stopped by a signal" : " in time");
      return EXIT_FAILED;
    }
    status = ets_login_finish(session, query);
    landing_answer(landing, status == ETS_OK            ? LANDING_DONE
                            : status == ETS_E_NOT_FOUND ? LANDING_ANOTHER
                                                        : LANDING_FAILED);
  }
  if (status != ETS_OK) {
    complain("%s", ets_session_error(session)->message);
    return EXIT_FAILED;
  }
  ets_time good_until;
  char text[48] = "";
  if (ets_auth_token_until(session, &good_until))
    ets_time_format(good_until, text, sizeof text);
  printf("signed in; the token is good until %s and renews itself\n", text);
  return EXIT_DONE;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct own *own = invocation->own;
  const char *redirect_uri = ets_settings_get(service->settings, "redirect_uri");
  struct landing landing;
  ets_session *session = NULL;
  const char *address;
  ets_error error;
  int code = EXIT_USAGE;
  if (!redirect_uri) {
    complain("ettrack login needs client_id, auth_url and redirect_uri, in the environment or a "
             "settings file: see ettrack login --help");
    return EXIT_USAGE;
  }
  stop_watch();
  ets_status status = service_session(&session, service, 0, &error);
  if (status != ETS_OK) {
    complain("%s", error.message);
    return status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  }
  status = ets_login_begin(session, &address);
  if (status != ETS_OK)
    complain("%s", ets_session_error(session)->message);
  else if (landing_open(&landing, redirect_uri)) {
    fprintf(stderr, "To sign in, open this address in a browser:\n\n%s\n\n", address);
    if (!own->no_browser)
      open_browser(address);
    code = finish(session, &landing, own);
    landing_close(&landing);
  }
  service_session_close(service, session);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_FLAG("no-browser", 0, struct own, no_browser, "print the address, open nothing"),
    OPTION_ROW_NUMBER("wait", 0, "S", struct own, wait, 1, 3600, "for so long (300)"),
    OPTION_ROW_END};

const struct command command_login = {
    .name = "login",
    .section = SECTION_PROGRAM,
    .operands = "",
    .summary = "sign a user in, in the browser",
    .text =
        "For packages that are web or public apps. The settings are client_id, auth_url,\n"
        "redirect_uri, client_secret for a web app, and scope if it is not to be all; the\n"
        "redirect_uri is an address of this machine that the package has registered, such as\n"
        "http://127.0.0.1:8765/. The scope `offline` brings a refresh token, which is kept in the\n"
        "token cache and renews the token from then on.\n",
    .examples = "  ettrack login --profile live\n"
                "  ettrack login --no-browser\n",
    .takes = OPTIONS_SERVICE,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
