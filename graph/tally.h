/* How many edges a node has, by the sort of the neighbour: lists are read by the block,
 * and no record is opened but of what a node was born with.
 *
 * Ownership  a tally is closed with gs_tally_close, before its snapshot (a reader's).
 * Errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_TALLY_H
#define GS_GRAPH_TALLY_H

#include "graph/timeline.h"

typedef struct gs_tally gs_tally;

GS_CHECKED gs_code gs_tally_open(gs_tally **out, const gs_snapshot *snapshot,
                                 gs_error *err);
/* The visible edges of one type and one direction, GS_OUT or GS_IN. `counts` is indexed by
 * gs_node_sort. */
GS_CHECKED gs_code gs_tally_count(uint64_t counts[GS_SORTS], gs_tally *tally,
                                  uint64_t node, uint32_t type, gs_direction direction,
                                  bool stated_only, gs_error *err);
void gs_tally_close(gs_tally *tally); /* NULL is nothing to close */

#endif
