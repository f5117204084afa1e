#include "etwsdl/reference/uses.h"

static void note(const struct meta *meta, struct map *uses, const char *used, const char *page,
                 const char *text) {
  struct arena *arena = meta->contract->arena;
  struct use *use = arena_alloc(arena, sizeof *use);
  *use = (struct use){page, text};
  list_add(arena, map_list(arena, uses, used), use);
}

/* Own fields only: those that are inherited are the base's. */
static void note_fields(const struct meta *meta, struct map *uses, const struct meta_type *type) {
  for (size_t i = type->inherited; i < type->fields.count; i++) {
    const struct meta_field *field = type->fields.items[i];
    const char *used = field->type          ? field->type->name
                       : field->enumeration ? field->enumeration->name
                                            : NULL;
    if (used)
      note(meta, uses, used, type->name,
           intern_format(meta->contract->arena, "%s.%s", type->name, field->field->name));
  }
}

static void note_message(const struct meta *meta, struct map *uses, const struct flow *flow,
                         const char *side, const char *operation) {
  struct arena *arena = meta->contract->arena;
  for (size_t i = 0; flow->message && i < flow->message->parts.count; i++) {
    const struct part *part = flow->message->parts.items[i];
    const struct type *type = part->element ? part->element->type.type : part->type.type;
    const char *name = type && !type->anonymous ? type->name.local : part->element_name.local;
    if (name)
      note(meta, uses, name, NULL, intern_format(arena, "%s of %s", side, operation));
  }
}

void uses_find(const struct meta *meta, struct map *uses) {
  const struct contract *contract = meta->contract;
  for (size_t i = 0; i < contract->port_types.count; i++) {
    const struct port_type *port_type = contract->port_types.items[i];
    for (size_t k = 0; k < port_type->operations.count; k++) {
      const struct operation *operation = port_type->operations.items[k];
      note_message(meta, uses, &operation->input, "request", operation->name);
      note_message(meta, uses, &operation->output, "answer", operation->name);
    }
  }
  for (size_t i = 0; i < meta->types.count; i++)
    note_fields(meta, uses, meta->types.items[i]);
}
