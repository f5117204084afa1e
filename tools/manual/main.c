/* manual: manual pages from docs/ and from the public headers, for the build. */
#include "common/options.h"
#include "common/program.h"
#include "manual/files.h"
#include "manual/pages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct settings {
  const char *docs, *folder;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("docs", 0, "DIR", struct settings, docs,
                    "pages in Markdown, for man5 and man7"),
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, folder, "where man3, man5 and man7 are"),
    OPTION_ROW_END};

/* FOLDER/manN/NAME.N */
static bool write_page(const char *folder, const char *name, size_t size, char section,
                       const struct buffer *page) {
  struct buffer path = {0};
  buffer_printf(&path, "%s/man%c/%.*s.%c", folder, section, (int)size, name, section);
  bool good = file_write(buffer_text(&path), page);
  buffer_free(&path);
  return good;
}

/* A link for each name, which leads to the page of the header. */
static bool write_links(const char *folder, const char *names, const char *page) {
  bool good = true;
  struct buffer target = {0};
  buffer_printf(&target, "%s.3", page);
  while (good && *names) {
    struct buffer path = {0};
    size_t n = strcspn(names, "\n");
    buffer_printf(&path, "%s/man3/%.*s.3", folder, (int)n, names);
    good = symlink(buffer_text(&target), buffer_text(&path)) == 0;
    if (!good)
      complain("cannot make %s: %s", buffer_text(&path), strerror(errno));
    buffer_free(&path);
    names += n + 1;
  }
  buffer_free(&target);
  return good;
}

static bool make_header(const char *path, const char *folder) {
  struct buffer content = {0}, links = {0}, name = {0}, title = {0};
  struct mdoc page = {.inside = false};
  const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  buffer_add(&name, base, strcspn(base, "."));
  buffer_add_text(&title, strcmp(buffer_text(&name), "etsoap") == 0 ? "" : "etsoap-");
  for (const char *at = buffer_text(&name); *at; at++)
    buffer_add_char(&title, *at == '_' ? '-' : *at);
  bool good = file_read(&content, path);
  if (good) {
    page_from_header(&page, &links, buffer_text(&name), buffer_text(&title), buffer_text(&content));
    good = write_page(folder, buffer_text(&title), title.size, '3', &page.out) &&
           write_links(folder, buffer_text(&links), buffer_text(&title));
  }
  buffer_free(&content);
  buffer_free(&links);
  buffer_free(&name);
  buffer_free(&title);
  buffer_free(&page.out);
  return good;
}

static bool make_docs(const char *docs, const char *folder) {
  bool good = true;
  for (const struct page_source *source = page_sources; good && source->file; source++) {
    struct buffer path = {0}, content = {0};
    struct mdoc page = {.inside = false};
    size_t n = strcspn(source->page, "(");
    buffer_printf(&path, "%s/%s", docs, source->file);
    good = file_read(&content, buffer_text(&path));
    if (good) {
      page_from_markdown(&page, source, buffer_text(&content));
      good = write_page(folder, source->page, n, source->page[n + 1], &page.out);
    }
    buffer_free(&path);
    buffer_free(&content);
    buffer_free(&page.out);
  }
  return good;
}

int main(int argc, char **argv) {
  struct settings settings = {0};
  struct option_list headers = {0};
  const struct option_table table = {.options = options, .into = &settings};
  const struct options_reader reader = {
      .tables = &table, .table_count = 1, .help = "tools/manual/main.c"};
  program_start("manual");
  bool good = options_read(&reader, argc - 1, argv + 1, &headers);
  if (good && (!settings.docs || !settings.folder)) {
    complain("manual --docs DIR -o DIR HEADER...");
    good = false;
  }
  good = good && make_docs(settings.docs, settings.folder);
  for (size_t i = 0; good && i < headers.count; i++)
    good = make_header(headers.items[i], settings.folder);
  option_list_free(&headers);
  return program_end(good ? EXIT_DONE : EXIT_FAILED);
}
