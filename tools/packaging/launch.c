/* A program of the archive that brings its libraries along: starts libexec/PROGRAM beside this one
 * with the loader and the C library of the archive, whatever the machine has. Statically linked, so
 * it needs nothing itself. PROGRAM is defined by the build. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

/* Without /proc, as in a bare chroot, the name that it was started by has to do. */
static int own_path(char path[PATH_MAX]) {
  ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);
  if (n > 0) {
    path[n] = '\0';
    return 0;
  }
  const char *started = (const char *)getauxval(AT_EXECFN);
  return started && realpath(started, path) ? 0 : -1;
}

/* The archive's folder: that of bin/, in which this program is. */
static int top_folder(char path[PATH_MAX]) {
  for (int level = 0; level < 2; level++) {
    char *slash = strrchr(path, '/');
    if (!slash)
      return -1;
    *slash = '\0';
  }
  return 0;
}

/* libcurl of Debian looks for authorities where Debian has them; elsewhere they are said by the
 * variable that it and the library look at. */
static void find_authorities(void) {
  static const char *const files[] = {"/etc/ssl/certs/ca-certificates.crt",
                                      "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                                      "/etc/ssl/cert.pem"};
  if (getenv("SSL_CERT_FILE") || getenv("SSL_CERT_DIR"))
    return;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (access(files[i], R_OK) == 0) {
      setenv("SSL_CERT_FILE", files[i], 1);
      return;
    }
}

int main(int argc, char **argv) {
  char own[PATH_MAX], top[PATH_MAX], loader[PATH_MAX + 64], libraries[PATH_MAX + 64];
  char program[PATH_MAX + 64];
  char **words = calloc((size_t)argc + 7, sizeof *words);
  if (!words || own_path(own) != 0) {
    fprintf(stderr, PROGRAM ": cannot find out where it is installed: %s\n", strerror(errno));
    return 1;
  }
  memcpy(top, own, sizeof top);
  if (top_folder(top) != 0) {
    fprintf(stderr, PROGRAM ": %s is not in the bin folder of its archive\n", own);
    return 1;
  }
  snprintf(loader, sizeof loader, "%s/lib/" LOADER, top);
  snprintf(libraries, sizeof libraries, "%s/lib", top);
  snprintf(program, sizeof program, "%s/libexec/" PROGRAM, top);

  find_authorities();
  setenv("ETWSDL_STARTED_AS", own, 1); /* for etwsdl, which runs itself */

  size_t n = 0;
  words[n++] = loader;
  words[n++] = "--argv0";
  words[n++] = own;
  words[n++] = "--library-path";
  words[n++] = libraries;
  words[n++] = program;
  for (int i = 1; i < argc; i++)
    words[n++] = argv[i];
  execv(loader, words);
  fprintf(stderr, PROGRAM ": cannot start %s: %s\n", loader, strerror(errno));
  return 1;
}
