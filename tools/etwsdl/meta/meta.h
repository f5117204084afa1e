/*
 * `etwsdl meta`: the tables of src/contract/types.h for the structs that wsdl2h and soapcpp2 make
 * of a contract. What is assumed about their shape is checked by the compiler of what is written.
 */
#ifndef ETWSDL_META_META_H
#define ETWSDL_META_META_H

#include "etwsdl/model/fields.h"

/* A type that gets a struct: a named complex type, a message element, or an anonymous type, once
 * for each type that has or inherits its field. */
struct meta_type {
  const char *name;  /* "BusinessUnit.Roles" */
  const char *cname; /* "_et__BusinessUnit_Roles" */
  struct type *type;
  struct meta_type *base;
  struct list fields; /* struct meta_field, inherited first */
  struct map fields_by_name;
  size_t inherited;
  size_t depth;
  size_t index; /* in the sorted table */
  bool is_element;
  bool has_derived;
};

struct meta_enum {
  const char *name;
  const char *cname; /* "et__EventType" */
  struct type *type;
  size_t index;
};

struct meta_field {
  struct field *field;
  const char *cname; /* member, with the union in front for a choice: "union_FieldMap.SourceName" */
  const char *count; /* member that counts or selects, or NULL */
  const char *ctype; /* type of one value: "int", "struct et__Owner" */
  const char *kind;  /* "ETS_KIND_INT" */
  const char *selector; /* macro of the union selector, or NULL */
  bool text;            /* the value is a char * */
  bool array;
  bool any;
  struct meta_type *type;
  struct meta_enum *enumeration;
};

struct meta {
  struct contract *contract;
  struct list types; /* struct meta_type, sorted */
  struct list enums; /* struct meta_enum, sorted */
  struct map types_by_name, enums_by_name;
};

/* False after errors were added to the contract's diagnostics. */
bool meta_build(struct meta *meta, struct contract *contract);

/* The C source. Free with text_free. */
struct buffer meta_write(const struct meta *meta);

#endif
