#include "base/clock.h"
#include "http/trace_private.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static struct ets_transport *of(struct soap *soap) {
  return &((ets_session *)soap->user)->transport;
}

static size_t receive(struct soap *soap, char *buffer, size_t size) {
  struct ets_transport *transport = of(soap);
  int64_t start = ets_monotonic();
  size_t got = transport->receive(soap, buffer, size);
  transport->waited = ets_monotonic() - start;
  transport->ended = got == 0;
  transport->received += got;
  if (got)
    ets_trace_received(soap->user, buffer, got);
  return got;
}

/* Requests hold credentials, so they are wiped where gSOAP puts them together: in its buffer, and
 * in the blocks that it collects until the length is known. */
static void wipe_sent(struct soap *soap, const char *bytes, size_t size, int error) {
  bool in_buffer = bytes >= soap->buf && bytes < soap->buf + sizeof soap->buf;
  if (in_buffer || soap->blist)
    OPENSSL_cleanse((char *)(uintptr_t)bytes, size);
  if (error && soap->blist)
    for (char *p = soap_first_block(soap, NULL); p; p = soap_next_block(soap, NULL))
      OPENSSL_cleanse(p, soap_block_size(soap, NULL));
}

static int send_bytes(struct soap *soap, const char *bytes, size_t size) {
  ets_trace_sent(soap->user, bytes, size);
  int error = of(soap)->send(soap, bytes, size);
  wipe_sent(soap, bytes, size, error);
  return error;
}

/* Cookies are dropped: a call means the same whatever came before it, and gSOAP's jar does not
 * stand running out of memory. */
static int parse_header(struct soap *soap, const char *name, const char *value) {
  struct ets_transport *transport = of(soap);
  if (strcasecmp(name, "Set-Cookie") == 0)
    return SOAP_OK;
  if (strcasecmp(name, "Content-Type") == 0) {
    size_t n = 0;
    for (; value[n] && value[n] != ';' && n < sizeof transport->content_type - 1; n++)
      transport->content_type[n] = (char)tolower((unsigned char)value[n]);
    while (n > 0 && transport->content_type[n - 1] == ' ')
      n--;
    transport->content_type[n] = '\0';
  }
  return transport->parse_header(soap, name, value);
}

void ets_transport_install(struct soap *soap, struct ets_transport *transport) {
  transport->receive = soap->frecv;
  transport->send = soap->fsend;
  transport->parse_header = soap->fparsehdr;
  soap->frecv = receive;
  soap->fsend = send_bytes;
  soap->fparsehdr = parse_header;
}

void ets_transport_begin(struct ets_transport *transport) {
  transport->received = 0;
  transport->waited = 0;
  transport->ended = false;
  transport->content_type[0] = '\0';
}
