/* The lines of a stream, one by one, each of bounded length.
 *
 * Ownership  the file stays the caller's. A line lives until the next call.
 * Errors     GS_END behind the last line; GS_INPUT, with its number, for a line that is
 *            too long; GS_INTERRUPTED, GS_FAILED for what cannot be read, GS_MEMORY.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_LINES_H
#define GS_GRAPH_LINES_H

#include "graph/base/buffer.h"
#include "graph/base/error.h"
#include <stdio.h>

enum {
    GS_LINES_LONGEST = 16 << 20, /* bytes of a line */
    GS_LINES_BLOCK = 64 << 10,   /* bytes read at once */
};

/* {.file = f, .interrupt = i} is one at its start; gs_lines_free ends it. */
typedef struct gs_lines {
    FILE *file;
    const volatile int *interrupt; /* not 0: stop; may be NULL */
    size_t longest;                /* bytes of a line; 0: GS_LINES_LONGEST */
    uint32_t number;               /* of the line last read, from 1 */
    gs_buffer line;
    size_t start, end; /* of what is left in the block */
    char block[GS_LINES_BLOCK];
} gs_lines;

/* Without its line feed; the first one without UTF-8's byte order mark. */
GS_CHECKED gs_code gs_lines_next(gs_text *out, gs_lines *lines, gs_error *err);
void gs_lines_free(gs_lines *lines);

#endif
