#include "graph/base/hash.h"
#include <openssl/evp.h>
#include <stdbool.h>
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

uint32_t gs_checksum(const void *bytes, size_t size)
{
    return (uint32_t)XXH3_64bits(bytes, size);
}

struct gs_hasher {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

static gs_code fail_policy(gs_error *err)
{
    return gs_fail(err, GS_FAILED,
                   "SHA-256: libcrypto does not offer it; "
                   "check the system's cryptographic policy");
}

gs_code gs_hasher_open(gs_hasher **out, gs_error *err)
{
    gs_hasher *hasher = calloc(1, sizeof *hasher);

    if (hasher == NULL)
        return gs_fail_memory(err);
    hasher->context = EVP_MD_CTX_new();
    hasher->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (hasher->context == NULL || hasher->algorithm == NULL) {
        bool memory = hasher->context == NULL;

        gs_hasher_close(hasher);
        return memory ? gs_fail_memory(err) : fail_policy(err);
    }
    *out = hasher;
    return GS_OK;
}

static bool digest(unsigned char out[EVP_MAX_MD_SIZE], const gs_hasher *hasher,
                   const gs_text *pieces, size_t count)
{
    if (EVP_DigestInit_ex(hasher->context, hasher->algorithm, NULL) != 1)
        return false;
    for (size_t i = 0; i < count; i++)
        if (pieces[i].size > 0 &&
            EVP_DigestUpdate(hasher->context, pieces[i].bytes, pieces[i].size) != 1)
            return false;
    return EVP_DigestFinal_ex(hasher->context, out, NULL) == 1;
}

gs_code gs_hasher_sha256(unsigned char out[GS_SHA256_SIZE], gs_hasher *hasher,
                         const gs_text *pieces, size_t count, gs_error *err)
{
    unsigned char result[EVP_MAX_MD_SIZE];

    if (!digest(result, hasher, pieces, count))
        return fail_policy(err);
    memcpy(out, result, GS_SHA256_SIZE);
    return GS_OK;
}

void gs_hasher_close(gs_hasher *hasher)
{
    if (hasher == NULL)
        return;
    EVP_MD_free(hasher->algorithm);
    EVP_MD_CTX_free(hasher->context);
    free(hasher);
}

gs_code gs_sha256(unsigned char out[GS_SHA256_SIZE], const gs_text *pieces, size_t count,
                  gs_error *err)
{
    gs_hasher *hasher;
    gs_code rc = gs_hasher_open(&hasher, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_hasher_sha256(out, hasher, pieces, count, err);
    gs_hasher_close(hasher);
    return rc;
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
