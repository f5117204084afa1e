#include "etwsdl/reference/reference.h"

#include <stdio.h>
#include <string.h>

#include "common/escape.h"
#include "etwsdl/meta/cname.h"
#include "etwsdl/reference/described.h"
#include "etwsdl/reference/page.h"
#include "etwsdl/reference/uses.h"

struct reference {
  const struct meta *meta;
  const char *folder;
  struct map uses;
  struct page_files files;
  struct buffer entries; /* for the search */
  size_t pages;
};

/* --- the search ------------------------------------------------------------------------------- */

static void add_string(struct buffer *out, const char *text) {
  escape_json(out, text ? text : "", text ? strlen(text) : 0);
}

static void add_entry(struct reference *reference, const char *name, const char *what,
                      const char *page, const char *anchor, const char *documentation) {
  struct buffer *out = &reference->entries;
  struct buffer address = {0};
  buffer_printf(&address, "%s.html%s%s", page_file(&reference->files, page), *anchor ? "#" : "",
                anchor);
  buffer_add_text(out, "[");
  add_string(out, name);
  buffer_add_text(out, ", ");
  add_string(out, what);
  buffer_add_text(out, ", ");
  add_string(out, buffer_text(&address));
  buffer_add_text(out, ", ");
  add_string(out, documentation);
  buffer_add_text(out, "],\n");
  buffer_free(&address);
}

/* --- a type ----------------------------------------------------------------------------------- */

static const char *type_name(const struct reference *reference, const struct meta_field *field) {
  if (field->any)
    return "anything";
  return contract_spell_type(reference->meta->contract, field->field->type);
}

static void add_type_cell(struct reference *reference, struct buffer *page,
                          const struct meta_field *field) {
  buffer_add_text(page, "<td>");
  if (field->type)
    page_link(page, &reference->files, field->type->name);
  else if (field->enumeration)
    page_link(page, &reference->files, field->enumeration->name);
  else
    page_text(page, type_name(reference, field));
  buffer_add_text(page, "</td>");
}

static void add_occurs_cell(struct buffer *page, const struct field *field) {
  if (field->max == UNBOUNDED)
    buffer_printf(page, "<td>%u..*</td>", field->min);
  else
    buffer_printf(page, "<td>%u..%u</td>", field->min, field->max);
}

/* A filter takes single values; whether the service takes the property is known of those that a
 * Describe lists. */
static const char *filterable(const struct meta_field *field, bool listed) {
  if (field->type || field->array || field->any)
    return "no";
  return listed ? "yes" : "not listed";
}

static void add_field_row(struct reference *reference, struct buffer *page,
                          const struct meta_type *type, const struct meta_field *field,
                          bool inherited) {
  const struct element *element = field->field->element;
  const char *name = field->field->name;
  bool listed = described_has(type->name, name);
  buffer_add_text(page, "<tr id=\"");
  page_text(page, name);
  buffer_add_text(page, "\"><td><code>");
  page_text(page, name);
  buffer_add_text(page, "</code>");
  if (inherited) {
    buffer_add_text(page, "<br><span class=\"of\">of ");
    page_link(page, &reference->files, field->field->owner->name.local);
    buffer_add_text(page, "</span>");
  }
  buffer_add_text(page, "</td>");
  add_type_cell(reference, page, field);
  add_occurs_cell(page, field->field);
  page_cell(page, element && element->nillable ? "yes" : "no");
  page_cell(page, listed ? "yes" : "no");
  page_cell(page, filterable(field, listed && !field->type));
  buffer_add_text(page, "<td class=\"c\">");
  page_text(page, field->cname);
  buffer_add_text(page, "</td>");
  page_cell(page, element ? element->documentation : NULL);
  buffer_add_text(page, "</tr>\n");
}

static void add_fields(struct reference *reference, struct buffer *page,
                       const struct meta_type *type) {
  if (type->fields.count == 0) {
    buffer_add_text(page, "<p class=\"note\">No fields.</p>\n");
    return;
  }
  buffer_add_text(page, "<h2>Fields</h2>\n<table><thead><tr><th>field</th><th>type</th>"
                        "<th>occurs</th><th>nillable</th><th>retrievable</th><th>filterable</th>"
                        "<th>C</th><th></th></tr></thead><tbody>\n");
  for (size_t i = 0; i < type->fields.count; i++) {
    const struct meta_field *field = type->fields.items[i];
    bool inherited = i < type->inherited;
    add_field_row(reference, page, type, field, inherited);
    if (!inherited)
      add_entry(
          reference,
          intern_format(reference->meta->contract->arena, "%s.%s", type->name, field->field->name),
          type_name(reference, field), type->name, field->field->name,
          field->field->element ? field->field->element->documentation : NULL);
  }
  buffer_add_text(page, "</tbody></table>\n");
}

static void add_described(struct buffer *page, const char *object_type) {
  size_t count;
  const struct described *properties = described_properties(object_type, &count);
  if (!properties)
    return;
  buffer_add_text(page, "<h2>What a Describe lists</h2>\n<p class=\"note\">Of one account; others "
                        "may differ.</p>\n<table><thead><tr><th>property</th><th>type</th></tr>"
                        "</thead><tbody>\n");
  for (size_t i = 0; i < count; i++) {
    buffer_add_text(page, "<tr>");
    page_cell(page, properties[i].property);
    page_cell(page, properties[i].type);
    buffer_add_text(page, "</tr>\n");
  }
  buffer_add_text(page, "</tbody></table>\n");
}

static void add_uses(const struct reference *reference, struct buffer *page, const char *name) {
  const struct list *uses = map_get(&reference->uses, name);
  if (!uses)
    return;
  buffer_add_text(page, "<h2>Used by</h2>\n<ul class=\"names\">\n");
  for (size_t i = 0; i < uses->count; i++) {
    const struct use *use = uses->items[i];
    buffer_add_text(page, "<li>");
    if (use->page) {
      page_link(page, &reference->files, use->page);
      page_text(page, use->text + strlen(use->page));
    } else {
      page_text(page, use->text);
    }
    buffer_add_text(page, "</li>\n");
  }
  buffer_add_text(page, "</ul>\n");
}

static void add_family(const struct reference *reference, struct buffer *page,
                       const struct meta_type *type) {
  if (type->base) {
    buffer_add_text(page, "<p>Extends ");
    for (const struct meta_type *up = type->base; up; up = up->base) {
      page_link(page, &reference->files, up->name);
      buffer_add_text(page, up->base ? ", which extends " : ".</p>\n");
    }
  }
  if (type->type->derived.count == 0)
    return;
  buffer_add_text(page, "<p>Extended by ");
  for (size_t i = 0; i < type->type->derived.count; i++) {
    const struct type *derived = type->type->derived.items[i];
    buffer_add_text(page, i ? ", " : "");
    page_link(page, &reference->files, derived->name.local);
  }
  buffer_add_text(page, ".</p>\n");
}

static void begin(struct buffer *page, const char *name, const char *what, const char *cname,
                  const char *documentation) {
  page_begin(page, name);
  buffer_add_text(page, "<p><a href=\"index.html\">All types</a></p>\n<h1>");
  page_text(page, name);
  buffer_printf(page, "</h1>\n<p class=\"note\">%s, in C <code>", what);
  page_text(page, cname);
  buffer_add_text(page, "</code></p>\n");
  if (documentation) {
    buffer_add_text(page, "<p>");
    page_text(page, documentation);
    buffer_add_text(page, "</p>\n");
  }
}

static bool finish(struct reference *reference, struct buffer *page, const char *file) {
  page_end(page);
  reference->pages++;
  return page_write(page, reference->folder,
                    intern_format(reference->meta->contract->arena, "%s.html", file));
}

static bool write_type(struct reference *reference, const struct meta_type *type) {
  struct arena *arena = reference->meta->contract->arena;
  struct buffer page = {0};
  size_t count;
  bool retrievable = described_properties(type->name, &count);
  const char *what = type->type->abstract ? "Abstract type"
                     : type->is_element   ? "Message"
                     : retrievable        ? "Object type, can be retrieved"
                                          : "Type";
  begin(&page, type->name, what, intern_format(arena, "struct %s", type->cname),
        type->type->documentation);
  add_entry(reference, type->name, what, type->name, "", type->type->documentation);
  add_family(reference, &page, type);
  add_fields(reference, &page, type);
  add_described(&page, type->name);
  add_uses(reference, &page, type->name);
  return finish(reference, &page, page_file(&reference->files, type->name));
}

static bool write_enum(struct reference *reference, const struct meta_enum *item) {
  struct arena *arena = reference->meta->contract->arena;
  struct buffer page = {0};
  begin(&page, item->name, "Enumeration", intern_format(arena, "enum %s", item->cname),
        item->type->documentation);
  add_entry(reference, item->name, "Enumeration", item->name, "", item->type->documentation);
  buffer_add_text(&page, "<h2>Values</h2>\n<table><thead><tr><th>value</th><th>C</th></tr></thead>"
                         "<tbody>\n");
  for (size_t i = 0; i < item->type->values.count; i++) {
    const struct enum_value *value = item->type->values.items[i];
    buffer_add_text(&page, "<tr>");
    page_cell(&page, value->text);
    buffer_add_text(&page, "<td class=\"c\">");
    page_text(&page,
              intern_format(arena, "%s__%s", item->cname, cname_constant(arena, value->text)));
    buffer_add_text(&page, "</td></tr>\n");
    add_entry(reference, intern_format(arena, "%s.%s", item->name, value->text), "value",
              item->name, "", NULL);
  }
  buffer_add_text(&page, "</tbody></table>\n");
  add_uses(reference, &page, item->name);
  return finish(reference, &page, page_file(&reference->files, item->name));
}

/* --- the index -------------------------------------------------------------------------------- */

static const char *body_name(const struct flow *flow) {
  if (!flow->message || flow->message->parts.count == 0)
    return NULL;
  const struct part *part = flow->message->parts.items[0];
  const struct type *type = part->element ? part->element->type.type : part->type.type;
  return type && !type->anonymous ? type->name.local : part->element_name.local;
}

static void add_operation(const struct reference *reference, struct buffer *page,
                          const struct operation *operation) {
  const char *ends[] = {body_name(&operation->input), body_name(&operation->output)};
  buffer_add_text(page, "<tr>");
  page_cell(page, operation->name);
  for (size_t i = 0; i < 2; i++) {
    buffer_add_text(page, "<td>");
    if (ends[i])
      page_link(page, &reference->files, ends[i]);
    buffer_add_text(page, "</td>");
  }
  page_cell(page, operation->documentation);
  buffer_add_text(page, "</tr>\n");
}

static void add_names(const struct reference *reference, struct buffer *page) {
  const struct meta *meta = reference->meta;
  buffer_printf(page, "<h2>Types</h2>\n<ul class=\"names\">\n");
  for (size_t i = 0; i < meta->types.count; i++) {
    buffer_add_text(page, "<li>");
    page_link(page, &reference->files, ((struct meta_type *)meta->types.items[i])->name);
    buffer_add_text(page, "</li>\n");
  }
  buffer_printf(page, "</ul>\n<h2>Enumerations</h2>\n<ul class=\"names\">\n");
  for (size_t i = 0; i < meta->enums.count; i++) {
    buffer_add_text(page, "<li>");
    page_link(page, &reference->files, ((struct meta_enum *)meta->enums.items[i])->name);
    buffer_add_text(page, "</li>\n");
  }
  buffer_add_text(page, "</ul>\n");
}

static bool write_index(struct reference *reference) {
  const struct contract *contract = reference->meta->contract;
  struct buffer page = {0};
  page_begin(&page, "Reference of the contract");
  buffer_add_text(&page, "<h1>Reference of the contract</h1>\n<p class=\"note\">");
  page_text(&page, contract->ns);
  buffer_printf(&page,
                "</p>\n<input id=\"query\" type=\"search\" autofocus placeholder=\"Type, field, "
                "value or word\" aria-label=\"Search\">\n<ul id=\"found\"></ul>\n"
                "<h2>Operations</h2>\n<table><thead><tr><th>operation</th><th>request</th>"
                "<th>answer</th><th></th></tr></thead><tbody>\n");
  for (size_t i = 0; i < contract->port_types.count; i++) {
    const struct port_type *port_type = contract->port_types.items[i];
    for (size_t k = 0; k < port_type->operations.count; k++)
      add_operation(reference, &page, port_type->operations.items[k]);
  }
  buffer_add_text(&page, "</tbody></table>\n");
  add_names(reference, &page);
  buffer_add_text(&page,
                  "<script src=\"entries.js\"></script><script src=\"search.js\"></script>\n");
  return finish(reference, &page, "index");
}

static bool write_search(struct reference *reference) {
  struct buffer script = {0}, style = {0}, entries = {0};
  buffer_add_text(&script, page_script);
  buffer_add_text(&style, page_style);
  buffer_add_text(&entries, "const entries = [\n");
  buffer_add(&entries, buffer_text(&reference->entries), reference->entries.size);
  buffer_add_text(&entries, "];\n");
  buffer_free(&reference->entries);
  bool good = page_write(&script, reference->folder, "search.js");
  good = page_write(&style, reference->folder, "style.css") && good;
  return page_write(&entries, reference->folder, "entries.js") && good;
}

bool reference_write(const struct meta *meta, const char *folder, size_t *count) {
  struct reference reference = {.meta = meta, .folder = folder};
  bool good = true;
  struct arena *arena = meta->contract->arena;
  uses_find(meta, &reference.uses);
  for (size_t i = 0; i < meta->types.count; i++)
    page_add_file(arena, &reference.files, ((struct meta_type *)meta->types.items[i])->name);
  for (size_t i = 0; i < meta->enums.count; i++)
    page_add_file(arena, &reference.files, ((struct meta_enum *)meta->enums.items[i])->name);
  for (size_t i = 0; good && i < meta->types.count; i++)
    good = write_type(&reference, meta->types.items[i]);
  for (size_t i = 0; good && i < meta->enums.count; i++)
    good = write_enum(&reference, meta->enums.items[i]);
  good = good && write_index(&reference);
  good = write_search(&reference) && good;
  *count = reference.pages;
  return good;
}
