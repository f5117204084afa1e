#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "store.h"

enum step_kind {
  STEP_TEXT,         /* always */
  STEP_VALUE,        /* an element, when there is a value */
  STEP_VALUE_OR_NIL, /* nil when there is none */
  STEP_PARTNER,      /* a PartnerProperty */
  STEP_COLUMN,       /* of a data extension's row */
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

static size_t group_size(const char *path) {
  const char *dot = strchr(path, '.');
  return dot ? (size_t)(dot - path) : 0;
}

static bool same_group(const char *a, const char *b) {
  size_t size = group_size(a);
  return size == group_size(b) && strncmp(a, b, size) == 0;
}

static void add_property(struct page_plan *plan, const struct kind *kind, size_t i, bool asked) {
  const struct property *property = &kind->properties[i];
  size_t skip = group_size(property->path);
  const char *name = property->path + skip + (skip > 0);
  if (property->flags & PROPERTY_UNDECLARED) {
    if (asked)
      add_partner(plan, i, name);
  } else if (is_nil_by_default(name)) {
    if (asked)
      add_element(plan, STEP_VALUE_OR_NIL, i, name);
    else
      add_nil(plan, name);
  } else if (asked) {
    add_element(plan, STEP_VALUE, i, name);
  }
}

/* The properties first..end-1 of one sub-object, when any of them was asked for. */
static void add_group(struct page_plan *plan, const struct kind *kind, const bool *asked,
                      size_t first, size_t end) {
  bool any = false;
  for (size_t i = first; i < end; i++)
    any = any || asked[i];
  if (!any)
    return;
  const char *path = kind->properties[first].path;
  int size = (int)group_size(path);
  struct page_step *step = add_step(plan, STEP_GROUP, 0);
  set_text(plan, &step->open, &step->open_size, "<%.*s>", size, path);
  for (size_t i = first; i < end; i++)
    add_property(plan, kind, i, asked[i]);
  step = add_step(plan, STEP_GROUP_END, 0);
  set_text(plan, &step->close, &step->close_size, "</%.*s>", size, path);
}

static void add_column(struct page_plan *plan, size_t property, const char *name) {
  struct page_step *step = add_step(plan, STEP_COLUMN, property);
  step->open = plan->text.size;
  buffer_add_text(&plan->text, "<Property><Name>");
  buffer_add_escaped(&plan->text, name, strlen(name));
  buffer_add_text(&plan->text, "</Name><Value>");
  step->open_size = plan->text.size - step->open;
  step->close = plan->text.size;
  buffer_add_text(&plan->text, "</Value></Property>");
  step->close_size = plan->text.size - step->close;
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
  for (size_t i = 0, end; i < kind->property_count; i = end) {
    const char *path = kind->properties[i].path;
    end = i + 1;
    if (!group_size(path)) {
      add_property(plan, kind, i, asked[i]);
      continue;
    }
    while (end < kind->property_count && same_group(path, kind->properties[end].path))
      end++;
    add_group(plan, kind, asked, i, end);
  }
  add_literal(plan, "</Results>");
}

bool page_plan_init(struct page_plan *plan, const struct kind *kind, const bool *asked) {
  *plan = (struct page_plan){0};
  plan->steps = calloc(kind->property_count * 3 + 2, sizeof *plan->steps);
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
    buffer_add_escaped(out, value->text, value->size);
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

/* @return whether there was a value */
static bool write_property(struct buffer *out, const struct page_plan *plan,
                           const struct page_step *step, struct world *world, struct row *row) {
  const char *text = plan->text.data;
  struct value value;
  row_get(world, row, step->property, &value);
  bool exact = row->record && row->record->loaded;
  if (value.kind == VALUE_ABSENT && (step->kind != STEP_VALUE_OR_NIL || exact))
    return step->kind == STEP_COLUMN && write_column(out, text, step);
  if (value.kind == VALUE_ABSENT || value.kind == VALUE_NIL) {
    buffer_add(out, text + step->nil, step->nil_size);
    return false;
  }
  buffer_add(out, text + step->open, step->open_size);
  write_value(out, &value, step->kind == STEP_PARTNER);
  buffer_add(out, text + step->close, step->close_size);
  return true;
}

void page_write_row(struct buffer *out, const struct page_plan *plan, struct world *world,
                    struct row *row) {
  const char *text = plan->text.data;
  size_t group = 0;
  bool any = false;
  for (size_t i = 0; i < plan->step_count; i++) {
    const struct page_step *step = &plan->steps[i];
    switch (step->kind) {
    case STEP_TEXT:
      buffer_add(out, text + step->open, step->open_size);
      break;
    case STEP_GROUP:
      group = out->size;
      any = false;
      buffer_add(out, text + step->open, step->open_size);
      break;
    case STEP_GROUP_END:
      if (any)
        buffer_add(out, text + step->close, step->close_size);
      else
        out->size = group;
      break;
    default:
      any |= write_property(out, plan, step, world, row);
    }
  }
}
