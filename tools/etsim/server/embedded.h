/* The contract that this program was built from, as bytes. Written by embed.cmake. */
#ifndef ETSIM_SERVER_EMBEDDED_H
#define ETSIM_SERVER_EMBEDDED_H

#include <stddef.h>

extern const char embedded_wsdl[];
extern const size_t embedded_wsdl_size;
extern const char embedded_fault_schema[];
extern const size_t embedded_fault_schema_size;

#endif
