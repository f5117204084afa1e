#include "ettrack/cli/settings.h"

#include "common/program.h"

#include <stdio.h>
#include <string.h>

enum { CONNECT_TIMEOUT = 10 };

/* `max-answer-bytes` is the setting max_answer_bytes, `password-file` is where password is. */
static void name_of(char *name, size_t size, const struct setting_given *given) {
  static const char file[] = "-file";
  snprintf(name, size, "%s",
           strcmp(given->option, "token-file") == 0 ? "access-token-file" : given->option);
  if (given->in_file)
    name[strlen(name) - strlen(file)] = '\0';
  for (char *at = name; *at; at++)
    if (*at == '-')
      *at = '_';
}

/* The first one that sets a setting wins, so the last option comes first. */
static ets_status set_given(ets_settings *settings, const struct settings_given *given,
                            ets_error *error) {
  ets_status status = ETS_OK;
  for (size_t i = given->count; status == ETS_OK && i-- > 0;) {
    const struct setting_given *item = &given->items[i];
    char name[40];
    name_of(name, sizeof name, item);
    status = item->in_file ? ets_settings_set_from_file(settings, name, item->value, error)
                           : ets_settings_set(settings, name, item->value, error);
  }
  return status;
}

/* --timeout is for each thing that is waited for, a connection not longer than usual. */
static ets_status set_timeout(ets_settings *settings, uint64_t seconds, ets_error *error) {
  char text[24];
  if (!seconds)
    return ETS_OK;
  snprintf(text, sizeof text, "%d", (int)seconds);
  ets_status status = ets_settings_set(settings, "receive_timeout", text, error);
  if (status == ETS_OK)
    status = ets_settings_set(settings, "send_timeout", text, error);
  if (seconds > CONNECT_TIMEOUT)
    snprintf(text, sizeof text, "%d", CONNECT_TIMEOUT);
  return status == ETS_OK ? ets_settings_set(settings, "connect_timeout", text, error) : status;
}

static bool was_given(const struct options *options, const char *name) {
  for (size_t i = 0; i < options->settings.count; i++)
    if (strcmp(options->settings.items[i].option, name) == 0)
      return true;
  return false;
}

int settings_read(ets_settings *settings, const struct options *options) {
  ets_error error;
  ets_status status = set_given(settings, &options->settings, &error);
  if (status == ETS_OK)
    status = set_timeout(settings, options->timeout, &error);
  if (status == ETS_OK && was_given(options, "profile"))
    status = ets_settings_profile(settings, options->config, &error);
  if (status == ETS_OK)
    status = ets_settings_environment(settings, &error);
  if (status == ETS_OK)
    status = ets_settings_file(settings, options->config, &error);
  if (status == ETS_OK && was_given(options, "account-id") &&
      !ets_settings_get(settings, "client_id"))
    status = ets_error_set(&error, ETS_E_USAGE,
                           "--account-id says for which business unit a client fetches its token, "
                           "and there is no client: use --mid");
  if (status == ETS_OK)
    return EXIT_DONE;
  complain("%s", error.message);
  return status == ETS_E_NOMEM ? EXIT_FAILED : EXIT_USAGE;
}
