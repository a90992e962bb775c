/* Support: which run brought a record, or found it known. What a run brought are the
 * numbers of its commits, and costs nothing; what it found known are ranges in a ledger,
 * of statements, of documents and of actors apart: a range holds all of its label that
 * have a number in it. Documents and actors count where a record of their own came;
 * else they live by what names them. An edge or a version that was added to a node later
 * counts by itself (label 0).
 *
 * Ownership  gs_support_open's result is closed with gs_support_close.
 * Errors     as in batch.h.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_SUPPORT_H
#define GS_GRAPH_SUPPORT_H

#include "graph/batch.h"
#include "graph/ranges.h"

typedef struct gs_support gs_support;

/* What a run has found so far; empty for a new one. */
GS_CHECKED gs_code gs_support_open(gs_support **out, const gs_snapshot *snapshot,
                                   uint64_t run, gs_error *err);
void gs_support_close(gs_support *support); /* NULL is nothing to close */

/* The run has met this node again; label is GS_STATEMENT, GS_DOCUMENT, GS_ACTOR, or 0 for
 * an edge or a version. NULL supports nothing. */
GS_CHECKED gs_code gs_support_add(gs_support *support, uint32_t label, uint64_t number,
                                  gs_error *err);
/* Writes it with the batch; nothing where nothing was met. */
GS_CHECKED gs_code gs_support_write(gs_support *support, gs_batch *batch, gs_error *err);

/* An entry as it lies in the ledger. */
typedef struct gs_supported {
    uint64_t run;
    uint32_t label;
    gs_ranges ranges;
} gs_supported;

/* All entries there are, freed with gs_supported_free. */
GS_CHECKED gs_code gs_supported_read(gs_supported **out, size_t *count,
                                     const gs_snapshot *snapshot, gs_error *err);
void gs_supported_free(gs_supported *entries, size_t count);

#endif
