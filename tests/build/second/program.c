/* program QUOTE-ENDPOINT: a program with a gSOAP client of its own, generated from quote.h, asks
 * that service for a price and etsoap for a send, in turns. */
#include "soapH.h"
#include "quote.nsmap"

#include <etsoap/etsoap.h>

int main(int argc, char **argv) {
  int result = 1;
  ets_session *session = NULL;
  ets_object send;
  ets_error error;
  struct soap *soap = soap_new();
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK)
    goto cleanup;
  for (int i = 0; i < 2; i++) {
    double price = 0;
    if (soap_call_ns__price(soap, argv[1], NULL, "ET", &price) != SOAP_OK) {
      soap_print_fault(soap, stderr);
      goto cleanup;
    }
    if (ets_send_summary(&send, session, 12043295, NULL) != ETS_OK) {
      fprintf(stderr, "%s\n", ets_session_error(session)->message);
      goto cleanup;
    }
    printf("%.2f %lld\n", price, (long long)ets_get_integer(send, "NumberSent", -1));
  }
  result = 0;

cleanup:
  ets_session_free(session);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
  return result;
}
