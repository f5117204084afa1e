/* The head of a request: its first line and its header fields. */
#ifndef ETSIM_NET_HEAD_H
#define ETSIM_NET_HEAD_H

#include "net/message.h"

/* Reads the lines, each of which ends in CR LF, into the request. They are cut into pieces.
 * @return 0, or the HTTP status that refuses them */
int head_parse(struct http_request *request, char *head);

#endif
