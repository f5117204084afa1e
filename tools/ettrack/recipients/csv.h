/* CSV as RFC 4180 has it: commas, quotes, CRLF or LF; UTF-8, a byte order mark is skipped. */
#ifndef ETTRACK_RECIPIENTS_CSV_H
#define ETTRACK_RECIPIENTS_CSV_H

#include <stdbool.h>
#include <stddef.h>

/* A text that is read record by record. The fields are cut out of it in place. */
struct csv {
  char *at;            /* what comes next */
  size_t line;         /* of the record that was read last, from 1 */
  size_t lines;        /* read so far */
  const char **fields; /* of the record */
  size_t count;
  const char *wrong; /* what is wrong with the record; NULL: nothing */
};

/* `text` is NUL-terminated, changed, and has to outlive the fields. */
void csv_begin(struct csv *csv, char *text);

/* Reads the next record; blank lines are none. False at the end, and when `wrong` says what is
 * wrong in `line`. */
bool csv_next(struct csv *csv);

void csv_end(struct csv *csv);

#endif
