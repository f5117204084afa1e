#include "etwsdl/source/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "etwsdl/base/file.h"
#include "etwsdl/source/bundle_local.h"
#include "etwsdl/source/digest.h"
#include "etwsdl/source/source.h"

struct collection {
  struct bundle *bundle;
  const struct bundle_reader *reader;
  const struct bundle_file *from;
};

static bool name_is_taken(const struct bundle *bundle, const char *name) {
  for (size_t i = 0; i < bundle->files.count; i++)
    if (strcmp(((struct bundle_file *)bundle->files.items[i])->name, name) == 0)
      return true;
  return false;
}

/* "types.xsd", or "types-2.xsd" when another document has that name already. */
static const char *free_name(const struct bundle *bundle, const char *wanted) {
  struct arena *arena = bundle->holder->arena;
  const char *dot = strrchr(wanted, '.');
  const char *name = wanted;
  int stem = (int)(dot - wanted);
  for (unsigned i = 2; name_is_taken(bundle, name); i++)
    name = intern_format(arena, "%.*s-%u%s", stem, wanted, i, dot);
  return intern(arena, name);
}

static struct bundle_file *add_file(struct bundle *bundle, const char *origin, const char *name) {
  struct bundle_file *file = arena_alloc(bundle->holder->arena, sizeof *file);
  file->origin = origin;
  file->name = name;
  list_add(bundle->holder->arena, &bundle->files, file);
  return file;
}

/* The local name of an import; a document that is new is put at the end of the list. */
static const char *name_import(void *context, const struct reader *reader, const xmlNode *node,
                               const char *location) {
  const struct collection *collection = context;
  struct bundle *bundle = collection->bundle;
  struct contract *holder = bundle->holder;
  struct place at = xml_place(reader, node);
  const char *origin = collection->reader->resolve(collection->reader->context, holder,
                                                   collection->from->origin, location, at);
  if (!origin)
    return NULL;
  for (size_t i = 0; i < bundle->files.count; i++) {
    const struct bundle_file *known = bundle->files.items[i];
    if (strcmp(known->origin, origin) == 0)
      return known->name;
  }
  const char *name = local_name(holder, location);
  if (!name) /* "?part=1": named after the document it is a part of */
    name = local_name(holder, origin);
  if (!name) {
    contract_error(holder, at, "cannot name a file for %s", location);
    return NULL;
  }
  if (bundle->files.count >= SOURCE_MOST_DOCUMENTS) {
    contract_error(holder, at, "more than %d documents, no contract is made of so many: %s",
                   SOURCE_MOST_DOCUMENTS, location);
    return NULL;
  }
  return add_file(bundle, origin, free_name(bundle, name))->name;
}

static bool take(struct collection *collection, struct bundle_file *file) {
  struct contract *holder = collection->bundle->holder;
  struct source source = {0};
  struct buffer local = {0};
  if (!collection->reader->get(collection->reader->context, holder, file))
    return false;
  digest_sha256(file->digest, file->bytes, file->size);
  collection->from = file;
  bool good = source_memory(&source, holder, file->origin, file->bytes, file->size) &&
              bundle_localise(holder, &source, name_import, collection, &local);
  file->local = arena_keep(holder->arena, &local, &file->local_size);
  source_free(&source);
  return good;
}

bool bundle_collect(struct bundle *bundle, const struct bundle_reader *reader, const char *origin,
                    const char *name) {
  struct collection collection = {bundle, reader, NULL};
  struct arena *arena = bundle->holder->arena;
  bundle->holder->path = intern(arena, origin);
  add_file(bundle, bundle->holder->path, intern(arena, name));
  for (size_t i = 0; i < bundle->files.count; i++)
    if (!take(&collection, bundle->files.items[i]))
      return false;
  return bundle->holder->errors == 0;
}

bool bundle_write(const struct bundle *bundle, const char *folder) {
  for (size_t i = 0; i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    char *path = need_format("%s/%s", folder, file->name);
    bool good = file_write(path, file->local, file->local_size);
    free(path);
    if (!good)
      return false;
  }
  return true;
}

static const char *resolve_file(void *context, struct contract *holder, const char *base,
                                const char *location, struct place at) {
  static const struct import_folders none = {0};
  const char *path = locate_import(holder, context ? context : &none, base, location);
  if (!path)
    complain_of_import(holder, base, location, at);
  return path;
}

static bool get_file(void *context, struct contract *holder, struct bundle_file *file) {
  struct source source = {0};
  (void)context;
  bool good = source_open(&source, holder, (struct place){0}, file->origin);
  file->bytes = source.bytes;
  file->size = source.size;
  source_free(&source);
  return good;
}

const struct bundle_reader bundle_from_files = {NULL, resolve_file, get_file};
