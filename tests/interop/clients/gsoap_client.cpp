// gSOAP's own C++ client, of what wsdl2h and soapcpp2 made of the served contract, through the
// scenario: gsoap_client SCENARIO ENDPOINT. Prints JSON; a row in it is XML, as gSOAP writes the
// object that it read.
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include <jansson.h>

#include "SoapBinding.nsmap"
#include "soapSoapBindingProxy.h"

static std::string text_of(const json_t *object, const char *name) {
  return json_string_value(json_object_get(object, name));
}

static json_t *json_of(const std::string &text) {
  return json_stringn(text.data(), text.size());
}

class Caller {
public:
  Caller(const char *endpoint, const std::string &password)
      : proxy(endpoint, SOAP_XML_TREE | SOAP_C_UTFSTRING), soap(proxy.soap), password(password) {}

  json_t *retrieve(const json_t *query) {
    json_t *pages = json_array();
    ns1__RetrieveRequest request;
    _ns1__RetrieveRequestMsg message;
    request.ObjectType = text_of(query, "type");
    size_t i;
    json_t *property, *batch = json_object_get(query, "batch");
    json_array_foreach(json_object_get(query, "properties"), i, property)
        request.Properties.push_back(json_string_value(property));
    if (batch) {
      request.Options = soap_new_ns1__RetrieveOptions(soap);
      request.Options->BatchSize = soap_new_int(soap);
      *request.Options->BatchSize = static_cast<int>(json_integer_value(batch));
    }
    request.Filter = filter(json_object_get(query, "filter"));
    message.RetrieveRequest = &request;
    for (;;) {
      _ns1__RetrieveResponseMsg answer;
      sign();
      if (proxy.Retrieve(&message, answer) != SOAP_OK)
        return fault();
      json_t *rows = json_array();
      for (const ns1__APIObject *row : answer.Results)
        json_array_append_new(rows, json_of(as_xml(*row)));
      json_array_append_new(pages, rows);
      if (answer.OverallStatus != "MoreDataAvailable")
        return json_pack("{ss so}", "status", answer.OverallStatus.c_str(), "pages", pages);
      request.Filter = nullptr;
      request.ContinueRequest = soap_new_std__string(soap);
      *request.ContinueRequest = *answer.RequestID;
    }
  }

  json_t *create(const json_t *what) {
    _ns1__CreateRequest request;
    _ns1__CreateResponse answer;
    request.Options = soap_new_ns1__CreateOptions(soap);
    size_t i;
    json_t *given;
    json_array_foreach(json_object_get(what, "objects"), i, given) {
      ns1__Subscriber *subscriber = soap_new_ns1__Subscriber(soap);
      subscriber->EmailAddress = soap_new_std__string(soap);
      subscriber->SubscriberKey = soap_new_std__string(soap);
      *subscriber->EmailAddress = text_of(given, "EmailAddress");
      *subscriber->SubscriberKey = text_of(given, "SubscriberKey");
      request.Objects.push_back(subscriber);
    }
    sign();
    if (proxy.Create(&request, answer) != SOAP_OK)
      return fault();
    json_t *results = json_array();
    for (const ns1__CreateResult *result : answer.Results)
      json_array_append_new(
          results, json_pack("{ss ss si si si}", "StatusCode", result->StatusCode.c_str(),
                             "StatusMessage", result->StatusMessage.c_str(), "OrdinalID",
                             *result->OrdinalID, "ErrorCode",
                             result->ErrorCode ? *result->ErrorCode : 0, "NewID", result->NewID));
    return json_pack("{ss so}", "OverallStatus", answer.OverallStatus.c_str(), "Results", results);
  }

private:
  SoapBindingProxy proxy;
  struct soap *soap;
  std::string password;

  // gSOAP puts the answer's header where the request's was.
  void sign() {
    _wsse__Security *security = soap_new__wsse__Security(soap);
    security->UsernameToken = soap_new__wsse__UsernameToken(soap);
    security->UsernameToken->Username = soap_strdup(soap, getenv("INTEROP_USER"));
    security->UsernameToken->Password = soap_new__wsse__Password(soap);
    security->UsernameToken->Password->__item = soap_strdup(soap, password.c_str());
    proxy.soap_header(security);
  }

  ns1__FilterPart *filter(const json_t *part) {
    const json_t *left = json_object_get(part, "left");
    if (left) {
      ns1__ComplexFilterPart *complex = soap_new_ns1__ComplexFilterPart(soap);
      complex->LeftOperand = filter(left);
      soap_s2ns1__LogicalOperators(soap, text_of(part, "operator").c_str(),
                                   &complex->LogicalOperator);
      complex->RightOperand = filter(json_object_get(part, "right"));
      return complex;
    }
    ns1__SimpleFilterPart *simple = soap_new_ns1__SimpleFilterPart(soap);
    simple->Property = text_of(part, "property");
    soap_s2ns1__SimpleOperators(soap, text_of(part, "operator").c_str(), &simple->SimpleOperator);
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(part, "values"), i, value)
        simple->Value.push_back(json_string_value(value));
    json_array_foreach(json_object_get(part, "dates"), i, value) {
      time_t date;
      soap_s2dateTime(soap, json_string_value(value), &date);
      simple->DateValue.push_back(date);
    }
    return simple;
  }

  std::string as_xml(const ns1__APIObject &row) {
    std::ostringstream out;
    struct soap *writer = soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING);
    soap_set_namespaces(writer, soap->namespaces);
    writer->os = &out;
    if (soap_begin_send(writer) || row.soap_put(writer, "row", nullptr) || soap_end_send(writer))
      abort();
    soap_destroy(writer);
    soap_end(writer);
    soap_free(writer);
    return out.str();
  }

  json_t *fault() {
    if (!soap->fault)
      soap_set_fault(soap);
    return json_pack("{s{ss ss}}", "fault", "code", *soap_faultcode(soap), "text",
                     *soap_faultstring(soap));
  }
};

int main(int, char **arguments) {
  json_t *scenario = json_load_file(arguments[1], 0, nullptr);
  Caller caller(arguments[2], getenv("INTEROP_PASSWORD"));
  Caller stranger(arguments[2], text_of(scenario, "wrong_password"));
  json_t *seen = json_pack("{ss}", "client", "gSOAP in C++");
  for (const char *step : {"send", "window", "nested"})
    json_object_set_new(seen, step, caller.retrieve(json_object_get(scenario, step)));
  json_object_set_new(seen, "create", caller.create(json_object_get(scenario, "create")));
  json_object_set_new(seen, "refused", stranger.retrieve(json_object_get(scenario, "send")));
  std::cout << json_dumps(seen, 0);
  return 0;
}
