/* What the files of the check share: check.c (from pages to the summary), check_records.c
 * (nodes, edges, what is derived from them), check_index.c (keys and words),
 * check_commits.c (the chain of hashes). */
#ifndef GS_GRAPH_CHECK_IMPL_H
#define GS_GRAPH_CHECK_IMPL_H

#include "graph/adjacency.h"
#include "graph/base/grow.h"
#include "graph/check.h"
#include "graph/digests.h"
#include "graph/hidden.h"
#include "graph/snapshot_impl.h"
#include <string.h>

/* A set of rows, summed up: two that are equal have equal sums, in whatever order. */
typedef struct gs_check_sum {
    uint64_t rows, sum;
} gs_check_sum;

typedef struct gs_check_state {
    const gs_check_options *options;
    const gs_snapshot *snapshot;
    gs_checked checked;
    gs_birth *births; /* by number */
    size_t birth_count, birth_room;
    uint64_t erased; /* numbers whose records were erased */
    gs_hide *hides;
    size_t hide_count;
    uint64_t *counts; /* visible, keys as in the table of counts */
    uint64_t count_room, label_rows, edges, nodes;
    gs_numbers keys, words; /* of the node at hand */
    gs_check_sum keys_wanted, keys_seen, words_wanted, words_seen;
    gs_arena arena; /* of the record at hand */
    gs_check_sum entries_wanted, entries_seen;
    unsigned char last_block[GS_EDGE_BLOCK_KEY]; /* as a key: its last entry */
    uint64_t next_number;                        /* behind the last chunk of records */
} gs_check_state;

enum { GS_CHECK_FOUND_MAX = 100 }; /* told; what is beyond is counted */

/* Tells of `found` where it is GS_DAMAGED, and gives GS_OK to go on; else gives it back.
 */
GS_CHECKED gs_code gs_check_tell(gs_check_state *state, const gs_error *found,
                                 gs_code rc);
/* GS_INTERRUPTED where it is asked for. */
GS_CHECKED gs_code gs_check_pause(const gs_check_state *state, gs_error *err);

GS_CHECKED gs_code gs_check_records(gs_check_state *state, gs_error *err);
/* A key or a value must have this size; a key of the machine's own byte order. */
GS_CHECKED gs_code gs_check_size(gs_table table, MDB_val val, size_t size, gs_error *err);
static inline uint64_t gs_check_own_number(const void *from)
{
    uint64_t number;

    memcpy(&number, from, sizeof number);
    return number;
}
/* check_chunks.c: rows of the tables of records and of marks; and one more visible of a
 * label or a type, by the key of the table of counts. */
GS_CHECKED gs_code gs_check_chunk(gs_check_state *state, MDB_val key, MDB_val value,
                                  gs_error *err);
GS_CHECKED gs_code gs_check_mark(gs_check_state *state, MDB_val key, MDB_val value,
                                 gs_error *err);
GS_CHECKED gs_code gs_check_count(gs_check_state *state, uint64_t key, gs_error *err);
/* check_index.c: of a node, what the indexes must hold; a run of the table of keys, a block
 * of the table of words; and,
 * when all of both have been seen, whether that is the same. */
GS_CHECKED gs_code gs_check_index_node(gs_check_state *state, const gs_node *node,
                                       uint8_t flags, gs_error *err);
GS_CHECKED gs_code gs_check_index_run(gs_check_state *state, MDB_val key, MDB_val value,
                                      gs_error *err);
GS_CHECKED gs_code gs_check_indexes(gs_check_state *state, gs_error *err);
GS_CHECKED gs_code gs_check_words_row(gs_check_state *state, MDB_val key, MDB_val value,
                                      gs_error *err);
/* check_lists.c: of an edge, what the lists must hold; a block of them; and, when all of
 * both have been seen, whether that is the same. */
void gs_check_edge_entries(gs_check_state *state, const gs_edge *edge, bool touched);
GS_CHECKED gs_code gs_check_block(gs_check_state *state, MDB_val key, MDB_val value,
                                  gs_error *err);
GS_CHECKED gs_code gs_check_lists(gs_check_state *state, gs_error *err);
void gs_check_sum_add(gs_check_sum *sum, uint64_t hash, uint64_t number);

GS_CHECKED gs_code gs_check_commits(gs_check_state *state, gs_error *err);

#endif
