/* Text of any character set to UTF-8: as it is where it is UTF-8, else by what it declares,
 * else by what its bytes look like. No byte refuses a text: what stands for no character
 * becomes U+FFFD, and the note says so.
 *
 * Ownership  the result borrows from the bytes, or is the arena's.
 * Errors     GS_MEMORY alone.
 * Threads    pure, but for the arena.
 */
#ifndef GS_INGEST_CHARSET_H
#define GS_INGEST_CHARSET_H

#include "graph/base/error.h"
#include "graph/base/text.h"

typedef struct gs_decoded {
    gs_text text; /* UTF-8 */
    gs_text note; /* how it was read, where that is worth a word; else missing */
} gs_decoded;

/* `declared` may be missing, or name no character set at all. */
GS_CHECKED gs_code gs_charset_decode(gs_decoded *out, gs_text bytes, gs_text declared,
                                     gs_arena *arena, gs_error *err);

#endif
