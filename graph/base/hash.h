/* Hashes: XXH3 for tables and checksums, SHA-256 for what must be proved.
 *
 * Threads  pure functions; a gs_sha256 belongs to one thread.
 */
#ifndef GS_BASE_HASH_H
#define GS_BASE_HASH_H

#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stddef.h>
#include <stdint.h>

typedef struct gs_hash128 {
    unsigned char bytes[16];
} gs_hash128;

/* XXH3, 128 bits, in its canonical byte order. */
gs_hash128 gs_hash_text(uint64_t seed, gs_text text);

/* XXH3, 64 bits without a seed, for tables in memory. */
uint64_t gs_hash_quick(gs_text text);
/* XXH3, the lower 32 of its 64 bits. */
uint32_t gs_checksum(const void *bytes, size_t size);

enum { GS_SHA256_SIZE = 32 };

/* FIPS 180-4, of `count` pieces in turn. */
GS_CHECKED gs_code gs_sha256(unsigned char out[GS_SHA256_SIZE], const gs_text *pieces,
                             size_t count, gs_error *err);

/* The same of pieces as they come. Closed with gs_hasher_close (NULL is nothing to
 * close); after gs_hasher_end it begins anew. */
typedef struct gs_hasher gs_hasher;
GS_CHECKED gs_code gs_hasher_open(gs_hasher **out, gs_error *err);
void gs_hasher_add(gs_hasher *hasher, gs_text piece);
void gs_hasher_end(unsigned char out[GS_SHA256_SIZE], gs_hasher *hasher);
void gs_hasher_close(gs_hasher *hasher);

/* Lower-case hexadecimal; `out` has room for 2 * size + 1 characters. */
void gs_hex(char *out, const unsigned char *bytes, size_t size);

#endif
