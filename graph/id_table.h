/* Ids of a file -> numbers of the store, in memory while the file is read: 24 bytes an id
 * of which a quarter to a half is room. Ids are told apart by 128 bits of a hash that the
 * store seeds.
 *
 * Ownership  `{.seed = n}` is an empty table; gs_id_table_free ends it.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_ID_TABLE_H
#define GS_GRAPH_ID_TABLE_H

#include "graph/base/hash.h"

typedef struct gs_id_table {
    struct gs_id_row {
        gs_hash128 hash;
        uint64_t number; /* 0: free */
    } * rows;
    size_t count, room; /* room is a power of two */
    uint64_t seed;
} gs_id_table;

/* 0 where the id is not there. */
uint64_t gs_id_table_find(const gs_id_table *table, gs_text id);
/* An id that is not there yet, and a number above 0. */
GS_CHECKED gs_code gs_id_table_add(gs_id_table *table, gs_text id, uint64_t number,
                                   gs_error *err);
void gs_id_table_free(gs_id_table *table);

#endif
