/* The part of a text that spans point at, with marks.
 *
 * Ownership  what is made lies in the arena.
 * Units      spans are [start, end) pairs in code points, in any order.
 */
#ifndef GS_QUERY_MARKED_H
#define GS_QUERY_MARKED_H

#include "graph/base/arena.h"
#include "graph/base/error.h"
#include "graph/base/value.h"

/* The spans between » and «, with what stands before and behind them in their lines, of
 * which no more than some 200 code points; `…` where more was cut. The missing text where
 * no span lies in the text. GS_MEMORY alone. */
GS_CHECKED gs_code gs_mark(gs_text *out, gs_text text, gs_value spans, gs_arena *arena,
                           gs_error *err);

#endif
