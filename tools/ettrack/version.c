#include "ettrack.h"

#include <stdio.h>

/* The build says what these are: tools/ettrack/CMakeLists.txt. */
int run_version(struct ettrack *ettrack) {
  (void)ettrack;
  printf("ettrack " ETTRACK_VERSION "\n"
         "gSOAP " ETTRACK_GSOAP "\n"
         "contract sha256:" ETTRACK_CONTRACT "\n");
  return EXIT_CODE_DONE;
}
