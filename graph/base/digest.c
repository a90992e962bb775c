#include "graph/base/digest.h"
#include <nettle/sha2.h>
#include <stdlib.h>

struct gs_digest {
    struct sha256_ctx context;
};

gs_code gs_digest_open(gs_digest **out, gs_error *err)
{
    gs_digest *digest = malloc(sizeof *digest);

    if (digest == NULL)
        return gs_fail_memory(err);
    sha256_init(&digest->context);
    *out = digest;
    return GS_OK;
}

void gs_digest_add(gs_digest *digest, gs_text piece)
{
    sha256_update(&digest->context, piece.size, (const uint8_t *)piece.bytes);
}

gs_code gs_digest_hex(char out[GS_HEX_SIZE], const gs_digest *digest, gs_error *err)
{
    struct sha256_ctx copy = digest->context;
    unsigned char result[GS_SHA256_SIZE];

    (void)err; /* as of gs_hasher_sha256 */
    sha256_digest(&copy, sizeof result, result);
    gs_hex(out, result, sizeof result);
    return GS_OK;
}

void gs_digest_close(gs_digest *digest)
{
    free(digest);
}
