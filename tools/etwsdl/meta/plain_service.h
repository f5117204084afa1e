/* Messages, port types, bindings, services in plain.wsdl: the body of a message is what its binding
 * says. */
#ifndef ETWSDL_META_PLAIN_SERVICE_H
#define ETWSDL_META_PLAIN_SERVICE_H

#include "etwsdl/meta/plain_writer.h"

void plain_service(struct plain *plain);

#endif
