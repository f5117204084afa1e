/* Rows a second out of one page in memory: the decoders that soapcpp2 generates against the
 * library's, in turns, so that the ratio stands whatever else the machine does.
 *
 *   bench_decode [ROWS [ROUNDS]]
 */
#include "wire/decode.h"

#include "etH.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct page {
  const char *bytes;
  size_t size;
  size_t at;
};

static size_t receive(struct soap *soap, char *buffer, size_t size) {
  struct page *page = soap->user;
  size_t n = page->size - page->at < size ? page->size - page->at : size;
  memcpy(buffer, page->bytes + page->at, n);
  page->at += n;
  return n;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope "
    "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body><RetrieveResponseMsg "
    "xmlns=\"http://exacttarget.com/wsdl/partnerAPI\"><OverallStatus>OK</OverallStatus>"
    "<RequestID>5d1c1b22-0000-4000-8000-000000000001</RequestID>";
static const char row_text[] =
    "<Results xsi:type=\"SentEvent\"><Client><ID>7281</ID></Client><PartnerKey xsi:nil=\"true\" />"
    "<PartnerProperties><Name>ListID</Name><Value>27</Value></PartnerProperties>"
    "<ObjectID xsi:nil=\"true\" /><SendID>12043295</SendID>"
    "<SubscriberKey>subscriber-%08d@example.com</SubscriberKey>"
    "<EventDate>2026-10-31T08:45:%02d.71</EventDate><EventType>Sent</EventType>"
    "<TriggeredSendDefinitionObjectID xsi:nil=\"true\" /><BatchID>1</BatchID></Results>";
static const char tail[] = "</RetrieveResponseMsg></soap:Body></soap:Envelope>";

static char *make_page(int rows, size_t *size) {
  size_t room = sizeof head + sizeof tail + (size_t)rows * (sizeof row_text + 16);
  char *page = malloc(room);
  FILE *file = page ? fmemopen(page, room, "w") : NULL;
  if (!file)
    exit(1);
  fputs(head, file);
  for (int i = 0; i < rows; i++)
    fprintf(file, row_text, i, i % 60);
  fputs(tail, file);
  *size = (size_t)ftell(file);
  fclose(file);
  return page;
}

static struct soap *start(struct page *page) {
  struct soap *soap = soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING | SOAP_ENC_PLAIN);
  soap->user = page;
  soap->frecv = receive;
  page->at = 0;
  return soap;
}

static int open_answer(struct soap *soap) {
  return soap_begin_recv(soap) || soap_envelope_begin_in(soap) || soap_recv_header(soap) ||
         soap_body_begin_in(soap);
}

static int stop(struct soap *soap, int rows) {
  if (soap->error)
    soap_print_fault(soap, stderr);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
  return rows;
}

static int by_generated(struct page *page) {
  struct soap *soap = start(page);
  struct _et__RetrieveResponseMsg response;
  soap_default__et__RetrieveResponseMsg(soap, &response);
  int rows = 0;
  if (!open_answer(soap) &&
      soap_get__et__RetrieveResponseMsg(soap, &response, "et:RetrieveResponseMsg", NULL))
    rows = response.__sizeResults;
  return stop(soap, rows);
}

static int by_table(struct page *page) {
  struct soap *soap = start(page);
  struct ets_arena arena = {0};
  struct ets_decoder decoder = {soap, &arena, NULL};
  const struct ets_type *base = ets_type_find("APIObject", 9);
  ets_object row;
  int rows = 0;
  if (!open_answer(soap) && !soap_element_begin_in(soap, "et:RetrieveResponseMsg", 0, NULL))
    while (!soap_peek_element(soap)) {
      ets_arena_reset(&arena);
      if (!ets_decode_is(soap, "Results")) {
        if (ets_decode_skip(soap))
          break;
      } else if (ets_decode_object(&decoder, base, &row)) {
        break;
      } else {
        rows++;
      }
    }
  if (soap->error == SOAP_NO_TAG)
    soap->error = SOAP_OK;
  ets_arena_free(&arena);
  return stop(soap, rows);
}

int main(int argc, char **argv) {
  int rows = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2500;
  int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 40;
  struct page page = {NULL, 0, 0};
  page.bytes = make_page(rows, &page.size);
  double generated = 0, table = 0;
  for (int i = 0; i < rounds; i++) {
    double begin = seconds();
    int first = by_generated(&page);
    double middle = seconds();
    int second = by_table(&page);
    generated += middle - begin;
    table += seconds() - middle;
    if (first != rows || second != rows) {
      fprintf(stderr, "bench_decode: %d and %d rows of %d\n", first, second, rows);
      return 1;
    }
  }
  double all = (double)rows * rounds;
  printf("generated decoders  %9.0f rows/s\n", all / generated);
  printf("by the type table   %9.0f rows/s\n", all / table);
  printf("ratio               %9.2f\n", generated / table);
  free((void *)(uintptr_t)page.bytes);
  return 0;
}
