/* The one execute path. Every request goes out and every answer comes in through
 * ets_call_exchange(); an answer ends with ets_call_close() or ets_call_drop(). */
#ifndef ETS_CALL_H
#define ETS_CALL_H

#include "contract/types.h"
#include "call/session_private.h"

/* The operations, in the order of the contract: name, request and response element. */
#define ETS_OPERATION_MAP(X)                                                               \
  X(CONFIGURE, "Configure", ConfigureRequestMsg, ConfigureResponseMsg)                     \
  X(CREATE, "Create", CreateRequest, CreateResponse)                                       \
  X(DELETE, "Delete", DeleteRequest, DeleteResponse)                                       \
  X(DESCRIBE, "Describe", DefinitionRequestMsg, DefinitionResponseMsg)                     \
  X(EXECUTE, "Execute", ExecuteRequestMsg, ExecuteResponseMsg)                             \
  X(EXTRACT, "Extract", ExtractRequestMsg, ExtractResponseMsg)                             \
  X(GET_SYSTEM_STATUS, "GetSystemStatus", SystemStatusRequestMsg, SystemStatusResponseMsg) \
  X(PERFORM, "Perform", PerformRequestMsg, PerformResponseMsg)                             \
  X(QUERY, "Query", QueryRequestMsg, QueryResponseMsg)                                     \
  X(RETRIEVE, "Retrieve", RetrieveRequestMsg, RetrieveResponseMsg)                         \
  X(SCHEDULE, "Schedule", ScheduleRequestMsg, ScheduleResponseMsg)                         \
  X(UPDATE, "Update", UpdateRequest, UpdateResponse)                                       \
  X(VERSION_INFO, "VersionInfo", VersionInfoRequestMsg, VersionInfoResponseMsg)

enum ets_operation_id {
#define ETS_OPERATION_ID(id, name, request, response) ETS_OP_##id,
  ETS_OPERATION_MAP(ETS_OPERATION_ID)
#undef ETS_OPERATION_ID
};

/* Refuses when a cursor is open; frees what the last call returned; names the operation for
 * errors. First step of everything that talks to the network. */
ets_status ets_call_begin(ets_session *session, const char *operation);

/* Sends a request struct with credentials and reads the answer up to the first child of the
 * response element; sends it again as the session's policy says. The struct may live in gSOAP's
 * memory made after ets_call_begin(), or anywhere else. */
ets_status ets_call_exchange(ets_session *session, enum ets_operation_id operation,
                             const void *request);

/* Reads from behind the response element's last child to the end of the message. */
ets_status ets_call_close(ets_session *session);

/* Breaks off an answer in mid-air: its connection is closed. */
void ets_call_drop(ets_session *session);

/* The operation that a request element belongs to. False when it is none. */
bool ets_call_find(enum ets_operation_id *operation, const char *request);

/* Name of an operation and of its response element. */
const char *ets_call_name(enum ets_operation_id operation);
const char *ets_call_response(enum ets_operation_id operation);

/* The whole exchange: the response struct, decoded into the session's arena. */
ets_status ets_call(ets_session *session, enum ets_operation_id operation, const void *request,
                    void **response);

#endif
