/* The diff for programs. The form is described in docs/wsdl-update.md; `version` counts what
 * would break a reader of it. */
#include <string.h>

#include "common/escape.h"
#include "etwsdl/report/report.h"

enum { JSON_VERSION = 1 };

static void add_member(struct buffer *out, const char *name, const char *value) {
  buffer_printf(out, "\"%s\": ", name);
  escape_json(out, value, strlen(value));
}

static void add_place(struct buffer *out, const struct fact *fact) {
  buffer_printf(out, "{");
  add_member(out, "file", fact->at.file ? fact->at.file : "");
  buffer_printf(out, ", \"line\": %u, \"column\": %u}", fact->at.line, fact->at.column);
}

static void add_judgement(struct buffer *out, const char *name, const struct judgement *judgement) {
  buffer_printf(out, "\"%s\": {\"breaking\": %s, ", name, judgement->breaking ? "true" : "false");
  add_member(out, "reason", judgement->reason);
  if (judgement->helpers) {
    buffer_printf(out, ", ");
    add_member(out, "helpers", judgement->helpers);
  }
  buffer_printf(out, "}");
}

static void add_line(struct buffer *out, const struct diff *diff, const struct fact *fact) {
  const char *line = fact_line(diff->after, fact);
  escape_json(out, line, strlen(line));
}

static void add_facts(struct buffer *out, const struct diff *diff, const char *name,
                      const struct list *facts) {
  buffer_printf(out, "\"%s\": [", name);
  for (size_t i = 0; i < facts->count; i++) {
    buffer_printf(out, "%s", i ? ", " : "");
    add_line(out, diff, facts->items[i]);
  }
  buffer_printf(out, "]");
}

static void add_side(struct buffer *out, struct contract *contract, const char *name,
                     const struct fact *fact) {
  if (!fact) {
    buffer_printf(out, "\"%s\": null", name);
    return;
  }
  buffer_printf(out, "\"%s\": {", name);
  add_member(out, "owner", fact->owner);
  buffer_printf(out, ", ");
  add_member(out, "name", fact->name);
  buffer_printf(out, ", ");
  add_member(out, "detail", fact_detail(contract, fact));
  buffer_printf(out, ", \"at\": ");
  add_place(out, fact);
  buffer_printf(out, "}");
}

static void add_change(struct buffer *out, const struct diff *diff, const struct change *change) {
  const struct fact *fact = change_fact(change);
  buffer_printf(out, "    {");
  add_member(out, "change", change->kind->word);
  buffer_printf(out, ", ");
  add_member(out, "fact", fact_word(fact->kind));
  buffer_printf(out, ", ");
  add_member(out, "group", change->group);
  buffer_printf(out, ", ");
  add_member(out, "text", change->text);
  buffer_printf(out, ",\n     ");
  add_side(out, diff->before, "before", change->before);
  buffer_printf(out, ",\n     ");
  add_side(out, diff->after, "after", change->after);
  buffer_printf(out, ",\n     ");
  add_judgement(out, "sender", &change->sender);
  buffer_printf(out, ", ");
  add_judgement(out, "reader", &change->reader);
  buffer_printf(out, ",\n     ");
  add_facts(out, diff, "details", &change->details);
  buffer_printf(out, ", ");
  add_facts(out, diff, "movedFrom", &change->moved_from);
  buffer_printf(out, ", ");
  add_facts(out, diff, "movedTo", &change->moved_to);
  buffer_printf(out, "}");
}

static void add_notes(struct buffer *out, const struct contract *contract, const char **comma) {
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    buffer_printf(out, "%s\n    {", *comma);
    add_member(out, "text", diagnostic->text);
    buffer_printf(out, ", ");
    add_member(out, "file", diagnostic->at.file ? diagnostic->at.file : "");
    buffer_printf(out, ", \"line\": %u, \"column\": %u}", diagnostic->at.line,
                  diagnostic->at.column);
    *comma = ",";
  }
}

struct buffer report_json(const struct diff *diff) {
  struct buffer out = {0};
  const char *verdict = diff->changes.count == 0 ? "same"
                        : diff->breaking == 0    ? "compatible"
                                                 : "breaking";
  buffer_printf(&out, "{\n  \"format\": \"etwsdl diff\",\n  \"version\": %d,\n  ", JSON_VERSION);
  add_member(&out, "old", diff->before->path);
  buffer_printf(&out, ",\n  ");
  add_member(&out, "new", diff->after->path);
  buffer_printf(&out, ",\n  ");
  add_member(&out, "verdict", verdict);
  buffer_printf(&out, ",\n  ");
  add_member(&out, "summary", report_verdict(diff));
  buffer_printf(&out, ",\n  \"breaking\": {\"changes\": %zu, \"sender\": %zu, \"reader\": %zu},\n",
                diff->breaking, diff->sender_breaks, diff->reader_breaks);
  buffer_printf(&out, "  \"changes\": [");
  for (size_t i = 0; i < diff->changes.count; i++) {
    buffer_printf(&out, "%s\n", i ? "," : "");
    add_change(&out, diff, diff->changes.items[i]);
  }
  buffer_printf(&out, "%s],\n  \"notes\": [", diff->changes.count ? "\n  " : "");
  const char *comma = "";
  add_notes(&out, diff->before, &comma);
  add_notes(&out, diff->after, &comma);
  buffer_printf(&out, "%s]\n}\n", *comma ? "\n  " : "");
  return out;
}
