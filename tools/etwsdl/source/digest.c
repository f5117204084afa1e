#include "etwsdl/source/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

void digest_sha256(char hex[65], const void *bytes, size_t size) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  memset(hex, 0, 65);
  if (EVP_Digest(bytes, size, digest, &length, EVP_sha256(), NULL) != 1 || length != 32)
    return;
  for (unsigned i = 0; i < length; i++)
    snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}
