/* The diff for programs. The form is described in docs/wsdl-update.md; `version` counts what
 * would break a reader of it. */
#include "diff/diff.h"

enum { JSON_VERSION = 1 };

static const char *const kinds[] = {"added", "removed", "changed", "moved", "reordered"};

static void add_string(struct text *out, const char *value) {
  text_add(out, "\"");
  for (const char *c = value; *c != '\0'; c++) {
    unsigned char u = (unsigned char)*c;
    if (u == '"' || u == '\\')
      text_add(out, "\\%c", u);
    else if (u < 0x20)
      text_add(out, "\\u%04x", u);
    else
      text_add_n(out, c, 1);
  }
  text_add(out, "\"");
}

static void add_member(struct text *out, const char *name, const char *value) {
  text_add(out, "\"%s\": ", name);
  add_string(out, value);
}

static void add_place(struct text *out, const struct fact *fact) {
  text_add(out, "{");
  add_member(out, "file", fact->at.file ? fact->at.file : "");
  text_add(out, ", \"line\": %u, \"column\": %u}", fact->at.line, fact->at.column);
}

static void add_judgement(struct text *out, const char *name, const struct judgement *judgement) {
  text_add(out, "\"%s\": {\"breaking\": %s, ", name, judgement->breaking ? "true" : "false");
  add_member(out, "reason", judgement->reason);
  text_add(out, "}");
}

static void add_facts(struct text *out, const struct diff *diff, const char *name,
                      const struct list *facts) {
  text_add(out, "\"%s\": [", name);
  for (size_t i = 0; i < facts->count; i++) {
    text_add(out, "%s", i ? ", " : "");
    add_string(out, fact_line(diff->after, facts->items[i]));
  }
  text_add(out, "]");
}

static void add_side(struct text *out, const char *name, const struct fact *fact) {
  if (!fact) {
    text_add(out, "\"%s\": null", name);
    return;
  }
  text_add(out, "\"%s\": {", name);
  add_member(out, "owner", fact->owner);
  text_add(out, ", ");
  add_member(out, "name", fact->name);
  text_add(out, ", ");
  add_member(out, "detail", fact->detail);
  text_add(out, ", \"at\": ");
  add_place(out, fact);
  text_add(out, "}");
}

static void add_change(struct text *out, const struct diff *diff, const struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  text_add(out, "    {");
  add_member(out, "change", kinds[change->kind]);
  text_add(out, ", ");
  add_member(out, "fact", fact_words[fact->kind]);
  text_add(out, ", ");
  add_member(out, "group", change->group);
  text_add(out, ", ");
  add_member(out, "text", change->text);
  text_add(out, ",\n     ");
  add_side(out, "before", change->before);
  text_add(out, ",\n     ");
  add_side(out, "after", change->after);
  text_add(out, ",\n     ");
  add_judgement(out, "sender", &change->sender);
  text_add(out, ", ");
  add_judgement(out, "reader", &change->reader);
  text_add(out, ",\n     ");
  add_facts(out, diff, "details", &change->details);
  text_add(out, ", ");
  add_facts(out, diff, "movedFrom", &change->moved_from);
  text_add(out, ", ");
  add_facts(out, diff, "movedTo", &change->moved_to);
  text_add(out, "}");
}

static void add_notes(struct text *out, const struct contract *contract, const char **comma) {
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    text_add(out, "%s\n    {", *comma);
    add_member(out, "text", diagnostic->text);
    text_add(out, ", ");
    add_member(out, "file", diagnostic->at.file ? diagnostic->at.file : "");
    text_add(out, ", \"line\": %u, \"column\": %u}", diagnostic->at.line, diagnostic->at.column);
    *comma = ",";
  }
}

struct text diff_json(const struct diff *diff) {
  struct text out = {0};
  const char *verdict = diff->changes.count == 0 ? "same"
                        : diff->breaking == 0    ? "compatible"
                                                 : "breaking";
  text_add(&out, "{\n  \"format\": \"etwsdl diff\",\n  \"version\": %d,\n  ", JSON_VERSION);
  add_member(&out, "old", diff->before->path);
  text_add(&out, ",\n  ");
  add_member(&out, "new", diff->after->path);
  text_add(&out, ",\n  ");
  add_member(&out, "verdict", verdict);
  text_add(&out, ",\n  ");
  add_member(&out, "summary", diff_verdict(diff));
  text_add(&out, ",\n  \"breaking\": {\"changes\": %zu, \"sender\": %zu, \"reader\": %zu},\n",
           diff->breaking, diff->sender_breaks, diff->reader_breaks);
  text_add(&out, "  \"changes\": [");
  for (size_t i = 0; i < diff->changes.count; i++) {
    text_add(&out, "%s\n", i ? "," : "");
    add_change(&out, diff, diff->changes.items[i]);
  }
  text_add(&out, "%s],\n  \"notes\": [", diff->changes.count ? "\n  " : "");
  const char *comma = "";
  add_notes(&out, diff->before, &comma);
  add_notes(&out, diff->after, &comma);
  text_add(&out, "%s]\n}\n", *comma ? "\n  " : "");
  return out;
}
