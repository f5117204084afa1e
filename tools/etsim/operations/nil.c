#include "operations/nil.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "contract/types.h"
#include "ground/node.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

#define BLANKS " \t\r\n"

struct nils {
  xmlDoc *document;
  const xmlNode *object; /* the next one */
};

static const xmlNode *element_from(const xmlNode *node, const char *name) {
  while (node &&
         (node->type != XML_ELEMENT_NODE || (name && strcmp((const char *)node->name, name) != 0)))
    node = node->next;
  return node;
}

struct nils *nils_read(const char *envelope, size_t size) {
  if (!strstr(envelope, "nil"))
    return NULL;
  struct nils *nils = calloc(1, sizeof *nils);
  if (!nils)
    return NULL;
  nils->document =
      xmlReadMemory(envelope, (int)size, NULL, NULL,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
  const xmlNode *node = nils->document ? xmlDocGetRootElement(nils->document) : NULL;
  node = node ? element_from(node->children, "Body") : NULL;
  node = node ? element_from(node->children, NULL) : NULL;
  nils->object = node ? element_from(node->children, "Objects") : NULL;
  return nils;
}

void nils_free(struct nils *nils) {
  if (!nils)
    return;
  xmlFreeDoc(nils->document);
  free(nils);
}

static bool is_nil(const xmlNode *element) {
  xmlChar *text = xmlGetNsProp(element, BAD_CAST "nil", BAD_CAST XSI);
  const char *word = text ? (char *)text + strspn((char *)text, BLANKS) : "";
  size_t size = strcspn(word, BLANKS);
  bool nil = (size == 4 && memcmp(word, "true", 4) == 0) || (size == 1 && *word == '1');
  xmlFree(text);
  return nil;
}

/* Where the children of one name are, of which each element takes the next. */
struct place {
  bool begun;
  struct node *node; /* of the element before; NULL: there was none for it */
};

static struct node *next_child(const struct node *node, struct place *place, const char *name) {
  if (!place->begun)
    place->node = node_child(node, name);
  else if (place->node)
    place->node =
        place->node->next && strcmp(place->node->next->name, name) == 0 ? place->node->next : NULL;
  place->begun = true;
  return place->node;
}

static const struct ets_type *type_named(const char *name, const struct ets_type *otherwise) {
  const struct ets_type *type = name ? ets_type_find(name, strlen(name)) : NULL;
  return type ? type : otherwise;
}

static bool mark(struct node *node, const xmlNode *element, const struct ets_type *type);

/* `places` is for each field of the type. */
static bool mark_children(struct node *node, const xmlNode *element, const struct ets_type *type,
                          struct place *places) {
  struct node *before = NULL;
  for (const xmlNode *child = element_from(element->children, NULL); child;
       child = element_from(child->next, NULL)) {
    const char *name = (const char *)child->name;
    const struct ets_field *field = ets_type_field(type, name, strlen(name));
    if (!field)
      continue;
    struct place *place = &places[field - type->fields];
    bool first = !place->begun;
    struct node *there = next_child(node, place, name);
    if (!there && first && is_nil(child)) {
      there = place->node = node_new_after(node, before, name);
      if (!there)
        return false;
      there->nil = true;
    } else if (there && there->first && !mark(there, child, field->type)) {
      return false;
    }
    before = there ? there : before;
  }
  return true;
}

static bool mark(struct node *node, const xmlNode *element, const struct ets_type *type) {
  type = type_named(node->type, type);
  struct place *places = type ? calloc(type->field_count + 1, sizeof *places) : NULL;
  bool done = !type || (places && mark_children(node, element, type, places));
  free(places);
  return done;
}

bool nils_mark(struct nils *nils, struct node *tree) {
  if (!nils || !nils->object)
    return true;
  const xmlNode *object = nils->object;
  nils->object = element_from(object->next, "Objects");
  tree->nil = is_nil(object);
  return mark(tree, object, type_named("APIObject", NULL));
}
