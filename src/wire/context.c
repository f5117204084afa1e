#include "wire/context.h"

#include "etH.h"

#include <openssl/crypto.h>

struct soap *ets_context_new(void) {
  return soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING);
}

void ets_context_clear(struct soap *soap) {
  soap_destroy(soap);
  soap_end(soap);
}

void ets_context_free(struct soap *soap) {
  if (!soap)
    return;
  ets_context_clear(soap);
  OPENSSL_cleanse(soap->buf, sizeof soap->buf);
  OPENSSL_cleanse(soap->tmpbuf, sizeof soap->tmpbuf);
  OPENSSL_cleanse(soap->msgbuf, sizeof soap->msgbuf);
  soap_free(soap);
}
