/* A link whose statement goes is open again, and closed when that comes back: the property
 * `open` of the statement that has it, and who waits.
 *
 * Errors     as in batch.h.
 */
#ifndef GS_GRAPH_REOPEN_H
#define GS_GRAPH_REOPEN_H

#include "graph/batch.h"

/* Of the edge, which is not visible: what it would link. */
GS_CHECKED gs_code gs_batch_reopen(gs_batch *batch, const gs_edge *edge, gs_text id,
                                   gs_arena *arena, gs_error *err);
/* Of the edge, which is visible again. */
GS_CHECKED gs_code gs_batch_reclose(gs_batch *batch, const gs_edge *edge, gs_text id,
                                    gs_arena *arena, gs_error *err);

#endif
