/* What is to be hidden where these runs are taken back: undo.h has the rules.
 *
 * Ownership  the caller frees what is given.
 * Errors     as in batch.h.
 */
#ifndef GS_GRAPH_HIDING_H
#define GS_GRAPH_HIDING_H

#include "graph/base/grow.h"
#include "graph/recall.h"

/* `runs` ascend. */
bool gs_runs_has(const gs_numbers *runs, uint64_t run);

/* `owned` are the versions, texts and ends in `hidden` and in what is hidden now. */
GS_CHECKED gs_code gs_hiding(gs_ranges *hidden, gs_owned **owned, size_t *owned_count,
                             const gs_snapshot *snapshot, const gs_numbers *undone,
                             gs_error *err);

#endif
