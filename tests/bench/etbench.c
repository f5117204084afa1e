/* Rows a second out of one page in memory, in 16 KB pieces, by four readers in turns: the
 * library's, the decoders that soapcpp2 generates, and the parsers libxml2 (SAX2) and expat with
 * handlers that do nothing. One JSON line a case.
 *
 *   etbench [--rows N] [--rounds N] [KIND...]
 */
#include "pages.h"

#include "wire/answer.h"

#include "etH.h"

#include <expat.h>
#include <libxml/parser.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "counted.h"

enum { PIECE = 16 * 1024, WAYS = 4 };

struct page {
  const char *bytes;
  size_t size;
  size_t at;
};

static size_t next_piece(struct page *page, const char **bytes) {
  size_t left = page->size - page->at, n = left < PIECE ? left : PIECE;
  *bytes = page->bytes + page->at;
  page->at += n;
  return n;
}

/* --- the library ----------------------------------------------------------------------------- */

static ets_status read_piece(void *context, const char **bytes, size_t *size, ets_error *error) {
  (void)error;
  *size = next_piece(context, bytes);
  return ETS_OK;
}

static int by_cursor(struct page *page) {
  struct ets_arena arena = {0};
  struct ets_answer *answer;
  struct ets_answer_source source = {page, read_piece};
  struct ets_answer_request request = {.response = ets_type_find("RetrieveResponseMsg", 19),
                                       .items = "Results",
                                       .peer = "memory",
                                       .arena = &arena};
  ets_error error;
  ets_object row;
  int rows = 0;
  ets_status status = ets_answer_open(&answer, &source, &request, &error);
  while (status == ETS_OK && (status = ets_answer_next(answer, &row, &error)) == ETS_OK)
    rows++;
  if (status != ETS_END)
    fprintf(stderr, "etbench: %s\n", error.message);
  ets_answer_close(answer);
  ets_arena_free(&arena);
  return status == ETS_END ? rows : -1;
}

/* --- generated decoders ---------------------------------------------------------------------- */

static size_t receive(struct soap *soap, char *buffer, size_t size) {
  struct page *page = soap->user;
  size_t n = page->size - page->at < size ? page->size - page->at : size;
  memcpy(buffer, page->bytes + page->at, n);
  page->at += n;
  return n;
}

static int by_stubs(struct page *page) {
  struct soap *soap = soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING | SOAP_ENC_PLAIN);
  struct _et__RetrieveResponseMsg response;
  int rows = -1;
  soap->user = page;
  soap->frecv = receive;
  soap_default__et__RetrieveResponseMsg(soap, &response);
  if (!soap_begin_recv(soap) && !soap_envelope_begin_in(soap) && !soap_recv_header(soap) &&
      !soap_body_begin_in(soap) &&
      soap_get__et__RetrieveResponseMsg(soap, &response, "et:RetrieveResponseMsg", NULL))
    rows = response.__sizeResults;
  else
    soap_print_fault(soap, stderr);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
  return rows;
}

/* --- parsers that keep nothing --------------------------------------------------------------- */

static void libxml_start(void *context, const xmlChar *name, const xmlChar *prefix,
                         const xmlChar *space, int declared, const xmlChar **declarations,
                         int attribute_count, int defaulted, const xmlChar **attributes) {
  (void)context, (void)name, (void)prefix, (void)space, (void)declared, (void)declarations;
  (void)attribute_count, (void)defaulted, (void)attributes;
}

static void libxml_end(void *context, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *space) {
  (void)context, (void)name, (void)prefix, (void)space;
}

static void libxml_text(void *context, const xmlChar *text, int n) {
  (void)context, (void)text, (void)n;
}

static int by_libxml2(struct page *page, int rows) {
  xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                       .startElementNs = libxml_start,
                       .endElementNs = libxml_end,
                       .characters = libxml_text,
                       .ignorableWhitespace = libxml_text,
                       .cdataBlock = libxml_text};
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
  const char *bytes;
  size_t n;
  int code = 0;
  while (!code && (n = next_piece(page, &bytes)))
    code = xmlParseChunk(parser, bytes, (int)n, 0);
  if (!code)
    code = xmlParseChunk(parser, NULL, 0, 1);
  xmlFreeParserCtxt(parser);
  return code ? -1 : rows;
}

static void expat_start(void *context, const XML_Char *name, const XML_Char **attributes) {
  (void)context, (void)name, (void)attributes;
}

static void expat_end(void *context, const XML_Char *name) {
  (void)context, (void)name;
}

static void expat_text(void *context, const XML_Char *text, int n) {
  (void)context, (void)text, (void)n;
}

static int by_expat(struct page *page, int rows) {
  XML_Parser parser = XML_ParserCreateNS(NULL, ' ');
  const char *bytes;
  size_t n;
  enum XML_Status status = XML_STATUS_OK;
  XML_SetElementHandler(parser, expat_start, expat_end);
  XML_SetCharacterDataHandler(parser, expat_text);
  do {
    n = next_piece(page, &bytes);
    status = XML_Parse(parser, bytes, (int)n, n == 0);
  } while (status == XML_STATUS_OK && n);
  XML_ParserFree(parser);
  return status == XML_STATUS_OK ? rows : -1;
}

/* --- measuring ------------------------------------------------------------------------------- */

static const char *const ways[WAYS] = {"cursor", "stubs", "libxml2", "expat"};

static int run(int way, struct page *page, int rows) {
  page->at = 0;
  switch (way) {
  case 0:
    return by_cursor(page);
  case 1:
    return by_stubs(page);
  case 2:
    return by_libxml2(page, rows);
  default:
    return by_expat(page, rows);
  }
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct result {
  double best; /* seconds of the quickest round: what the machine does besides is left out */
  uint64_t allocations;
};

static int measure(int kind, int rows, int rounds) {
  struct page page = {NULL, 0, 0};
  struct result results[WAYS] = {{0, 0}};
  char *bytes = page_make(kind, rows, &page.size);
  page.bytes = bytes;
  for (int round = 0; bytes && round < rounds; round++)
    for (int way = 0; way < WAYS; way++) {
      uint64_t before = counted_allocations();
      double begin = seconds();
      if (run(way, &page, rows) != rows) {
        fprintf(stderr, "etbench: %s by %s: not all rows\n", page_kinds[kind], ways[way]);
        free(bytes);
        return 1;
      }
      double took = seconds() - begin;
      if (round == 0 || took < results[way].best)
        results[way].best = took;
      results[way].allocations = counted_allocations() - before;
    }
  for (int way = 0; bytes && way < WAYS; way++)
    printf("{\"kind\":\"%s\",\"by\":\"%s\",\"rows_per_s\":%.0f,\"mb_per_s\":%.1f,"
           "\"allocations_per_row\":%.2f,\"of_libxml2\":%.2f}\n",
           page_kinds[kind], ways[way], rows / results[way].best,
           (double)page.size / 1e6 / results[way].best, (double)results[way].allocations / rows,
           results[2].best / results[way].best);
  free(bytes);
  return !bytes;
}

static int usage(void) {
  fputs("usage: etbench [--rows N] [--rounds N] [KIND...]\nkinds:", stderr);
  for (int i = 0; i < PAGE_KINDS; i++)
    fprintf(stderr, " %s", page_kinds[i]);
  fputc('\n', stderr);
  return 2;
}

/* The positive number that follows an option; 0: none. */
static int number(const char *text) {
  char *end;
  long value = text ? strtol(text, &end, 10) : 0;
  return text && *text && !*end && value > 0 && value < 1000000 ? (int)value : 0;
}

int main(int argc, char **argv) {
  int rows = 2500, rounds = 20, failed = 0, i = 1;
  for (; i < argc && argv[i][0] == '-'; i += 2) {
    int *target = strcmp(argv[i], "--rows") == 0     ? &rows
                  : strcmp(argv[i], "--rounds") == 0 ? &rounds
                                                     : NULL;
    if (!target || !(*target = number(argv[i + 1])))
      return usage();
  }
  for (int kind = 0; kind < PAGE_KINDS; kind++) {
    bool wanted = i == argc;
    for (int at = i; at < argc; at++)
      wanted |= strcmp(argv[at], page_kinds[kind]) == 0;
    if (wanted)
      failed |= measure(kind, rows, rounds);
  }
  return failed;
}
