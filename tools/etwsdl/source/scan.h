/*
 * One pass over the text before the parser sees it: the place of every start tag, and the refusal
 * of what a contract never needs and an attacker does (a DOCTYPE, so no entities; depth; size).
 */
#ifndef ETWSDL_SOURCE_SCAN_H
#define ETWSDL_SOURCE_SCAN_H

#include "etwsdl/source/document.h"

bool scan_tags(struct source *source, struct contract *contract);

#endif
