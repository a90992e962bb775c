/* The part of a text that spans point at, with marks.
 *
 * Ownership  what is made lies in the arena.
 * Units      spans are [start, end) pairs in code points.
 */
#ifndef GS_BASE_MARKED_H
#define GS_BASE_MARKED_H

#include "graph/base/arena.h"
#include "graph/base/error.h"
#include "graph/base/text.h"

typedef struct gs_marking {
    size_t start, end;
    const char *open, *close; /* what is written before and behind it */
} gs_marking;

/* The spans (in any order; they are sorted) between their marks, with what stands before
 * the first and behind the last in their lines, of which no more than some 200 code points;
 * `…` where more was cut. Of two that overlap the later one begins where the earlier ends;
 * with the same marks they are one. An empty one is none. The missing text where no span
 * lies in the text. GS_MEMORY alone. */
GS_CHECKED gs_code gs_mark(gs_text *out, gs_text text, gs_marking *spans, size_t count,
                           gs_arena *arena, gs_error *err);

#endif
