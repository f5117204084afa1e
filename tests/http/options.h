/* What a client is told in tests, where they say nothing else: what a session tells it. */
#ifndef TEST_HTTP_OPTIONS_H
#define TEST_HTTP_OPTIONS_H

#include "http/client.h"

#define HTTP_OPTIONS_INIT                                                                         \
  {                                                                                               \
    .connect_timeout = 10000, .send_timeout = 30000, .receive_timeout = 100000,                   \
    .total_timeout = 3600000, .least_speed = 16, .least_speed_time = 120000, .compression = true, \
    .keep_alive = true, .limits = {.header = 65536, .body = 1u << 30, .ratio = 400},              \
  }

#endif
