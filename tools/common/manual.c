#include "common/manual.h"

#include "common/mdoc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void manual_add_options(struct manual *manual, const char *heading, const struct option *options) {
  size_t count = 0;
  while (count < MANUAL_TABLES && manual->options[count].options)
    count++;
  if (options && options->name && count < MANUAL_TABLES)
    manual->options[count] = (struct manual_options){heading, options};
}

static void add_synopsis(struct mdoc *page, const struct manual *manual) {
  mdoc_section(page, "SYNOPSIS");
  buffer_printf(&page->out, manual->command ? ".Nm \"%s %s\"\n" : ".Nm %s\n", manual->program,
                manual->command);
  if (manual->options[0].options)
    buffer_add_text(&page->out, ".Op Ar option ...\n");
  for (const char *at = manual->operands; *at; at += strspn(at, " ")) {
    size_t n = strcspn(at, " ");
    buffer_add_text(&page->out, ".Ar");
    mdoc_argument(page, at, n);
    buffer_add_text(&page->out, "\n");
    at += n;
  }
}

/* "sends of a period" as a sentence. */
static void add_summary(struct mdoc *page, const char *summary) {
  struct buffer text = {0};
  buffer_printf(&text, "%c%s.", toupper((unsigned char)*summary), summary + 1);
  mdoc_paragraph(page, buffer_text(&text), text.size);
  buffer_free(&text);
}

static void add_terms(struct mdoc *page, const char *section, const struct manual_term *terms) {
  if (!terms)
    return;
  mdoc_section(page, section);
  mdoc_list(page, "tag");
  for (; terms->name; terms++) {
    mdoc_item(page, terms->name, strlen(terms->name));
    mdoc_words(page, terms->text, strlen(terms->text));
  }
  mdoc_list_end(page);
}

/* A command has a page of its own. */
static void add_commands(struct mdoc *page, const struct manual *manual) {
  if (!manual->commands[0].name)
    return;
  mdoc_section(page, "COMMANDS");
  mdoc_list(page, "tag");
  for (size_t i = 0; i < MANUAL_COMMANDS && manual->commands[i].name; i++) {
    const struct manual_term *command = &manual->commands[i];
    buffer_printf(&page->out, ".It Xr %s-%s 1\n", manual->program, command->name);
    mdoc_words(page, command->text, strlen(command->text));
  }
  mdoc_list_end(page);
}

static void add_option(struct mdoc *page, const struct option *option) {
  buffer_add_text(&page->out, ".It");
  if (option->letter)
    buffer_printf(&page->out, " Fl %c ,", option->letter);
  buffer_add_text(&page->out, " Fl");
  struct buffer name = {0};
  buffer_printf(&name, "-%s", option->name);
  mdoc_argument(page, buffer_text(&name), name.size);
  buffer_free(&name);
  if (option->value) {
    buffer_add_text(&page->out, " Ar");
    mdoc_argument(page, option->value, strlen(option->value));
  }
  buffer_add_char(&page->out, '\n');
  mdoc_words(page, option->help, strlen(option->help));
}

static void add_heading(struct mdoc *page, const char *heading) {
  struct buffer text = {0};
  buffer_printf(&text, "%s%s", heading, strchr(heading, '.') ? "" : ":");
  mdoc_paragraph(page, buffer_text(&text), text.size);
  buffer_free(&text);
}

static void add_options(struct mdoc *page, const struct manual *manual) {
  const char *heading = NULL;
  if (!manual->options[0].options)
    return;
  mdoc_section(page, "OPTIONS");
  for (size_t i = 0; i < MANUAL_TABLES && manual->options[i].options; i++) {
    const struct manual_options *table = &manual->options[i];
    bool begins = i == 0 || (table->heading && (!heading || strcmp(table->heading, heading) != 0));
    if (i > 0 && begins)
      mdoc_list_end(page);
    if (begins && table->heading)
      add_heading(page, heading = table->heading);
    if (begins)
      mdoc_list(page, "tag");
    for (const struct option *option = table->options; option->name; option++)
      add_option(page, option);
  }
  mdoc_list_end(page);
}

static void add_description(struct mdoc *page, const struct manual *manual) {
  mdoc_section(page, "DESCRIPTION");
  add_summary(page, manual->summary);
  mdoc_text(page, manual->text);
  for (size_t i = 0; i < MANUAL_NOTES && manual->notes[i].name; i++) {
    mdoc_subsection(page, manual->notes[i].name, strlen(manual->notes[i].name));
    mdoc_text(page, manual->notes[i].text);
  }
}

void manual_print(const struct manual *manual) {
  struct mdoc page = {.inside = false};
  struct buffer name = {0};
  buffer_printf(&name, "%s%s%s", manual->program, manual->command ? "-" : "",
                manual->command ? manual->command : "");
  mdoc_head(&page, buffer_text(&name), 1);
  mdoc_name(&page, buffer_text(&name), manual->summary);
  add_synopsis(&page, manual);
  add_description(&page, manual);
  add_commands(&page, manual);
  add_options(&page, manual);
  add_terms(&page, "ENVIRONMENT", manual->environment);
  add_terms(&page, "FILES", manual->files);
  add_terms(&page, "EXIT STATUS", manual->exits);
  if (manual->examples) {
    mdoc_section(&page, "EXAMPLES");
    mdoc_text(&page, manual->examples);
  }
  if (manual->see_also) {
    buffer_add_text(&name, "(1)");
    mdoc_see_also(&page, manual->see_also, buffer_text(&name));
  }
  fputs(buffer_text(&page.out), stdout);
  buffer_free(&name);
  buffer_free(&page.out);
}
