/* What a batch keeps back so that it goes into its table in order: a put beside the one
 * before costs a fraction of one that starts at the root, and fills pages instead of
 * halving them.
 *
 * Ownership  freed with the _free function; `{0}` is empty.
 * Units      room is bounded: what comes when it is full writes the rest first.
 * Errors     those of writing to the store.
 *
 * Whoever reads such a table in a batch flushes first: its snapshot points to a
 * gs_pending.
 */
#ifndef GS_GRAPH_PENDING_H
#define GS_GRAPH_PENDING_H

#include "graph/adjacency.h"
#include "graph/base/arena.h"
#include "graph/snapshot.h"

typedef struct gs_pending_edges {
    gs_adjacency_row *rows;
    struct gs_pending_row *order;
    size_t count;
} gs_pending_edges;

GS_CHECKED gs_code gs_pending_edges_add(gs_pending_edges *pending,
                                        const gs_snapshot *snapshot,
                                        const gs_adjacency_row *row, gs_error *err);
GS_CHECKED gs_code gs_pending_edges_flush(gs_pending_edges *pending,
                                          const gs_snapshot *snapshot, gs_error *err);
void gs_pending_edges_free(gs_pending_edges *pending);

/* Words are numbered as they come; a pair says that a word stands in a statement.
 * Statements must come by number ascending, above all that the table has. */
typedef struct gs_pending_words {
    gs_arena arena; /* of the words */
    struct gs_pending_word {
        gs_text key;
        uint64_t hash, last; /* the last number that has it */
        uint32_t pairs;
    } * words;
    uint32_t *slots; /* hash table: numbers of words, from 1 */
    struct gs_pending_pair {
        uint32_t word, offset; /* of the statement's number to `first` */
    } * pairs;
    uint64_t first;
    size_t word_count, pair_count;
} gs_pending_words;

GS_CHECKED gs_code gs_pending_words_add(gs_pending_words *pending,
                                        const gs_snapshot *snapshot, gs_text key,
                                        uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_pending_words_flush(gs_pending_words *pending,
                                          const gs_snapshot *snapshot, gs_error *err);
void gs_pending_words_free(gs_pending_words *pending);

typedef struct gs_pending {
    gs_pending_edges edges;
    gs_pending_words words;
} gs_pending;

#endif
