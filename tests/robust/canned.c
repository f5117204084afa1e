#include "canned.h"

#include "call/session_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* gSOAP's hooks know the session only; a test has one at a time in a thread. */
static _Thread_local struct canned *current;

static SOAP_SOCKET open_null(struct soap *soap, const char *endpoint, const char *host, int port) {
  (void)soap, (void)endpoint, (void)host, (void)port;
  return open("/dev/null", O_RDWR | O_CLOEXEC);
}

static int close_null(struct soap *soap) {
  if (soap_valid_socket(soap->socket))
    close(soap->socket);
  soap->socket = SOAP_INVALID_SOCKET;
  return SOAP_OK;
}

static int close_socket(struct soap *soap, SOAP_SOCKET socket) {
  (void)soap;
  return close(socket);
}

static int shutdown_socket(struct soap *soap, SOAP_SOCKET socket, int how) {
  (void)soap, (void)socket, (void)how;
  return 0;
}

static int is_open(struct soap *soap) {
  return soap_valid_socket(soap->socket) ? SOAP_OK : SOAP_EOF;
}

static int take(struct soap *soap, const char *bytes, size_t size) {
  (void)soap;
  current->sending = true;
  if (current->sent && current->sent_length + size < current->sent_size) {
    memcpy(current->sent + current->sent_length, bytes, size);
    current->sent_length += size;
    current->sent[current->sent_length] = '\0';
  }
  return SOAP_OK;
}

static size_t give(struct soap *soap, char *buffer, size_t size) {
  (void)soap;
  if (current->sending) {
    bool more = current->next < current->count;
    current->at = more ? current->answers[current->next] : NULL;
    current->left = more ? current->sizes[current->next++] : 0;
    current->sending = false;
  }
  if (size > current->left)
    size = current->left;
  if (current->piece && size > current->piece)
    size = current->piece;
  if (size == 0)
    return 0;
  memcpy(buffer, current->at, size);
  current->at += size;
  current->left -= size;
  return size;
}

void canned_install(ets_session *session, struct canned *canned) {
  current = canned;
  session->transport.send = take;
  session->transport.receive = give;
  session->soap->fopen = open_null;
  session->soap->fclose = close_null;
  session->soap->fclosesocket = close_socket;
  session->soap->fshutdownsocket = shutdown_socket;
  session->soap->fpoll = is_open;
}

void canned_rewind(struct canned *canned) {
  canned->next = canned->left = canned->sent_length = 0;
  canned->at = NULL;
  canned->sending = false;
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  long length = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  char *bytes = length >= 0 ? malloc((size_t)length + 1) : NULL;
  if (bytes) {
    rewind(file);
    *size = fread(bytes, 1, (size_t)length, file);
    bytes[*size] = '\0';
  }
  if (file)
    fclose(file);
  return bytes;
}

static char *put_chunks(char *to, const char *body, size_t size, size_t chunk) {
  for (size_t at = 0; at < size; at += chunk) {
    size_t n = size - at < chunk ? size - at : chunk;
    to += snprintf(to, 16, "%zx\r\n", n);
    memcpy(to, body + at, n);
    to += n;
    memcpy(to, "\r\n", 2);
    to += 2;
  }
  memcpy(to, "0\r\n\r\n", 5);
  return to + 5;
}

char *canned_add_file(struct canned *canned, const char *folder, const char *name, size_t chunk) {
  enum { HEADER_ROOM = 200 };
  char path[1024];
  size_t size = 0;
  snprintf(path, sizeof path, "%s/%s.xml", folder, name);
  char *body = read_file(path, &size);
  size_t room = HEADER_ROOM + size + (chunk ? (size / chunk + 2) * 20 : 0);
  char *whole = body && canned->count < CANNED_MAX ? malloc(room) : NULL;
  if (whole) {
    char length[40];
    snprintf(length, sizeof length, "Content-Length: %zu", size);
    char *end = whole + snprintf(whole, HEADER_ROOM,
                                 "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
                                 "Set-Cookie: id=cookie-secret\r\n%s\r\n\r\n",
                                 chunk ? "Transfer-Encoding: chunked" : length);
    if (chunk)
      end = put_chunks(end, body, size, chunk);
    else
      end = (char *)memcpy(end, body, size) + size;
    canned->answers[canned->count] = whole;
    canned->sizes[canned->count++] = (size_t)(end - whole);
  } else {
    fprintf(stderr, "cannot read %s\n", path);
  }
  free(body);
  return whole;
}
