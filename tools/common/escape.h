/* Text on its way into JSON, into XML, and onto a terminal. Bytes that are no UTF-8 never come
 * through as they are. */
#ifndef COMMON_ESCAPE_H
#define COMMON_ESCAPE_H

#include "common/buffer.h"

/* A JSON string with its quotes; what is no UTF-8 becomes U+FFFD. */
void escape_json(struct buffer *buffer, const char *text, size_t size);

/* Content of an element, or of an attribute in double quotes. A carriage return becomes a character
 * reference, so that a parser gives it back; what XML cannot carry becomes U+FFFD. */
void escape_xml(struct buffer *buffer, const char *text, size_t size);

/* The same for an attribute's value, in which a parser would turn line ends and tabs into blanks:
 * they become character references too. */
void escape_xml_attribute(struct buffer *buffer, const char *text, size_t size);

/* What a terminal may be shown: control characters (C0, DEL, C1), line and paragraph separators and
 * the marks that turn the direction of text become \n, \x1b, \u202e; so do bytes that are no
 * UTF-8, as \x9b. */
void escape_terminal(struct buffer *buffer, const char *text, size_t size);

#endif
