/* What the indexes share: hashes of keys -> numbers, and which keys a node has. A hash
 * only nominates: whoever finds a number compares the record.
 */
#ifndef GS_GRAPH_INDEX_IMPL_H
#define GS_GRAPH_INDEX_IMPL_H

#include "graph/index.h"
#include "graph/index_runs.h"
#include "graph/txn_impl.h"

/* Of a key: equal texts have equal hashes in all indexes, so that a document whose
 * identity is its URL has one. Names are apart, since their numbers are no nodes'. */
uint64_t gs_key_hash(const gs_snapshot *snapshot, bool of_name, gs_text key);

/* Numbers under a hash, each once, in any order. The store may not be written to
 * meanwhile. */
typedef struct gs_candidates {
    const gs_snapshot *snapshot;
    uint64_t hash;
    size_t runs; /* that have not been looked at */
    gs_index_run_view run;
    size_t at; /* the next row of the run at hand */
    uint32_t pending;
} gs_candidates;

GS_CHECKED gs_code gs_candidates_open(gs_candidates *out, const gs_snapshot *snapshot,
                                      uint64_t hash, gs_error *err);
GS_CHECKED gs_code gs_candidates_next(uint64_t *out, gs_candidates *candidates,
                                      gs_error *err);

GS_CHECKED gs_code gs_keys_add_name(const gs_snapshot *snapshot, gs_text name,
                                    uint64_t number, gs_error *err);

/* What a node is found by: takes each hash of a key and each word, as in its table. */
typedef struct gs_index_sink {
    void *context;
    gs_code (*key)(void *context, uint64_t hash, gs_error *err);
    gs_code (*word)(void *context, gs_text word, gs_error *err);
} gs_index_sink;

/* Of the packed map of a node's first properties, or of those that a revision changed;
 * some may come twice. */
GS_CHECKED gs_code gs_index_each(const gs_snapshot *snapshot, const gs_node *node,
                                 gs_text map, const gs_index_sink *sink, gs_error *err);
/* words.c: of a statement's text. */
GS_CHECKED gs_code gs_words_each(const gs_snapshot *snapshot, gs_text text,
                                 const gs_index_sink *sink, gs_error *err);

GS_CHECKED gs_code gs_words_has(bool *out, const gs_snapshot *snapshot, gs_text word,
                                uint64_t number, gs_error *err);

/* Adds them, in a batch. `is_new`: the node's number is the largest there is. The map
 * must not lie in the store, which is written to meanwhile. */
GS_CHECKED gs_code gs_index_add(const gs_snapshot *snapshot, const gs_node *node,
                                gs_text map, bool is_new, gs_error *err);

#endif
