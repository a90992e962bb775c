/* What a batch keeps back so that it goes into its table in order: a put beside the one
 * before costs a fraction of one that starts at the root, and fills pages instead of
 * halving them.
 *
 * Ownership  freed with the _free function; `{0}` is empty.
 * Units      room is bounded: what comes when it is full writes the rest first.
 * Errors     those of writing to the store.
 *
 * Whoever reads such a table in a batch flushes first, or looks here, too: its snapshot
 * points to a gs_pending.
 */
#ifndef GS_GRAPH_PENDING_H
#define GS_GRAPH_PENDING_H

#include "graph/adjacency.h"
#include "graph/base/arena.h"
#include "graph/index_runs.h"
#include "graph/records.h"
#include "graph/snapshot.h"

typedef struct gs_pending_edges {
    struct gs_pending_row *rows;
    size_t count, room;
    size_t pages; /* changed by what was written */
} gs_pending_edges;

GS_CHECKED gs_code gs_pending_edges_add(gs_pending_edges *pending,
                                        const gs_snapshot *snapshot, gs_list_key key,
                                        const gs_adjacent *entry, gs_error *err);
GS_CHECKED gs_code gs_pending_edges_flush(gs_pending_edges *pending,
                                          const gs_snapshot *snapshot, gs_error *err);
void gs_pending_edges_free(gs_pending_edges *pending);

/* Keys of the indexes, found by hash while they are kept back: a number has each once. */
typedef struct gs_pending_keys {
    gs_index_row *rows;
    uint64_t *slots;    /* twice the room: a hash, and the newest row of it, from 1 */
    uint32_t *next;     /* the row before of the same hash, from 1 */
    size_t count, room; /* room is a power of two */
} gs_pending_keys;

GS_CHECKED gs_code gs_pending_keys_add(gs_pending_keys *pending,
                                       const gs_snapshot *snapshot, gs_index_row row,
                                       gs_error *err);
/* The first row of a hash, and the next one of the same; 0 where there is none. */
uint32_t gs_pending_keys_find(const gs_pending_keys *pending, uint64_t hash);
uint32_t gs_pending_keys_next(const gs_pending_keys *pending, uint32_t row);
GS_CHECKED gs_code gs_pending_keys_flush(gs_pending_keys *pending,
                                         const gs_snapshot *snapshot, gs_error *err);
void gs_pending_keys_free(gs_pending_keys *pending);

/* Words are numbered as they come; a pair says that a word stands in a statement. */
typedef struct gs_pending_words {
    gs_arena arena; /* of the words */
    struct gs_pending_word {
        gs_text key;
        uint64_t hash, last; /* the last number that has it */
        uint32_t pairs;
        bool unsorted; /* its numbers did not come ascending */
    } * words;
    uint32_t *slots; /* hash table: numbers of words, from 1 */
    struct gs_pending_pair {
        uint32_t word, number; /* of the statement, its lower 32 bits */
    } * pairs;
    uint64_t above; /* the upper bits of them all */
    size_t word_count, word_room, pair_count, pair_room;
    size_t pages; /* changed by what was written */
} gs_pending_words;

GS_CHECKED gs_code gs_pending_words_add(gs_pending_words *pending,
                                        const gs_snapshot *snapshot, gs_text key,
                                        uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_pending_words_flush(gs_pending_words *pending,
                                          const gs_snapshot *snapshot, gs_error *err);
void gs_pending_words_free(gs_pending_words *pending);

/* Labels of new nodes. */
typedef struct gs_pending_labels {
    gs_index_row *rows; /* label, number */
    size_t count, room;
} gs_pending_labels;

GS_CHECKED gs_code gs_pending_labels_add(gs_pending_labels *pending,
                                         const gs_snapshot *snapshot, uint32_t label,
                                         uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_pending_labels_flush(gs_pending_labels *pending,
                                           const gs_snapshot *snapshot, gs_error *err);
void gs_pending_labels_free(gs_pending_labels *pending);

typedef struct gs_pending {
    gs_pending_labels labels;
    gs_pending_records records;
    gs_pending_edges edges;
    gs_pending_keys keys;
    gs_pending_words words;
} gs_pending;

#endif
