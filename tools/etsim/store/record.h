/* One object that the server was told, and those of one type. */
#ifndef ETSIM_STORE_RECORD_H
#define ETSIM_STORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/node.h"

struct indexes;
struct kind;

struct record {
  struct node *tree;
  int account;     /* 0: of every account */
  bool loaded;     /* from a recording: given back as it is */
  uint64_t number; /* records are numbered from 1 in the order they came */
  size_t place;    /* in its table */
};

struct table {
  char *name;              /* "Subscriber", "DataExtensionObject[Key]" */
  struct record **records; /* NULL where one was deleted */
  size_t count, capacity;
  size_t gaps;
  struct indexes *indexes; /* see store/index.h */
  struct kind *kind;       /* made when first needed; owned here */
  void (*forget_kind)(struct kind *kind);
  bool loaded; /* holds recordings, whose properties the kind has to know */
};

#endif
