//gsoap ns service name: quote
//gsoap ns service namespace: urn:quote
//gsoap ns service encoding: literal
int ns__price(char *symbol, double *price);
