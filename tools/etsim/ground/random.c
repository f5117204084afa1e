#include "ground/random.h"

#include <stdio.h>

#include <openssl/rand.h>

uint64_t random_number(void) {
  unsigned char bytes[8];
  uint64_t number = 0;
  if (RAND_bytes(bytes, sizeof bytes) != 1)
    return 0;
  for (int i = 0; i < 8; i++)
    number = number << 8 | bytes[i];
  return number;
}

void random_guid(char guid[GUID_SIZE], uint64_t tail) {
  uint64_t a = random_number();
  uint64_t b = random_number();
  snprintf(guid, GUID_SIZE, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32),
           (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF), (unsigned)(0x8000 | (b & 0x3FFF)),
           (unsigned long long)(tail & 0xFFFFFFFFFFFF));
}
