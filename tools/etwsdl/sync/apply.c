#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* renameat2 */
#endif
#include "etwsdl/sync/apply.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/program.h"

static bool failed(const char *what, const char *path) {
  complain("cannot %s %s: %s", what, path, strerror(errno));
  return false;
}

void remove_folder(const char *path) {
  DIR *folder = opendir(path);
  const struct dirent *entry;
  while (folder && (entry = readdir(folder)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
      continue;
    char *inside = need_format("%s/%s", path, entry->d_name);
    struct stat status;
    if (lstat(inside, &status) == 0 && S_ISDIR(status.st_mode))
      remove_folder(inside);
    else
      unlink(inside);
    free(inside);
  }
  if (folder)
    closedir(folder);
  rmdir(path);
}

static bool copy_file(const char *from, const char *to, mode_t mode) {
  char buffer[16384];
  size_t n;
  bool good = false;
  FILE *in = fopen(from, "rb");
  FILE *out = in ? fopen(to, "wb") : NULL;
  if (out) {
    good = true;
    while ((n = fread(buffer, 1, sizeof buffer, in)) > 0)
      good = good && fwrite(buffer, 1, n, out) == n;
    good = !ferror(in) && good;
    good = fclose(out) == 0 && good;
  }
  if (in)
    fclose(in);
  return good && chmod(to, mode & 0777) == 0;
}

/* Whether the file belongs to the old contract. */
static bool is_document(const struct contract *old, const char *name) {
  for (size_t i = 0; i < old->documents.count; i++) {
    const struct document *document = old->documents.items[i];
    const char *slash = strrchr(document->path, '/');
    if (strcmp(slash ? slash + 1 : document->path, name) == 0)
      return true;
  }
  return false;
}

/* What is in wsdl/ besides the contract: the typemap, the header, a README. */
static bool keep_others(const char *from, const char *to, const struct contract *old) {
  DIR *folder = opendir(from);
  const struct dirent *entry;
  bool good = folder;
  while (good && (entry = readdir(folder)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
        is_document(old, entry->d_name))
      continue;
    char *source = need_format("%s/%s", from, entry->d_name),
         *target = need_format("%s/%s", to, entry->d_name);
    struct stat status;
    good = stat(source, &status) == 0;
    if (good && !S_ISREG(status.st_mode)) {
      errno = EISDIR;
      good = false;
    }
    good = good && copy_file(source, target, status.st_mode);
    if (!good)
      failed("keep", source);
    free(source);
    free(target);
  }
  if (!folder)
    failed("read", from);
  else
    closedir(folder);
  return good;
}

/* Exchanges two folders. In one step where the system can; with three renames elsewhere. */
static bool exchange(const char *a, const char *b) {
#ifdef RENAME_EXCHANGE
  if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
    return true;
  if (errno != EINVAL && errno != ENOSYS)
    return failed("replace", a);
#endif
  struct buffer aside = {0};
  buffer_printf(&aside, "%s.aside", b);
  bool good = rename(a, buffer_text(&aside)) == 0;
  if (good && rename(b, a) != 0) {
    failed("replace", a);
    good = false;
    if (rename(buffer_text(&aside), a) != 0)
      failed("put back", a);
  } else if (good && rename(buffer_text(&aside), b) != 0) {
    failed("put aside", buffer_text(&aside));
  } else if (!good) {
    failed("replace", a);
  }
  buffer_free(&aside);
  return good;
}

static bool write_file(const char *path, const struct buffer *text) {
  FILE *file = fopen(path, "wb");
  bool good = file && fwrite(buffer_text(text), 1, text->size, file) == text->size;
  if (file)
    good = fclose(file) == 0 && good;
  return good || failed("write", path);
}

/* What a run left that was killed. */
static void clear_leftovers(const char *tree) {
  static const char prefix[] = "wsdl.new-";
  DIR *folder = opendir(tree);
  const struct dirent *entry;
  while (folder && (entry = readdir(folder)) != NULL) {
    size_t length = strlen(entry->d_name);
    if (length != sizeof prefix - 1 + 6 || strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0)
      continue;
    char *path = need_format("%s/%s", tree, entry->d_name);
    remove_folder(path);
    free(path);
  }
  if (folder)
    closedir(folder);
}

bool apply_contract(const char *tree, const struct contract *old, const struct bundle *bundle,
                    const struct buffer *surface) {
  char *wsdl = need_format("%s/wsdl", tree);
  char *stage = need_format("%s/wsdl.new-XXXXXX", tree);
  char *lines = need_format("%s/generated/surface.txt", tree);
  char *new_lines = need_format("%s/generated/surface.txt.new", tree);
  clear_leftovers(tree);
  bool made = mkdtemp(stage) != NULL;
  struct stat status;
  bool good = (made && stat(wsdl, &status) == 0) || failed("prepare", wsdl);

  good = good && chmod(stage, status.st_mode & 0777) == 0;
  good = good && keep_others(wsdl, stage, old) && bundle_write(bundle, stage) &&
         write_file(new_lines, surface) && exchange(wsdl, stage);
  if (good && rename(new_lines, lines) != 0) {
    failed("replace", lines);
    exchange(wsdl, stage);
    good = false;
  }
  if (!good)
    unlink(new_lines);
  if (made)
    remove_folder(stage);
  free(wsdl);
  free(stage);
  free(lines);
  free(new_lines);
  return good;
}
