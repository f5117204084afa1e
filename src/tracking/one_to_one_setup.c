/* What an account needs before one-to-one triggered sends can be tracked. Each step looks first. */
#include "tracking/one_to_one.h"

#include "call/session_private.h"
#include "tracking/question.h"

#include <etsoap/operations.h>
#include <etsoap/pool.h>

#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* ObjectID of the send log's template, the same in every account; what Configure answers when there
 * is such an attribute. */
#define SEND_LOG_TEMPLATE "c3af0d64-1867-de11-8767-001e0bcf2c98"
enum { ATTRIBUTE_EXISTS = 67006 };

static ets_status done(ets_one_to_one_change *change, ets_one_to_one_change what,
                       ets_status status) {
  if (change)
    *change = status == ETS_OK ? what : ETS_ONE_TO_ONE_NOTHING;
  return status;
}

static ets_status pool_failed(ets_session *session, const ets_pool *pool) {
  return ets_session_fail(session, ets_pool_status(pool), "%s", ets_pool_error(pool)->message);
}

typedef ets_status write_call(ets_batch_result *, ets_session *, const ets_object *, size_t,
                              const ets_batch_options *);

/* Sends the object that a pool holds, and frees the pool. */
static ets_status write_one(ets_session *session, write_call *call, ets_pool *pool,
                            ets_object object) {
  ets_batch_result result;
  ets_status status = ets_pool_status(pool);
  status = status == ETS_OK ? call(&result, session, &object, 1, NULL) : pool_failed(session, pool);
  ets_pool_free(pool);
  return status;
}

/* --- the profile attribute ------------------------------------------------------------------- */

ets_status ets_one_to_one_attribute(ets_one_to_one_change *change, ets_session *session,
                                    const ets_one_to_one *how) {
  ets_object response;
  ets_status status = ets_one_to_one_check(session, how, false);
  if (status != ETS_OK)
    return done(change, ETS_ONE_TO_ONE_NOTHING, status);
  ets_pool *pool = ets_pool_new();
  ets_object attribute = ets_object_new(pool, "PropertyDefinition");
  ets_set(pool, attribute, "Name", how->attribute);
  ets_set(pool, attribute, "PropertyType", "string");
  status = ets_pool_status(pool);
  status = status == ETS_OK ? ets_configure(&response, session, "Create", &attribute, 1)
                            : pool_failed(session, pool);
  ets_pool_free(pool);
  if (status == ETS_E_REFUSED && ets_session_error(session)->code == ATTRIBUTE_EXISTS) {
    ets_session_start(session, NULL);
    return done(change, ETS_ONE_TO_ONE_NOTHING, ETS_OK);
  }
  return done(change, ETS_ONE_TO_ONE_CREATED, status);
}

/* --- the send log ---------------------------------------------------------------------------- */

/* The key of the data extension of that key or name. ETS_END: there is none. */
static ets_status find_send_log(char key[ETS_KEY_SIZE], ets_session *session, const char *name) {
  static const char *const properties[] = {"CustomerKey", "Name", NULL};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = ets_question_find(
      &cursor, session, "DataExtension", properties, NULL,
      ets_filter_or(ets_filter_equals("CustomerKey", name), ets_filter_equals("Name", name)));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK)
    status = ets_question_key(key, ETS_KEY_SIZE, session, row, "CustomerKey", name);
  ets_cursor_close(cursor);
  return status;
}

/* Looks whether a data extension is a send log, and whether it has the attribute's column. */
static ets_status check_send_log(bool *found, ets_session *session, const char *key,
                                 const char *attribute) {
  static const char *const properties[] = {"Name", NULL};
  static const char *const needed[] = {"JobID", "BatchID", "SubscriberID"};
  bool has[] = {false, false, false};
  ets_cursor *cursor = NULL;
  ets_object row;
  *found = false;
  ets_status status = ets_question_find(&cursor, session, "DataExtensionField", properties, NULL,
                                        ets_filter_equals("DataExtension.CustomerKey", key));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const char *name = ets_get_text_or(row, "Name", "");
    *found = *found || strcasecmp(name, attribute) == 0;
    for (size_t i = 0; i < 3; i++)
      has[i] = has[i] || strcasecmp(name, needed[i]) == 0;
  }
  ets_cursor_close(cursor);
  if (status != ETS_END)
    return status;
  if (has[0] && has[1] && has[2])
    return ETS_OK;
  return ets_session_fail(session, ETS_E_USAGE,
                          "the data extension %.100s is no send log: it has no column%s%s%s%s%s%s",
                          key, has[0] ? "" : " ", has[0] ? "" : needed[0], has[1] ? "" : " ",
                          has[1] ? "" : needed[1], has[2] ? "" : " ", has[2] ? "" : needed[2]);
}

static ets_status create_send_log(ets_session *session, const ets_one_to_one *how) {
  ets_pool *pool = ets_pool_new();
  ets_object log = ets_object_new(pool, "DataExtension");
  ets_set(pool, log, "Name", how->send_log);
  ets_set(pool, log, "Template.ObjectID", SEND_LOG_TEMPLATE);
  ets_set(pool, log, "Fields.Field[0].Name", how->attribute);
  ets_set(pool, log, "Fields.Field[0].FieldType", "Text");
  return write_one(session, ets_create, pool, log);
}

static ets_status add_column(ets_session *session, const char *key, const char *attribute) {
  ets_pool *pool = ets_pool_new();
  ets_object log = ets_object_new(pool, "DataExtension");
  ets_set(pool, log, "CustomerKey", key);
  ets_set(pool, log, "Fields.Field[0].Name", attribute);
  ets_set(pool, log, "Fields.Field[0].MaxLength", "200");
  ets_set(pool, log, "Fields.Field[0].IsRequired", "false");
  return write_one(session, ets_update, pool, log);
}

ets_status ets_one_to_one_send_log(ets_one_to_one_change *change, ets_session *session,
                                   const ets_one_to_one *how) {
  char key[ETS_KEY_SIZE];
  bool found = false;
  ets_status status = ets_one_to_one_check(session, how, false);
  if (status == ETS_OK)
    status = find_send_log(key, session, how->send_log);
  if (status == ETS_END)
    return done(change, ETS_ONE_TO_ONE_CREATED, create_send_log(session, how));
  if (status == ETS_OK)
    status = check_send_log(&found, session, key, how->attribute);
  if (status != ETS_OK || found)
    return done(change, ETS_ONE_TO_ONE_NOTHING, status);
  return done(change, ETS_ONE_TO_ONE_UPDATED, add_column(session, key, how->attribute));
}

/* --- the triggered send definition ----------------------------------------------------------- */

/* ETS_END: there is no such definition. Whether it logs cannot be read: the service does not return
 * IsSendLogging. */
static ets_status find_definition(bool *active, ets_session *session, const ets_one_to_one *how) {
  static const char *const properties[] = {"CustomerKey", "TriggeredSendStatus", NULL};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = ets_one_to_one_check(session, how, true);
  *active = false;
  if (status == ETS_OK)
    status = ets_question_find(&cursor, session, "TriggeredSendDefinition", properties, NULL,
                               ets_filter_equals("CustomerKey", how->definition));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK)
    *active = strcmp(ets_get_text_or(row, "TriggeredSendStatus", ""), "Active") == 0;
  ets_cursor_close(cursor);
  return status;
}

/* Whether there is a word of what a new definition is made of. */
static ets_status check_email_id(ets_session *session, const ets_one_to_one *how) {
  if (how->email_id > 0)
    return ETS_OK;
  return ets_session_fail(session, ETS_E_NOT_FOUND,
                          "no triggered send definition %.100s in this account; a new one needs "
                          "the ID of an email",
                          how->definition);
}

static ets_status find_email(ets_session *session, const ets_one_to_one *how) {
  static const char *const properties[] = {"ID", NULL};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = check_email_id(session, how);
  if (status == ETS_OK)
    status = ets_question_find(&cursor, session, "Email", properties, NULL,
                               ets_filter_equals_integer("ID", how->email_id));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  ets_cursor_close(cursor);
  if (status == ETS_END)
    return ets_session_fail(session, ETS_E_NOT_FOUND,
                            "no email with the ID %" PRId32 " in this account, of which a new "
                            "triggered send definition could be made",
                            how->email_id);
  if (status != ETS_E_PERMISSION)
    return status;
  ets_session_start(session, NULL);
  return ETS_OK;
}

static ets_status create_definition(ets_session *session, const ets_one_to_one *how) {
  ets_status status = check_email_id(session, how);
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object definition = ets_object_new(pool, "TriggeredSendDefinition");
  ets_set(pool, definition, "CustomerKey", how->definition);
  ets_set(pool, definition, "Name", how->definition_name ? how->definition_name : how->definition);
  if (how->send_classification)
    ets_set(pool, definition, "SendClassification.CustomerKey", how->send_classification);
  ets_set_integer(pool, definition, "Email.ID", how->email_id);
  ets_set_boolean(pool, definition, "IsSendLogging", true);
  return write_one(session, ets_create, pool, definition);
}

/* Sets one property of the definition. */
static ets_status change_definition(ets_session *session, const ets_one_to_one *how,
                                    const char *property, const char *value) {
  ets_pool *pool = ets_pool_new();
  ets_object definition = ets_object_new(pool, "TriggeredSendDefinition");
  ets_set(pool, definition, "CustomerKey", how->definition);
  ets_set(pool, definition, property, value);
  return write_one(session, ets_update, pool, definition);
}

ets_status ets_one_to_one_definition(ets_one_to_one_change *change, ets_session *session,
                                     const ets_one_to_one *how) {
  bool active;
  ets_status status = find_definition(&active, session, how);
  if (status == ETS_END)
    return done(change, ETS_ONE_TO_ONE_CREATED, create_definition(session, how));
  if (status != ETS_OK)
    return done(change, ETS_ONE_TO_ONE_NOTHING, status);
  return done(change, ETS_ONE_TO_ONE_UPDATED,
              change_definition(session, how, "IsSendLogging", "true"));
}

ets_status ets_one_to_one_start(ets_one_to_one_change *change, ets_session *session,
                                const ets_one_to_one *how) {
  bool active;
  ets_status status = find_definition(&active, session, how);
  if (status == ETS_END)
    status =
        ets_session_fail(session, ETS_E_NOT_FOUND,
                         "no triggered send definition %.100s in this account", how->definition);
  if (status != ETS_OK || active)
    return done(change, ETS_ONE_TO_ONE_NOTHING, status);
  return done(change, ETS_ONE_TO_ONE_UPDATED,
              change_definition(session, how, "TriggeredSendStatus", "Active"));
}

/* --- all of it ------------------------------------------------------------------------------- */

ets_status ets_one_to_one_look(ets_session *session, const ets_one_to_one *how) {
  char key[ETS_KEY_SIZE];
  bool found;
  ets_status status = ets_one_to_one_check(session, how, true);
  if (status == ETS_OK)
    status = find_send_log(key, session, how->send_log);
  if (status == ETS_OK)
    status = check_send_log(&found, session, key, how->attribute);
  if (status == ETS_OK || status == ETS_END)
    status = find_definition(&found, session, how);
  return status == ETS_END ? find_email(session, how) : status;
}
