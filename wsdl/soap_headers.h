/*
 * What soapcpp2 reads: the SOAP headers that the service takes, then the contract. The header
 * struct carries WS-Security (a user name, or a timestamp), WS-Addressing 2004/08 and the OAuth
 * token of the account.
 */
#import "wsse.h"
#import "wsa.h"

//gsoap fuel schema namespace: http://exacttarget.com
mutable struct SOAP_ENV__Header {
  char *fuel__fueloauth;
};

#import "et.h"
