#include "wire/envelope.h"

#include "auth/credential.h"
#include "base/secret.h"
#include "contract/operations.h"
#include "wire/encode.h"
#include "wire/header.h"
#include "wire/namespaces.h"

#include "etH.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

/* What an envelope uses depends on the credentials; what is not used is not sent. */
static const struct Namespace username_namespaces[] = {
    {ETS_NAMESPACE_ENVELOPE}, {ETS_NAMESPACE_NO_ENCODING}, {ETS_NAMESPACE_XSI},
    {ETS_NAMESPACE_NO_XSD},   {ETS_NAMESPACE_CONTRACT},    {ETS_NAMESPACE_WSSE},
    {ETS_NAMESPACE_END}};

static const struct Namespace stamped_username_namespaces[] = {
    {ETS_NAMESPACE_ENVELOPE}, {ETS_NAMESPACE_NO_ENCODING}, {ETS_NAMESPACE_XSI},
    {ETS_NAMESPACE_NO_XSD},   {ETS_NAMESPACE_CONTRACT},    {ETS_NAMESPACE_WSSE},
    {ETS_NAMESPACE_WSU},      {ETS_NAMESPACE_END}};

static const struct Namespace token_namespaces[] = {
    {ETS_NAMESPACE_ENVELOPE}, {ETS_NAMESPACE_NO_ENCODING}, {ETS_NAMESPACE_XSI},
    {ETS_NAMESPACE_NO_XSD},   {ETS_NAMESPACE_CONTRACT},    {ETS_NAMESPACE_FUEL},
    {ETS_NAMESPACE_END}};

static const struct Namespace stamped_token_namespaces[] = {
    {ETS_NAMESPACE_ENVELOPE}, {ETS_NAMESPACE_NO_ENCODING}, {ETS_NAMESPACE_XSI},
    {ETS_NAMESPACE_NO_XSD},   {ETS_NAMESPACE_CONTRACT},    {ETS_NAMESPACE_FUEL},
    {ETS_NAMESPACE_WSSE},     {ETS_NAMESPACE_WSU},         {ETS_NAMESPACE_END}};

static const struct Namespace *namespaces_for(const struct ets_envelope_parts *parts) {
  if (parts->credential->kind == ETS_CREDENTIAL_TOKEN)
    return parts->lifetime > 0 ? stamped_token_namespaces : token_namespaces;
  bool stamped = parts->lifetime > 0 || parts->credential->kind == ETS_CREDENTIAL_DIGEST;
  return stamped ? stamped_username_namespaces : username_namespaces;
}

/* Not realloc(), which would leave copies of credentials behind. */
static bool make_room(struct ets_envelope *envelope, size_t more) {
  if (envelope->room - envelope->size >= more)
    return true;
  size_t room = (envelope->size + more) * 2 + 4096;
  char *text = malloc(room);
  if (!text)
    return false;
  if (envelope->text)
    memcpy(text, envelope->text, envelope->size);
  ets_wipe_bytes(envelope->text, envelope->room);
  envelope->text = text;
  envelope->room = room;
  return true;
}

static bool add(struct ets_envelope *envelope, const char *bytes, size_t size) {
  if (!make_room(envelope, size + 1))
    return false;
  memcpy(envelope->text + envelope->size, bytes, size);
  ets_wipe_registers();
  envelope->size += size;
  envelope->text[envelope->size] = '\0';
  return true;
}

bool ets_envelope_collect(struct ets_envelope *envelope, struct soap *soap, const char *bytes,
                          size_t size) {
  bool added = add(envelope, bytes, size);
  if (bytes >= soap->buf && bytes < soap->buf + sizeof soap->buf)
    OPENSSL_cleanse(soap->buf + (bytes - soap->buf), size);
  return added;
}

/* In place of gSOAP's sending. */
static int collect(struct soap *soap, const char *bytes, size_t size) {
  return ets_envelope_collect(soap->user, soap, bytes, size) ? SOAP_OK : SOAP_EOM;
}

static int put(struct soap *soap, const struct ets_envelope_parts *parts) {
  const char *name = parts->operation->request;
  return soap_begin_send(soap) || soap_envelope_begin_out(soap) || soap_putheader(soap) ||
         soap_body_begin_out(soap) || ets_encode(soap, name, parts->request) ||
         soap_body_end_out(soap) || soap_envelope_end_out(soap) || soap_end_send(soap);
}

bool ets_envelope_write(struct ets_envelope *envelope, struct soap *soap,
                        const struct ets_envelope_parts *parts) {
  int (*send)(struct soap *, const char *, size_t) = soap->fsend;
  void *user = soap->user;
  soap_mode mode = soap->omode;
  *envelope = (struct ets_envelope){0};
  soap_begin(soap);
  soap->fsend = collect;
  soap->user = envelope;
  soap->omode = SOAP_IO_BUFFER | SOAP_ENC_PLAIN | SOAP_C_UTFSTRING | SOAP_XML_TREE;
  soap->encodingStyle = NULL;
  soap_set_namespaces(soap, namespaces_for(parts));
  bool written = ets_header_put(soap, parts->credential, parts->lifetime) &&
                 soap->local_namespaces && !put(soap, parts);
  soap->header = NULL;
  soap->fsend = send;
  soap->user = user;
  soap->omode = mode;
  if (!written)
    ets_envelope_free(envelope);
  return written;
}

void ets_envelope_free(struct ets_envelope *envelope) {
  ets_wipe_bytes(envelope->text, envelope->room);
  *envelope = (struct ets_envelope){0};
}
