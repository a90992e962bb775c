#include "graph/lists.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

gs_code gs_list_open_block(gs_edge_block *out, gs_list_key *key, MDB_val at,
                           MDB_val value, gs_error *err)
{
    uint64_t node = 0;

    if (at.mv_size >= GS_NUMBER_SIZE)
        node = gs_load_number(at.mv_data);
    if (!gs_list_key_is_whole(at.mv_data, at.mv_size))
        return gs_fail(err, GS_DAMAGED,
                       "a list of node %" PRIu64
                       " is damaged; restore the store from a backup",
                       node);
    if (!gs_edge_block_open(out, node, value.mv_data, value.mv_size))
        return gs_fail(err, GS_DAMAGED,
                       "an edge of node %" PRIu64
                       " is damaged; restore the store from a backup",
                       node);
    *key = gs_list_key_load(at.mv_data);
    return GS_OK;
}

static bool is_of_list(MDB_val key, const unsigned char list[GS_LIST_KEY])
{
    return key.mv_size >= GS_LIST_KEY && memcmp(key.mv_data, list, GS_LIST_KEY) == 0;
}

/* Puts the cursor on the last block of a list whose key is not behind `wanted`. Where
 * the next block of the list begins is copied to `next`, whose size is 0 where none is.
 * `behind` says that the table ends before `wanted`. GS_END: the list has no block. */
static gs_code seek(MDB_val *key, MDB_val *value, MDB_cursor *cursor,
                    const unsigned char wanted[GS_EDGE_BLOCK_KEY],
                    unsigned char next[GS_EDGE_BLOCK_KEY], size_t *next_size,
                    bool *behind, gs_error *err)
{
    gs_code rc;

    *key = gs_val(wanted, GS_EDGE_BLOCK_KEY);
    *next_size = 0;
    rc = gs_txn_move(cursor, key, value, MDB_SET_RANGE, err);
    *behind = rc == GS_END;
    if (rc == GS_OK && key->mv_size == GS_EDGE_BLOCK_KEY &&
        memcmp(key->mv_data, wanted, GS_EDGE_BLOCK_KEY) == 0)
        return GS_OK;
    if (rc == GS_OK && is_of_list(*key, wanted) && key->mv_size == GS_EDGE_BLOCK_KEY) {
        memcpy(next, key->mv_data, GS_EDGE_BLOCK_KEY);
        *next_size = GS_EDGE_BLOCK_KEY;
    }
    if (rc == GS_OK || rc == GS_END)
        rc = gs_txn_move(cursor, key, value, *behind ? MDB_LAST : MDB_PREV, err);
    if (rc == GS_OK && !is_of_list(*key, wanted))
        rc = GS_END;
    return rc;
}

gs_code gs_list_seek(gs_edge_block *out, MDB_val *block_key, MDB_val *value,
                     MDB_cursor *cursor, gs_list_key key, const gs_adjacent *entry,
                     gs_error *err)
{
    unsigned char wanted[GS_EDGE_BLOCK_KEY], next[GS_EDGE_BLOCK_KEY];
    size_t next_size;
    bool behind;
    gs_list_key seen;
    gs_code rc;

    gs_edge_block_key_store(wanted, key, entry);
    rc = seek(block_key, value, cursor, wanted, next, &next_size, &behind, err);
    return rc == GS_OK ? gs_list_open_block(out, &seen, *block_key, *value, err) : rc;
}

/* Where entries of one list are put together. */
typedef struct merged {
    gs_adjacent *items;
    size_t count;
    bool appended; /* all that are new come behind those that were there */
} merged;

static gs_code merge(merged *out, const gs_edge_block *block, const gs_adjacent *entries,
                     size_t count, gs_error *err)
{
    size_t old = block != NULL ? block->count : 0, i = 0, k = 0;

    *out = (merged){.items = malloc((old + count) * sizeof *out->items)};
    if (out->items == NULL)
        return gs_fail_memory(err);
    while (i < old) {
        gs_adjacent entry = gs_edge_block_entry(block, (uint32_t)i++);

        while (k < count && gs_adjacent_order(&entries[k], &entry) < 0)
            out->items[out->count++] = entries[k++];
        out->items[out->count++] = entry;
    }
    out->appended = k == 0;
    while (k < count)
        out->items[out->count++] = entries[k++];
    return GS_OK;
}

static gs_code put(MDB_cursor *cursor, MDB_val key, const unsigned char *bytes,
                   size_t size, bool append, gs_error *err)
{
    MDB_val value = gs_val(bytes, size);
    int status = mdb_cursor_put(cursor, &key, &value, append ? MDB_APPEND : 0);

    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, "write to the store");
}

/* Writes what was put together, the first block under `first`. */
static gs_code write_blocks(MDB_cursor *cursor, gs_list_key key, MDB_val first,
                            const merged *all, bool append, gs_error *err)
{
    unsigned char bytes[GS_EDGE_BLOCK_MAX], own_key[GS_EDGE_BLOCK_KEY];
    size_t at = 0, most = all->count, took, size;
    gs_code rc = GS_OK;

    while (rc == GS_OK && at < all->count) {
        size_t left = all->count - at;

        took = gs_edge_block_store(bytes, &size, key.node, &all->items[at],
                                   left < most ? left : most);
        if (at == 0 && took < left && !all->appended) { /* in even parts */
            most = left / (left / took + 1) + 1;
            took = gs_edge_block_store(bytes, &size, key.node, all->items, most);
        }
        if (at > 0) {
            gs_edge_block_key_store(own_key, key, &all->items[at]);
            first = gs_val(own_key, sizeof own_key);
        }
        rc = put(cursor, first, bytes, size, append, err);
        at += took;
    }
    return rc;
}

/* Adds the entries that come before `next`; *took is how many. */
static gs_code add_some(size_t *took, MDB_cursor *cursor, gs_list_key key,
                        const gs_adjacent *entries, size_t count, gs_error *err)
{
    unsigned char wanted[GS_EDGE_BLOCK_KEY], next[GS_EDGE_BLOCK_KEY],
        own[GS_EDGE_BLOCK_KEY];
    MDB_val at, value;
    size_t next_size, some = count;
    bool behind, has;
    gs_list_key seen;
    gs_edge_block block;
    merged all = {0};
    gs_code rc;

    gs_edge_block_key_store(wanted, key, &entries[0]);
    rc = seek(&at, &value, cursor, wanted, next, &next_size, &behind, err);
    has = rc == GS_OK;
    if (rc == GS_END) {
        at = gs_val(wanted, GS_LIST_KEY);
        rc = GS_OK;
    } else if (rc == GS_OK) {
        memcpy(own, at.mv_data, at.mv_size < sizeof own ? at.mv_size : sizeof own);
        rc = gs_list_open_block(&block, &seen, at, value, err);
        at.mv_data = own;
    }
    GS_TRY(rc);
    if (next_size > 0)
        for (some = 1; some < count; some++) {
            gs_edge_block_key_store(wanted, key, &entries[some]);
            if (memcmp(wanted, next, GS_EDGE_BLOCK_KEY) >= 0)
                break;
        }
    if (!has)
        gs_list_key_store(wanted, key);
    GS_TRY(merge(&all, has ? &block : NULL, entries, some, err));
    GS_TRY(write_blocks(cursor, key, at, &all, behind && !has, err));
    *took = some;
out:
    free(all.items);
    return rc;
}

gs_code gs_list_add(MDB_cursor *cursor, gs_list_key key, const gs_adjacent *entries,
                    size_t count, gs_error *err)
{
    gs_code rc = GS_OK;
    size_t took = 0;

    for (size_t at = 0; rc == GS_OK && at < count; at += took)
        rc = add_some(&took, cursor, key, &entries[at], count - at, err);
    return rc;
}

/* Which entry of the block it is. */
static gs_code find_in(uint32_t *out, const gs_edge_block *block,
                       const gs_adjacent *entry)
{
    for (uint32_t i = gs_edge_block_find(block, entry->order); i < block->count; i++) {
        gs_adjacent there = gs_edge_block_entry(block, i);
        int order = gs_adjacent_order(&there, entry);

        if (order > 0)
            break;
        *out = i;
        if (order == 0)
            return GS_OK;
    }
    return GS_END;
}

gs_code gs_list_find(gs_adjacent *out, MDB_cursor *cursor, gs_list_key key,
                     const gs_adjacent *entry, gs_error *err)
{
    gs_edge_block block;
    MDB_val at, value;
    uint32_t index;
    gs_code rc = gs_list_seek(&block, &at, &value, cursor, key, entry, err);

    if (rc == GS_OK)
        rc = find_in(&index, &block, entry);
    if (rc == GS_OK)
        *out = gs_edge_block_entry(&block, index);
    return rc;
}

gs_code gs_list_change(MDB_cursor *cursor, gs_list_key key, const gs_adjacent *entry,
                       gs_error *err)
{
    unsigned char bytes[GS_EDGE_BLOCK_MAX], own[GS_EDGE_BLOCK_KEY];
    gs_edge_block block;
    MDB_val at, value;
    uint32_t index;
    size_t flags;
    gs_code rc = gs_list_seek(&block, &at, &value, cursor, key, entry, err);

    if (rc == GS_OK)
        rc = find_in(&index, &block, entry);
    if (rc != GS_OK)
        return rc;
    if (value.mv_size > sizeof bytes)
        return gs_fail(err, GS_DAMAGED, "a list of node %" PRIu64 " is damaged",
                       key.node);
    flags = gs_edge_block_flags(&block, value.mv_data, index);
    memcpy(bytes, value.mv_data, value.mv_size);
    memcpy(own, at.mv_data, at.mv_size);
    at.mv_data = own;
    if (bytes[flags] == gs_adjacent_flags(entry))
        return GS_OK;
    bytes[flags] = gs_adjacent_flags(entry);
    return put(cursor, at, bytes, value.mv_size, false, err);
}
