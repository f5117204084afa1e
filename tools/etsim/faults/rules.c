#include "faults/rules.h"

#include <stdlib.h>
#include <string.h>

#include "common/options.h"
#include "contract/operations.h"
#include "ground/permutation.h"

void rules_init(struct rules *rules, uint64_t seed) {
  *rules = (struct rules){.seed = seed};
  (void)pthread_mutex_init(&rules->lock, NULL);
}

enum { DIGITS_MAX = 24 };

/* A part of a rule as a text of its own. */
static bool take(char digits[DIGITS_MAX], const char *text, size_t size) {
  if (size == 0 || size >= DIGITS_MAX)
    return false;
  memcpy(digits, text, size);
  digits[size] = 0;
  return true;
}

static bool read_number(uint64_t *number, const char *text, size_t size) {
  char digits[DIGITS_MAX];
  return take(digits, text, size) && option_number(number, digits, 0, UINT64_MAX);
}

static bool read_probability(double *probability, const char *text, size_t size) {
  char digits[DIGITS_MAX];
  char *end;
  if (!take(digits, text, size))
    return false;
  *probability = strtod(digits, &end);
  return !*end && *probability > 0 && *probability <= 1;
}

static const char *read_condition(struct rule *rule, const char *text, size_t size) {
  const struct {
    const char *name;
    uint64_t *number;
  } numbers[] = {{"call=", &rule->call},
                 {"from=", &rule->from},
                 {"every=", &rule->every},
                 {"times=", &rule->times}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    size_t name = strlen(numbers[i].name);
    if (size > name && strncmp(text, numbers[i].name, name) == 0)
      return read_number(numbers[i].number, text + name, size - name) && *numbers[i].number
                 ? NULL
                 : "a condition takes a number from 1 on, such as call=3";
  }
  static const char probability[] = "probability=";
  if (size > sizeof probability - 1 && strncmp(text, probability, sizeof probability - 1) == 0)
    return read_probability(&rule->probability, text + sizeof probability - 1,
                            size - (sizeof probability - 1))
               ? NULL
               : "probability takes a number above 0 up to 1, such as probability=0.05";
  return "the conditions are call=, from=, every=, times= and probability=";
}

static const char *read_match(struct rule *rule, const char *text, size_t size) {
  const char *end = text + size;
  const char *comma = memchr(text, ',', size);
  size_t name = (size_t)((comma ? comma : end) - text);
  if (name == 0 || name >= sizeof rule->operation)
    return "it begins with an operation, token, or *";
  memcpy(rule->operation, text, name);
  rule->operation[name] = 0;
  if (strcmp(rule->operation, "*") != 0 && strcmp(rule->operation, "token") != 0 &&
      !ets_operation_find(rule->operation))
    return "it begins with an operation of the contract, such as Retrieve, with token, or with *";
  while (comma) {
    const char *condition = comma + 1;
    comma = memchr(condition, ',', (size_t)(end - condition));
    const char *wrong =
        read_condition(rule, condition, (size_t)((comma ? comma : end) - condition));
    if (wrong)
      return wrong;
  }
  return NULL;
}

static const char *read_argument(struct rule *rule, const struct effect *effect,
                                 const char *argument) {
  bool wants_number =
      effect->takes == MAY_NUMBER || effect->takes == NEEDS_NUMBER || effect->takes == NUMBER_WORDS;
  if (!argument)
    return effect->takes == NEEDS_NUMBER || effect->takes == NUMBER_WORDS
               ? "the effect needs a number, such as http=503, fault=17 or delay=500"
           : effect->takes == NEEDS_WORDS ? "the effect needs a text, such as status=Error: ..."
                                          : NULL;
  if (effect->takes == TAKES_NOTHING)
    return "the effect takes no value";
  if (!wants_number) {
    rule->value.words = argument;
    return *argument ? NULL : "the text of the effect is empty";
  }
  size_t digits = strspn(argument, "0123456789");
  if (argument[digits] == ' ' && effect->takes == NUMBER_WORDS)
    rule->value.words = argument + digits + 1;
  else if (argument[digits])
    return "the value of the effect is a whole number";
  if (!read_number(&rule->value.number, argument, digits) || rule->value.number < effect->least ||
      rule->value.number > effect->most)
    return "the number of the effect is out of range";
  return NULL;
}

static const char *read_effect(struct rule *rule, const char *text) {
  size_t name = strcspn(text, "=");
  for (const struct effect *effect = effects; effect->name; effect++) {
    if (strlen(effect->name) != name || strncmp(effect->name, text, name) != 0)
      continue;
    rule->effect = effect;
    return read_argument(rule, effect, text[name] ? text + name + 1 : NULL);
  }
  return "the effect is none of those that --help lists";
}

const char *rules_add(struct rules *rules, const char *text) {
  if (rules->count == RULES_LIMIT)
    return "there are too many rules, 64 is the most";
  const char *colon = strchr(text, ':');
  if (!colon)
    return "write OPERATION[,CONDITION...]:EFFECT, such as Retrieve,call=2:close";
  struct rule rule = {.text = text, .probability = 1};
  const char *wrong = read_match(&rule, text, (size_t)(colon - text));
  if (!wrong)
    wrong = read_effect(&rule, colon + 1);
  if (!wrong)
    rules->rules[rules->count++] = rule;
  return wrong;
}

static bool is_for(const struct rule *rule, const char *operation) {
  return strcmp(rule->operation, "*") == 0 || strcmp(rule->operation, operation) == 0;
}

static bool meets(struct rules *rules, struct rule *rule) {
  if ((rule->call && rule->calls != rule->call) || (rule->from && rule->calls < rule->from) ||
      (rule->every && rule->calls % rule->every) || (rule->times && rule->done >= rule->times))
    return false;
  if (rule->probability < 1) {
    double drawn = (double)(mix(rules->seed, rules->drawn++, 0xFA) >> 11) / 9007199254740992.0;
    if (drawn >= rule->probability)
      return false;
  }
  rule->done++;
  return true;
}

/* Every rule counts the call, also when an earlier one decides about it. */
const struct rule *rules_match(struct rules *rules, const char *operation) {
  if (!rules->count)
    return NULL;
  struct rule *found = NULL;
  (void)pthread_mutex_lock(&rules->lock);
  for (size_t i = 0; i < rules->count; i++) {
    struct rule *rule = &rules->rules[i];
    if (!is_for(rule, operation))
      continue;
    rule->calls++;
    if (!found && meets(rules, rule))
      found = rule;
  }
  (void)pthread_mutex_unlock(&rules->lock);
  return found;
}
