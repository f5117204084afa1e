/* Any bytes as a contract: reading, checking, and everything that is made of a valid one. */
#include "diff/diff.h"
#include "meta/meta.h"
#include "read/load.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(struct contract *contract) {
  struct text surface = surface_of(contract);
  if (surface.length > 0 && surface.data[surface.length - 1] != '\n')
    abort();
  text_free(&surface);
  struct meta meta;
  if (meta_build(&meta, contract)) {
    struct text source = meta_write(&meta);
    text_free(&source);
  }
}

/* A contract and itself are the same, in every form. */
static void compare(struct contract *before, struct contract *after) {
  struct diff diff;
  diff_make(&diff, before, after, true);
  if (diff.changes.count != 0)
    abort();
  struct text json = diff_json(&diff);
  text_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const struct load_options options = {.no_imports = true};
  struct contract *before = contract_load_memory(data, size, &options);
  struct contract *after = contract_load_memory(data, size, &options);
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
