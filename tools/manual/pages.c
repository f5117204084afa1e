#include "manual/pages.h"

#include <string.h>

const struct page_source page_sources[] = {
    {"settings.md", NULL, "etsoap-config(5)", "settings of the programs, and the file they are in",
     "ettrack(1) etsoap-session(3) etsoap-settings(3) etsoap-authentication(7)"},
    {"authentication.md", NULL, "etsoap-authentication(7)",
     "OAuth 2, tokens, user names, and how tokens are kept",
     "ettrack(1) ettrack-login(1) ettrack-logout(1) etsoap-auth(3) etsoap-oauth(3) "
     "etsoap-login(3) etsoap-session(3) etsoap-config(5)"},
    {"cookbook.md", NULL, "etsoap-cookbook(7)",
     "each kind of object: the call, what it sends, what comes back",
     "etsoap(3) etsoap-batch(3) etsoap-object(3) etsoap-operations(3) etsoap-pool(3) "
     "etsoap-retrieve(3) etsoap-errors(7) etsoap-objects(7)"},
    {"errors.md", NULL, "etsoap-errors(7)", "every status, what is tried again, log and trace",
     "etsoap-batch(3) etsoap-error(3) etsoap-log(3) etsoap-operations(3) etsoap-session(3) "
     "etsoap-status(3) etsoap-trace(3)"},
    {"filters.md", NULL, "etsoap-filters(7)", "which objects a Retrieve returns",
     "ettrack(1) ettrack-events(1) ettrack-retrieve(1) etsoap-filter(3) etsoap-retrieve(3) "
     "etsoap-tracking(3) etsoap-time(7)"},
    {"objects.md", NULL, "etsoap-objects(7)", "reading and writing objects of the service",
     "etsoap-batch(3) etsoap-object(3) etsoap-operations(3) etsoap-pool(3) etsoap-rates(3) "
     "etsoap-recipient(3) etsoap-report(3) etsoap-rows(3) etsoap-ownership(7)"},
    {"ownership.md", NULL, "etsoap-ownership(7)",
     "how long a value lives, about threads and signals",
     "etsoap(3) etsoap-object(3) etsoap-pool(3) etsoap-retrieve(3) etsoap-session(3)"},
    {"stubs.md", NULL, "etsoap-stubs(7)", "calling the generated stubs directly",
     "etsoap-session(3) etsoap-stubs(3) etsoap-wsdl-update(7)"},
    {"time.md", NULL, "etsoap-time(7)", "dates as they are read and written, and server time",
     "ettrack(1) etsoap-export(3) etsoap-session(3) etsoap-time(3) etsoap-tracking(3)"},
    {"wsdl-update.md", NULL, "etsoap-wsdl-update(7)",
     "bringing the bindings in step with a new contract",
     "etwsdl(1) etwsdl-check(1) etwsdl-diff(1) etwsdl-sync(1) etwsdl-watch(1) etsoap-version(3)"},
    {"etsim.md", "Trouble on demand", "etsim-rules(7)",
     "faults and delays that etsim answers with on demand", "etsim(1)"},
    {NULL, NULL, NULL, NULL, NULL}};

void pages_that_name(struct buffer *out, const char *page) {
  size_t size = strlen(page);
  for (const struct page_source *source = page_sources; source->file; source++)
    for (const char *at = source->see_also; (at = strstr(at, page)); at += size)
      if (at == source->see_also || at[-1] == ' ')
        buffer_printf(out, " %s", source->page);
}

const char *page_of_file(const char *path, size_t size) {
  for (const struct page_source *page = page_sources; page->file; page++) {
    size_t n = strlen(page->file);
    if (!page->heading && size >= n && memcmp(path + size - n, page->file, n) == 0 &&
        (size == n || path[size - n - 1] == '/'))
      return page->page;
  }
  return NULL;
}
