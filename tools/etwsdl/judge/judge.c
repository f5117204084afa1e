#include "etwsdl/judge/judge.h"

#include <string.h>

#include "etwsdl/judge/aspects.h"

void judge_altered(struct opinion *opinion, const struct fact *before, const struct fact *after) {
  for (int i = 0; i < ASPECT_KINDS; i++) {
    enum aspect_kind kind = (enum aspect_kind)i;
    const struct aspect_change change = {before, after, fact_aspect(before, kind),
                                         fact_aspect(after, kind)};
    if ((change.was || change.is) &&
        (!change.was || !change.is || strcmp(change.was->text, change.is->text) != 0))
      judge_aspect(opinion, kind, &change);
  }
}

/* --- what came -------------------------------------------------------------------------------- */

static bool is_required(const struct fact *fact) {
  return field_is_required(fact->field);
}

static void field_added(struct opinion *opinion, const struct fact *fact) {
  opinion_sender(opinion, is_required(fact),
                 is_required(fact) ? "it has to be sent" : "it may be left out");
  opinion_reader(opinion, false, "readers skip elements they do not know");
}

static void attribute_added(struct opinion *opinion, const struct fact *fact) {
  const struct aspect *use = fact_aspect(fact, ASPECT_USE);
  bool required = use && strcmp(use->text, "required") == 0;
  opinion_sender(opinion, required, required ? "it has to be sent" : "it may be left out");
  opinion_reader(opinion, false, "readers skip attributes they do not know");
}

static void type_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, false, "nobody has to use it");
  opinion_reader(opinion, false, "where it comes it reads as its base");
}

static void element_added(struct opinion *opinion, const struct fact *fact) {
  bool substitutes = fact_aspect(fact, ASPECT_SUBSTITUTES);
  opinion_sender(opinion, false, "nobody has to use it");
  opinion_reader(opinion, substitutes,
                 substitutes ? "it may come in place of another element"
                             : "nothing refers to it that a reader knows");
}

static void value_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, false, "nobody has to send it");
  opinion_stubs(opinion, "a stub fails the page in which a value comes that it does not know",
                "the helpers keep it as text");
}

static void limit_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, true, "values that were fine may be refused");
  opinion_reader(opinion, false, "fewer values come");
}

static void arrangement_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_both(opinion, true, "other combinations of fields are allowed");
}

static void service_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_both(opinion, false, "nobody has to use it");
}

static void header_added(struct opinion *opinion, const struct fact *fact) {
  bool request = fact->of_request;
  opinion_sender(opinion, request,
                 request ? "requests may have to carry it" : "it goes with answers");
  opinion_reader(opinion, false,
                 request ? "it goes with requests" : "readers skip headers they do not know");
}

static void fault_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, false, "requests carry no faults");
  opinion_stubs(opinion, "a fault that is not known may come",
                "the helpers report any fault with its text");
}

static void namespace_added(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_both(opinion, true, "every element is in another namespace");
}

/* --- what went -------------------------------------------------------------------------------- */

static void is_gone(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, true, "the service no longer knows it");
  opinion_reader(opinion, true, "it no longer comes");
}

static void type_removed(struct opinion *opinion, const struct fact *fact) {
  if (fact->type->abstract)
    opinion_both(opinion, false, "nothing was of this type itself");
  else
    is_gone(opinion, fact);
}

static void may_be_gone(struct opinion *opinion, bool required) {
  opinion_sender(opinion, true, "the service no longer knows it");
  opinion_reader(opinion, required,
                 required ? "it no longer comes"
                          : "it no longer comes, and could be absent before");
}

static void field_removed(struct opinion *opinion, const struct fact *fact) {
  may_be_gone(opinion, is_required(fact));
}

static void attribute_removed(struct opinion *opinion, const struct fact *fact) {
  const struct aspect *use = fact_aspect(fact, ASPECT_USE);
  may_be_gone(opinion, use && strcmp(use->text, "required") == 0);
}

static void value_removed(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, true, "the service no longer takes it");
  opinion_reader(opinion, false, "it no longer comes");
}

static void limit_removed(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, false, "more values are accepted");
  opinion_reader(opinion, true, "values that were impossible may come");
}

static void operation_removed(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_both(opinion, true, "the service no longer offers it");
}

static void binding_removed(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_both(opinion, true, "the service no longer speaks it");
}

static void header_removed(struct opinion *opinion, const struct fact *fact) {
  bool request = fact->of_request;
  opinion_sender(opinion, request,
                 request ? "the service no longer takes it" : "it goes with answers");
  opinion_reader(opinion, !request, request ? "it goes with requests" : "it no longer comes");
}

static void fault_removed(struct opinion *opinion, const struct fact *fact) {
  (void)fact;
  opinion_sender(opinion, false, "requests carry no faults");
  opinion_reader(opinion, false, "it no longer comes");
}

typedef void judge_fact(struct opinion *opinion, const struct fact *fact);

static const struct {
  judge_fact *added, *removed;
} rows[FACT_KINDS] = {
    [FACT_ATTRIBUTE] = {attribute_added, attribute_removed},
    [FACT_BINDING] = {service_added, binding_removed},
    [FACT_CONTENT] = {arrangement_added, arrangement_added},
    [FACT_ELEMENT] = {element_added, is_gone},
    [FACT_FACET] = {limit_added, limit_removed},
    [FACT_FAULT] = {fault_added, fault_removed},
    [FACT_FIELD] = {field_added, field_removed},
    [FACT_HEADER] = {header_added, header_removed},
    [FACT_NAMESPACE] = {namespace_added, namespace_added},
    [FACT_OPERATION] = {service_added, operation_removed},
    [FACT_SIMPLE] = {type_added, is_gone},
    [FACT_TYPE] = {type_added, type_removed},
    [FACT_VALUE] = {value_added, value_removed},
};

void judge_added(struct opinion *opinion, const struct fact *fact) {
  rows[fact->kind].added(opinion, fact);
}

void judge_removed(struct opinion *opinion, const struct fact *fact) {
  rows[fact->kind].removed(opinion, fact);
}
