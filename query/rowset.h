/* Rows told apart by equivalence: what grouping and DISTINCT remember.
 *
 * Ownership  rows are copied into the arena handed in at the start. `{.arena, .width}` is
 * a valid empty set.
 */
#ifndef GS_QUERY_ROWSET_H
#define GS_QUERY_ROWSET_H

#include "query/compare.h"

typedef struct gs_rowset {
    gs_arena *arena;
    size_t width; /* values a row */
    gs_value *rows;
    uint64_t *hashes;
    size_t count, room, hash_room;
    size_t *buckets; /* row number + 1; 0 is free */
    size_t bucket_count;
} gs_rowset;

/* The number of the row that is equivalent to `row`; a copy of it is added where there is
 * none. */
GS_CHECKED gs_code gs_rowset_put(size_t *number, bool *added, gs_rowset *set,
                                 const gs_value *row, gs_error *err);
/* SIZE_MAX where there is none. */
size_t gs_rowset_find(const gs_rowset *set, const gs_value *row);
const gs_value *gs_rowset_row(const gs_rowset *set, size_t number);

#endif
