/* The demo data: sends, subscribers, lists, links and tracking events, all computed from a seed.
 *
 * Nothing is stored per recipient. A send has N recipients, numbered 0..N-1 in the order in which
 * they were sent to. A permutation of these numbers, the rank, says what a recipient does: ranks
 * 0..U-1 open, evenly spread ranks among them click, unsubscribe, forward, answer; the last B ranks
 * bounce. So every count is exact, any row is computed on its own, and the rows of one subscriber
 * are found without a search. */
#ifndef ETSIM_DEMO_DEMO_H
#define ETSIM_DEMO_DEMO_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/clock.h"
#include "ground/permutation.h"

enum {
  DEMO_SEND_ID = 12043295,
  DEMO_LISTS = 8,      /* in the account */
  DEMO_SEND_LISTS = 3, /* at most, of one send */
  DEMO_LINKS = 10,     /* of one send */
  DEMO_KEY_SIZE = 96   /* longest subscriber key or address, with its NUL */
};

enum event_type {
#define ETS_EVENT(id, name, object_type) EVENT_##id,
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
  EVENT_TYPES
};

struct send_list {
  int id;
  uint32_t first; /* recipients first..end-1 are on this list */
  uint32_t end;
};

/* What has happened, in a send or on one of its lists. */
struct demo_tally {
  uint32_t sent, hard, soft, other, opens, clicks, unsubs, forwards;
};

struct demo_counts {
  struct demo_tally lists[DEMO_SEND_LISTS];
  uint32_t link_total[DEMO_LINKS];
  uint32_t link_unique[DEMO_LINKS];
};

/* What is particular to a send that was started here. */
struct demo_started {
  char subject[256], email_name[256], definition_key[128], definition_id[64];
  long email;
  int64_t stopped; /* nothing happens after this date; INT64_MAX: it was not stopped */
  bool canceled;
};

struct send {
  int id;
  int account; /* MID of the business unit that owns it */
  unsigned ordinal;
  uint64_t key;     /* seed of everything in it */
  int64_t sent;     /* milliseconds on the server's clock */
  int64_t duration; /* milliseconds from the first to the last message */
  uint32_t recipients, not_sent;
  uint32_t hard, soft, other, bounces;
  uint32_t opens, opens_2, opens_3; /* recipients with at least 1, 2, 3 opens */
  uint32_t clicks, clicks_2, clicks_3;
  uint32_t unsubs, forwards, opt_ins, answers;
  uint32_t duplicates, invalid, undeliverable, unsubscribed, missing, errored;
  struct permutation people;  /* recipient to subscriber */
  struct permutation ranks;   /* rank to recipient */
  struct permutation bounced; /* order of bounces to rank */
  struct permutation chosen;  /* clicker to the place that decides about the link */
  int list_count;
  struct send_list lists[DEMO_SEND_LISTS];
  struct demo_started *started; /* NULL: it is of the demo data */
  /* counted when first asked for, see demo_count() */
  int64_t counted; /* up to this date; INT64_MIN: never */
  struct demo_counts counts;
};

struct demo {
  uint64_t seed;
  uint32_t subscribers; /* those who were sent to; excluded ones come on top */
  uint32_t excluded;
  size_t send_count;
  size_t seeded;      /* the first of them; the others were started here */
  struct send *sends; /* ascending by ID, which is also the order in time */
  const int *accounts;
  size_t account_count;
  struct clock clock;
  unsigned late_percent; /* of all events arrive late, ... */
  int64_t late_by;       /* ... by so many milliseconds at most */
  pthread_mutex_t lock;
};

/* One event, before anything is put into words. */
struct event {
  const struct send *send;
  enum event_type type;
  uint32_t row;
  uint32_t recipient; /* not for EVENT_NOT_SENT */
  uint32_t rank;
  uint32_t subscriber;
  uint32_t part; /* link of a click, question of an answer, 0 otherwise */
  int64_t date;
};

/* `accounts` are the business units, the parent first; it has to outlive the demo. */
bool demo_init(struct demo *demo, uint64_t seed, size_t sends, uint32_t subscribers,
               const int *accounts, size_t account_count);
void demo_free(struct demo *demo);
const struct send *demo_send_find(const struct demo *demo, int64_t id);

/* Up to when the events of a send are there: INT64_MAX when all of them are. */
int64_t demo_horizon(const struct demo *demo, const struct send *send);

/* When an event is there to be read: late ones after their date. */
int64_t demo_arrival(const struct demo *demo, const struct event *event);

/* Whether a send is there at all. */
bool demo_is_there(const struct demo *demo, const struct send *send);

/* "Scheduled", "Sending", "Complete", "Paused", "Canceled". */
const char *demo_send_status(const struct demo *demo, const struct send *send);

/* The counts per link and per list of a send, and of it as a whole, as far as it has come. Threads
 * may ask at the same time. */
void demo_count(struct demo *demo, const struct send *send, struct demo_counts *counts);
void demo_total(struct demo *demo, const struct send *send, struct demo_tally *total);

/* A send to everybody that begins at a date. Takes over `started`, which is allocated. Wants that
 * nobody reads. @return NULL: there are too many, or out of memory */
enum { DEMO_STARTED_LIMIT = 256 };
struct send *demo_start(struct demo *demo, int id, int account, int list, int64_t date,
                        struct demo_started *started);

/* demo_texts.c */
const char *demo_list_name(int id);
int demo_list_id(size_t index);
/* What a send is about: each theme has an email and a definition of its own. */
enum { DEMO_THEMES = 8, DEMO_GUID_SIZE = 37 };
unsigned demo_theme(const struct send *send);
const char *demo_theme_name(unsigned theme);
const char *demo_theme_subject(unsigned theme);
const char *demo_theme_campaign(unsigned theme);
int demo_email_id(unsigned theme);
void demo_definition_id(unsigned theme, char guid[DEMO_GUID_SIZE]);
const char *demo_email_name(const struct send *send);
const char *demo_subject(const struct send *send);
const char *demo_campaign(const struct send *send); /* "2026-11-newsletter"-like */
const char *demo_link_alias(unsigned link);
const char *demo_link_url(const struct send *send, unsigned link, char buffer[256]);
int demo_link_id(const struct send *send, unsigned link);
const char *demo_question(unsigned question);
const char *demo_answer(const struct event *event);

/* demo_people.c */
size_t demo_subscriber_key(const struct demo *demo, uint32_t subscriber, char key[DEMO_KEY_SIZE]);
size_t demo_subscriber_email(const struct demo *demo, uint32_t subscriber,
                             char email[DEMO_KEY_SIZE]);
int32_t demo_subscriber_id(uint32_t subscriber);
/* Profile attributes that every subscriber has, as people write them. */
enum { DEMO_ATTRIBUTES = 2 };
const char *demo_attribute_name(unsigned attribute);
const char *demo_attribute(const struct demo *demo, uint32_t subscriber, unsigned attribute);
/* @return the subscriber, or UINT32_MAX */
uint32_t demo_subscriber_by_key(const struct demo *demo, const char *key);
uint32_t demo_subscriber_by_id(const struct demo *demo, int64_t id);
uint32_t demo_subscriber_by_email(const struct demo *demo, const char *email);
uint32_t demo_subscriber_count(const struct demo *demo);

/* demo_events.c */
enum { DEMO_EVENTS_OF_ONE = 16 };

uint32_t demo_event_count(const struct send *send, enum event_type type);
void demo_event(const struct demo *demo, const struct send *send, enum event_type type,
                uint32_t row, struct event *event);
/* Rows of one subscriber, ascending. @return how many, at most DEMO_EVENTS_OF_ONE */
int demo_events_of(const struct demo *demo, const struct send *send, enum event_type type,
                   uint32_t subscriber, uint32_t rows[DEMO_EVENTS_OF_ONE]);
/* Narrows [*first, *end) to the rows that can lie between the dates, both included. */
void demo_events_between(const struct send *send, enum event_type type, int64_t from, int64_t to,
                         uint32_t *first, uint32_t *end);
int demo_batch(const struct event *event);
int demo_list(const struct event *event);       /* ID of the list that the recipient is on */
bool demo_is_master(const struct event *unsub); /* unsubscribed from everything */

enum demo_status { DEMO_ACTIVE, DEMO_BOUNCED, DEMO_HELD, DEMO_UNSUBSCRIBED };

/* What became of a subscriber, by the newest send of the parent account and by who was excluded;
 * `list` 0: in the account, else on this list. @param[out] date  of unsubscribing */
enum demo_status demo_status(const struct demo *demo, uint32_t subscriber, int list, int64_t *date);
int64_t demo_created(const struct demo *demo, uint32_t subscriber);

#endif
