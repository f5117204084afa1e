#include "etwsdl/judge/opinion.h"

#include <string.h>

#include "etwsdl/model/reach.h"

static unsigned reach_of(const struct fact *fact) {
  if (!fact)
    return 0;
  return fact->reach ? *fact->reach : REACH_REQUEST | REACH_RESPONSE;
}

struct opinion opinion_begin(struct contract *before, struct contract *after,
                             const struct fact *was, const struct fact *is) {
  unsigned bits = reach_of(was) | reach_of(is);
  struct opinion opinion = {.before = before,
                            .after = after,
                            .sent = bits & REACH_REQUEST,
                            .read = bits & REACH_RESPONSE};
  if (!opinion.sent)
    opinion.sender.reason = bits ? "it stands in no request" : "no message leads to it";
  if (!opinion.read)
    opinion.reader.reason = bits ? "it stands in no answer" : "no message leads to it";
  return opinion;
}

static void add(const struct opinion *opinion, struct judgement *judgement,
                struct judgement further) {
  if (!judgement->reason || (further.breaking && !judgement->breaking)) {
    *judgement = further;
    return;
  }
  if (further.breaking != judgement->breaking || strcmp(judgement->reason, further.reason) == 0)
    return;
  judgement->reason = opinion_format(opinion, "%s; %s", judgement->reason, further.reason);
  if (!further.helpers)
    judgement->helpers = NULL;
  else if (judgement->helpers && strcmp(judgement->helpers, further.helpers) != 0)
    judgement->helpers = opinion_format(opinion, "%s; %s", judgement->helpers, further.helpers);
}

void opinion_sender(struct opinion *opinion, bool breaking, const char *reason) {
  if (opinion->sent)
    add(opinion, &opinion->sender, (struct judgement){breaking, reason, NULL});
}

void opinion_reader(struct opinion *opinion, bool breaking, const char *reason) {
  if (opinion->read)
    add(opinion, &opinion->reader, (struct judgement){breaking, reason, NULL});
}

void opinion_both(struct opinion *opinion, bool breaking, const char *reason) {
  opinion_sender(opinion, breaking, reason);
  opinion_reader(opinion, breaking, reason);
}

void opinion_stubs(struct opinion *opinion, const char *reason, const char *helpers) {
  if (opinion->read)
    add(opinion, &opinion->reader, (struct judgement){true, reason, helpers});
}

const char *opinion_format(const struct opinion *opinion, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = intern_vformat(opinion->after->arena, format, arguments);
  va_end(arguments);
  return text;
}
