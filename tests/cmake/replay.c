/*
 * Stands in for libFuzzer in ordinary builds: feeds every file of the folders on the command
 * line to the fuzz target, so that what fuzzing has found stays a test.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path) {
  int result = -1;
  struct stat status;
  uint8_t *data = NULL;
  FILE *file = fopen(path, "rb");
  if (!file || fstat(fileno(file), &status) != 0)
    goto cleanup;
  size_t size = (size_t)status.st_size;
  data = malloc(size ? size : 1);
  if (!data || fread(data, 1, size, file) != size)
    goto cleanup;
  LLVMFuzzerTestOneInput(data, size);
  result = 0;

cleanup:
  if (result)
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
  if (file)
    fclose(file);
  free(data);
  return result;
}

/* Returns the number of files replayed, -1 when one cannot be read. */
static int replay_folder(const char *path) {
  int count = 0;
  DIR *folder = opendir(path);
  if (!folder) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return -1;
  }
  for (struct dirent *entry; count >= 0 && (entry = readdir(folder)) != NULL;) {
    char file[4096];
    if (entry->d_name[0] == '.')
      continue;
    int length = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
    if (length < 0 || (size_t)length >= sizeof file || replay_file(file) != 0)
      count = -1;
    else
      count++;
  }
  closedir(folder);
  return count;
}

int main(int argc, char **argv) {
  int total = 0;
  for (int i = 1; i < argc; i++) {
    int count = replay_folder(argv[i]);
    if (count < 0)
      return 1;
    total += count;
  }
  if (total == 0) {
    fprintf(stderr, "usage: %s FOLDER...   (with at least one file in them)\n", argv[0]);
    return 2;
  }
  printf("%d inputs replayed\n", total);
  return 0;
}
