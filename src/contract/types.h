/*
 * The contract as data: one entry per type, field and enum of the WSDL, with the place of each
 * field in the struct that soapcpp2 generated for it. `etwsdl meta` writes the tables in the
 * build; object, wire and filter read them. Private to the library and its tools.
 */
#ifndef ETS_CONTRACT_TYPES_H
#define ETS_CONTRACT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name with its length. */
#define ETS_NAME(literal) literal, sizeof literal - 1

/* No generated struct is larger: the tables check it. */
#define ETS_NIL_SIZE 4096

/* Of all types and elements of the contract. */
#define ETS_CONTRACT_NAMESPACE "http://exacttarget.com/wsdl/partnerAPI"

enum ets_kind {
  /* the first four are a char * of their own, ets_field_is_text() */
  ETS_KIND_STRING,   /* char *: xsd:string and whatever gSOAP keeps as text (xsd:integer too) */
  ETS_KIND_DATETIME, /* char *: xsd:dateTime, text as on the wire */
  ETS_KIND_DATE,     /* char *: xsd:date */
  ETS_KIND_TIME,     /* char *: xsd:time */
  ETS_KIND_BOOLEAN,  /* enum xsd__boolean */
  ETS_KIND_BYTE,     /* char */
  ETS_KIND_SHORT,    /* short */
  ETS_KIND_INT,      /* int */
  ETS_KIND_LONG,     /* LONG64 */
  ETS_KIND_DOUBLE,   /* double */
  ETS_KIND_BINARY,   /* struct xsd__base64Binary */
  ETS_KIND_ENUM,     /* int-sized enum, the value is the index into ets_enum.values */
  ETS_KIND_STRUCT,   /* struct of field.type */
  ETS_KIND_ANY       /* char *, mostly an array of them: XML text of an xsd:any; name "##any" */
};

enum {
  /* The struct holds a pointer to the value; NULL is absent. Text kinds and ETS_KIND_ANY never have
   * it: their value is the char * itself, which is NULL when absent. */
  ETS_FIELD_POINTER = 1,
  ETS_FIELD_ARRAY = 2,    /* pointer to count values; the count is an int at count_offset */
  ETS_FIELD_NILLABLE = 4, /* xsi:nil is allowed */
  ETS_FIELD_REQUIRED = 8, /* minOccurs is 1 or more */
  /* Member of a union; selected when the int at count_offset equals selector. Never an array. */
  ETS_FIELD_CHOICE = 16
};

struct ets_enum {
  const char *name;          /* "EventType" */
  const char *const *values; /* wire spelling, in the order of the contract */
  int count;
};

struct ets_type;

struct ets_field {
  const char *name;                   /* wire name, "SendID" */
  const struct ets_type *type;        /* ETS_KIND_STRUCT: the declared type */
  const struct ets_enum *enumeration; /* ETS_KIND_ENUM */
  uint32_t offset;                    /* in the generated struct of the type that lists the field */
  uint32_t count_offset;              /* see ETS_FIELD_ARRAY, ETS_FIELD_CHOICE */
  uint16_t flags;
  uint8_t kind; /* enum ets_kind */
  uint8_t selector;
};

struct ets_type {
  const char *name;               /* "SentEvent"; message elements by name; anonymous types once
                                    per type that has or inherits the field: "BusinessUnit.Roles" */
  const struct ets_type *base;    /* NULL for a root */
  const struct ets_field *fields; /* in wire order, inherited ones first */
  uint32_t field_count;
  uint32_t inherited; /* how many of the fields come from the bases */
  uint32_t size;      /* sizeof the generated struct */
  uint32_t link;      /* offset in the struct of the base of the pointer to this type (gSOAP -F) */
  uint16_t depth;     /* number of bases above */
  uint16_t flags;     /* ETS_TYPE_... */
};

enum {
  ETS_TYPE_ABSTRACT = 1,
  ETS_TYPE_HAS_DERIVED = 2 /* some type has this one as its base */
};

extern const struct ets_type *const ets_types[]; /* sorted by name, strcmp order */
extern const size_t ets_type_count;
extern const struct ets_enum *const ets_enums[]; /* sorted by name */
extern const size_t ets_enum_count;

/* Binary search by exact name of length n; NULL when the contract has no such type. */
const struct ets_type *ets_type_find(const char *name, size_t n);

/* Field by exact name of length n, inherited ones included; NULL when there is none. */
const struct ets_field *ets_type_field(const struct ets_type *type, const char *name, size_t n);

/* Whether a path without indexes leads from property to property: "Client.ID". */
bool ets_type_declares(const struct ets_type *type, const char *path);

/* Whether `type` is `base` or derives from it. */
bool ets_type_is(const struct ets_type *type, const struct ets_type *base);

#endif
