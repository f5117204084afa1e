/* Faults by rule: when something goes wrong, and what. */
#ifndef ETSIM_FAULTS_RULES_H
#define ETSIM_FAULTS_RULES_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "faults/effects.h"

struct rule {
  const char *text;   /* as given */
  char operation[24]; /* "*": any */
  uint64_t call;      /* only this call, 0: any */
  uint64_t from;      /* from this call on */
  uint64_t every;     /* each so many calls, 0: all */
  double probability;
  uint64_t times; /* at most so often, 0: no limit */
  const struct effect *effect;
  struct effect_value value;
  uint64_t calls; /* seen so far */
  uint64_t done;  /* taken effect so far */
};

enum { RULES_LIMIT = 64 };

struct rules {
  pthread_mutex_t lock;
  uint64_t seed;
  uint64_t drawn; /* random numbers so far */
  size_t count;
  struct rule rules[RULES_LIMIT];
};

void rules_init(struct rules *rules, uint64_t seed);

/* Reads one rule; `text` has to outlive it. @return NULL, or what would be right */
const char *rules_add(struct rules *rules, const char *text);

/* The first rule that this call of an operation ("Retrieve", "token") meets; NULL: none. */
const struct rule *rules_match(struct rules *rules, const char *operation);

#endif
