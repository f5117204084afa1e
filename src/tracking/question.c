#include "tracking/question.h"

#include "call/session_private.h"
#include "contract/operations.h"
#include "contract/types.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 24 };

/* Properties that the service returns though no contract declares them. */
static const char *const undeclared[] = {"BCCEmail", "ListID", "SubscriberID", NULL};

bool ets_question_names(const char *const *names, const char *name) {
  while (*names && strcmp(*names, name) != 0)
    names++;
  return *names;
}

static void ask_for(struct ets_question *question, const struct ets_type *type,
                    const char *const *properties) {
  ets_retrieve *retrieve = &question->retrieve;
  for (; *properties && retrieve->property_count < ETS_QUESTION_NAMES; properties++)
    if (ets_question_names(undeclared, *properties) || ets_type_declares(type, *properties))
      question->names[retrieve->property_count++] = *properties;
  retrieve->properties = question->names;
}

bool ets_question_has(const char *object_type, const char *const *known, const char *property) {
  return !ets_question_names(known, property) || ets_question_names(undeclared, property) ||
         ets_type_declares(ets_type_find(object_type, strlen(object_type)), property);
}

ets_status ets_question_check(ets_session *session, const char *object_type,
                              const char *const *known, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!ets_question_has(object_type, known, names[i]))
      return ets_session_fail(session, ETS_E_USAGE,
                              "this contract has no %s.%s; a plain Retrieve asks for it all the "
                              "same",
                              object_type, names[i]);
  return ETS_OK;
}

ets_status ets_question_begin(struct ets_question *question, ets_session *session,
                              const char *object_type, const char *const *properties,
                              const ets_scope *scope) {
  static const ets_scope caller = ETS_SCOPE_INIT;
  const struct ets_type *type = ets_type_find(object_type, strlen(object_type));
  ets_retrieve *retrieve = &question->retrieve;
  ets_session_start(session, ets_operations[ETS_OP_RETRIEVE].name);
  scope = scope ? scope : &caller;
  if (scope->version != ETS_SCOPE_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "scope: start from ETS_SCOPE_INIT");
  if (!type)
    return ets_session_fail(session, ETS_E_USAGE, "this contract has no %s", object_type);
  *retrieve = (ets_retrieve)ETS_RETRIEVE_INIT;
  retrieve->object_type = object_type;
  retrieve->client_ids = scope->client_ids;
  retrieve->client_id_count = scope->client_id_count;
  retrieve->all_accounts = scope->all_accounts;
  retrieve->batch_size = scope->batch_size;
  retrieve->properties = scope->properties;
  retrieve->property_count = scope->property_count;
  if (scope->properties)
    return ets_question_check(session, object_type, properties, scope->properties,
                              scope->property_count);
  ask_for(question, type, properties);
  return ETS_OK;
}

ets_status ets_question_open(ets_cursor **cursor, ets_session *session,
                             struct ets_question *question, ets_filter *filter) {
  question->retrieve.filter = filter;
  ets_status status = ets_cursor_open(cursor, session, &question->retrieve);
  ets_filter_free(filter);
  return status;
}

ets_status ets_question_find(ets_cursor **cursor, ets_session *session, const char *object_type,
                             const char *const *properties, const ets_scope *scope,
                             ets_filter *filter) {
  struct ets_question question;
  ets_scope all = scope ? *scope : (ets_scope)ETS_SCOPE_INIT;
  all.properties = NULL;
  all.batch_size = 0;
  *cursor = NULL;
  ets_status status = ets_question_begin(&question, session, object_type, properties, &all);
  if (status == ETS_OK && !filter)
    status = ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  if (status == ETS_OK)
    return ets_question_open(cursor, session, &question, filter);
  ets_filter_free(filter);
  return status;
}

ets_filter *ets_question_ids(const char *property, const int64_t *ids, size_t count) {
  char texts[ETS_QUESTION_IDS][DIGITS];
  const char *values[ETS_QUESTION_IDS];
  for (size_t i = 0; i < count; i++) {
    snprintf(texts[i], DIGITS, "%" PRId64, ids[i]);
    values[i] = texts[i];
  }
  return ets_filter_in(property, values, count);
}

ets_status ets_question_key(char *text, size_t size, ets_session *session, ets_object row,
                            const char *property, const char *name) {
  const char *key = ets_get_text_or(row, property, "");
  size_t length = strlen(key);
  if (length == 0 || length >= size)
    return ets_session_fail(session, ETS_E_PROTOCOL, "the %s %.200s has no %s",
                            ets_object_type(row), name, property);
  memcpy(text, key, length + 1);
  return ETS_OK;
}
