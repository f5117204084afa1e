#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath */
#endif
#include "etwsdl/sync/sync.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "etwsdl/sync/apply.h"
#include "common/exit_code.h"
#include "common/program.h"
#include "etwsdl/effect/report.h"
#include "etwsdl/facts/facts.h"
#include "etwsdl/read/load.h"
#include "etwsdl/report/report.h"
#include "etwsdl/sync/try.h"

struct sync {
  const struct sync_options *options;
  const char *origin;
  char *scratch; /* removed in the end */
  char *folder;  /* scratch/contract: the new contract with local imports */
  char *current; /* TREE/wsdl/etframework.wsdl */
  struct bundle bundle;
  struct contract *old, *new;
  size_t missing;
};

/* What was said so far reached somebody, or nothing more is done. */
static bool is_said(void) {
  if (fflush(stdout) == 0 && !ferror(stdout))
    return true;
  complain("cannot write stdout: %s", errno ? strerror(errno) : "not all of it went out");
  return false;
}

/* Paths of the scratch copy become what the copy is of. */
static void print_original(const struct sync *sync, FILE *out, const char *text) {
  size_t n = strlen(sync->folder);
  while (*text != '\0') {
    const char *at = strstr(text, sync->folder);
    const struct bundle_file *found = NULL;
    for (size_t i = 0; at && i < sync->bundle.files.count && !found; i++) {
      const struct bundle_file *file = sync->bundle.files.items[i];
      size_t length = strlen(file->name);
      if (strncmp(at + n + 1, file->name, length) == 0 && at[n + 1 + length] == ':')
        found = file;
    }
    if (!found) {
      fputs(text, out);
      return;
    }
    fprintf(out, "%.*s%s", (int)(at - text), text, found->origin);
    text = at + n + 1 + strlen(found->name);
  }
}

static void print_diagnostics(const struct sync *sync, const struct contract *contract) {
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    struct buffer line = {0};
    buffer_printf(&line, "%s:%u:%u: %s: %s\n", diagnostic->at.file ? diagnostic->at.file : "etwsdl",
                  diagnostic->at.line, diagnostic->at.column,
                  diagnostic->severity == SEVERITY_ERROR ? "error" : "note", diagnostic->text);
    print_original(sync, stderr, buffer_text(&line));
    buffer_free(&line);
  }
}

static bool make_scratch(struct sync *sync) {
  const char *base = getenv("TMPDIR");
  sync->scratch = need_format("%s/etwsdl-sync-XXXXXX", base && *base != '\0' ? base : "/tmp");
  if (!mkdtemp(sync->scratch)) {
    complain("cannot make %s: %s", sync->scratch, strerror(errno));
    free(sync->scratch);
    sync->scratch = NULL;
    return false;
  }
  sync->folder = need_format("%s/contract", sync->scratch);
  return mkdir(sync->folder, 0777) == 0;
}

static bool obtain(struct sync *sync) {
  const struct sync_options *options = sync->options;
  struct import_folders folders = options->folders;
  char *beside = need_format("%s/wsdl", options->tree);
  bool good;
  sync->bundle.holder = contract_new();
  if (is_address(sync->origin)) {
    good = fetch_bundle(&sync->bundle, sync->origin, "etframework.wsdl", &options->http);
  } else {
    struct bundle_reader reader = bundle_from_files;
    if (folders.count < IMPORT_MOST_FOLDERS)
      folders.paths[folders.count++] = beside;
    reader.context = &folders;
    good = bundle_collect(&sync->bundle, &reader, sync->origin, "etframework.wsdl");
  }
  print_diagnostics(sync, sync->bundle.holder);
  for (size_t i = 0; good && i < sync->bundle.files.count; i++) {
    const struct bundle_file *file = sync->bundle.files.items[i];
    printf("%s: %s, SHA-256 %s\n", file->name, file->origin, file->digest);
  }
  free(beside);
  return good && bundle_write(&sync->bundle, sync->folder);
}

static bool load_both(struct sync *sync) {
  static const struct import_folders none = {0};
  char *path = need_format("%s/etframework.wsdl", sync->folder);
  sync->old = contract_load(sync->current, &none);
  print_diagnostics(sync, sync->old);
  sync->new = contract_load(path, &none);
  print_diagnostics(sync, sync->new);
  free(path);
  return sync->old->errors == 0 && sync->new->errors == 0;
}

/* What a person needs comes first: the verdict, what it does to src/ and to their own programs. */
static bool report(struct sync *sync) {
  struct diff diff;
  struct meta old, new;
  struct needs_result needs = {0};
  struct source_effect sources = {0};
  struct buffer out = {0};
  const char *folder = sync->options->sources;
  bool good = meta_build(&new, sync->new);
  if (!good)
    print_diagnostics(sync, sync->new);
  needs_check(&needs, &new);
  if (good && folder)
    good = meta_build(&old, sync->old) && sources_check(&sources, folder, &old, &new);
  diff_make(&diff, sync->old, sync->new, false);
  buffer_printf(&out, "\n%s\n", report_verdict(&diff));
  effect_report(&out, &needs, folder ? &sources : NULL);
  report_changes(&out, &diff);
  print_original(sync, stdout, buffer_text(&out));
  buffer_free(&out);
  sync->missing = needs.needed.count;
  return good;
}

static bool generate(const struct sync *sync) {
  struct buffer said = {0};
  char *contract = need_format("%s/etframework.wsdl", sync->folder);
  char *out = need_format("%s/generated", sync->scratch);
  char *tree = realpath(sync->options->tree, NULL);
  bool good = tree && mkdir(out, 0777) == 0 && try_generation(tree, contract, out, &said);
  printf("\nGeneration in a scratch folder: %s\n", good ? "done." : "failed.");
  fflush(stdout);
  if (!good)
    fprintf(stderr, "%s", buffer_text(&said));
  free(contract);
  free(out);
  free(tree);
  buffer_free(&said);
  return good;
}

/* Whether the file is there and has these bytes. */
static bool has_text(const char *path, const struct buffer *text) {
  FILE *file = fopen(path, "rb");
  char *bytes = need_alloc(text->size + 1);
  size_t size = file ? fread(bytes, 1, text->size + 1, file) : 0;
  bool same = file && size == text->size && memcmp(bytes, buffer_text(text), size) == 0;
  if (file)
    fclose(file);
  free(bytes);
  return same;
}

static bool is_current_surface(const struct sync *sync) {
  struct buffer surface = surface_of(sync->new);
  char *path = need_format("%s/generated/surface.txt", sync->options->tree);
  bool same = has_text(path, &surface);
  free(path);
  buffer_free(&surface);
  return same;
}

/* Whether the files in the tree are already these, byte for byte. */
static bool is_current(const struct sync *sync) {
  if (sync->old->documents.count != sync->bundle.files.count || !is_current_surface(sync))
    return false;
  for (size_t i = 0; i < sync->bundle.files.count; i++) {
    const struct bundle_file *file = sync->bundle.files.items[i];
    bool found = false;
    for (size_t k = 0; k < sync->old->documents.count; k++) {
      const struct document *document = sync->old->documents.items[k];
      const char *slash = strrchr(document->path, '/');
      found = found || (strcmp(slash ? slash + 1 : document->path, file->name) == 0 &&
                        document->size == file->local_size &&
                        memcmp(document->bytes, file->local, file->local_size) == 0);
    }
    if (!found)
      return false;
  }
  return true;
}

/* No signal ends it between two steps; sync_contract() lets them in again. */
static int apply(const struct sync *sync) {
  struct buffer surface = surface_of(sync->new);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  bool good = apply_contract(sync->options->tree, sync->old, &sync->bundle, &surface);
  buffer_free(&surface);
  if (!good) {
    complain("nothing was changed");
    return EXIT_FAILED;
  }
  printf("\nApplied: wsdl/ and generated/surface.txt are those of the new contract. Next:\n"
         "  git diff generated/surface.txt     what the bindings gain and lose\n"
         "  cmake --build build                src/contract/needs.def is checked, all is rebuilt\n"
         "  tests/run --quick                  and the whole of tests/run before a release\n"
         "  git add wsdl generated/surface.txt && git commit\n");
  return EXIT_DONE;
}

static int decide(const struct sync *sync, bool generated) {
  const struct sync_options *options = sync->options;
  if (sync->missing > 0 && !options->force) {
    printf(
        "\nNot applied: src/ needs what is gone. Change src/ and src/contract/needs.def with it, "
        "then say --force.\n");
    return EXIT_FAILED;
  }
  if (!generated && sync->missing == 0) {
    printf("\nNot applied: the bindings cannot be generated.\n");
    return EXIT_FAILED;
  }
  if (is_current(sync)) {
    printf("\nNothing to apply: wsdl/ is this contract already.\n");
    return EXIT_DONE;
  }
  if (!options->apply) {
    printf("\nNot applied yet: the same command with --apply does it.\n");
    return EXIT_DONE;
  }
  if (!is_said()) { /* nobody has seen what it does */
    complain("nothing was changed");
    return EXIT_FAILED;
  }
  return apply(sync);
}

static int sync_steps(struct sync *sync) {
  if (!make_scratch(sync) || !obtain(sync) || !load_both(sync))
    return EXIT_FAILED;
  bool fits = report(sync);
  bool generated = fits && sync->missing == 0 && generate(sync);
  return decide(sync, generated);
}

int sync_contract(const char *origin, const struct sync_options *options) {
  struct sync sync = {.options = options, .origin = origin};
  int result = EXIT_FAILED;
  sigset_t before;
  sigprocmask(SIG_SETMASK, NULL, &before);
  signal(SIGPIPE, SIG_IGN); /* a pipe that is closed must not leave the work half done, or unsaid */
  sync.current = need_format("%s/wsdl/etframework.wsdl", options->tree);
  if (access(sync.current, R_OK) != 0)
    complain("no %s: run it at the top of the source tree, or say --tree DIR", sync.current);
  else
    result = sync_steps(&sync);
  fflush(stdout);
  if (sync.scratch)
    remove_folder(sync.scratch);
  sigprocmask(SIG_SETMASK, &before, NULL);
  contract_free(sync.bundle.holder);
  contract_free(sync.old);
  contract_free(sync.new);
  free(sync.scratch);
  free(sync.folder);
  free(sync.current);
  return result;
}
