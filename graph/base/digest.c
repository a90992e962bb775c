#include "graph/base/digest.h"
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>

struct gs_digest {
    EVP_MD_CTX *context;
    bool failed;
};

gs_code gs_digest_open(gs_digest **out, gs_error *err)
{
    gs_digest *digest = calloc(1, sizeof *digest);

    if (digest == NULL)
        return gs_fail_memory(err);
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL) {
        free(digest);
        return gs_fail_memory(err);
    }
    digest->failed = EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1;
    *out = digest;
    return GS_OK;
}

void gs_digest_add(gs_digest *digest, gs_text piece)
{
    if (piece.size > 0 && !digest->failed)
        digest->failed = EVP_DigestUpdate(digest->context, piece.bytes, piece.size) != 1;
}

gs_code gs_digest_hex(char out[GS_HEX_SIZE], const gs_digest *digest, gs_error *err)
{
    unsigned char result[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    bool good;

    if (copy == NULL)
        return gs_fail_memory(err);
    good = !digest->failed && EVP_MD_CTX_copy_ex(copy, digest->context) == 1 &&
           EVP_DigestFinal_ex(copy, result, NULL) == 1;
    EVP_MD_CTX_free(copy);
    if (!good)
        return gs_fail(err, GS_FAILED,
                       "SHA-256: libcrypto does not offer it; "
                       "check the system's cryptographic policy");
    gs_hex(out, result, GS_SHA256_SIZE);
    return GS_OK;
}

void gs_digest_close(gs_digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}
