/* Any bytes as a contract: reading, checking, and everything that is made of a valid one. */
#include "etwsdl/facts/facts.h"
#include "etwsdl/meta/meta.h"
#include "etwsdl/read/load.h"
#include "etwsdl/report/report.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(struct contract *contract) {
  struct buffer surface = surface_of(contract);
  if (surface.size > 0 && surface.data[surface.size - 1] != '\n')
    abort();
  buffer_free(&surface);
  struct meta meta;
  if (meta_build(&meta, contract)) {
    struct buffer source = meta_write(&meta);
    buffer_free(&source);
  }
}

/* A contract and itself are the same, in every form. */
static void compare(struct contract *before, struct contract *after) {
  struct diff diff;
  diff_make(&diff, before, after, true);
  if (diff.changes.count != 0)
    abort();
  struct buffer json = report_json(&diff);
  buffer_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const struct import_folders folders = {.none = true};
  struct contract *before = contract_load_memory(data, size, &folders);
  struct contract *after = contract_load_memory(data, size, &folders);
  if (before->errors != after->errors)
    abort();
  if (before->errors == 0) {
    compare(before, after);
    use(before);
  }
  contract_free(before);
  contract_free(after);
  return 0;
}
