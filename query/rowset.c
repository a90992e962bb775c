#include "query/rowset.h"

#include <string.h>

enum { FIRST_BUCKETS = 16 };

const gs_value *gs_rowset_row(const gs_rowset *set, size_t number)
{
    return set->rows + number * set->width;
}

static uint64_t hash_row(const gs_value *row, size_t width)
{
    uint64_t hash = width;

    for (size_t i = 0; i < width; i++)
        hash = (hash << 7 | hash >> 57) * UINT64_C(0x9e3779b97f4a7c15) ^
               gs_value_hash(row[i]);
    return hash;
}

static bool is_row(const gs_rowset *set, size_t number, uint64_t hash,
                   const gs_value *row)
{
    const gs_value *there = gs_rowset_row(set, number);

    if (set->hashes[number] != hash)
        return false;
    for (size_t i = 0; i < set->width; i++)
        if (!gs_equivalent(there[i], row[i]))
            return false;
    return true;
}

/* The bucket in which the row is, or in which it would be. */
static size_t bucket_of(const gs_rowset *set, uint64_t hash, const gs_value *row)
{
    size_t mask = set->bucket_count - 1, at = (size_t)hash & mask;

    while (set->buckets[at] != 0 &&
           !(row != NULL && is_row(set, set->buckets[at] - 1, hash, row)))
        at = (at + 1) & mask;
    return at;
}

/* Twice the buckets, so that half of them stay free. */
static gs_code widen(gs_rowset *set, gs_error *err)
{
    size_t count = set->bucket_count > 0 ? set->bucket_count * 2 : FIRST_BUCKETS;

    if (set->count * 2 < set->bucket_count)
        return GS_OK;
    set->buckets = gs_arena_array(set->arena, count, sizeof *set->buckets);
    if (set->buckets == NULL)
        return gs_fail_memory(err);
    set->bucket_count = count;
    for (size_t i = 0; i < set->count; i++)
        set->buckets[bucket_of(set, set->hashes[i], NULL)] = i + 1;
    return GS_OK;
}

static gs_code append(gs_rowset *set, uint64_t hash, const gs_value *row, gs_error *err)
{
    size_t width = set->width > 0 ? set->width : 1;
    gs_value *at;
    gs_code rc = GS_OK;

    set->rows = gs_arena_grow(set->arena, set->rows, set->count, &set->room,
                              width * sizeof *set->rows);
    set->hashes = gs_arena_grow(set->arena, set->hashes, set->count, &set->hash_room,
                                sizeof *set->hashes);
    if (set->rows == NULL || set->hashes == NULL)
        return gs_fail_memory(err);
    at = set->rows + set->count * set->width;
    for (size_t i = 0; i < set->width; i++)
        GS_TRY(gs_value_copy(&at[i], set->arena, row[i], err));
    set->hashes[set->count++] = hash;
out:
    return rc;
}

gs_code gs_rowset_put(size_t *number, bool *added, gs_rowset *set, const gs_value *row,
                      gs_error *err)
{
    uint64_t hash = hash_row(row, set->width);
    size_t bucket;
    gs_code rc;

    GS_TRY(widen(set, err));
    bucket = bucket_of(set, hash, row);
    *added = set->buckets[bucket] == 0;
    if (*added) {
        GS_TRY(append(set, hash, row, err));
        set->buckets[bucket] = set->count;
    }
    *number = set->buckets[bucket] - 1;
out:
    return rc;
}

size_t gs_rowset_find(const gs_rowset *set, const gs_value *row)
{
    if (set->bucket_count == 0)
        return SIZE_MAX;
    return set->buckets[bucket_of(set, hash_row(row, set->width), row)] - 1;
}
