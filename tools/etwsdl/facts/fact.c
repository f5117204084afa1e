#include "etwsdl/facts/fact.h"

#include <string.h>

const char *fact_word(enum fact_kind kind) {
  static const char *const words[FACT_KINDS] = {
      "attribute", "binding",   "content",   "element", "facet", "fault", "field",
      "header",    "namespace", "operation", "simple",  "type",  "value"};
  return words[kind];
}

const struct aspect *fact_aspect(const struct fact *fact, enum aspect_kind kind) {
  for (size_t i = 0; i < fact->aspects.count; i++) {
    const struct aspect *aspect = fact->aspects.items[i];
    if (aspect->kind == kind)
      return aspect;
  }
  return NULL;
}

bool fact_says_same(const struct fact *a, const struct fact *b) {
  if (a->aspects.count != b->aspects.count)
    return false;
  for (size_t i = 0; i < a->aspects.count; i++) {
    const struct aspect *x = a->aspects.items[i], *y = b->aspects.items[i];
    if (x->kind != y->kind || strcmp(x->text, y->text) != 0)
      return false;
  }
  return true;
}

bool fact_is_inline(const struct fact *fact) {
  const struct aspect *aspect = fact_aspect(fact, ASPECT_TYPE);
  bool refers = fact->field && fact->field->element && fact->field->particle->element->is_reference;
  return aspect && aspect->type && aspect->type->anonymous && !refers;
}

const char *fact_detail(struct contract *contract, const struct fact *fact) {
  static const char *const forms[ASPECT_KINDS] = {
#define ASPECT(name, form) form,
#include "etwsdl/facts/aspects.def"
#undef ASPECT
  };
  struct buffer out = {0};
  for (size_t i = 0; i < fact->aspects.count; i++) {
    const struct aspect *aspect = fact->aspects.items[i];
    const char *form = forms[aspect->kind], *hole = strstr(form, "%s");
    if (out.size > 0)
      buffer_add_char(&out, ' ');
    if (!hole) {
      buffer_add_text(&out, form);
      continue;
    }
    buffer_add(&out, form, (size_t)(hole - form));
    buffer_add_text(&out, aspect->text);
    buffer_add_text(&out, hole + 2);
  }
  return intern_buffer(contract->arena, &out);
}

const char *fact_subject(struct contract *contract, const struct fact *fact) {
  bool value = fact->kind == FACT_VALUE || fact->kind == FACT_FACET;
  if (!*fact->name && !value)
    return intern_format(contract->arena, "%s %s", fact_word(fact->kind), fact->owner);
  return intern_format(contract->arena, "%s %s.%s", fact_word(fact->kind), fact->owner, fact->name);
}

const char *fact_line(struct contract *contract, const struct fact *fact) {
  const char *subject = fact_subject(contract, fact), *detail = fact_detail(contract, fact);
  return *detail ? intern_format(contract->arena, "%s %s", subject, detail) : subject;
}
