#include "etwsdl/reference/page.h"

#include <stdlib.h>
#include <string.h>

#include "common/escape.h"
#include "etwsdl/base/file.h"

/* The pages of docs/ are dressed by it as well, beside which the reference is installed. */
const char page_style[] =
    "body { font: 15px/1.45 sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem;\n"
    "  color: #222; background: #fff }\n"
    "h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 1.6rem }\n"
    "code, .c { font-family: monospace; font-size: .92em }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0;\n"
    "  border-bottom: 1px solid #ddd }\n"
    ".note, .of { color: #666 } tr:target { background: #fff6d5 }\n"
    "pre { overflow-x: auto; padding: .6rem; background: #f4f4f4 } img { max-width: 100% }\n"
    "nav { color: #666 } nav a { margin-right: 1rem }\n"
    "#query { font-size: 1rem; width: 100%; max-width: 40rem; padding: .4rem }\n"
    "#found { list-style: none; padding: 0 } #found li { padding: .15rem 0 }\n"
    "ul.names { columns: 16rem; list-style: none; padding: 0; overflow-wrap: anywhere }\n"
    "@media (max-width: 70rem) { table { display: block; overflow-x: auto }\n"
    "  td.c + td { min-width: 18rem } }\n"
    "@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1b1b1b }\n"
    "  a { color: #8ab4f8 } pre { background: #262626 }\n"
    "  th, td { border-color: #444 } tr:target { background: #443c1a } }\n";

/* `entries` is written by reference.c: [name, what it is, page, documentation]. A name that begins
 * like the query comes before one that holds it, and that before a text that does. */
const char page_script[] =
    "'use strict';\n"
    "(function () {\n"
    "  const query = document.getElementById('query');\n"
    "  const found = document.getElementById('found');\n"
    "  const rank = (entry, words) => {\n"
    "    const name = entry[0].toLowerCase();\n"
    "    const all = name + ' ' + entry[1].toLowerCase() + ' ' + entry[3].toLowerCase();\n"
    "    if (!words.every(word => all.includes(word))) return -1;\n"
    "    const last = name.slice(name.lastIndexOf('.') + 1);\n"
    "    if (name === words[0] || last === words[0]) return 0;\n"
    "    if (name.startsWith(words[0]) || last.startsWith(words[0])) return 1;\n"
    "    return name.includes(words[0]) ? 2 : 3;\n"
    "  };\n"
    "  const search = () => {\n"
    "    const words = query.value.toLowerCase().split(/\\s+/).filter(word => word);\n"
    "    const hits = words.length ? entries.map(entry => [rank(entry, words), entry])\n"
    "      .filter(hit => hit[0] >= 0).sort((a, b) => a[0] - b[0]) : [];\n"
    "    found.replaceChildren(...hits.slice(0, 100).map(([, entry]) => {\n"
    "      const item = document.createElement('li');\n"
    "      const link = item.appendChild(document.createElement('a'));\n"
    "      link.href = entry[2];\n"
    "      link.textContent = entry[0];\n"
    "      item.append(' ' + entry[1]);\n"
    "      return item;\n"
    "    }));\n"
    "    if (words.length && !hits.length) found.textContent = 'Nothing found.';\n"
    "    if (hits.length > 100) found.append(`... and ${hits.length - 100} more`);\n"
    "  };\n"
    "  query.addEventListener('input', search);\n"
    "  const asked = new URLSearchParams(location.search).get('q');\n"
    "  if (asked) query.value = asked;\n"
    "  search();\n"
    "})();\n";

void page_text(struct buffer *page, const char *text) {
  if (text)
    escape_xml(page, text, strlen(text));
}

void page_begin(struct buffer *page, const char *title) {
  buffer_add_text(page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
  page_text(page, title);
  buffer_add_text(page, "</title><link rel=\"stylesheet\" href=\"style.css\"></head><body>\n");
}

void page_end(struct buffer *page) {
  buffer_add_text(page, "</body></html>\n");
}

/* A name may hold any letter; in an address it stands in percents. */
static void add_address(struct buffer *page, const char *name) {
  for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
    if (*c < 0x80)
      buffer_add_char(page, (char)*c);
    else
      buffer_printf(page, "%%%02X", (unsigned)*c);
  }
}

enum { LONGEST_FILE = 80 };

static bool may_stand(char c) {
  return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

/* Some file systems tell no case apart. */
static const char *lower(struct arena *arena, const char *name) {
  char *copy = arena_copy(arena, name, strlen(name));
  for (char *c = copy; *c; c++)
    if (*c >= 'A' && *c <= 'Z')
      *c = (char)(*c - 'A' + 'a');
  return copy;
}

void page_add_file(struct arena *arena, struct page_files *files, const char *name) {
  struct buffer out = {0};
  for (const char *c = name; *c; c++) {
    if (out.size >= LONGEST_FILE && ((unsigned char)*c & 0xc0) != 0x80)
      break; /* between characters */
    buffer_add_char(&out, may_stand(*c) ? *c : '-');
  }
  const char *file = intern_buffer(arena, &out);
  const char *key = lower(arena, file);
  size_t *count = map_get(&files->taken, key);
  if (!count) {
    count = arena_alloc(arena, sizeof *count);
    *count = strcmp(key, "index") == 0;
    map_put(arena, &files->taken, key, count);
  }
  if (++*count > 1) /* no name of a type has a tilde */
    file = intern_format(arena, "%s~%zu", file, *count);
  map_put(arena, &files->by_name, name, file);
}

const char *page_file(const struct page_files *files, const char *name) {
  return map_get(&files->by_name, name);
}

void page_link(struct buffer *page, const struct page_files *files, const char *name) {
  const char *file = page_file(files, name);
  if (!file) {
    page_text(page, name);
    return;
  }
  buffer_add_text(page, "<a href=\"");
  add_address(page, file);
  buffer_add_text(page, ".html\">");
  page_text(page, name);
  buffer_add_text(page, "</a>");
}

void page_cell(struct buffer *page, const char *text) {
  buffer_add_text(page, "<td>");
  page_text(page, text);
  buffer_add_text(page, "</td>");
}

bool page_write(struct buffer *page, const char *folder, const char *name) {
  char *path = need_format("%s/%s", folder, name);
  bool good = !page->failed && file_write(path, buffer_text(page), page->size);
  free(path);
  buffer_free(page);
  return good;
}
