/* html_pages: HTML of the pages in Markdown, for the build. The pages keep their places below the
 * folder, README.md becomes index.html, and links between pages lead to what the pages became. */
#include "common/buffer.h"
#include "common/escape.h"
#include "common/options.h"
#include "common/program.h"
#include "manual/files.h"
#include "manual/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

struct settings {
  const char *root, *folder;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("root", 0, "DIR", struct settings, root, "what the pages are named from"),
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, folder,
                    "with a folder for each of them"),
    OPTION_ROW_END};

/* --- addresses ------------------------------------------------------------------------------- */

/* What a page becomes: "docs/filters.md#values" is "docs/filters.html#values". */
static void add_address(struct buffer *out, const char *address) {
  static const char readme[] = "README.md";
  size_t n = strcspn(address, "#"), own = strlen(readme);
  bool is_readme = n >= own && memcmp(address + n - own, readme, own) == 0 &&
                   (n == own || address[n - own - 1] == '/');
  bool is_page = n > 3 && memcmp(address + n - 3, ".md", 3) == 0 && !strstr(address, "://");
  if (is_readme && is_page)
    buffer_printf(out, "%.*sindex.html%s", (int)(n - own), address, address + n);
  else if (is_page)
    buffer_printf(out, "%.*s.html%s", (int)(n - 3), address, address + n);
  else
    buffer_add_text(out, address);
}

static void change_address(cmark_node *link) {
  struct buffer address = {0};
  add_address(&address, cmark_node_get_url(link));
  cmark_node_set_url(link, buffer_text(&address));
  buffer_free(&address);
}

/* --- headings and captions ------------------------------------------------------------------- */

static void add_words_of(struct buffer *out, cmark_node *node) {
  cmark_iter *iter = cmark_iter_new(node);
  while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
    cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
      buffer_add_text(out, cmark_node_get_literal(cmark_iter_get_node(iter)));
    else if (type == CMARK_NODE_SOFTBREAK)
      buffer_add_char(out, ' ');
  }
  cmark_iter_free(iter);
}

/* A place that links lead to, of the name that it has wherever Markdown is shown. */
static void add_anchor(cmark_node *heading) {
  struct buffer words = {0}, anchor = {0};
  add_words_of(&words, heading);
  buffer_add_text(&anchor, "<a id=\"");
  for (size_t i = 0; i < words.size; i++) {
    unsigned char c = (unsigned char)words.data[i];
    if (isalnum(c) || c == '-' || c == '_' || c >= 0x80)
      buffer_add_char(&anchor, (char)tolower(c));
    else if (c == ' ')
      buffer_add_char(&anchor, '-');
  }
  buffer_add_text(&anchor, "\"></a>");
  cmark_node *place = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
  cmark_node_set_on_enter(place, buffer_text(&anchor));
  cmark_node_prepend_child(heading, place);
  buffer_free(&words);
  buffer_free(&anchor);
}

/* What stands in `backquotes` is code, the rest is text. */
static void add_caption(cmark_node *block) {
  struct buffer caption = {0};
  const char *words = cmark_node_get_fence_info(block);
  text_caption(&caption, words, strlen(words));
  if (caption.size > 0) {
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    bool code = false;
    for (char *at = caption.data, *next; at; at = next, code = !code) {
      cmark_node *part = cmark_node_new(code ? CMARK_NODE_CODE : CMARK_NODE_TEXT);
      if ((next = strchr(at, '`')))
        *next++ = '\0';
      cmark_node_set_literal(part, at);
      cmark_node_append_child(paragraph, part);
    }
    cmark_node_insert_before(block, paragraph);
  }
  buffer_free(&caption);
}

/* --- pages ----------------------------------------------------------------------------------- */

static void adapt(cmark_node *page, struct buffer *title) {
  cmark_iter *iter = cmark_iter_new(page);
  cmark_event_type event;
  while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
    cmark_node *node = cmark_iter_get_node(iter);
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK && event == CMARK_EVENT_EXIT)
      change_address(node);
    else if (type == CMARK_NODE_CODE_BLOCK)
      add_caption(node);
    else if (type == CMARK_NODE_HEADING && event == CMARK_EVENT_EXIT) {
      if (title->size == 0)
        add_words_of(title, node);
      add_anchor(node);
    }
  }
  cmark_iter_free(iter);
}

/* `up` leads to the folder of all pages. */
static void add_page(struct buffer *out, const char *title, const char *up, const char *body) {
  buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
  escape_xml(out, title, strlen(title));
  buffer_printf(
      out, "</title><link rel=\"stylesheet\" href=\"%scontract/style.css\"></head><body>\n", up);
  buffer_printf(out,
                "<nav><a href=\"%sindex.html\">etsoap</a> <a href=\"%sdocs/index.html\">all pages"
                "</a> <a href=\"%scontract/index.html\">the contract, a page a type</a> "
                "<a href=\"%sCHANGELOG.html\">changes</a></nav>\n",
                up, up, up, up);
  buffer_add_text(out, body);
  buffer_add_text(out, "</body></html>\n");
}

static bool make_page(const struct settings *settings, const char *name) {
  struct buffer source = {0}, text = {0}, target = {0}, title = {0}, up = {0}, page = {0};
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
  buffer_printf(&source, "%s/%s", settings->root, name);
  buffer_printf(&target, "%s/", settings->folder);
  add_address(&target, name);
  for (const char *at = name; (at = strchr(at, '/')); at++)
    buffer_add_text(&up, "../");
  bool good = file_read(&text, buffer_text(&source));
  if (good) {
    cmark_parser_feed(parser, buffer_text(&text), text.size);
    cmark_node *tree = cmark_parser_finish(parser);
    adapt(tree, &title);
    char *body =
        cmark_render_html(tree, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
    add_page(&page, buffer_text(&title), buffer_text(&up), body);
    free(body);
    cmark_node_free(tree);
    good = file_write(buffer_text(&target), &page);
  }
  cmark_parser_free(parser);
  buffer_free(&source);
  buffer_free(&text);
  buffer_free(&target);
  buffer_free(&title);
  buffer_free(&up);
  buffer_free(&page);
  return good;
}

int main(int argc, char **argv) {
  struct settings settings = {0};
  struct option_list pages = {0};
  const struct option_table table = {.options = options, .into = &settings};
  const struct options_reader reader = {
      .tables = &table, .table_count = 1, .help = "tools/manual/html.c"};
  program_start("html_pages");
  bool good = options_read(&reader, argc - 1, argv + 1, &pages);
  if (good && (!settings.root || !settings.folder)) {
    complain("html_pages --root DIR -o DIR PAGE...");
    good = false;
  }
  cmark_gfm_core_extensions_ensure_registered();
  for (size_t i = 0; good && i < pages.count; i++)
    good = make_page(&settings, pages.items[i]);
  option_list_free(&pages);
  return program_end(good ? EXIT_DONE : EXIT_FAILED);
}
