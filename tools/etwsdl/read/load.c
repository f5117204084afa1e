#include "etwsdl/read/load.h"

#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/model/sent.h"
#include "etwsdl/read/imports.h"
#include "etwsdl/read/resolve.h"
#include "etwsdl/read/schema.h"
#include "etwsdl/read/wsdl.h"

struct loader {
  struct contract *contract;
  const struct import_folders *folders;
  struct list imports; /* struct import: those still to be read are at the end */
  struct map read;     /* a schema is read once per namespace it lands in */
};

static bool is_new(struct loader *loader, const char *path, const char *ns) {
  struct arena *arena = loader->contract->arena;
  const char *key = intern_format(arena, "%s\n%s", path, ns ? ns : "");
  return map_put(arena, &loader->read, key, loader);
}

static void keep_document(struct contract *contract, const struct source *source,
                          const char *location) {
  struct document *document = arena_alloc(contract->arena, sizeof *document);
  *document = (struct document){source->path, location, source->bytes, source->size};
  list_add(contract->arena, &contract->documents, document);
}

static const char *const expected[] = {"an XML Schema", "an XML Schema", "a WSDL 1.1 contract"};

static void wrong_root(const struct reader *reader, const xmlNode *root, enum import_kind kind) {
  const char *name = (const char *)root->name;
  struct place at = xml_place(reader, root);
  if (xml_is(root, NS_XSD, "schema"))
    contract_error(reader->contract, at,
                   "this is an XML Schema alone, not a WSDL 1.1 contract: give the WSDL that "
                   "imports it");
  else
    contract_error(reader->contract, at, "the root element is <%s>: this is not %s", name,
                   expected[kind]);
}

static void read_root(struct reader *reader, xmlNode *root, enum import_kind kind, const char *ns) {
  if (kind == IMPORT_WSDL && xml_is(root, NS_WSDL, "definitions"))
    wsdl_read(reader, root);
  else if (xml_is(root, NS_XSD, "schema") && reader->contract->documents.count > 1)
    schema_read(reader, root, kind == INCLUDE_SCHEMA, ns);
  else
    wrong_root(reader, root, kind);
}

static void read_source(struct loader *loader, struct source *source, enum import_kind kind,
                        const char *ns, const char *location) {
  struct contract *contract = loader->contract;
  xmlDoc *doc = xml_parse(contract, source);
  if (!doc)
    return;
  keep_document(contract, source, location);
  struct reader reader = {.contract = contract, .source = source, .imports = &loader->imports};
  read_root(&reader, xmlDocGetRootElement(doc), kind, ns);
  xmlFreeDoc(doc);
}

static void read_import(struct loader *loader, const struct import *import) {
  struct contract *contract = loader->contract;
  const char *path = locate_import(contract, loader->folders, import->from, import->location);
  struct source source;
  if (!path) {
    complain_of_import(contract, import->from, import->location, import->at);
    return;
  }
  if (!is_new(loader, path, import->kind == INCLUDE_SCHEMA ? import->ns : NULL))
    return;
  if (contract->documents.count >= SOURCE_MOST_DOCUMENTS) {
    contract_error(contract, import->at, "more than %d documents, no contract is made of so many",
                   SOURCE_MOST_DOCUMENTS);
    return;
  }
  if (source_open(&source, contract, import->at, path))
    read_source(loader, &source, import->kind, import->ns, import->location);
  source_free(&source);
}

static void load_source(struct contract *contract, struct source *source,
                        const struct import_folders *folders) {
  struct loader loader = {.contract = contract, .folders = folders};
  is_new(&loader, source->path, NULL);
  read_source(&loader, source, IMPORT_WSDL, NULL, NULL);
  for (size_t i = 0; i < loader.imports.count; i++)
    read_import(&loader, loader.imports.items[i]);
  if (contract->documents.count > 0)
    resolve(contract);
  if (contract->errors == 0)
    sent_compute(contract);
}

struct contract *contract_load(const char *path, const struct import_folders *folders) {
  struct contract *contract = contract_new();
  struct source source = {0};
  contract->path = intern(contract->arena, path);
  if (source_open(&source, contract, (struct place){0}, path))
    load_source(contract, &source, folders);
  source_free(&source);
  return contract;
}

struct contract *contract_load_memory(const void *bytes, size_t size,
                                      const struct import_folders *folders) {
  struct contract *contract = contract_new();
  struct source source = {0};
  contract->path = intern(contract->arena, "memory");
  if (source_memory(&source, contract, contract->path, bytes, size))
    load_source(contract, &source, folders);
  source_free(&source);
  return contract;
}
