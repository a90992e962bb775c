/* The edges of a node as a query sees them: its timeline, where nothing is merged;
 * otherwise those of all members of its class, each bundle of parallel ones as one edge,
 * neighbours by the numbers of their classes (classes.h).
 *
 * Ownership, units, errors  as in timeline.h; memory counts in the run's budget.
 */
#ifndef GS_QUERY_LINKS_H
#define GS_QUERY_LINKS_H

#include "graph/timeline.h"
#include "query/run.h"

typedef struct gs_links gs_links;

GS_CHECKED gs_code gs_links_open(gs_links **out, gs_run *run, uint64_t node,
                                 const uint32_t *types, size_t type_count,
                                 gs_direction direction, gs_window window, gs_error *err);
GS_CHECKED gs_code gs_links_reset(gs_links *links, uint64_t node, gs_error *err);
void gs_links_look(gs_links *links, gs_window window);
/* gs_timeline_sift and gs_timeline_sweep, for a run that has nothing merged. */
void gs_links_sift(gs_links *links, const gs_sieve *sieve);
GS_CHECKED gs_code gs_links_sweep(size_t *count, gs_links *links, size_t most,
                                  const gs_sieve *into, gs_error *err);
GS_CHECKED gs_code gs_links_next(gs_hop *out, gs_links *links, gs_error *err);
void gs_links_close(gs_links *links); /* NULL is nothing to close */

/* Ends and date of an edge that has been read, as a query sees them. */
GS_CHECKED gs_code gs_edge_merge(gs_edge *edge, gs_run *run, gs_error *err);
/* The edge of its bundle that has the best date. */
GS_CHECKED gs_code gs_edge_dated(uint64_t *out, gs_run *run, uint64_t number,
                                 gs_error *err);

#endif
