#include "read/load.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/resolve.h"
#include "read/schema.h"
#include "read/wsdl.h"

struct visit {
  const char *path;
  const char *ns;
};

struct loader {
  const struct load_options *options;
  struct list visits; /* struct visit: a schema is read once per namespace it lands in */
};

bool is_address(const char *location) {
  size_t n = strspn(location, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+.-");
  return n > 0 && strncmp(location + n, "://", 3) == 0;
}

const char *local_name(struct contract *contract, const char *location) {
  size_t n = strcspn(location, "?#");
  size_t start = n;
  while (start > 0 && location[start - 1] != '/')
    start--;
  struct text name = {0};
  for (size_t i = start; i < n; i++) {
    char c = location[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 (c == '.' && name.length > 0) || c == '-' || c == '_';
    text_add_n(&name, plain ? &c : "_", 1);
  }
  if (name.length == 0) {
    text_free(&name);
    return NULL;
  }
  const char *dot = strrchr(text_get(&name), '.');
  if (!dot || (strcmp(dot, ".xsd") != 0 && strcmp(dot, ".wsdl") != 0))
    text_add(&name, ".xsd");
  const char *kept = intern(contract->arena, text_get(&name));
  text_free(&name);
  return kept;
}

static const char *beside(struct contract *contract, const char *path, const char *name) {
  const char *slash = strrchr(path, '/');
  if (!slash)
    return intern(contract->arena, name);
  return intern(contract->arena,
                arena_format(contract->arena, "%.*s/%s", (int)(slash - path), path, name));
}

const char *load_find(struct contract *contract, const struct load_options *options,
                      const char *from, const char *location) {
  const char *name = local_name(contract, location);
  const char *path;

  if (!is_address(location) && location[0] != '/') {
    path = beside(contract, from, location);
    if (access(path, R_OK) == 0)
      return path;
  }
  if (!name)
    return NULL;
  path = beside(contract, from, name);
  if (access(path, R_OK) == 0)
    return path;
  for (size_t i = 0; i < options->folder_count; i++) {
    path =
        intern(contract->arena, arena_format(contract->arena, "%s/%s", options->folders[i], name));
    if (access(path, R_OK) == 0)
      return path;
  }
  return NULL;
}

static bool visited(const struct reader *from, const char *path, const char *ns) {
  struct list *visits = &from->loader->visits;
  for (size_t i = 0; i < visits->count; i++) {
    const struct visit *visit = visits->items[i];
    if (visit->path == path && visit->ns == ns)
      return true;
  }
  struct visit *visit = arena_alloc(from->contract->arena, sizeof *visit);
  *visit = (struct visit){path, ns};
  list_add(from->contract->arena, visits, visit);
  return false;
}

static void keep_document(struct contract *contract, const struct source *source,
                          const char *location) {
  struct document *document = arena_alloc(contract->arena, sizeof *document);
  *document = (struct document){source->path, location, source->bytes, source->size};
  list_add(contract->arena, &contract->documents, document);
}

static void read_root(struct reader *reader, xmlNode *root, enum import_kind kind, const char *ns) {
  if (kind == IMPORT_WSDL && xml_is(root, NS_WSDL, "definitions"))
    wsdl_read(reader, root);
  else if (xml_is(root, NS_XSD, "schema"))
    schema_read(reader, root, kind == INCLUDE_SCHEMA, ns);
  else
    contract_error(reader->contract, xml_place(reader, root),
                   "the root element is <%s>: this is not %s", (const char *)root->name,
                   kind == IMPORT_WSDL ? "a WSDL 1.1 contract" : "an XML Schema");
}

void load_import(const struct reader *from, const xmlNode *node, enum import_kind kind,
                 const char *ns, const char *location) {
  struct contract *contract = from->contract;
  struct place place = xml_place(from, node);
  const char *path = NULL;
  struct source source;
  xmlDoc *doc = NULL;

  if (!from->loader->options->no_imports)
    path = load_find(contract, from->loader->options, from->source->path, location);
  if (!path) {
    const char *name = local_name(contract, location);
    contract_error(contract, place,
                   "imports %s, which is not here: put it beside the contract as %s, name its "
                   "folder with --imports, or let `etwsdl fetch` bring it",
                   location, name ? name : "a .xsd file");
    return;
  }
  if (visited(from, path, kind == INCLUDE_SCHEMA ? ns : NULL))
    return;
  if (contract->documents.count >= LOAD_MOST_DOCUMENTS) {
    contract_error(contract, place, "more than %d documents", LOAD_MOST_DOCUMENTS);
    return;
  }
  if (source_open(&source, contract, place, path) && (doc = xml_parse(contract, &source)) != NULL) {
    keep_document(contract, &source, location);
    struct reader reader = {.contract = contract, .loader = from->loader, .source = &source};
    read_root(&reader, xmlDocGetRootElement(doc), kind, ns);
  }
  xmlFreeDoc(doc);
  source_free(&source);
}

static void load_source(struct contract *contract, struct source *source,
                        const struct load_options *options) {
  struct loader loader = {.options = options};
  xmlDoc *doc = xml_parse(contract, source);
  if (!doc)
    return;
  keep_document(contract, source, NULL);
  struct reader reader = {.contract = contract, .loader = &loader, .source = source};
  visited(&reader, source->path, NULL);
  read_root(&reader, xmlDocGetRootElement(doc), IMPORT_WSDL, NULL);
  xmlFreeDoc(doc);
  resolve(contract);
}

struct contract *contract_load(const char *path, const struct load_options *options) {
  struct contract *contract = contract_new();
  struct source source = {0};
  contract->path = intern(contract->arena, path);
  if (source_open(&source, contract, (struct place){0}, path))
    load_source(contract, &source, options);
  source_free(&source);
  return contract;
}

struct contract *contract_load_memory(const void *bytes, size_t size,
                                      const struct load_options *options) {
  struct contract *contract = contract_new();
  struct source source = {0};
  contract->path = intern(contract->arena, "memory");
  if (source_memory(&source, contract, contract->path, bytes, size))
    load_source(contract, &source, options);
  source_free(&source);
  return contract;
}
