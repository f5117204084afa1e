/*
 * A contract in memory: WSDL 1.1 with its XML Schemas, names resolved, independent of prefixes,
 * of the order of declarations and of how it is spread over files. Every fact knows its place.
 *
 * All strings are interned in the contract's arena and live as long as it does.
 */
#ifndef ETWSDL_MODEL_MODEL_H
#define ETWSDL_MODEL_MODEL_H

#include "etwsdl/base/map.h"

#define NS_XSD "http://www.w3.org/2001/XMLSchema"
#define NS_WSDL "http://schemas.xmlsoap.org/wsdl/"
#define NS_XML "http://www.w3.org/XML/1998/namespace"

struct place {
  const char *file;
  unsigned line;
  unsigned column; /* in characters, from 1 */
};

/* Interned: two names of one contract are equal when both pointers are. */
struct qname {
  const char *ns;    /* NULL: no namespace */
  const char *local; /* NULL: no name at all */
};

enum { UNBOUNDED = 0x7fffffff };

enum type_kind { TYPE_BUILTIN, TYPE_SIMPLE, TYPE_COMPLEX };
enum derivation {
  DERIVED_NOT,
  DERIVED_BY_EXTENSION,
  DERIVED_BY_RESTRICTION,
  DERIVED_BY_LIST,
  DERIVED_BY_UNION
};

struct type;

struct type_ref {
  struct qname name; /* local is NULL for an anonymous type */
  struct place at;
  struct type *type; /* NULL: nothing was said */
};

/* A facet of a simple type; enumeration values are in type.values instead. */
struct facet {
  const char *name;
  const char *value;
  struct place at;
};

struct enum_value {
  const char *text;
  struct place at;
};

struct type {
  enum type_kind kind;
  struct qname name; /* of an anonymous type: namespace of its owner, local is the path */
  bool anonymous;
  bool abstract;
  bool mixed;
  bool simple_content;
  enum derivation derivation;
  struct place at;
  struct type_ref base;         /* extension, restriction; the item type of a list */
  struct list members;          /* struct type_ref, of a union */
  struct particle *content;     /* complex: NULL when empty */
  struct particle *sent;        /* the same as messages show it: sent.h */
  struct list attributes;       /* struct attribute */
  struct list attribute_groups; /* struct group_ref */
  struct particle *any_attribute;
  struct list values;        /* struct enum_value, in order */
  struct list facets;        /* struct facet */
  const char *block, *final; /* as written, or NULL */
  const char *documentation; /* or NULL */
  struct map fields;         /* struct element, its own by spelled name: see check.c */
  struct list derived;       /* struct type: those that name it as their base */
  int mark;                  /* for walks that look for cycles */
  unsigned depth;            /* how many types it is made of, itself included: see check.c */
  unsigned reach;            /* REACH_... bits, see reach.h */
  unsigned itself;           /* the same, but for types that are made of it */
  size_t expanded;           /* see check_size.c */
  struct texts *texts;       /* see values.c */
};

enum particle_kind {
  PARTICLE_ELEMENT,
  PARTICLE_ANY,
  PARTICLE_GROUP,
  PARTICLE_SEQUENCE,
  PARTICLE_CHOICE,
  PARTICLE_ALL
};

struct group_ref {
  struct qname name;
  struct place at;
  struct group *group;
};

struct particle {
  enum particle_kind kind;
  struct place at;
  unsigned min;
  unsigned max; /* UNBOUNDED */
  struct element *element;
  struct group_ref group;
  struct list children;      /* struct particle */
  const char *any_namespace; /* "##any" when not given */
  const char *process_contents;
};

struct element {
  struct qname name; /* of a reference: the name of what it refers to */
  struct place at;
  bool is_reference;
  struct element *target; /* of a reference */
  struct type_ref type;
  bool nillable;
  bool qualified;
  bool abstract;
  const char *default_value;
  const char *fixed;
  struct qname substitutes; /* substitutionGroup */
  const char *block, *final;
  const char *documentation;
  struct list substituted_by; /* struct element, of one that is no reference */
  unsigned reach;             /* REACH_... bits, see reach.h */
  unsigned itself;            /* the same, but for a field that refers to it */
};

struct attribute {
  struct qname name;
  struct place at;
  bool is_reference;
  struct attribute *target;
  struct type_ref type;
  const char *use; /* optional, required, prohibited */
  const char *default_value;
  const char *fixed;
  bool qualified;
};

/* xsd:group with content, or xsd:attributeGroup with attributes. */
struct group {
  struct qname name;
  struct place at;
  struct particle *content;
  struct list attributes;
  struct list attribute_groups;
  struct particle *any_attribute;
  int mark;
  size_t expanded; /* see check_size.c */
};

struct part {
  const char *name;
  struct place at;
  struct qname element_name;
  struct element *element;
  struct type_ref type;
};

struct message {
  struct qname name;
  struct place at;
  struct list parts;
};

/* input, output or fault of an operation; of a port type with a message, of a binding with the
 * SOAP facts. */
struct soap_header {
  struct qname message_name;
  struct message *message;
  const char *part;
  const char *use;
  bool is_fault;
  struct place at;
};

struct flow {
  bool present;
  const char *name;
  struct place at;
  struct qname message_name;
  struct message *message;
  const char *use; /* soap:body or soap:fault */
  const char *parts;
  const char *ns;
  const char *encoding;
  struct list headers; /* struct soap_header */
};

struct operation {
  const char *name;
  struct place at;
  struct flow input, output;
  struct list faults; /* struct flow */
  bool output_first;  /* solicit-response and notification */
  const char *parameter_order;
  const char *action; /* binding; NULL when not given */
  const char *style;  /* binding */
  const char *documentation;
  const struct operation *declared; /* binding: that of the port type */
};

struct port_type {
  struct qname name;
  struct place at;
  struct list operations;
};

struct binding {
  struct qname name;
  struct place at;
  struct qname type_name;
  struct port_type *type;
  const char *protocol; /* "SOAP 1.1", "SOAP 1.2", "HTTP", "unknown" */
  const char *style;
  const char *transport;
  struct list operations;
};

struct port {
  const char *name;
  struct place at;
  struct qname binding_name;
  struct binding *binding;
  const char *address;
};

struct service {
  struct qname name;
  struct place at;
  struct list ports;
};

enum severity { SEVERITY_NOTE, SEVERITY_ERROR };

struct diagnostic {
  enum severity severity;
  struct place at;
  const char *text;
};

/* A file that was read. */
struct document {
  const char *path;     /* as opened */
  const char *location; /* as the import says, NULL for the first */
  const char *bytes;    /* as on disk */
  size_t size;
};

struct contract {
  struct arena *arena;
  const char *path;
  const char *ns; /* target namespace of the WSDL */
  struct list documents;
  struct list types; /* named ones and, right after their owner is read, anonymous ones */
  struct list elements;
  struct list attributes;
  struct list groups;
  struct list attribute_groups;
  struct list messages;
  struct list port_types;
  struct list bindings;
  struct list services;
  struct list diagnostics;
  struct symbols *symbols;
  size_t errors;
  size_t not_understood; /* attributes and elements that were passed over */
};

enum space {
  SPACE_TYPE,
  SPACE_ELEMENT,
  SPACE_ATTRIBUTE,
  SPACE_GROUP,
  SPACE_ATTRIBUTE_GROUP,
  SPACE_MESSAGE,
  SPACE_PORT_TYPE,
  SPACE_BINDING,
  SPACE_SERVICE
};

struct contract *contract_new(void);
void contract_free(struct contract *contract); /* NULL is allowed */

/* False when the name is taken in this space; the first stays. */
bool contract_define(struct contract *contract, enum space space, struct qname name, void *what);
void *contract_find(const struct contract *contract, enum space space, struct qname name);

bool qname_equal(struct qname a, struct qname b);

/* The name as facts are written: target namespace without prefix, XML Schema's with `xsd:`, any
 * other as {namespace}local. Interned. */
const char *contract_spell(const struct contract *contract, struct qname name);
/* A name inside a type of namespace `ns`: local when it is of that namespace or of none. */
const char *contract_spell_in(const struct contract *contract, struct qname name, const char *ns);
const char *contract_spell_type(const struct contract *contract, const struct type *type);

/* A named type by its spelled name ("SentEvent", "{urn:x}T"); NULL when there is none. */
struct type *contract_type(const struct contract *contract, const char *local);

/* The XSD built-in a simple type comes from in the end: "string", "int"; NULL for a union, a list
 * or a complex type. */
const char *type_primitive(const struct type *type);

/* What an alias stands for, a restriction that restricts nothing; any other type is itself. */
const struct type *type_meant(const struct type *type);

void contract_error(struct contract *contract, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void contract_note(struct contract *contract, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
