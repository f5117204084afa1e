#include "ettrack/recipients/one_to_one_setup.h"

#include "common/program.h"
#include "ettrack/output/value.h"
#include "ettrack/recipients/send_logs.h"
#include "ettrack/run/stop.h"

struct setup {
  const ets_one_to_one *how;
  size_t changed; /* steps that changed something */
  bool left_open; /* and the last one may have, though it failed */
};

typedef ets_status step_call(ets_one_to_one_change *, ets_session *, const ets_one_to_one *);

/* `updated` says what a step did with what was there. */
static const struct {
  const char *what;
  step_call *call;
  const char *updated;
} steps[] = {{"profile attribute", ets_one_to_one_attribute, "updated"},
             {"send log", ets_one_to_one_send_log, "column added"},
             {"triggered send definition", ets_one_to_one_definition, "logging set"},
             {"start", ets_one_to_one_start, "started"}};

enum { STEPS = sizeof steps / sizeof *steps };

static ets_status take_step(struct setup *setup, size_t index, ets_session *session,
                            const struct taker *taker) {
  const ets_one_to_one *how = setup->how;
  const char *const changes[] = {"there already", "created", steps[index].updated};
  const char *const names[STEPS] = {how->attribute, how->send_log, how->definition,
                                    how->definition};
  ets_one_to_one_change change;
  ets_status status = steps[index].call(&change, session, how);
  setup->left_open = status != ETS_OK && ets_error_leaves_open(ets_session_error(session));
  if (status != ETS_OK)
    return status;
  setup->changed += change != ETS_ONE_TO_ONE_NOTHING;
  bool starts = steps[index].call == ets_one_to_one_start;
  const char *outcome =
      starts && change == ETS_ONE_TO_ONE_NOTHING ? "running already" : changes[change];
  ets_value values[] = {value_of_text(steps[index].what), value_of_text(names[index]),
                        value_of_text(outcome)};
  taker->row(taker->context, "Step", values);
  return ETS_OK;
}

/* Each step builds on those before it; none is begun that could not be ended. */
static ets_status set_up(const struct work *work, size_t index, ets_session *session,
                         const struct taker *taker) {
  struct setup *setup = work->data;
  ets_status status = ets_one_to_one_look(session, setup->how);
  (void)index;
  if (status == ETS_E_NOT_FOUND && setup->how->email_id == 0)
    complain("--email-id ID names the email of a new triggered send definition");
  for (size_t i = 0; i < STEPS && status == ETS_OK && !stop_asked(); i++)
    status = take_step(setup, i, session, taker);
  return status == ETS_OK ? send_logs_warn(work->service, session, setup->how->send_log) : status;
}

/* What is there stays, so it is safe to repeat. */
static bool tell(const struct work *work, bool unwritten) {
  const struct setup *setup = work->data;
  (void)unwritten;
  if (setup->changed == 0 && !setup->left_open)
    return false;
  complain("the account is set up in part, or more than was said: run the same command again, what "
           "is there already stays");
  return true;
}

int one_to_one_setup(const ets_one_to_one *how, struct work *work) {
  static const char *names[] = {"Step", "Name", "Outcome"};
  static int ranks[] = {1, 2, 3};
  const struct columns columns = {names, ranks, sizeof names / sizeof *names};
  struct setup setup = {.how = how};
  work->data = &setup;
  work->columns = &columns;
  work->run = set_up;
  work->effects = tell;
  return work_perform(work);
}
