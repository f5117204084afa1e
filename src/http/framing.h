/* What gSOAP sends and receives as one stream of bytes, taken apart into the parts that a tap
 * sees: headers, also behind the exchange that opens a proxy's tunnel, and bodies without their
 * chunks. */
#ifndef ETS_HTTP_FRAMING_H
#define ETS_HTTP_FRAMING_H

#include "http/client.h"

enum ets_framing_state {
  ETS_FRAMING_HEADER,
  ETS_FRAMING_CHUNK_SIZE,
  ETS_FRAMING_CHUNK_END,
  ETS_FRAMING_BODY_START, /* another header may follow: of what is behind a proxy's tunnel */
  ETS_FRAMING_BODY
};

struct ets_framing {
  struct ets_http_tap *tap;
  bool sent; /* a request; otherwise an answer */
  enum ets_framing_state state;
  bool chunked;
  char line[1024];
  size_t line_length;
  size_t chunk_left;
};

void ets_framing_begin(struct ets_framing *framing, struct ets_http_tap *tap, bool sent);
void ets_framing_take(struct ets_framing *framing, const char *bytes, size_t size);

#endif
