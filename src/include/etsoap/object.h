/** @file
 * Any object of the contract without knowing its C type: its kind, its properties by dotted path,
 * a checked way down to the generated struct. An ets_object is a few pointers, passed by value; it
 * owns nothing. What it points to lives as long as the call that returned it says. Nothing here
 * talks to the network. */
#ifndef ETSOAP_OBJECT_H
#define ETSOAP_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <etsoap/visibility.h>

ETS_BEGIN_DECLS

struct ets_type;
struct ets_notes;

/** An object of the contract: what it is, and where. `{0}` is no object. */
typedef struct ets_object {
  const struct ets_type *type; /**< NULL: no object. */
  void *data;                  /**< The generated struct, `struct et__SentEvent` and so on. */
  /** @cond */
  struct ets_notes *notes; /* what the struct cannot hold, NULL: nothing */
  /** @endcond */
} ets_object;

/** The four kinds of "no value" and "value" that the wire tells apart (absent element,
 * `xsi:nil`, empty element, anything else). */
typedef enum ets_presence { ETS_ABSENT, ETS_NIL, ETS_EMPTY, ETS_PRESENT } ets_presence;

/** What kind of value a property holds. */
typedef enum ets_value_kind {
  ETS_VALUE_TEXT,     /**< string, and enum values in their wire spelling */
  ETS_VALUE_DATETIME, /**< text as on the wire; ets_time_parse() reads it */
  ETS_VALUE_INTEGER,
  ETS_VALUE_DOUBLE,
  ETS_VALUE_BOOLEAN,
  ETS_VALUE_OBJECT, /**< a nested object, or one element of an array of objects */
  ETS_VALUE_BINARY
} ets_value_kind;

/** The value of a property. */
typedef struct ets_value {
  ets_presence presence; /**< The members below count for ETS_PRESENT, text for ETS_EMPTY too. */
  ets_value_kind kind;   /**< Which of the members below holds it. */
  const char *text;      /**< TEXT and DATETIME. INTEGER and DOUBLE: as it was sent, where that is
                              not how the number would be printed (`0012`, `1.50`); NULL
                              otherwise. Borrowed from the object. */
  int64_t integer;       /**< INTEGER, and BOOLEAN as 0 or 1 */
  double real;           /**< DOUBLE */
  ets_object object;     /**< OBJECT */
  const void *bytes;     /**< BINARY */
  size_t size;           /**< BINARY: number of bytes */
  size_t count;          /**< How many values there are where this one stands: of an array its
                              items, be it one; 0: the property is no array. */
  size_t index;          /**< Which of them this is, from 0. */
} ets_value;

/** Name of the object's type, "SentEvent"; "" for no object and for an element that the contract
 * does not declare and that names no type. Borrowed from the object. */
ETS_API const char *ets_object_type(ets_object object);

/** Whether the object is of type `name` or of one derived from it. */
ETS_API bool ets_object_is(ets_object object, const char *name);

/** Checked down-cast: the generated struct when the object is exactly of type `name`, NULL
 * otherwise. `const struct et__ClickEvent *click = ets_object_as(row, "ClickEvent");` */
ETS_API void *ets_object_as(ets_object object, const char *name);

/** Pairs a generated struct of your own with its type. Members that are no pointers always count
 * as set, since the struct cannot say otherwise. @param name  "SentEvent"
 * @return an object without type when the contract has no such type */
ETS_API ets_object ets_object_of(const char *name, void *data);

/** One property by dotted path: "SubscriberKey", "Client.ID", "Link.URL", "Fields.Field[2].Name".
 * What the contract does not declare is found by the name and path that it came with, and among
 * the PartnerProperties by name, case kept. The columns of a DataExtensionObject come first: one
 * that is called as a property of the contract hides that. A path to an array without an index
 * gives its first item, and how many there are in `count`. Does not allocate.
 * @return presence ETS_ABSENT when there is no such value */
ETS_API ets_value ets_get(ets_object object, const char *path);

/** ets_get() with the index of the path's last step as a number: `ets_get_item(email,
 * "ContentAreas", i)` for i below the `count` of the first. */
ETS_API ets_value ets_get_item(ets_object object, const char *path, size_t index);

/** The same as an object: `ets_get_object(response, "Results.Result", i)`.
 * @return no object when there is none at that place */
ETS_API ets_object ets_get_object(ets_object object, const char *path, size_t index);

/** Text of a property: strings, dates and enum values as on the wire. NULL when absent, nil or not
 * text. Borrowed from the object. */
ETS_API const char *ets_get_text(ets_object object, const char *path);

/** Any property that has a text, for printing: numbers and booleans as text too.
 * @return `otherwise` when absent, nil, an object or binary. Text is borrowed from the object, that
 *         of a number good until the 16th next such call of the thread. */
ETS_API const char *ets_get_text_or(ets_object object, const char *path, const char *otherwise);

/** Integer of a property, booleans as 0 or 1; text that is a whole number counts too.
 * @return `otherwise` when absent, nil or no integer */
ETS_API int64_t ets_get_integer(ets_object object, const char *path, int64_t otherwise);

/** A path resolved once and used on many objects: what a loop over rows wants. The text is
 * borrowed and has to outlive the path. */
typedef struct ets_path {
  /** @cond */
  const char *text;
  const struct ets_type *type;   /* the type that `field` was looked up in */
  const struct ets_field *field; /* first step, NULL: not declared */
  size_t index;                  /* the first step's [index] */
  const char *rest;              /* what follows the first step's dot, NULL: nothing */
  bool row;                      /* a data extension row: its columns come first */
  /** @endcond */
} ets_path;

/** Prepares a path. */
ETS_API ets_path ets_path_of(const char *text);

/** ets_get() by a prepared path; the first step is looked up only when the type differs from the
 * last object's. */
ETS_API ets_value ets_path_get(ets_path *path, ets_object object);

/** Writes any value as text: numbers as they were sent, others of them in decimal and doubles by
 * the shortest text that reads back the same, booleans true/false.
 * @return the length it has or would have, as snprintf does */
ETS_API size_t ets_value_format(const ets_value *value, char *buffer, size_t size);

/** Called for each property that is there, in the contract's order, then for what the contract
 * does not declare; PartnerProperties and data extension columns one by one, under their own
 * names; items of an array one after the other, with `count` and `index`. Return 0 to go on. */
typedef int ets_visitor(void *context, const char *name, const ets_value *value);

/** Walks the properties of one level. @return 0, or what the visitor returned */
ETS_API int ets_object_walk(ets_object object, ets_visitor *visit, void *context);

ETS_END_DECLS
#endif
