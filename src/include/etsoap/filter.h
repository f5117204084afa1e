/** @file
 * Filters of a Retrieve, by builders or from text.
 *
 * Builders return a new filter, or NULL when out of memory; combining takes the operands over,
 * and a NULL operand or an error in one makes the whole an error, so expressions nest without
 * checks: the error shows when the filter is used, or with ets_filter_check(). Values are text
 * as a person writes them; whether one goes out as Value or as DateValue is decided by the
 * property's type in the contract. */
#ifndef ETSOAP_FILTER_H
#define ETSOAP_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <etsoap/error.h>

ETS_BEGIN_DECLS

/** A filter: one condition, or several combined. Owns everything in it. */
typedef struct ets_filter ets_filter;

/** The operators that a Retrieve takes. */
typedef enum ets_operator {
  ETS_EQUALS,
  ETS_NOT_EQUALS,
  ETS_GREATER_THAN,
  ETS_LESS_THAN,
  ETS_GREATER_THAN_OR_EQUAL,
  ETS_LESS_THAN_OR_EQUAL,
  ETS_IS_NULL,
  ETS_IS_NOT_NULL,
  ETS_BETWEEN,
  ETS_IN,
  ETS_LIKE
} ets_operator;

/** `property op value...`, any operator. `between` takes exactly two values, `isNull` and
 * `isNotNull` none, `IN` one or more (one value becomes `equals`, which the service wants), the
 * others one. Strings are copied. */
ETS_API ets_filter *ets_filter_simple(const char *property, ets_operator op,
                                      const char *const *values, size_t count);

/** `property equals value`. */
ETS_API ets_filter *ets_filter_equals(const char *property, const char *value);
/** `property equals value`, a number. */
ETS_API ets_filter *ets_filter_equals_integer(const char *property, int64_t value);
/** `property between low and high`, both ends included. */
ETS_API ets_filter *ets_filter_between(const char *property, const char *low, const char *high);
/** `property IN values`. */
ETS_API ets_filter *ets_filter_in(const char *property, const char *const *values, size_t count);

/** All of them hold. Takes the operands over. A single operand is returned as it is; none is an
 * error. An operand that is itself such a combination is merged, so `a AND (b AND c)` has three
 * operands. More than two become nested pairs on the wire. AND and OR below each other may be 100
 * levels deep. */
ETS_API ets_filter *ets_filter_and(ets_filter *left, ets_filter *right);
/** The same for any number of operands. */
ETS_API ets_filter *ets_filter_and_all(ets_filter *const *operands, size_t count);
/** One of them holds; else as ets_filter_and(). */
ETS_API ets_filter *ets_filter_or(ets_filter *left, ets_filter *right);
/** The same for any number of operands. */
ETS_API ets_filter *ets_filter_or_all(ets_filter *const *operands, size_t count);

/** More than two operands, of this filter and of those below it, go out as AdditionalOperands of
 * one part instead of nested pairs. NULL is allowed. */
ETS_API void ets_filter_use_additional_operands(ets_filter *filter, bool on);

/** Reads a filter from text, see docs/filters.md for the grammar:
 * `SendID = 12043295 AND (EventDate BETWEEN '2026-11-01' AND '2026-11-02' OR BatchID >= 5)`
 * @param[out] filter  free with ets_filter_free(); NULL on failure
 * @param[out] error   names the place and what would be right; may be NULL
 * @return ETS_OK, ETS_E_USAGE, ETS_E_NOMEM */
ETS_API ets_status ets_filter_parse(ets_filter **filter, const char *text,
                                    ets_error *error) ETS_WARN_UNUSED;

/** Text that ets_filter_parse() reads back to an equal filter. Free with free(). NULL when out of
 * memory or when the filter holds an error. */
ETS_API char *ets_filter_print(const ets_filter *filter);

/** Whether the filter can be sent for an object type: errors made while building, number of
 * values, dates, numbers and booleans that are none, properties that the type does not have or that
 * cannot be filtered. Every call that sends a filter does this first. Does not talk to the network.
 * @param object_type  "SentEvent", "DataExtensionObject[Key]"; NULL: only what holds for any type
 * @return ETS_OK; ETS_E_USAGE with a message that names the property, its column where the filter
 *         came from text, and, where one is near, a suggestion; ETS_E_NOMEM when memory ran out
 *         while the filter was built */
ETS_API ets_status ets_filter_check(const ets_filter *filter, const char *object_type,
                                    ets_error *error);

/** For what the service filters by although neither the contract nor a Describe knows it: nothing
 * that ets_filter_check() looks at is refused any more, but for errors made while building.
 * Dates are told from other text by the property's type, for an unknown property by its values. */
ETS_API void ets_filter_leave_unchecked(ets_filter *filter, bool on);

/** A copy, for use as an operand where the original is only borrowed. Free as any filter. NULL when
 * out of memory or when `filter` is NULL. */
ETS_API ets_filter *ets_filter_copy(const ets_filter *filter);

/** Frees a filter that was not taken over by another. NULL is allowed. */
ETS_API void ets_filter_free(ets_filter *filter);

ETS_END_DECLS
#endif
