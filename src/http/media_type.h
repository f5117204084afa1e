/* Of a Content-Type: `text/xml; charset="utf-8"`. */
#ifndef ETS_MEDIA_TYPE_H
#define ETS_MEDIA_TYPE_H

#include <stddef.h>

/* Both in lower case, "" when it is not said or does not fit: then it is nothing that anybody
 * compares with. */
void ets_media_type(char *type, size_t room, const char *content_type);
void ets_media_charset(char *charset, size_t room, const char *content_type);

#endif
