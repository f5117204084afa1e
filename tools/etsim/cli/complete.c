#include "cli/complete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "common/complete.h"
#include "contract/operations.h"
#include "faults/effects.h"

/* OPERATION[,CONDITION...]:EFFECT */
static void rules(const struct completion *completion) {
  static const char *const conditions[] = {"call=", "from=", "every=", "times=", "probability="};
  const char *begun = completion->word + completion->prefix, *colon = strchr(begun, ':');
  struct completion part = *completion;
  char text[64];
  if (colon) {
    part.prefix = (size_t)(colon - completion->word) + 1;
    for (const struct effect *effect = effects; effect->name; effect++)
      complete_with(&part, effect->name, effect->help);
  } else if (strchr(begun, ',')) {
    part = complete_item(completion);
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
      complete_with(&part, conditions[i], NULL);
  } else {
    for (size_t i = 0; i < ETS_OPERATION_COUNT; i++) {
      snprintf(text, sizeof text, "%s:", ets_operations[i].name);
      complete_with(&part, text, NULL);
    }
    complete_with(&part, "token:", "the token endpoint");
    complete_with(&part, "*:", "any of them");
  }
}

void complete_print(const struct option_list *words) {
  struct option_table tables[OPTION_GROUPS];
  struct completion completion = {.word = words->items[words->count - 1]};
  char **all = calloc(words->count, sizeof *all);
  if (!all)
    return;
  for (size_t i = 0; i < words->count; i++) /* they are of argv, which is not const */
    memcpy(&all[i], &words->items[i], sizeof *all);
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    tables[i] = (struct option_table){.options = option_groups[i].options};
  struct option_place place = options_place(tables, OPTION_GROUPS, (int)words->count, all);
  completion.prefix = place.prefix;
  if (place.option && strcmp(place.option->name, "fault") == 0)
    rules(&completion);
  else if (place.option)
    complete_named(&completion, place.option->value);
  else
    complete_options(&completion, tables, OPTION_GROUPS);
  free(all);
}
