/* An HTTP message on its way into a file, with what is secret replaced by `***`: header lines,
 * elements and members of JSON by their names, known secrets wherever they stand. Works on pieces
 * of any size and holds no more than a line. The body is XML, JSON, or anything else: then only
 * known secrets are found. UTF-16 is written as UTF-8. */
#ifndef ETS_REDACT_H
#define ETS_REDACT_H

#include "http/masker.h"

enum ets_redact_place {
  ETS_REDACT_TEXT,
  ETS_REDACT_MARKUP, /* behind a `<`: which kind is not known yet */
  ETS_REDACT_TAG,
  ETS_REDACT_COMMENT,
  ETS_REDACT_CDATA,
  ETS_REDACT_PI
};

enum ets_redact_member {
  ETS_REDACT_NAME,  /* what stands between two quotes may be a name */
  ETS_REDACT_NAMED, /* a secret one: a colon is next */
  ETS_REDACT_COLON, /* its value is next */
  ETS_REDACT_VALUE  /* in it: hidden up to its quote */
};

enum ets_redact_code {
  ETS_REDACT_BEGIN, /* of the body: not known yet */
  ETS_REDACT_BYTES,
  ETS_REDACT_UTF16_LE,
  ETS_REDACT_UTF16_BE
};

struct ets_redactor {
  struct ets_masker mask;
  bool subscribers; /* remove keys, ids and addresses of subscribers too */
  char line[8192];  /* of the header */
  size_t line_size;
  enum ets_redact_code code;
  char begin[2]; /* of the body, or of a unit of UTF-16 */
  size_t begun;
  unsigned high; /* first half of a pair of UTF-16; 0: none */
  enum ets_redact_place place;
  char tag[128]; /* begin of the markup in hand, behind its `<` */
  size_t tag_size;
  char quote;          /* of the attribute's value in hand, 0: none */
  char last[2];        /* the bytes before in this markup, the latest first */
  unsigned long depth; /* elements that are open from the secret one on; 0: none is */
  enum ets_redact_member member;
  char name[32]; /* begin of what may be the name of a member */
  size_t name_size;
  bool escaped; /* in a value, by the backslash before */
};

/* Starts a message; file and secrets as ets_masker_begin() has them.
 * @return false when out of memory */
bool ets_redact_begin(struct ets_redactor *redactor, FILE *file, bool subscribers,
                      const char *const *secrets);

/* Parts of the message; headers may follow one on another, of a proxy and of the service. */
void ets_redact_header(struct ets_redactor *redactor, const char *bytes, size_t size);
void ets_redact_body(struct ets_redactor *redactor, const char *bytes, size_t size);

/* Writes what is held back; the file stays open. */
void ets_redact_end(struct ets_redactor *redactor);

#endif
