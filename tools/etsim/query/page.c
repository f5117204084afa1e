#include "query/page.h"

#include <stdlib.h>
#include <string.h>

#include "ground/date.h"
#include "store/store.h"
#include "common/escape.h"

enum step_kind {
  STEP_TEXT,         /* always */
  STEP_VALUE,        /* an element, when there is a value */
  STEP_VALUE_OR_NIL, /* nil when there is none */
  STEP_PARTNER,      /* a PartnerProperty */
  STEP_COLUMN,       /* of a data extension's row */
  STEP_TREE,         /* an element with all that is in it */
  STEP_GROUP,        /* a sub-object begins */
  STEP_GROUP_END     /* and is taken back when nothing was in it */
};

struct page_step {
  enum step_kind kind;
  size_t property;
  size_t open, open_size; /* places in the plan's text */
  size_t close, close_size;
  size_t nil, nil_size;
};

static struct page_step *add_step(struct page_plan *plan, enum step_kind kind, size_t property) {
  struct page_step *step = &plan->steps[plan->step_count++];
  *step = (struct page_step){.kind = kind, .property = property};
  return step;
}

static void set_text(struct page_plan *plan, size_t *place, size_t *size, const char *format,
                     int name_size, const char *name) {
  *place = plan->text.size;
  buffer_printf(&plan->text, format, name_size, name);
  *size = plan->text.size - *place;
}

static bool is_nil_by_default(const char *name) {
  return strcmp(name, "PartnerKey") == 0 || strcmp(name, "ObjectID") == 0;
}

static void add_element(struct page_plan *plan, enum step_kind kind, size_t property,
                        const char *name) {
  int size = (int)strlen(name);
  struct page_step *step = add_step(plan, kind, property);
  set_text(plan, &step->open, &step->open_size, "<%.*s>", size, name);
  set_text(plan, &step->close, &step->close_size, "</%.*s>", size, name);
  set_text(plan, &step->nil, &step->nil_size, "<%.*s xsi:nil=\"true\" />", size, name);
}

static void add_partner(struct page_plan *plan, size_t property, const char *name) {
  struct page_step *step = add_step(plan, STEP_PARTNER, property);
  set_text(plan, &step->open, &step->open_size, "<PartnerProperties><Name>%.*s</Name><Value>",
           (int)strlen(name), name);
  step->close = plan->text.size;
  buffer_add_text(&plan->text, "</Value></PartnerProperties>");
  step->close_size = plan->text.size - step->close;
}

static void add_nil(struct page_plan *plan, const char *name) {
  struct page_step *step = add_step(plan, STEP_TEXT, 0);
  set_text(plan, &step->open, &step->open_size, "<%.*s xsi:nil=\"true\" />", (int)strlen(name),
           name);
}

/* Length of the name of the sub-object that a property is in, below the first `skip` bytes of its
 * path; 0: it is in none. */
static size_t group_size(const struct property *property, size_t skip) {
  const char *dot = property->flags & PROPERTY_FLAT ? NULL : strchr(property->path + skip, '.');
  return dot ? (size_t)(dot - property->path) - skip : 0;
}

static void add_required(struct page_plan *plan, size_t i, const struct property *property,
                         const char *name, bool asked) {
  if (asked)
    add_element(plan, STEP_VALUE_OR_NIL, i, name);
  else
    (void)add_step(plan, STEP_TEXT, i);
  struct page_step *step = &plan->steps[plan->step_count - 1];
  size_t place = plan->text.size;
  buffer_add_text(&plan->text, property->required);
  size_t size = plan->text.size - place;
  if (asked)
    step->nil = place, step->nil_size = size;
  else
    step->open = place, step->open_size = size;
}

static void add_property(struct page_plan *plan, const struct kind *kind, size_t i, size_t skip,
                         bool asked) {
  const struct property *property = &kind->properties[i];
  const char *name = property->path + skip;
  if (property->flags & PROPERTY_UNDECLARED) {
    if (asked)
      add_partner(plan, i, name);
  } else if (property->flags & PROPERTY_TREE) {
    if (asked)
      (void)add_step(plan, STEP_TREE, i);
  } else if (is_nil_by_default(name)) {
    if (asked)
      add_element(plan, STEP_VALUE_OR_NIL, i, name);
    else
      add_nil(plan, name);
  } else if (property->required) {
    add_required(plan, i, property, name, asked);
  } else if (asked) {
    add_element(plan, STEP_VALUE, i, name);
  }
}

static bool is_any(const bool *asked, size_t first, size_t end) {
  for (size_t i = first; i < end; i++)
    if (asked[i])
      return true;
  return false;
}

/* Whether anything that is in the element of this path was asked for. */
static bool is_asked_inside(const struct kind *kind, const bool *asked, size_t first, size_t end,
                            const char *path) {
  size_t size = strlen(path);
  for (size_t i = first; i < end && strncmp(kind->properties[i].path, path, size) == 0 &&
                         kind->properties[i].path[size] == '.';
       i++)
    if (asked[i])
      return true;
  return false;
}

/* The properties first..end-1, whose paths are the same in the first `skip` bytes. */
static void add_range(struct page_plan *plan, const struct kind *kind, const bool *asked,
                      size_t first, size_t end, size_t skip) {
  for (size_t i = first, next; i < end; i = next) {
    const struct property *property = &kind->properties[i];
    const char *name = property->path + skip;
    size_t size = group_size(property, skip);
    next = i + 1;
    if (property->required && is_asked_inside(kind, asked, next, end, property->path))
      continue;
    if (!size) {
      add_property(plan, kind, i, skip, asked[i]);
      continue;
    }
    while (next < end && group_size(&kind->properties[next], skip) == size &&
           strncmp(kind->properties[next].path + skip, name, size) == 0)
      next++;
    const struct property *whole = i > first ? property - 1 : NULL;
    bool given = whole && asked[i - 1] && whole->flags & PROPERTY_TREE &&
                 strlen(whole->path) == skip + size &&
                 strncmp(whole->path, property->path, skip + size) == 0;
    if (given || !is_any(asked, i, next))
      continue;
    struct page_step *step = add_step(plan, STEP_GROUP, 0);
    set_text(plan, &step->open, &step->open_size, "<%.*s>", (int)size, name);
    add_range(plan, kind, asked, i, next, skip + size + 1);
    step = add_step(plan, STEP_GROUP_END, 0);
    set_text(plan, &step->close, &step->close_size, "</%.*s>", (int)size, name);
  }
}

static void add_column(struct page_plan *plan, size_t property, const char *name) {
  struct page_step *step = add_step(plan, STEP_COLUMN, property);
  step->open = plan->text.size;
  buffer_add_text(&plan->text, "<Property><Name>");
  escape_xml(&plan->text, name, strlen(name));
  buffer_add_text(&plan->text, "</Name><Value>");
  step->open_size = plan->text.size - step->open;
  step->close = plan->text.size;
  buffer_add_text(&plan->text, "</Value></Property>");
  step->close_size = plan->text.size - step->close;
  step->nil = plan->text.size;
  buffer_add_text(&plan->text, "<Property><Name>");
  escape_xml(&plan->text, name, strlen(name));
  buffer_add_text(&plan->text, "</Name><Value xsi:nil=\"true\" /></Property>");
  step->nil_size = plan->text.size - step->nil;
}

static void add_literal(struct page_plan *plan, const char *text) {
  struct page_step *step = add_step(plan, STEP_TEXT, 0);
  step->open = plan->text.size;
  buffer_add_text(&plan->text, text);
  step->open_size = plan->text.size - step->open;
}

static void plan_rows(struct page_plan *plan, const struct kind *kind, const bool *asked) {
  add_literal(plan, "<Results xsi:type=\"DataExtensionObject\"><PartnerKey xsi:nil=\"true\" />"
                    "<ObjectID xsi:nil=\"true\" /><Type>DataExtensionObject</Type><Properties>");
  for (size_t i = 0; i < kind->property_count; i++)
    if (asked[i])
      add_column(plan, i, kind->properties[i].path);
  add_literal(plan, "</Properties></Results>");
}

static void plan_object(struct page_plan *plan, const struct kind *kind, const bool *asked) {
  add_literal(plan, "<Results xsi:type=\"");
  struct page_step *step = &plan->steps[plan->step_count - 1];
  buffer_printf(&plan->text, "%s\">", kind->name);
  step->open_size = plan->text.size - step->open;
  add_range(plan, kind, asked, 0, kind->property_count, 0);
  add_literal(plan, "</Results>");
}

/* No more than one for each property and two for each level above it. */
static size_t steps_at_most(const struct kind *kind) {
  size_t count = 2;
  for (size_t i = 0; i < kind->property_count; i++) {
    count++;
    for (const char *at = kind->properties[i].path; (at = strchr(at, '.')); at++)
      count += 2;
  }
  return count;
}

bool page_plan_init(struct page_plan *plan, const struct kind *kind, const bool *asked) {
  *plan = (struct page_plan){0};
  plan->steps = calloc(steps_at_most(kind), sizeof *plan->steps);
  if (!plan->steps)
    return false;
  if (kind->rows)
    plan_rows(plan, kind, asked);
  else
    plan_object(plan, kind, asked);
  if (!plan->text.failed)
    return true;
  page_plan_free(plan);
  return false;
}

void page_plan_free(struct page_plan *plan) {
  free(plan->steps);
  buffer_free(&plan->text);
  *plan = (struct page_plan){0};
}

static void write_value(struct buffer *out, const struct value *value, bool partner) {
  char date[DATE_TEXT_SIZE];
  if (value->text) {
    escape_xml(out, value->text, value->size);
    return;
  }
  switch (value->kind) {
  case VALUE_INTEGER:
    buffer_add_integer(out, value->number);
    break;
  case VALUE_BOOLEAN:
    if (partner)
      buffer_add_text(out, value->number ? "True" : "False");
    else
      buffer_add_text(out, value->number ? "true" : "false");
    break;
  case VALUE_DATE:
    buffer_add(out, date, date_write(date, value->number));
    break;
  default:
    break;
  }
}

/* A column without a value is there all the same. */
static bool write_column(struct buffer *out, const char *text, const struct page_step *step) {
  buffer_add(out, text + step->open, step->open_size);
  buffer_add(out, text + step->close, step->close_size);
  return true;
}

/* An element of a recording that the contract does not know: it was no PartnerProperty. */
static bool write_undeclared(struct buffer *out, const struct page_step *step,
                             const struct row *row) {
  const char *name = row->kind->properties[step->property].path;
  const struct node *node =
      row->record && row->record->loaded ? node_child(row->record->tree, name) : NULL;
  if (node)
    node_write(out, node, name);
  return node != NULL;
}

/* @return whether there was a value */
static bool write_property(struct buffer *out, const struct page_plan *plan,
                           const struct page_step *step, struct world *world, struct row *row) {
  const char *text = plan->text.data;
  struct value value;
  if (step->kind == STEP_PARTNER && write_undeclared(out, step, row))
    return true;
  row_get(world, row, &row->kind->properties[step->property], &value);
  bool exact = row->record && row->record->loaded;
  if (value.kind == VALUE_ABSENT && (step->kind != STEP_VALUE_OR_NIL || exact))
    return step->kind == STEP_COLUMN && write_column(out, text, step);
  if (value.kind == VALUE_ABSENT || value.kind == VALUE_NIL) {
    buffer_add(out, text + step->nil, step->nil_size);
    return exact;
  }
  buffer_add(out, text + step->open, step->open_size);
  write_value(out, &value, step->kind == STEP_PARTNER);
  buffer_add(out, text + step->close, step->close_size);
  return true;
}

static bool write_computed_tree(struct buffer *out, const struct page_step *step,
                                struct world *world, struct row *row) {
  struct value value;
  row_get(world, row, &row->kind->properties[step->property], &value);
  buffer_add(out, value.text, value.size);
  return value.size != 0;
}

/* Every element that the property names, as it was recorded. */
static bool write_tree(struct buffer *out, const struct page_step *step, struct world *world,
                       struct row *row) {
  if (!row->record)
    return write_computed_tree(out, step, world, row);
  const char *path = row->kind->properties[step->property].path;
  bool any = false;
  const struct node *parent = row->record->tree;
  for (size_t size; parent && path[size = strcspn(path, ".")]; path += size + 1)
    parent = node_child_named(parent, path, size);
  for (const struct node *child = parent ? parent->first : NULL; child; child = child->next)
    if (strcmp(child->name, path) == 0) {
      node_write(out, child, path);
      any = true;
    }
  return any;
}

void page_write_row(struct buffer *out, const struct page_plan *plan, struct world *world,
                    struct row *row) {
  const char *text = plan->text.data;
  size_t groups[NODE_LEVELS + 1], level = 0; /* where the open ones begin */
  bool any[NODE_LEVELS + 1] = {false};
  for (size_t i = 0; i < plan->step_count; i++) {
    const struct page_step *step = &plan->steps[i];
    switch (step->kind) {
    case STEP_TEXT:
      buffer_add(out, text + step->open, step->open_size);
      break;
    case STEP_GROUP:
      groups[++level] = out->size;
      any[level] = false;
      buffer_add(out, text + step->open, step->open_size);
      break;
    case STEP_GROUP_END:
      if (any[level])
        buffer_add(out, text + step->close, step->close_size);
      else
        out->size = groups[level];
      level--;
      any[level] |= any[level + 1];
      break;
    case STEP_TREE:
      any[level] |= write_tree(out, step, world, row);
      break;
    default:
      any[level] |= write_property(out, plan, step, world, row);
    }
  }
}
