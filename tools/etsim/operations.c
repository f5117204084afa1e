/* The operations that answer from what is fixed. */
#include <string.h>

#include "answer.h"

#include "etH.h"

int SOAP_ENV__Fault(struct soap *soap, char *code, char *string, char *actor,
                    struct SOAP_ENV__Detail *detail, struct SOAP_ENV__Code *code12,
                    struct SOAP_ENV__Reason *reason, char *node, char *role,
                    struct SOAP_ENV__Detail *detail12) {
  (void)code, (void)string, (void)actor, (void)detail, (void)code12, (void)reason, (void)node;
  (void)role, (void)detail12;
  return soap->error = SOAP_NO_METHOD;
}

static int not_served(struct soap *soap) {
  answer_fault(soap->user, FAULT_SERVER, 5, "The method is not allowed on this object type.");
  return SOAP_STOP;
}

#define NOT_SERVED(operation, request, response)                                   \
  int operation(struct soap *soap, struct request *message, struct response *answer) { \
    (void)message, (void)answer;                                                   \
    return not_served(soap);                                                       \
  }

NOT_SERVED(__et__Create, _et__CreateRequest, _et__CreateResponse)
NOT_SERVED(__et__Update, _et__UpdateRequest, _et__UpdateResponse)
NOT_SERVED(__et__Delete, _et__DeleteRequest, _et__DeleteResponse)
NOT_SERVED(__et__Query, _et__QueryRequestMsg, _et__QueryResponseMsg)
NOT_SERVED(__et__Describe, _et__DefinitionRequestMsg, _et__DefinitionResponseMsg)
NOT_SERVED(__et__Execute, _et__ExecuteRequestMsg, _et__ExecuteResponseMsg)
NOT_SERVED(__et__Perform, _et__PerformRequestMsg, _et__PerformResponseMsg)
NOT_SERVED(__et__Configure, _et__ConfigureRequestMsg, _et__ConfigureResponseMsg)
NOT_SERVED(__et__Schedule, _et__ScheduleRequestMsg, _et__ScheduleResponseMsg)
NOT_SERVED(__et__VersionInfo, _et__VersionInfoRequestMsg, _et__VersionInfoResponseMsg)
NOT_SERVED(__et__Extract, _et__ExtractRequestMsg, _et__ExtractResponseMsg)
NOT_SERVED(__et__GetSystemStatus, _et__SystemStatusRequestMsg, _et__SystemStatusResponseMsg)
