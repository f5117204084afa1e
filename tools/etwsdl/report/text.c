/* The diff for people: plain text, and markdown for a pull request. */
#include <string.h>

#include "diff/diff.h"

static const char *const signs[] = {"+", "-", "~", ">", "#"};

static const char *plural(size_t count) {
  return count == 1 ? "" : "s";
}

static const char *first_breaking(const struct diff *diff) {
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (change->sender.breaking || change->reader.breaking)
      return change->text;
  }
  return "";
}

const char *diff_verdict(const struct diff *diff) {
  struct text text = {0};
  size_t changes = diff->changes.count;
  size_t notes = diff_notes(diff->before) + diff_notes(diff->after);
  if (changes == 0)
    text_add(&text, "Same: nothing on the wire has changed.");
  else if (diff->breaking == 0)
    text_add(&text,
             "Compatible: %zu change%s, none of which breaks a sender or a reader made from the "
             "old contract.",
             changes, plural(changes));
  else
    text_add(&text,
             "Breaking: %zu change%s, of which %zu break%s a program made from the old contract "
             "(%zu for a sender, %zu for a reader). The first is: %s.",
             changes, plural(changes), diff->breaking, diff->breaking == 1 ? "s" : "",
             diff->sender_breaks, diff->reader_breaks, first_breaking(diff));
  if (notes > 0)
    text_add(&text,
             " %zu construct%s of the contracts %s not understood and not compared; the messages "
             "name them.",
             notes, plural(notes), notes == 1 ? "was" : "were");
  char *verdict = arena_copy(diff->after->arena, text_get(&text), text.length);
  text_free(&text);
  return verdict;
}

static void add_judgements(struct text *out, const struct change *change) {
  const struct judgement *sender = &change->sender, *reader = &change->reader;
  if (sender->breaking == reader->breaking && strcmp(sender->reason, reader->reason) == 0)
    text_add(out, "%s: %s", sender->breaking ? "BREAKING" : "compatible", sender->reason);
  else
    text_add(out, "sender %s: %s; reader %s: %s", sender->breaking ? "BREAKING" : "compatible",
             sender->reason, reader->breaking ? "BREAKING" : "compatible", reader->reason);
}

static void add_place(struct text *out, const struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  if (fact->at.file)
    text_add(out, "%s:%u:%u", fact->at.file, fact->at.line, fact->at.column);
}

static void add_details(struct text *out, const struct diff *diff, const struct change *change,
                        const char *indent) {
  for (size_t i = 0; i < change->details.count; i++) {
    const struct fact *fact = change->details.items[i];
    if (fact->kind != FACT_CONTENT)
      text_add(out, "%s%s\n", indent, fact_line(diff->after, fact));
  }
}

struct text diff_text(const struct diff *diff) {
  struct text out = {0};
  const char *group = "";
  text_add(&out, "%s\n", diff_verdict(diff));
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (strcmp(group, change->group) != 0)
      text_add(&out, "\n%s\n", change->group);
    group = change->group;
    text_add(&out, "%s %s\n", signs[change->kind], change->text);
    add_details(&out, diff, change, "      ");
    text_add(&out, "    ");
    add_judgements(&out, change);
    text_add(&out, "\n    ");
    add_place(&out, change);
    text_add(&out, "\n");
  }
  return out;
}

static void add_cell(struct text *out, const char *value) {
  for (const char *c = value; *c != '\0'; c++) {
    if (*c == '|')
      text_add(out, "\\|");
    else
      text_add_n(out, c, 1);
  }
}

static void add_side(struct text *out, const struct judgement *judgement) {
  text_add(out, " | %s: ", judgement->breaking ? "**breaking**" : "compatible");
  add_cell(out, judgement->reason);
}

struct text diff_markdown(const struct diff *diff) {
  struct text out = {0};
  const char *group = "";
  text_add(&out, "## Contract changes\n\n%s\n", diff_verdict(diff));
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (strcmp(group, change->group) != 0)
      text_add(&out, "\n### %s\n\n| change | sender | reader |\n| --- | --- | --- |\n",
               change->group);
    group = change->group;
    text_add(&out, "| `%s ", signs[change->kind]);
    add_cell(&out, change->text);
    text_add(&out, "`");
    if (change->details.count > 0)
      text_add(&out, " (with %zu more fact%s)", change->details.count,
               plural(change->details.count));
    add_side(&out, &change->sender);
    add_side(&out, &change->reader);
    text_add(&out, " |\n");
  }
  return out;
}
