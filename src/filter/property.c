#include "filter/property.h"

#include "contract/types.h"
#include "contract/retrievable.h"
#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

/* Filtered on by the service's own documentation, though neither the contract nor a Describe has
 * them. */
static const char *const filterable_only[][2] = {
    {"TriggeredSendSummary", "TriggeredSendDefinitionObjectID"},
};

static const struct ets_type *contract_type(const char *object_type) {
  return ets_type_find(object_type, strlen(object_type));
}

/* Walks down a dotted path as far as the contract declares it: the field of the last step that is
 * there, or NULL, and where in the path and in which type the next one is looked for. */
static const struct ets_field *walk(const struct ets_type **type, const char **path) {
  const struct ets_field *field = NULL;
  while (*type && **path) {
    size_t n = strcspn(*path, ".");
    const struct ets_field *next = ets_type_field(*type, *path, n);
    if (!next)
      break;
    field = next;
    *path += n + ((*path)[n] == '.');
    *type = next->kind == ETS_KIND_STRUCT ? next->type : NULL;
  }
  return field;
}

static enum ets_property_kind kind_of_field(const struct ets_field *field) {
  if (field->flags & ETS_FIELD_ARRAY)
    return ETS_PROPERTY_OBJECT;
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_DATETIME:
  case ETS_KIND_DATE:
    return ETS_PROPERTY_DATE;
  case ETS_KIND_BOOLEAN:
    return ETS_PROPERTY_BOOLEAN;
  case ETS_KIND_BYTE:
  case ETS_KIND_SHORT:
  case ETS_KIND_INT:
  case ETS_KIND_LONG:
    return ETS_PROPERTY_INTEGER;
  case ETS_KIND_STRUCT:
  case ETS_KIND_ANY:
  case ETS_KIND_BINARY:
    return ETS_PROPERTY_OBJECT;
  default:
    return ETS_PROPERTY_VALUE;
  }
}

/* What Describe lists for a type holds for those derived from it: TrackingEvent lists ListID and
 * SubscriberID, and every event is filtered on them. */
static const struct ets_retrievable *find_listed(const char *object_type,
                                                 const struct ets_type *type,
                                                 const char *property) {
  const struct ets_retrievable *listed = ets_retrievable_find(object_type, property);
  while (!listed && type && (type = type->base))
    listed = ets_retrievable_find(type->name, property);
  return listed;
}

/* Of what Describe says beside the contract only dates count: the other types that it gives to
 * properties without one in the contract are often wrong. */
static enum ets_property_kind kind_of_listed(const char *object_type, const struct ets_type *type,
                                             const char *property) {
  const struct ets_retrievable *listed = find_listed(object_type, type, property);
  if (listed)
    return strcmp(listed->describe_type, "DateTime") == 0 ? ETS_PROPERTY_DATE : ETS_PROPERTY_VALUE;
  for (size_t i = 0; i < sizeof filterable_only / sizeof *filterable_only; i++)
    if (strcmp(filterable_only[i][0], object_type) == 0 &&
        strcmp(filterable_only[i][1], property) == 0)
      return ETS_PROPERTY_VALUE;
  return ETS_PROPERTY_MISSING;
}

enum ets_property_kind ets_filter_property(const char *object_type, const char *property) {
  if (!object_type || ets_retrievable_is_rows(object_type))
    return ETS_PROPERTY_OPEN;
  const struct ets_type *type = contract_type(object_type), *at = type;
  if (!type && !ets_retrievable_knows(object_type))
    return ETS_PROPERTY_OPEN;
  const char *rest = property;
  const struct ets_field *field = walk(&at, &rest);
  return field && *rest == '\0' && rest[-1] != '.' ? kind_of_field(field)
                                                   : kind_of_listed(object_type, type, property);
}

static void suggest_listed(struct ets_suggestion *suggestion, const char *object_type) {
  size_t count;
  const struct ets_retrievable *listed = ets_retrievable_properties(&count, object_type);
  for (size_t i = 0; i < count; i++)
    ets_suggest_from(suggestion, listed[i].property);
}

static void suggest_fields(struct ets_suggestion *suggestion, const struct ets_type *type) {
  for (uint32_t i = 0; type && i < type->field_count; i++)
    ets_suggest_from(suggestion, type->fields[i].name);
}

/* `SendID` of a Send is its ID, though it is SendID wherever else a send is meant. */
static const char *without_type_name(const char *object_type, const char *property) {
  size_t n = strlen(object_type);
  if (strncmp(property, object_type, n) != 0 ||
      ets_filter_property(object_type, property + n) == ETS_PROPERTY_MISSING)
    return NULL;
  return property + n;
}

const char *ets_filter_property_near(char *buffer, size_t size, const char *object_type,
                                     const char *property) {
  const struct ets_type *type = contract_type(object_type), *at = type;
  const char *shorter = without_type_name(object_type, property);
  if (shorter)
    return shorter;
  struct ets_suggestion whole = ets_suggest(property, strlen(property));
  suggest_listed(&whole, object_type);
  for (const struct ets_type *base = type; base && (base = base->base);)
    suggest_listed(&whole, base->name);
  suggest_fields(&whole, type);

  /* The first step of the path that is not there: `Clinet` of `Clinet.ID`. */
  const char *rest = property;
  walk(&at, &rest);
  size_t n = strcspn(rest, ".");
  struct ets_suggestion step = ets_suggest(rest, n);
  suggest_fields(&step, at);

  if (whole.best)
    return whole.best;
  if (!step.best)
    return NULL;
  int length =
      snprintf(buffer, size, "%.*s%s%s", (int)(rest - property), property, step.best, rest + n);
  return length >= 0 && (size_t)length < size ? buffer : NULL;
}
