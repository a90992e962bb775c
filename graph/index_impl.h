/* What the indexes share: hashes of keys -> numbers, and which keys a node has. A hash
 * only nominates: whoever finds a number compares the record.
 */
#ifndef GS_GRAPH_INDEX_IMPL_H
#define GS_GRAPH_INDEX_IMPL_H

#include "graph/index.h"
#include "graph/txn_impl.h"

enum {
    GS_KEYS_OF_NAMES = GS_INDEXES
}; /* the table `names` has its keys among the indexes' */

/* Numbers under a key, ascending. */
typedef struct gs_candidates {
    MDB_cursor *cursor;
    MDB_val key, value;
    MDB_cursor_op step;
    gs_hash128 hash;
} gs_candidates;

GS_CHECKED gs_code gs_candidates_open(gs_candidates *out, const gs_snapshot *snapshot,
                                      unsigned index, gs_text key, gs_error *err);
GS_CHECKED gs_code gs_candidates_next(uint64_t *out, gs_candidates *candidates,
                                      gs_error *err);
void gs_candidates_close(gs_candidates *candidates);

GS_CHECKED gs_code gs_keys_add(const gs_snapshot *snapshot, unsigned index, gs_text key,
                               uint64_t number, gs_error *err);

typedef enum gs_index_use {
    GS_INDEX_NEW,   /* add: the node's number is the largest there is */
    GS_INDEX_ADD,   /* add */
    GS_INDEX_CHECK, /* GS_DAMAGED where they are not there */
} gs_index_use;

/* Adds a node's keys in all indexes, and its words, or checks them: of the packed map of
 * its first properties, or of those that a revision changed. A map that is added must not
 * lie in the store, which is written to meanwhile. */
GS_CHECKED gs_code gs_index_add(const gs_snapshot *snapshot, const gs_node *node,
                                gs_text map, gs_index_use use, gs_error *err);

/* words.c: the same for the words of a statement's text. */
GS_CHECKED gs_code gs_words_add(const gs_snapshot *snapshot, uint64_t number,
                                gs_text text, gs_index_use use, gs_error *err);
/* A row of an index that must be there: GS_DAMAGED where it is not. */
GS_CHECKED gs_code gs_index_need(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                                 uint64_t number, gs_error *err);

#endif
