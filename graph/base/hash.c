#include "graph/base/hash.h"
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

gs_hash128 gs_hash_text(uint64_t seed, gs_text text)
{
    XXH128_canonical_t canonical;
    gs_hash128 hash;

    XXH128_canonicalFromHash(&canonical,
                             XXH3_128bits_withSeed(text.bytes, text.size, seed));
    _Static_assert(sizeof hash.bytes == sizeof canonical.digest, "both are 128 bits");
    memcpy(hash.bytes, canonical.digest, sizeof hash.bytes);
    return hash;
}

uint64_t gs_hash_quick(gs_text text)
{
    return XXH3_64bits(text.bytes, text.size);
}

uint32_t gs_checksum(const void *bytes, size_t size)
{
    return (uint32_t)XXH3_64bits(bytes, size);
}

struct gs_hasher {
    struct sha256_ctx context; /* ready for the first piece */
};

gs_code gs_hasher_open(gs_hasher **out, gs_error *err)
{
    gs_hasher *hasher = malloc(sizeof *hasher);

    if (hasher == NULL)
        return gs_fail_memory(err);
    sha256_init(&hasher->context);
    *out = hasher;
    return GS_OK;
}

void gs_hasher_add(gs_hasher *hasher, gs_text piece)
{
    sha256_update(&hasher->context, piece.size, (const uint8_t *)piece.bytes);
}

void gs_hasher_end(unsigned char out[GS_SHA256_SIZE], gs_hasher *hasher)
{
    sha256_digest(&hasher->context, GS_SHA256_SIZE, out);
}

void gs_hasher_close(gs_hasher *hasher)
{
    free(hasher);
}

gs_code gs_sha256(unsigned char out[GS_SHA256_SIZE], const gs_text *pieces, size_t count,
                  gs_error *err)
{
    gs_hasher hasher;

    (void)err; /* this library's SHA-256 cannot fail; another's could */
    sha256_init(&hasher.context);
    for (size_t i = 0; i < count; i++)
        gs_hasher_add(&hasher, pieces[i]);
    gs_hasher_end(out, &hasher);
    return GS_OK;
}

void gs_hex(char *out, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * size] = '\0';
}
