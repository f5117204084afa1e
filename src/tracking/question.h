/* A Retrieve of tracking objects under way: what is asked for, of whom. */
#ifndef ETS_TRACKING_QUESTION_H
#define ETS_TRACKING_QUESTION_H

#include <etsoap/tracking.h>

enum { ETS_QUESTION_NAMES = 64, ETS_QUESTION_IDS = 50 };

struct ets_question {
  ets_retrieve retrieve;
  const char *names[ETS_QUESTION_NAMES]; /* what the contract has of the defaults */
};

/* Begins a question of an object type. It asks for the scope's properties, or else for these, of
 * which there are no more than ETS_QUESTION_NAMES.
 * @param scope  NULL: the caller's account */
ets_status ets_question_begin(struct ets_question *question, ets_session *session,
                              const char *object_type, const char *const *properties,
                              const ets_scope *scope);

/* Whether a NULL-terminated list has a name. */
bool ets_question_names(const char *const *names, const char *name);

/* Whether this contract has a property of the `known` ones, which are those that are asked for by
 * default. True for others: the service may know them. */
bool ets_question_has(const char *object_type, const char *const *known, const char *property);

/* The same for names of the user's choice; the first that is not there is the session's error. */
ets_status ets_question_check(ets_session *session, const char *object_type,
                              const char *const *known, const char *const *names, size_t count);

/* Opens it with a filter of our own making, which is freed; NULL: none. */
ets_status ets_question_open(ets_cursor **cursor, ets_session *session,
                             struct ets_question *question, ets_filter *filter);

/* Opens a Retrieve of what a filter of our own making finds, in pages of the service's own size.
 * @param properties  NULL-terminated; the scope's own are for what its call is about
 * @param filter      is freed; NULL: out of memory */
ets_status ets_question_find(ets_cursor **cursor, ets_session *session, const char *object_type,
                             const char *const *properties, const ets_scope *scope,
                             ets_filter *filter);

/* A filter that finds objects by their ids, ETS_QUESTION_IDS at most. NULL: out of memory. */
ets_filter *ets_question_ids(const char *property, const int64_t *ids, size_t count);

/* Copies what tells an object from all others, which every row has.
 * @param name  what the object goes by, for ETS_E_PROTOCOL when it is missing or does not fit */
ets_status ets_question_key(char *text, size_t size, ets_session *session, ets_object row,
                            const char *property, const char *name);

#endif
