/* Everything of a schema but fields: types, content, enum values, facets, attributes, elements. */
#include <stdlib.h>
#include <string.h>

#include "judge/judge.h"

static void judge_type_added(struct opinion *opinion) {
  opinion_sender(opinion, false, "nobody has to use it");
  opinion_reader(opinion, false, "where it comes it reads as its base");
}

static void judge_gone(struct opinion *opinion) {
  opinion_sender(opinion, true, "the service no longer knows it");
  opinion_reader(opinion, true, "it no longer comes");
}

static const char *base_name(struct contract *contract, const struct type *type) {
  return type->base.type ? contract_spell_type(contract, type->base.type) : "";
}

static void judge_base(struct opinion *opinion, const struct type *before,
                       const struct type *after) {
  const struct diff *diff = opinion->diff;
  const char *old = base_name(diff->before, before), *new = base_name(diff->after, after);
  if (strcmp(old, new) == 0 && before->derivation == after->derivation)
    return;
  const char *reason = *new == '\0' ? diff_format(diff, "it no longer has the fields of %s", old)
                       : *old == '\0'
                           ? diff_format(diff, "it has the fields of %s in front now", new)
                           : diff_format(diff, "it has the fields of %s instead of %s", new, old);
  opinion_sender(opinion, true, reason);
  opinion_reader(opinion, true, reason);
}

static bool same(const char *a, const char *b) {
  return !a || !b ? a == b : strcmp(a, b) == 0;
}

static void judge_complex(struct opinion *opinion, const struct type *before,
                          const struct type *after) {
  judge_base(opinion, before, after);
  if (before->abstract != after->abstract) {
    opinion_sender(opinion, after->abstract,
                   after->abstract ? "a type derived from it has to be sent"
                                   : "it may be sent itself besides");
    opinion_reader(opinion, before->abstract,
                   before->abstract ? "it may come itself, not only derived types"
                                    : "only derived types come");
  }
  if (before->mixed != after->mixed) {
    opinion_sender(opinion, before->mixed, "text between the elements");
    opinion_reader(opinion, after->mixed, "text between the elements");
  }
  if (before->simple_content != after->simple_content) {
    opinion_sender(opinion, true, "text instead of elements, or the reverse");
    opinion_reader(opinion, true, "text instead of elements, or the reverse");
  }
  if (!same(before->block, after->block) || !same(before->final, after->final)) {
    opinion_sender(opinion, true, "other derived types are allowed in its place");
    opinion_reader(opinion, false, "it reads as before");
  }
}

static void judge_simple(struct opinion *opinion, const struct type *before,
                         const struct type *after) {
  const struct diff *diff = opinion->diff;
  const struct type *old = before->base.type, *new = after->base.type;
  enum fit fit = FIT_OTHER;
  if (before->derivation == after->derivation && before->derivation != DERIVED_BY_UNION)
    fit = type_fit(diff, old, new);
  opinion_sender(opinion, fit == FIT_NARROWER || fit == FIT_OTHER,
                 fit == FIT_WIDER || fit == FIT_SAME ? "it takes all values that it took"
                                                     : "it takes other values");
  opinion_reader(opinion, fit == FIT_WIDER || fit == FIT_OTHER,
                 fit == FIT_NARROWER || fit == FIT_SAME ? "it has no values that it had not"
                                                        : "it has other values");
}

static void judge_type(struct opinion *opinion, const struct change *change) {
  if (change->kind == CHANGE_ADDED)
    judge_type_added(opinion);
  else if (change->kind == CHANGE_REMOVED)
    judge_gone(opinion);
  else if (change->before->kind == FACT_TYPE)
    judge_complex(opinion, change->before->type, change->after->type);
  else
    judge_simple(opinion, change->before->type, change->after->type);
}

static void judge_content(struct opinion *opinion, const struct change *change) {
  if (change->kind == CHANGE_REORDERED) {
    opinion_sender(opinion, true, "the service takes them in the new order");
    opinion_reader(opinion, true, "a reader that follows the sequence misses some");
  } else {
    opinion_sender(opinion, true, "other combinations of fields are accepted");
    opinion_reader(opinion, true, "other combinations of fields may come");
  }
}

static void judge_value(struct opinion *opinion, const struct change *change) {
  if (change->kind == CHANGE_ADDED) {
    opinion_sender(opinion, false, "nobody has to send it");
    opinion_reader(opinion, true, "a value that is not known may come");
  } else {
    opinion_sender(opinion, true, "the service no longer takes it");
    opinion_reader(opinion, false, "it no longer comes");
  }
}

/* Greater is wider, or smaller is; patterns and the like cannot be compared. */
static int facet_direction(const char *name) {
  if (strncmp(name, "max", 3) == 0 || strcmp(name, "totalDigits") == 0 ||
      strcmp(name, "fractionDigits") == 0)
    return 1;
  return strncmp(name, "min", 3) == 0 ? -1 : 0;
}

static void judge_facet(struct opinion *opinion, const struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  int direction = facet_direction(fact->name);
  bool narrower = change->kind == CHANGE_ADDED, wider = change->kind == CHANGE_REMOVED;
  if (change->kind == CHANGE_ALTERED && direction != 0) {
    double before = strtod(change->before->detail, NULL);
    double after = strtod(change->after->detail, NULL);
    wider = (after - before) * direction > 0;
    narrower = !wider;
  } else if (change->kind == CHANGE_ALTERED) {
    narrower = wider = true;
  }
  opinion_sender(opinion, narrower,
                 narrower ? "values that were fine may be refused" : "more values are accepted");
  opinion_reader(opinion, wider,
                 wider ? "values that were impossible may come" : "fewer values come");
}

static void judge_attribute(struct opinion *opinion, const struct change *change) {
  if (change->kind == CHANGE_REMOVED) {
    judge_gone(opinion);
  } else if (change->kind == CHANGE_ADDED) {
    bool required = strstr(change->after->detail, " required") != NULL;
    opinion_sender(opinion, required, required ? "it has to be sent" : "it may be left out");
    opinion_reader(opinion, false, "readers skip attributes they do not know");
  } else {
    bool now = strstr(change->after->detail, " required") != NULL;
    bool then = strstr(change->before->detail, " required") != NULL;
    opinion_sender(opinion, now >= then,
                   now > then   ? "it has to be sent now"
                   : now < then ? "it may be left out"
                                : "the service expects it otherwise");
    opinion_reader(opinion, now <= then,
                   now > then   ? "it always comes"
                   : now < then ? "it may be missing"
                                : "it comes otherwise");
  }
}

static void judge_element(struct opinion *opinion, const struct change *change) {
  if (change->kind == CHANGE_ADDED) {
    opinion_sender(opinion, false, "nobody has to use it");
    opinion_reader(opinion, strstr(change->after->detail, "substitutes ") != NULL,
                   strstr(change->after->detail, "substitutes ") != NULL
                       ? "it may come in place of another element"
                       : "nothing refers to it that a reader knows");
  } else if (change->kind == CHANGE_REMOVED) {
    judge_gone(opinion);
  } else {
    opinion_sender(opinion, true, "the service expects it otherwise");
    opinion_reader(opinion, true, "it comes otherwise");
  }
}

void diff_judge(const struct diff *diff, struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  if (change->kind == CHANGE_MOVED) {
    diff_judge_move(diff, change);
    return;
  }
  if (change->kind == CHANGE_ALTERED &&
      strcmp(change->before->detail, change->after->detail) == 0) {
    judge_both(change, fine("documentation only"));
    return;
  }
  struct opinion opinion = opinion_begin(diff, change);
  switch (fact->kind) {
  case FACT_FIELD:
    diff_judge_field(diff, change);
    break;
  case FACT_TYPE:
  case FACT_SIMPLE:
    judge_type(&opinion, change);
    break;
  case FACT_CONTENT:
    judge_content(&opinion, change);
    break;
  case FACT_VALUE:
    judge_value(&opinion, change);
    break;
  case FACT_FACET:
    judge_facet(&opinion, change);
    break;
  case FACT_ATTRIBUTE:
    judge_attribute(&opinion, change);
    break;
  case FACT_ELEMENT:
    judge_element(&opinion, change);
    break;
  default:
    diff_judge_wsdl(diff, change);
  }
}
