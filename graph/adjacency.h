/* Keys and entries of the adjacency table, to the byte.
 *
 * key    node 8, type 4, direction 1, length class 1
 * entry  order 5, latest 5, edge 6, neighbour 6, flags 1, sort of the neighbour 1
 *
 * `order` is the earliest second, or the latest where the start is open: entries of a key
 * are in the order of dates. A length class bounds how much later than `order` an entry's
 * interval may end, so that a window knows how far before its first second it must begin
 * to read.
 */
#ifndef GS_GRAPH_ADJACENCY_H
#define GS_GRAPH_ADJACENCY_H

#include "graph/compact.h"
#include "graph/snapshot.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    GS_ADJACENCY_KEY = 14,
    GS_ADJACENCY_ENTRY = 2 * GS_TIME_SIZE + 2 * GS_NUMBER_SIZE + 2,
    GS_ADJACENCY_FLAGS = GS_ADJACENCY_ENTRY - 2, /* where the flags stand */
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
    uint8_t sort;
} gs_adjacent;

void gs_list_key_store(unsigned char to[GS_ADJACENCY_KEY], gs_list_key key);
gs_list_key gs_list_key_load(const unsigned char *from);
/* Whether a key in the store is of this node, and whether it names a list that can be. */
bool gs_list_key_is_of(uint64_t node, const void *key, size_t size);
bool gs_list_key_is_whole(const void *key, size_t size);

/* `order` follows from the rest. */
void gs_adjacent_store(unsigned char to[GS_ADJACENCY_ENTRY], const gs_adjacent *entry);
gs_adjacent gs_adjacent_load(const unsigned char *from);

/* The class of an interval, and how long one of a class can be at most: INT64_MAX for the
 * last, which also holds what is open. */
uint8_t gs_length_class(int64_t earliest, int64_t latest);
int64_t gs_length_limit(uint8_t length_class);

/* Both entries of an edge: at its start and at its end. */
typedef struct gs_adjacency_row {
    unsigned char key[GS_ADJACENCY_KEY], entry[GS_ADJACENCY_ENTRY];
} gs_adjacency_row;
gs_adjacency_row gs_adjacency_out(const gs_edge *edge, bool touched);
gs_adjacency_row gs_adjacency_in(const gs_edge *edge, bool touched);
/* Whether two entries of one list are of the same edge, whatever else they say of it. */
bool gs_adjacent_is_same(const unsigned char *a, const unsigned char *b);

#endif
