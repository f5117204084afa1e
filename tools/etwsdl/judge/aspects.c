#include "etwsdl/judge/aspects.h"

#include <string.h>

#include "etwsdl/judge/content.h"
#include "etwsdl/judge/fit.h"

/* --- types ------------------------------------------------------------------------------------ */

static const char *text_of(const struct aspect *aspect) {
  return aspect ? aspect->text : "nothing";
}

static void judge_TYPE(struct opinion *opinion, const struct aspect_change *change) {
  const char *old = text_of(change->was), *new = text_of(change->is);
  if (!change->was || !change->is) {
    opinion_both(opinion, true, "other elements stand in its place");
    return;
  }
  switch (type_fit(opinion->before, change->was->type, opinion->after, change->is->type)) {
  case FIT_SAME:
    opinion_sender(opinion, false, "the new type takes the same values");
    opinion_reader(opinion, false, "the new type has the same values");
    break;
  case FIT_WIDER:
    opinion_sender(opinion, false, opinion_format(opinion, "every %s is a valid %s", old, new));
    opinion_reader(opinion, true, opinion_format(opinion, "not every %s is a valid %s", new, old));
    break;
  case FIT_NARROWER:
    opinion_sender(opinion, true, opinion_format(opinion, "not every %s is a valid %s", old, new));
    opinion_reader(opinion, false, opinion_format(opinion, "every %s is a valid %s", new, old));
    break;
  case FIT_OTHER:
    opinion_sender(opinion, true, opinion_format(opinion, "the service expects %s now", new));
    opinion_reader(opinion, true, opinion_format(opinion, "%s comes where %s did", new, old));
  }
}

static void judge_WILDCARD(struct opinion *opinion, const struct aspect_change *change) {
  bool wider = change->is && strcmp(change->is->text, "##any") == 0;
  bool narrower = change->was && strcmp(change->was->text, "##any") == 0;
  opinion_sender(opinion, !wider, wider ? "more is accepted" : "other elements are accepted");
  opinion_reader(opinion, !narrower, narrower ? "less may come" : "other elements may come");
}

static int strictness(const struct aspect *aspect) {
  return !aspect || strcmp(aspect->text, "strict") == 0 ? 2 : strcmp(aspect->text, "lax") == 0;
}

static void judge_PROCESS(struct opinion *opinion, const struct aspect_change *change) {
  bool looser = strictness(change->is) < strictness(change->was);
  opinion_sender(opinion, !looser,
                 looser ? "what is declared nowhere is accepted besides"
                        : "what is declared nowhere may be refused");
  opinion_reader(opinion, looser,
                 looser ? "what is declared nowhere may come" : "only what is declared comes");
}

static bool is_plain_extension(const struct type *type) {
  return type->kind == TYPE_COMPLEX && type->derivation == DERIVED_BY_EXTENSION &&
         type->attributes.count + type->attribute_groups.count == 0 && !type->any_attribute &&
         !type->mixed && !type->simple_content;
}

/* Types put between a type and the base that it had: what they have comes in addition. */
static bool judge_inserted_bases(struct opinion *opinion, const struct type *old,
                                 const struct type *new) {
  if (!old->base.type || !new->base.type || old->derivation != DERIVED_BY_EXTENSION)
    return false;
  const char *base = contract_spell_type(opinion->before, old->base.type), *required = NULL;
  struct type *up = new->base.type;
  for (; up && strcmp(contract_spell_type(opinion->after, up), base) != 0; up = up->base.type) {
    struct list fields = {0};
    if (!is_plain_extension(up))
      return false;
    fields_own(opinion->after, up, &fields);
    for (size_t i = 0; i < fields.count; i++)
      if (field_is_required(fields.items[i]))
        required = ((struct field *)fields.items[i])->name;
  }
  if (!up || up == new->base.type || new->derivation != DERIVED_BY_EXTENSION)
    return false;
  opinion_sender(opinion, required,
                 required ? opinion_format(opinion, "%s has to be sent with it now", required)
                          : "what its new base has may be left out");
  opinion_reader(opinion, false, "readers skip elements they do not know");
  return true;
}

static void judge_DERIVATION(struct opinion *opinion, const struct aspect_change *change) {
  const struct type *old = change->before->type, *new = change->after->type;
  enum fit fit = FIT_OTHER;
  const char *was = change->was ? change->was->text : NULL;
  const char *is = change->is ? change->is->text : NULL;
  if (old->kind == TYPE_COMPLEX && judge_inserted_bases(opinion, old, new))
    return;
  if (old->kind == TYPE_COMPLEX) {
    opinion_both(opinion, true,
                 !is    ? opinion_format(opinion, "it no longer %s", was)
                 : !was ? opinion_format(opinion, "it %s now", is)
                        : opinion_format(opinion, "it %s now, not as before", is));
    return;
  }
  if (old->derivation == new->derivation && old->derivation != DERIVED_BY_UNION)
    fit = type_fit(opinion->before, old->base.type, opinion->after, new->base.type);
  bool accepts = fit == FIT_WIDER || fit == FIT_SAME, fits = fit == FIT_NARROWER || fit == FIT_SAME;
  opinion_sender(opinion, !accepts,
                 accepts ? "it takes all values that it took" : "it takes other values");
  opinion_reader(opinion, !fits, fits ? "it has no values that it had not" : "it has other values");
}

static void judge_ABSTRACT(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->is,
                 change->is ? "one derived from it has to be sent"
                            : "it may be sent itself besides");
  opinion_reader(opinion, change->was,
                 change->was ? "it may come itself, not only what derives from it"
                             : "only what derives from it comes");
}

static void judge_MIXED(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->was,
                 change->was ? "text between the elements is refused"
                             : "text between the elements is accepted besides");
  opinion_reader(opinion, change->is,
                 change->is ? "text between the elements may come"
                            : "no text comes between the elements");
}

static void judge_SIMPLE_CONTENT(struct opinion *opinion, const struct aspect_change *change) {
  opinion_both(opinion, true, change->is ? "text instead of elements" : "elements instead of text");
}

static void judge_BLOCK(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->is,
                 change->is ? "fewer derived types are allowed in its place"
                            : "more derived types are allowed in its place");
  opinion_reader(opinion, false, "derived types read as their base");
}

/* --- how often, and what stands for nothing --------------------------------------------------- */

/* Before the change: a choice or what is around it may leave out what is required in it. */
static bool could_be_missing(const struct aspect_change *change) {
  const struct field *field = change->before->field;
  return field && !field_is_required(field);
}

static void judge_OCCURS(struct opinion *opinion, const struct aspect_change *change) {
  const struct aspect *old = change->was, *new = change->is;
  if (!old || !new)
    return;
  if (new->min > old->min) {
    opinion_sender(opinion, true, old->min == 0 ? "it has to be sent now" : "more are required");
    opinion_reader(opinion, false, "it comes more reliably than before");
  } else if (new->min < old->min) {
    opinion_sender(opinion, false, "fewer are required");
    const struct field *field = change->before->field;
    if (!could_be_missing(change))
      opinion_reader(opinion, true, new->min == 0 ? "it may be missing now" : "fewer may come");
    else if (field->choice && field->choice->min > 0)
      opinion_reader(opinion, true, "it may be missing together with the others of its choice");
    else
      opinion_reader(opinion, false, "it could be missing before");
  }
  if (new->max > old->max) {
    opinion_sender(opinion, false, "as many as before are accepted");
    opinion_reader(opinion, true, "more than before may come");
  } else if (new->max < old->max) {
    opinion_sender(opinion, true, "fewer are accepted");
    opinion_reader(opinion, false, "no more than before come");
  }
}

static void judge_NILLABLE(struct opinion *opinion, const struct aspect_change *change) {
  if (change->was) {
    opinion_sender(opinion, true, "nil is no longer accepted");
    opinion_reader(opinion, false, "nil no longer comes");
    return;
  }
  opinion_sender(opinion, false, "nil is accepted besides");
  if (could_be_missing(change))
    opinion_reader(opinion, false, "nil reads as no value, which was possible before");
  else
    opinion_reader(opinion, true, "nil may come where a value always did");
}

static void judge_DEFAULT(struct opinion *opinion, const struct aspect_change *change) {
  opinion_both(opinion, change->was,
               change->was ? "an empty one means another value now"
                           : "an empty one had no meaning of its own before");
}

static void judge_FIXED(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->is,
                 change->is ? "only the fixed value is accepted" : "any value is accepted");
  opinion_reader(opinion, change->was,
                 change->was ? "other values than the fixed one may come"
                             : "only the fixed value comes");
}

static void judge_USE(struct opinion *opinion, const struct aspect_change *change) {
  bool required = change->is && strcmp(change->is->text, "required") == 0;
  bool was_required = change->was && strcmp(change->was->text, "required") == 0;
  bool prohibited = change->is && strcmp(change->is->text, "prohibited") == 0;
  opinion_sender(opinion, required || prohibited,
                 required     ? "it has to be sent now"
                 : prohibited ? "it is no longer accepted"
                              : "it may be left out");
  opinion_reader(opinion, was_required, was_required ? "it may be missing" : "it could be missing");
}

/* --- names ------------------------------------------------------------------------------------ */

static void judge_UNQUALIFIED(struct opinion *opinion, const struct aspect_change *change) {
  opinion_both(opinion, true,
               change->is ? "on the wire it has no namespace now"
                          : "on the wire it has a namespace now");
}

static void judge_QUALIFIED(struct opinion *opinion, const struct aspect_change *change) {
  opinion_both(opinion, true,
               change->is ? "on the wire it has a namespace now"
                          : "on the wire it has no namespace now");
}

static void judge_REFERENCE(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->was,
                 change->was ? "elements that substitute for it are no longer accepted"
                             : "elements that substitute for it are accepted besides");
  opinion_reader(opinion, change->is,
                 change->is ? "elements that substitute for it may come"
                            : "nothing substitutes for it any longer");
}

static void judge_SUBSTITUTES(struct opinion *opinion, const struct aspect_change *change) {
  opinion_sender(opinion, change->was,
                 change->was ? "it is no longer accepted in place of the other element"
                             : "it is accepted in place of another element besides");
  opinion_reader(opinion, change->is,
                 change->is ? "it may come in place of another element"
                            : "it no longer comes in place of the other element");
}

/* --- limits ----------------------------------------------------------------------------------- */

/* Greater is wider, or smaller is; patterns and the like cannot be compared. */
static int limit_direction(const char *name) {
  if (strncmp(name, "max", 3) == 0 || strcmp(name, "totalDigits") == 0 ||
      strcmp(name, "fractionDigits") == 0)
    return 1;
  return strncmp(name, "min", 3) == 0 ? -1 : 0;
}

static int compare_numbers(const char *a, const char *b) {
  bool negative_a = *a == '-', negative_b = *b == '-';
  if (negative_a != negative_b)
    return negative_a ? -1 : 1;
  a += negative_a;
  b += negative_b;
  a += strspn(a, "0");
  b += strspn(b, "0");
  size_t n = strcspn(a, "."), m = strcspn(b, ".");
  int order = n != m ? (n < m ? -1 : 1) : strcmp(a, b);
  return negative_a ? -order : order;
}

static void judge_LIMIT(struct opinion *opinion, const struct aspect_change *change) {
  int direction = limit_direction(change->after->name);
  bool wider = true, narrower = true;
  if (change->was && change->is && direction != 0) {
    wider = compare_numbers(change->is->text, change->was->text) * direction > 0;
    narrower = !wider;
  }
  opinion_sender(opinion, narrower,
                 narrower ? "values that were fine may be refused" : "more values are accepted");
  opinion_reader(opinion, wider,
                 wider ? "values that were impossible may come" : "fewer values come");
}

static void judge_ARRANGEMENT(struct opinion *opinion, const struct aspect_change *change) {
  judge_content(opinion, change->before->type, change->after->type);
}

/* --- the service ------------------------------------------------------------------------------ */

static void judge_ACTION(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_sender(opinion, true, "requests carry another SOAPAction");
  opinion_reader(opinion, false, "answers carry no SOAPAction");
}

static void judge_STYLE(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_both(opinion, true, "the body is made otherwise");
}

static void judge_REQUEST(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_sender(opinion, true, "the request has another body");
  opinion_reader(opinion, false, "answers are as before");
}

static void judge_RESPONSE(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_sender(opinion, false, "requests are as before");
  opinion_reader(opinion, true, "the answer has another body");
}

static void judge_REQUEST_USE(struct opinion *opinion, const struct aspect_change *change) {
  judge_REQUEST(opinion, change);
}

static void judge_RESPONSE_USE(struct opinion *opinion, const struct aspect_change *change) {
  judge_RESPONSE(opinion, change);
}

static void judge_SERVICE_ASKS(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_both(opinion, true, "who asks and who answers has changed");
}

static void judge_TRANSPORT(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_both(opinion, true, "messages travel another way");
}

static void judge_HEADER_USE(struct opinion *opinion, const struct aspect_change *change) {
  (void)change;
  opinion_both(opinion, true, "the header is made otherwise");
}

void judge_aspect(struct opinion *opinion, enum aspect_kind kind,
                  const struct aspect_change *change) {
  static void (*const judges[ASPECT_KINDS])(struct opinion *, const struct aspect_change *) = {
#define ASPECT(name, form) judge_##name,
#include "etwsdl/facts/aspects.def"
#undef ASPECT
  };
  judges[kind](opinion, change);
}
