/* Compressed bytes to plain ones, told by their first bytes: gzip (members one after
 * another) and zstd (frames one after another).
 *
 * Ownership  what is opened is closed; the bytes given are borrowed for the call.
 * Errors     GS_LIMIT for what grows past all proportion (a bomb), or wants a window that
 *            no honest file wants; GS_INPUT for damaged bytes; GS_MEMORY.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_EXPAND_H
#define GS_INGEST_EXPAND_H

#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdint.h>

enum {
    GS_EXPAND_FREE = 64 << 20, /* plain bytes that nobody asks about */
    GS_EXPAND_RATIO_MAX = 200, /* behind them: plain bytes of each compressed one */
    GS_EXPAND_WINDOW_LOG = 27, /* of zstd: 128 MiB */
    GS_EXPAND_HEAD = 4,        /* bytes that tell whether it is compressed */
};

typedef struct gs_expander gs_expander;

/* GS_END where the head is of nothing compressed. */
GS_CHECKED gs_code gs_expander_open(gs_expander **out, gs_text head, gs_error *err);
void gs_expander_close(gs_expander *expander); /* NULL is nothing to close */

/* Takes from the front of *in, writes at most `room` bytes, *got of them. Nothing got and
 * nothing taken: it wants more, or is at its end (gs_expander_done). */
GS_CHECKED gs_code gs_expander_run(size_t *got, gs_expander *expander, gs_text *in,
                                   char *to, size_t room, gs_error *err);
/* Whether it may end here: no member or frame is half read. */
bool gs_expander_done(const gs_expander *expander);

#endif
