/* SHA-256 of what comes in pieces: a file while it is read.
 *
 * Ownership  gs_digest_open's result is closed with gs_digest_close.
 * Errors     a digest that failed on a piece says so at gs_digest_hex.
 * Threads    one at a time.
 */
#ifndef GS_BASE_DIGEST_H
#define GS_BASE_DIGEST_H

#include "graph/base/error.h"
#include "graph/base/hash.h"
#include "graph/base/text.h"

enum { GS_HEX_SIZE = 2 * GS_SHA256_SIZE + 1 };

typedef struct gs_digest gs_digest;

GS_CHECKED gs_code gs_digest_open(gs_digest **out, gs_error *err);
void gs_digest_add(gs_digest *digest, gs_text piece);
/* Of all pieces so far, in hexadecimal; more may follow. */
GS_CHECKED gs_code gs_digest_hex(char out[GS_HEX_SIZE], const gs_digest *digest,
                                 gs_error *err);
void gs_digest_close(gs_digest *digest); /* NULL is nothing to close */

#endif
