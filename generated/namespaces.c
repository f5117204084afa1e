/* libgsoapssl wants a table of this name: the one soapcpp2 wrote, under the name it looks for. */
#define et_namespaces namespaces
#include "et.nsmap"
