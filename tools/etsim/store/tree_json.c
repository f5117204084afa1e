#include "store/tree_json.h"

#include <string.h>

static json_t *text_of(const char *text) {
  return text ? json_string(text) : json_null();
}

json_t *tree_to_json(const struct node *node) {
  json_t *array = json_pack("[ooob]", text_of(node->name), text_of(node->type), text_of(node->text),
                            (int)node->nil);
  for (const struct node *child = node->first; array && child; child = child->next)
    if (json_array_append_new(array, tree_to_json(child))) {
      json_decref(array);
      return NULL;
    }
  return array;
}

struct node *tree_from_json(struct node *parent, const json_t *array) {
  const char *name = json_string_value(json_array_get(array, 0));
  const char *type = json_string_value(json_array_get(array, 1));
  const char *text = json_string_value(json_array_get(array, 2));
  struct node *node = name ? node_new(parent, name) : NULL;
  if (!node || (type && !(node->type = strdup(type))) || (text && !node_set_text(node, text)))
    return NULL;
  node->nil = json_is_true(json_array_get(array, 3));
  for (size_t i = 4; i < json_array_size(array); i++)
    if (!tree_from_json(node, json_array_get(array, i)))
      return NULL;
  return node;
}
