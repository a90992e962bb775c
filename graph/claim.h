/* A run is fed by one process at a time, for as long as that process lives: a lock that
 * the system lets go of when it ends, however it ends.
 *
 * Ownership  ended with gs_claim_end, before its store is closed.
 * Errors     GS_LOCKED while another process, or another claim of this one, has the run.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_CLAIM_H
#define GS_GRAPH_CLAIM_H

#include "graph/store.h"

typedef struct gs_claim gs_claim;

GS_CHECKED gs_code gs_claim_run(gs_claim **out, gs_store *store, uint64_t run,
                                gs_error *err);
void gs_claim_end(gs_claim *claim); /* NULL is nothing to end */

#endif
