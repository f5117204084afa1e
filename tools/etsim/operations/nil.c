#include "operations/nil.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "ground/node.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

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
  nils->document = xmlReadMemory(envelope, (int)size, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
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
  bool nil = text && (strcmp((char *)text, "true") == 0 || strcmp((char *)text, "1") == 0);
  xmlFree(text);
  return nil;
}

/* The child that an element became: of those with its name, the one at its place. */
static struct node *match(const struct node *node, const xmlNode *element) {
  size_t before = 0;
  for (const xmlNode *other = element->prev; other; other = other->prev)
    before += other->type == XML_ELEMENT_NODE && xmlStrEqual(other->name, element->name);
  struct node *child = node->first;
  for (; child; child = child->next)
    if (strcmp(child->name, (const char *)element->name) == 0 && before-- == 0)
      return child;
  return NULL;
}

static bool mark(struct node *node, const xmlNode *element) {
  struct node *before = NULL;
  for (const xmlNode *child = element_from(element->children, NULL); child;
       child = element_from(child->next, NULL)) {
    const char *name = (const char *)child->name;
    struct node *there = match(node, child);
    if (!there && is_nil(child) && !node_child(node, name)) {
      there = node_new_after(node, before, name);
      if (!there)
        return false;
      there->nil = true;
    } else if (there && there->first && !mark(there, child)) {
      return false;
    }
    before = there ? there : before;
  }
  return true;
}

bool nils_mark(struct nils *nils, struct node *tree) {
  if (!nils || !nils->object)
    return true;
  const xmlNode *object = nils->object;
  nils->object = element_from(object->next, "Objects");
  return mark(tree, object);
}
