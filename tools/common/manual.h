/* What there is to know of a program or of one of its commands: its --help and its manual page say
 * the same, since both are made of this. */
#ifndef COMMON_MANUAL_H
#define COMMON_MANUAL_H

#include "common/options.h"

/* A name and what it means; tables end with a name that is NULL. */
struct manual_term {
  const char *name;
  const char *text;
};

/* Options under a heading, NULL for none: a few words without a colon, or sentences. */
struct manual_options {
  const char *heading;
  const struct option *options;
};

enum { MANUAL_TABLES = 16, MANUAL_NOTES = 4, MANUAL_COMMANDS = 40 };

struct manual {
  const char *program;
  const char *command;  /* NULL: the page is about the program */
  const char *operands; /* "TYPE[,TYPE...]", may be "" */
  const char *summary;  /* one line, without a full stop */
  const char *text;     /* paragraphs, and lines that begin with a blank; may be "" */
  struct manual_options options[MANUAL_TABLES];
  struct manual_term notes[MANUAL_NOTES];       /* headings of further text, and that */
  struct manual_term commands[MANUAL_COMMANDS]; /* which have pages of their own */
  /* Each of these may be NULL. */
  const struct manual_term *environment;
  const struct manual_term *files;
  const struct manual_term *exits; /* exit codes */
  const char *examples;            /* lines that begin with two blanks */
  const char *see_also;            /* "etsim(1) etsoap-time(7)" */
};

/* A table for the next heading; an empty one, or NULL, is none. */
void manual_add_options(struct manual *manual, const char *heading, const struct option *options);

/* The page of section 1, on stdout. */
void manual_print(const struct manual *manual);

/* For a --help: a summary as a sentence. */
void help_summary(const char *summary);
/* Paragraphs filled, lines that begin with a blank as they are. */
void help_text(const char *text);
void help_terms(const struct manual_term *terms, size_t column); /* texts from there on */
/* The options of all headings. */
void help_options(const struct manual *manual);
/* "Exit codes: 0 done, 1 failed." */
void help_exits(const struct manual_term *exits);

#endif
