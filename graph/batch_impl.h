/* What the files of a batch share: batch.c (begin to commit), batch_write.c (nodes,
 * edges, versions), batch_entries.c (entries that
 * change), batch_end.c (ends), texts.c, waiting.c, ledger.c.
 */
#ifndef GS_GRAPH_BATCH_IMPL_H
#define GS_GRAPH_BATCH_IMPL_H

#include "graph/base/buffer.h"
#include "graph/batch.h"
#include "graph/cover.h"
#include "graph/pending.h"
#include "graph/properties.h"
#include "graph/snapshot_impl.h"

enum { GS_KNOWN_NODES = 8192, GS_NAME_HINTS = 256 };

struct gs_batch {
    gs_snapshot snapshot; /* `last` is the last number given out */
    gs_snapshot ever;     /* gs_batch_ever's */
    gs_pending pending;
    gs_ranges hidden_before; /* as of the commit before; `snapshot` has it as of now */
    gs_commit_row before, row;
    gs_arena arena;          /* of one call */
    gs_buffer record, map;   /* of one call */
    gs_record_digest digest; /* of all records, in the order in which they are written */
    struct {
        gs_text digest; /* of all records; borrowed */
        uint64_t nodes, edges;
    } given; /* what the commit had before some of its records were erased */
    struct gs_count {
        int64_t labels, types; /* index 0: all nodes, all edges */
    } * counts;                /* what changed, by name */
    size_t count_room;
    struct gs_known {
        uint64_t number;
        gs_cover cover;
    } known[GS_KNOWN_NODES];      /* nodes seen visible, so that edges need not look */
    uint8_t hints[GS_NAME_HINTS]; /* fixed names, where a text was found last */
    size_t appended;              /* bytes that went behind all others */
    size_t scattered;             /* puts that went anywhere */
};

/* The next number, for what is about to be written. */
GS_CHECKED gs_code gs_batch_number(uint64_t *out, gs_batch *batch, gs_error *err);

GS_CHECKED gs_code gs_batch_count_label(gs_batch *batch, uint32_t label, int change,
                                        gs_error *err);
GS_CHECKED gs_code gs_batch_count_type(gs_batch *batch, uint32_t type, int change,
                                       gs_error *err);
GS_CHECKED gs_code gs_batch_counts_write(gs_batch *batch, gs_error *err);

/* Sets marks (record.h) of a record where they are not set yet. */
GS_CHECKED gs_code gs_batch_mark(gs_batch *batch, uint64_t number, uint8_t marks,
                                 gs_error *err);

/* batch_entries.c. For all: the pending edges have been flushed. Marks an edge and its
 * entries as touched. */
GS_CHECKED gs_code gs_batch_touch_edge(gs_batch *batch, uint64_t edge, gs_error *err);
/* Nothing is said of this node any more by the entries that lead to it. */
GS_CHECKED gs_code gs_batch_uncover(gs_batch *batch, uint64_t node, gs_error *err);
/* Each edge of a node, visible or not, once. */
typedef gs_code gs_edge_visit(gs_batch *batch, uint64_t node, uint64_t edge,
                              gs_error *err);
GS_CHECKED gs_code gs_batch_each_edge(gs_batch *batch, uint64_t node,
                                      gs_edge_visit *visit, gs_error *err);

/* undecided.c: whether a row of the table is as it was written. */
bool gs_undecided_whole(MDB_val key, MDB_val value);

/* Forgets that a node was seen. */
void gs_batch_forget(gs_batch *batch, uint64_t node);

#endif
