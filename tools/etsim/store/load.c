#include "store/load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "common/hash.h"
#include "common/program.h"
#include "ground/names.h"
#include "store/data_extension.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

enum { NAME_SIZE = 256 };

static bool is_nil(const xmlNode *element) {
  xmlChar *text = xmlGetNsProp(element, BAD_CAST "nil", BAD_CAST XSI);
  bool nil = text && (strcmp((char *)text, "true") == 0 || strcmp((char *)text, "1") == 0);
  xmlFree(text);
  return nil;
}

/* xsi:type without its prefix, to be freed; NULL when there is none. */
static char *type_of(const xmlNode *element) {
  xmlChar *text = xmlGetNsProp(element, BAD_CAST "type", BAD_CAST XSI);
  const char *colon = text ? strchr((char *)text, ':') : NULL;
  char *type = text ? strdup(colon ? colon + 1 : (char *)text) : NULL;
  xmlFree(text);
  return type;
}

static bool has_elements(const xmlNode *element) {
  for (const xmlNode *child = element->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      return true;
  return false;
}

static struct node *read_element(struct node *parent, const xmlNode *element) {
  struct node *node = node_new(parent, (const char *)element->name);
  if (!node)
    return NULL;
  node->type = type_of(element);
  node->nil = is_nil(element);
  if (has_elements(element)) {
    for (const xmlNode *child = element->children; child; child = child->next)
      if (child->type == XML_ELEMENT_NODE && !read_element(node, child))
        return NULL; /* the root is freed with all of it */
    return node;
  }
  xmlChar *text = xmlNodeGetContent(element);
  bool done = node->nil || node_set_text(node, text ? (char *)text : "");
  xmlFree(text);
  return done ? node : NULL;
}

/* Whether nothing stands deeper than that many levels below the element. */
static bool is_within(const xmlNode *element, int levels) {
  for (const xmlNode *child = element->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE && (levels == 0 || !is_within(child, levels - 1)))
      return false;
  return true;
}

static void key_of_file(char *key, size_t size, const char *file) {
  const char *slash = strrchr(file, '/');
  const char *name = slash ? slash + 1 : file;
  const char *dot = strrchr(name, '.');
  snprintf(key, size, "%.*s", (int)(dot && dot > name ? dot - name : (long)strlen(name)), name);
}

/* The data extension that rows of this file belong to. */
static struct record *definition_of(struct world *world, const char *key) {
  struct store *store = &world->store;
  struct record *there = data_extension_find(store, key);
  if (there)
    return there;
  struct node *tree = node_new(NULL, "Object");
  if (!tree || !node_put(tree, "CustomerKey", key) || !node_put(tree, "Name", key) ||
      !node_new(tree, "Fields")) {
    node_free(tree);
    return NULL;
  }
  return store_add(store, store_make_table(store, "DataExtension"), tree, 0);
}

/* @param columns  those that there are, by name */
static bool add_column(struct node *fields, struct names *columns, const char *name) {
  if (names_get(columns, name))
    return true;
  struct node *field = node_new(fields, "Field");
  return field && node_put(field, "Name", name) && node_put(field, "FieldType", "Text") &&
         names_put(columns, node_text(field, "Name"), field);
}

static struct node *read_row(struct node *fields, const struct node *result) {
  const struct node *properties = node_child(result, "Properties");
  struct names columns = {.exact = true};
  struct node *row = node_new(NULL, "Object");
  for (const struct node *field = fields->first; field; field = field->next)
    (void)names_put(&columns, node_text(field, "Name"), field);
  for (const struct node *pair = properties ? properties->first : NULL; row && pair;
       pair = pair->next) {
    const char *name = node_text(pair, "Name");
    const struct node *value = node_child(pair, "Value");
    struct node *leaf = name && add_column(fields, &columns, name) ? node_new(row, name) : NULL;
    if (leaf && value && value->text)
      (void)node_set_text(leaf, value->text);
    if (leaf)
      leaf->nil = value && value->nil;
  }
  names_free(&columns);
  return row;
}

static bool add_row(struct world *world, const char *file, struct node *result) {
  char key[NAME_SIZE], table[DATA_EXTENSION_NAME_SIZE];
  key_of_file(key, sizeof key, file);
  struct record *definition = definition_of(world, key);
  struct node *fields = definition ? node_child(definition->tree, "Fields") : NULL;
  struct node *row = fields ? read_row(fields, result) : NULL;
  node_free(result);
  data_extension_table(table, sizeof table, key);
  return row && store_add(&world->store, store_make_table(&world->store, table), row, 0) != NULL;
}

static bool add_result(struct world *world, const char *file, const xmlNode *element) {
  if (!is_within(element, NODE_LEVELS)) {
    fprintf(stderr, "etsim: --load %s: line %ld: a result with more than %d levels\n", file,
            xmlGetLineNo(element), (int)NODE_LEVELS);
    return false;
  }
  struct node *tree = node_new(NULL, "Results");
  bool done = tree != NULL;
  for (const xmlNode *child = element->children; done && child; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      done = read_element(tree, child) != NULL;
  char *type = type_of(element);
  if (!done || !type) {
    fprintf(stderr, "etsim: --load %s: line %ld: a result %s\n", file, xmlGetLineNo(element),
            done ? "has no xsi:type" : "does not fit into memory");
    node_free(tree);
    free(type);
    return false;
  }
  if (strcmp(type, "DataExtensionObject") == 0) {
    done = add_row(world, file, tree);
  } else {
    struct table *table = store_make_table(&world->store, type);
    struct record *record = store_add(&world->store, table, tree, 0);
    done = record != NULL;
    if (done)
      table->loaded = record->loaded = true;
  }
  free(type);
  return done;
}

static const xmlNode *find_message(const xmlNode *node) {
  for (; node; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (strcmp((const char *)node->name, "RetrieveResponseMsg") == 0)
      return node;
    const xmlNode *found = find_message(node->children);
    if (found)
      return found;
  }
  return NULL;
}

bool load_file(struct world *world, const char *file) {
  xmlDoc *document = xmlReadFile(
      file, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
  const xmlError *error = document ? NULL : xmlGetLastError();
  const xmlNode *message = document ? find_message(xmlDocGetRootElement(document)) : NULL;
  bool done = message != NULL;
  if (!document)
    fprintf(stderr, "etsim: --load %s: line %d: %s", file, error ? error->line : 0,
            error && error->message ? error->message : "cannot be read\n");
  else if (!message)
    fprintf(stderr, "etsim: --load %s: there is no RetrieveResponseMsg in it\n", file);
  for (const xmlNode *child = message ? message->children : NULL; done && child;
       child = child->next)
    if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, "Results") == 0)
      done = add_result(world, file, child);
  xmlFreeDoc(document);
  return done;
}

bool load_sum(uint64_t *sum, const char *file) {
  struct stat there;
  bool once = stat(file, &there) == 0 && S_ISFIFO(there.st_mode); /* it is read by load_file() */
  FILE *stream = once ? NULL : fopen(file, "rb");
  uint64_t hash = *sum ? *sum : HASH_BEGIN;
  char block[4096];
  for (size_t size; stream && (size = fread(block, 1, sizeof block, stream)) > 0;)
    hash = hash_bytes(hash, block, size);
  bool done = once || (stream && !ferror(stream));
  if (!done)
    complain("--load %s: %s", file, strerror(errno));
  if (stream)
    (void)fclose(stream);
  hash = hash_bytes(hash, "", 1); /* where one file ends and the next begins */
  *sum = hash ? hash : 1;
  return done;
}
