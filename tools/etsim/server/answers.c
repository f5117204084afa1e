#include "server/answers.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/hash.h"
#include "common/program.h"
#include "ground/numbers.h"
#include "ground/permutation.h"
#include "ground/whole_file.h"
#include "server/embedded.h"

/* So many of a shape, for their values differ; of large ones, which have all values there are, but
 * one. Beyond some number of files a folder helps nobody. */
enum { OF_A_SHAPE = 4, LARGE = 100000, FILES = 5000, DEPTH = 128, PATH_SIZE = 4096 };

struct answers {
  const char *folder;
  char contract[32]; /* name of the folder in it */
  pthread_mutex_t lock;
  struct numbers seen; /* shapes, each with the number among them */
  struct numbers parts;
  bool failed; /* and it was said */
};

static uint64_t hash_of(uint64_t seed, const char *bytes, size_t size) {
  return mix(hash_bytes(seed, bytes, size), size, 0);
}

static void lose(struct answers *answers, const char *path) {
  if (!answers->failed)
    complain("--answers: %s: %s", path, strerror(errno));
  answers->failed = true;
}

static bool is_there(const char *path, size_t size) {
  struct stat there;
  return stat(path, &there) == 0 && (size_t)there.st_size == size;
}

static bool write_file(struct answers *answers, const char *name, const char *bytes, size_t size) {
  char path[PATH_SIZE];
  struct whole_file file;
  snprintf(path, sizeof path, "%s/%s/%s", answers->folder, answers->contract, name);
  if (is_there(path, size))
    return true;
  whole_file_open(&file, path);
  bool done = whole_file_close(&file, file.stream && fwrite(bytes, 1, size, file.stream) == size);
  if (!done)
    lose(answers, path);
  return done;
}

static bool make_folder(struct answers *answers, const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST)
    return true;
  lose(answers, path);
  return false;
}

static bool write_contract(struct answers *answers, bool loaded) {
  char path[PATH_SIZE];
  uint64_t hash = hash_of(1, embedded_wsdl, embedded_wsdl_size);
  snprintf(answers->contract, sizeof answers->contract, "%016" PRIx64 "%s", hash,
           loaded ? "-loaded" : "");
  snprintf(path, sizeof path, "%s/%s", answers->folder, answers->contract);
  return make_folder(answers, answers->folder) && make_folder(answers, path) &&
         write_file(answers, "etframework.wsdl", embedded_wsdl, embedded_wsdl_size) &&
         write_file(answers, "ETFrameworkFault.xsd", embedded_fault_schema,
                    embedded_fault_schema_size);
}

struct answers *answers_open(const char *folder, bool loaded) {
  struct answers *answers = calloc(1, sizeof *answers);
  if (!answers) {
    complain("--answers: out of memory");
    return NULL;
  }
  answers->folder = folder;
  (void)pthread_mutex_init(&answers->lock, NULL);
  if (write_contract(answers, loaded))
    return answers;
  answers_free(answers);
  return NULL;
}

void answers_free(struct answers *answers) {
  if (!answers)
    return;
  numbers_free(&answers->seen);
  numbers_free(&answers->parts);
  (void)pthread_mutex_destroy(&answers->lock);
  free(answers);
}

/* --- shapes --------------------------------------------------------------------------------- */

/* What a text is: nothing, a number, a date or anything else. */
static uint64_t kind_of_text(const char *text, size_t size) {
  size_t digits = 0;
  while (digits < size && isdigit((unsigned char)text[digits]))
    digits++;
  if (digits == size)
    return size ? 1 : 0;
  return digits == 4 && text[4] == '-' ? 2 : 3;
}

/* What the elements and texts are, each once however often it comes. */
struct shape {
  struct numbers *parts;
  uint64_t sum;
  uint64_t path[DEPTH];
  size_t depth;
};

static void add_part(struct shape *shape, uint64_t part) {
  if (part == UINT64_MAX || numbers_have(shape->parts, part))
    return;
  (void)numbers_add(shape->parts, part);
  shape->sum += mix(part, 1, 1);
}

/* @param tag  between its angle brackets */
static void add_tag(struct shape *shape, const char *tag, size_t size) {
  if (tag[0] == '?' || tag[0] == '!')
    return;
  if (tag[0] == '/') {
    shape->depth -= shape->depth > 0;
    return;
  }
  size_t name = 0;
  while (name < size && !strchr(" /", tag[name]))
    name++;
  /* other attributes are names of namespaces, or identifiers */
  bool typed = size > name + 5 && memcmp(tag + name, " xsi:", 5) == 0;
  uint64_t above = shape->depth ? shape->path[shape->depth - 1] : 0;
  uint64_t path = hash_of(above, tag, typed ? size : name);
  add_part(shape, path);
  if (tag[size - 1] != '/' && shape->depth < DEPTH)
    shape->path[shape->depth++] = path;
}

static uint64_t shape_of(struct answers *answers, const struct buffer *envelope) {
  struct shape shape = {.parts = &answers->parts};
  const char *at = envelope->data, *end = at + envelope->size;
  numbers_clear(shape.parts);
  while (at < end) {
    const char *tag = memchr(at, '<', (size_t)(end - at));
    const char *close = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
    if (!close || close == tag + 1)
      break;
    if (shape.depth && tag[1] == '/')
      add_part(&shape, mix(shape.path[shape.depth - 1], kind_of_text(at, (size_t)(tag - at)), 2));
    add_tag(&shape, tag + 1, (size_t)(close - tag) - 1);
    at = close + 1;
  }
  return shape.sum;
}

void answers_keep(struct answers *answers, const char *operation, const struct buffer *envelope) {
  char name[128];
  if (!answers || !envelope->size || envelope->failed)
    return;
  (void)pthread_mutex_lock(&answers->lock);
  uint64_t shape = shape_of(answers, envelope);
  unsigned number = 0;
  if (envelope->size < LARGE)
    number = (unsigned)hash_of(1, envelope->data, envelope->size) % OF_A_SHAPE;
  uint64_t one = mix(shape, number, 3);
  bool is_new = one != UINT64_MAX && !numbers_have(&answers->seen, one);
  if (is_new && answers->seen.used < FILES && numbers_add(&answers->seen, one)) {
    snprintf(name, sizeof name, "%.60s-%016" PRIx64 "-%u.xml", *operation ? operation : "none",
             shape, number);
    (void)write_file(answers, name, envelope->data, envelope->size);
  }
  (void)pthread_mutex_unlock(&answers->lock);
}
