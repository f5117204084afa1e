/* The diff for people: plain text, and markdown for a pull request. */
#include <string.h>

#include "etwsdl/report/report.h"

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

const char *report_verdict(const struct diff *diff) {
  struct buffer text = {0};
  size_t changes = diff->changes.count;
  size_t notes = diff_notes(diff);
  if (changes == 0)
    buffer_printf(&text, "Same: nothing on the wire has changed.");
  else if (diff->breaking == 0)
    buffer_printf(
        &text,
        "Compatible: %zu change%s, none of which breaks a sender or a reader made from the "
        "old contract.",
        changes, plural(changes));
  else
    buffer_printf(
        &text,
        "Breaking: %zu change%s, of which %zu break%s a program made from the old contract "
        "(%zu for a sender, %zu for a reader). The first is: %s.",
        changes, plural(changes), diff->breaking, diff->breaking == 1 ? "s" : "",
        diff->sender_breaks, diff->reader_breaks, first_breaking(diff));
  if (notes > 0)
    buffer_printf(
        &text,
        " %zu construct%s of the contracts %s not understood and not compared; the messages "
        "name them.",
        notes, plural(notes), notes == 1 ? "was" : "were");
  return intern_buffer(diff->after->arena, &text);
}

static const char *verdict_word(bool breaking) {
  return breaking ? "BREAKING" : "compatible";
}

static void add_judgements(struct buffer *out, const struct change *change) {
  const struct judgement *sender = &change->sender, *reader = &change->reader;
  if (sender->breaking == reader->breaking && strcmp(sender->reason, reader->reason) == 0)
    buffer_printf(out, "%s: %s", verdict_word(sender->breaking), sender->reason);
  else
    buffer_printf(out, "sender %s: %s; reader %s: %s", verdict_word(sender->breaking),
                  sender->reason, verdict_word(reader->breaking), reader->reason);
  if (reader->helpers)
    buffer_printf(out, "; reader with the helpers compatible: %s", reader->helpers);
}

static void add_place(struct buffer *out, const struct change *change) {
  const struct fact *fact = change_fact(change);
  if (fact->at.file)
    buffer_printf(out, "%s:%u:%u", fact->at.file, fact->at.line, fact->at.column);
}

static void add_details(struct buffer *out, const struct diff *diff, const struct change *change,
                        const char *indent) {
  for (size_t i = 0; i < change->details.count; i++) {
    const struct fact *fact = change->details.items[i];
    if (fact->kind != FACT_CONTENT)
      buffer_printf(out, "%s%s\n", indent, fact_line(diff->after, fact));
  }
}

void report_changes(struct buffer *out, const struct diff *diff) {
  const char *group = "";
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (strcmp(group, change->group) != 0)
      buffer_printf(out, "\n%s\n", change->group);
    group = change->group;
    buffer_printf(out, "%c %s\n", change->kind->sign, change->text);
    add_details(out, diff, change, "      ");
    buffer_printf(out, "    ");
    add_judgements(out, change);
    buffer_printf(out, "\n    ");
    add_place(out, change);
    buffer_printf(out, "\n");
  }
}

struct buffer report_text(const struct diff *diff) {
  struct buffer out = {0};
  buffer_printf(&out, "%s\n", report_verdict(diff));
  report_changes(&out, diff);
  return out;
}

static void add_cell(struct buffer *out, const char *value) {
  for (const char *c = value; *c != '\0'; c++) {
    if (*c == '|')
      buffer_printf(out, "\\|");
    else
      buffer_add(out, c, 1);
  }
}

static void add_side(struct buffer *out, const struct judgement *judgement) {
  buffer_printf(out, " | %s: ", judgement->breaking ? "**breaking**" : "compatible");
  add_cell(out, judgement->reason);
  if (judgement->helpers) {
    buffer_add_text(out, "; with the helpers compatible: ");
    add_cell(out, judgement->helpers);
  }
}

struct buffer report_markdown(const struct diff *diff) {
  struct buffer out = {0};
  const char *group = "";
  buffer_printf(&out, "## Contract changes\n\n%s\n", report_verdict(diff));
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (strcmp(group, change->group) != 0)
      buffer_printf(&out, "\n### %s\n\n| change | sender | reader |\n| --- | --- | --- |\n",
                    change->group);
    group = change->group;
    buffer_printf(&out, "| `%c ", change->kind->sign);
    add_cell(&out, change->text);
    buffer_printf(&out, "`");
    if (change->details.count > 0)
      buffer_printf(&out, " (with %zu more fact%s)", change->details.count,
                    plural(change->details.count));
    add_side(&out, &change->sender);
    add_side(&out, &change->reader);
    buffer_printf(&out, " |\n");
  }
  return out;
}
