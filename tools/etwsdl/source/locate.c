#include "etwsdl/source/locate.h"

#include <string.h>
#include <unistd.h>

bool is_address(const char *location) {
  size_t n = strspn(location, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+.-");
  return n > 0 && strncmp(location + n, "://", 3) == 0;
}

const char *local_name(struct contract *contract, const char *location) {
  size_t n = strcspn(location, "?#");
  size_t start = n;
  while (start > 0 && location[start - 1] != '/')
    start--;
  struct buffer name = {0};
  for (size_t i = start; i < n; i++) {
    char c = location[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 (c == '.' && name.size > 0) || c == '-' || c == '_';
    buffer_add(&name, plain ? &c : "_", 1);
  }
  if (name.size == 0) {
    buffer_free(&name);
    return NULL;
  }
  const char *dot = strrchr(buffer_text(&name), '.');
  if (!dot || (strcmp(dot, ".xsd") != 0 && strcmp(dot, ".wsdl") != 0))
    buffer_printf(&name, ".xsd");
  return intern_buffer(contract->arena, &name);
}

static const char *beside(struct contract *contract, const char *path, const char *name) {
  const char *slash = strrchr(path, '/');
  if (!slash)
    return intern(contract->arena, name);
  return intern_format(contract->arena, "%.*s/%s", (int)(slash - path), path, name);
}

static bool leads_out(const char *location) {
  for (const char *at = location; (at = strstr(at, "..")); at += 2) {
    bool starts = at == location || at[-1] == '/' || at[-1] == '\\';
    if (starts && (at[2] == '/' || at[2] == '\\' || !at[2]))
      return true;
  }
  return false;
}

const char *locate_import(struct contract *contract, const struct import_folders *folders,
                          const char *from, const char *location) {
  const char *name = local_name(contract, location);
  const char *path;

  if (folders->none)
    return NULL;
  if (!is_address(location) && location[0] != '/' && !leads_out(location)) {
    path = beside(contract, from, location);
    if (access(path, R_OK) == 0)
      return path;
  }
  if (!name)
    return NULL;
  path = beside(contract, from, name);
  if (access(path, R_OK) == 0)
    return path;
  for (size_t i = 0; i < folders->count; i++) {
    path = intern_format(contract->arena, "%s/%s", folders->paths[i], name);
    if (access(path, R_OK) == 0)
      return path;
  }
  return NULL;
}
