/* The names that a contract gives C programs: structs with their members, enumerations with their
 * constants, stubs. Two contracts can be compared by them. */
#ifndef ETWSDL_EFFECT_NAMES_H
#define ETWSDL_EFFECT_NAMES_H

#include "etwsdl/meta/meta.h"

struct c_member {
  const char *type; /* as C writes it: "char *", "struct et__ClientID *" */
  const char *how;  /* what goes with it: ", counted by __sizeList", " in union_Owner" or "" */
  const char *into; /* the struct that it is or points to, "et__ClientID"; NULL: none */
  const char *wire; /* "Send.EmailName" */
};

struct c_struct {
  const char *wire;   /* "Send" */
  struct map members; /* struct c_member */
  struct list order;  /* const char *: their names */
};

struct c_names {
  struct arena *arena;
  struct map structs;   /* by C name: struct c_struct */
  struct map constants; /* of enumerations, and enumerations themselves: what they are, as text */
  struct map stubs;     /* soap_call___et__X and its kin: the operation's name */
};

void c_names_make(struct c_names *names, const struct meta *meta);

#endif
