/* Keys and blocks of the adjacency table, to the byte.
 *
 * key     node 6, type 4, direction and length class 1; of each block of a list but the
 *         first also order 5, latest 5, edge 6: no entry before it is in the block, and
 *         none from it on in the one before
 * block   widths 2, varints: count, first order, smallest edge, smallest length; entries
 * entry   order, length, edge, neighbour in as many bytes as the widths say, the lowest
 *         first; flags and sort 1
 *
 * `order` is the earliest second, or the latest where the start is open: the entries of a
 * list are in the order of dates, then of `latest`, then of edges. A length class bounds
 * how much later than `order` an entry's interval may end, so that a window knows how far
 * before its first second it must begin to read.
 *
 * Ownership  a block borrows its bytes.
 * Threads    pure functions.
 */
#ifndef GS_GRAPH_ADJACENCY_H
#define GS_GRAPH_ADJACENCY_H

#include "graph/compact.h"
#include "graph/sieve.h"
#include "graph/snapshot.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    GS_LIST_KEY = 11,
    GS_EDGE_BLOCK_KEY = GS_LIST_KEY + 2 * GS_TIME_SIZE + GS_NUMBER_SIZE,
    GS_EDGE_BLOCK_MAX = 992, /* four to a page */
};

enum gs_adjacency_flag {
    GS_ENTRY_TOUCHED = 1, /* the edge or one of its nodes has rows in `ends` */
    GS_ENTRY_INFERRED = 2,
    GS_ENTRY_OPEN_START = 4,
    GS_ENTRY_DATED = 8, /* the neighbour is a statement with this interval as its date */
};

enum { GS_LENGTH_CLASSES = 4 };

typedef struct gs_list_key {
    uint64_t node;
    uint32_t type;
    uint8_t direction; /* GS_OUT, GS_IN */
    uint8_t length_class;
} gs_list_key;

typedef struct gs_adjacent {
    int64_t order, earliest, latest;
    uint64_t edge, neighbour;
    bool inferred, touched, dated;
    uint8_t sort; /* of the neighbour */
} gs_adjacent;

void gs_list_key_store(unsigned char to[GS_LIST_KEY], gs_list_key key);
gs_list_key gs_list_key_load(const unsigned char *from);
/* Whether a key in the store is of this node, and whether it names a block that can be. */
bool gs_list_key_is_of(uint64_t node, const void *key, size_t size);
bool gs_list_key_is_whole(const void *key, size_t size);
/* The key of a block that begins with this entry. */
void gs_edge_block_key_store(unsigned char to[GS_EDGE_BLOCK_KEY], gs_list_key key,
                             const gs_adjacent *entry);

/* Both entries of an edge: at its start (GS_OUT) and at its end (GS_IN). */
gs_list_key gs_list_key_of(const gs_edge *edge, uint8_t direction);
gs_adjacent gs_adjacent_of(const gs_edge *edge, uint8_t direction, bool touched);
/* -1, 0, 1: the order within a list. Equal are only entries of one edge. */
int gs_adjacent_order(const gs_adjacent *a, const gs_adjacent *b);

/* The class of an interval, and how long one of a class can be at most: INT64_MAX for the
 * last, which also holds what is open. */
uint8_t gs_length_class(int64_t earliest, int64_t latest);
int64_t gs_length_limit(uint8_t length_class);

typedef struct gs_edge_block {
    const unsigned char *entries, *end;
    uint32_t count;
    uint8_t order_width, length_width, edge_width, neighbour_width, size;
    uint64_t unit, order, length, edge; /* what the entries' numbers count from */
} gs_edge_block;

/* False for bytes that are none. */
bool gs_edge_block_open(gs_edge_block *out, uint64_t node, const void *bytes,
                        size_t size);
gs_adjacent gs_edge_block_entry(const gs_edge_block *block, uint32_t at);
/* Its edge alone, and what its last byte says. */
uint64_t gs_edge_block_edge(const gs_edge_block *block, uint32_t at, uint8_t *flags,
                            uint8_t *sort);
/* The first entry with an order that is not smaller; `count` where there is none. */
uint32_t gs_edge_block_find(const gs_edge_block *block, int64_t order);
/* The first entry from `at` on whose neighbour a sieve may have; `count` where there is
 * none. And all neighbours from `at` on into a sieve. */
uint32_t gs_edge_block_sift(const gs_edge_block *block, uint32_t at,
                            const gs_sieve *sieve);
void gs_edge_block_mark(const gs_edge_block *block, uint32_t at, const gs_sieve *sieve);
/* Where the flags and the sort of an entry stand among the bytes that were opened. */
size_t gs_edge_block_flags(const gs_edge_block *block, const void *bytes, uint32_t at);
/* Writes as many of the entries, which are sorted, as fit; gives how many, and the size.
 */
size_t gs_edge_block_store(unsigned char to[GS_EDGE_BLOCK_MAX], size_t *size,
                           uint64_t node, const gs_adjacent *entries, size_t count);
/* The byte of flags and sort. */
unsigned char gs_adjacent_flags(const gs_adjacent *entry);

/* An edge that was born right after a node, whose own it is, has no entry there: whoever
 * reads the node's edges looks through the GS_NEAR numbers behind it. Which types at
 * which end: what a statement is born with at the statement, and its document. */
enum { GS_NEAR = 15 };
uint8_t gs_near_directions(uint32_t type); /* GS_OUT: at the edge's start; GS_IN */
bool gs_is_near(const gs_edge *edge, uint8_t direction);

#endif
