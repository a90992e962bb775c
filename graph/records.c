#include "graph/records.h"

#include "graph/compact.h"
#include "graph/pending.h"
#include "graph/record.h"

#include <inttypes.h>
#include <string.h>
#include <zstd.h>

enum { HEAD = GS_CHUNK_HEAD, GROUP = GS_CHUNK_GROUP, AT_CHECKSUM = 4 };

static gs_code fail_damaged(uint64_t number, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "record %" PRIu64 " is damaged; restore the store from a backup",
                   number);
}

void gs_place_end(gs_place *place)
{
    if (place->cursor != NULL)
        mdb_cursor_close(place->cursor);
    gs_buffer_free(&place->cold);
    ZSTD_freeDCtx(place->context);
    *place = (gs_place){0};
}

static uint32_t group_count(uint32_t slots)
{
    return (slots + GS_GROUP_SLOTS - 1) / GS_GROUP_SLOTS;
}

gs_code gs_chunk_open(gs_chunk *out, MDB_val key, MDB_val value, gs_error *err)
{
    gs_chunk chunk = {.bytes = value.mv_data, .size = value.mv_size};

    if (key.mv_size != sizeof chunk.first || value.mv_size < HEAD)
        return gs_fail(err, GS_DAMAGED,
                       "a chunk of records is damaged; restore the store from a backup");
    memcpy(&chunk.first, key.mv_data, sizeof chunk.first);
    chunk.count = gs_load_u16(chunk.bytes);
    chunk.slots_end = gs_load_u32(chunk.bytes + GS_CHUNK_COLD);
    if (chunk.count == 0 || chunk.slots_end > chunk.size ||
        HEAD + (size_t)group_count(chunk.count) * GROUP > chunk.slots_end)
        return fail_damaged(chunk.first, err);
    *out = chunk;
    return GS_OK;
}

uint32_t gs_group_checksum(gs_text group, const unsigned char *head, uint64_t number)
{
    return gs_record_checksum(group, number ^ gs_load_u64(head));
}

static gs_code group_of(gs_text *out, const gs_chunk *chunk, uint32_t index,
                        bool verified, gs_error *err)
{
    const unsigned char *head = chunk->bytes + HEAD + (size_t)index * GROUP;
    size_t base = HEAD + (size_t)group_count(chunk->count) * GROUP;
    size_t from = index == 0 ? 0 : gs_load_u32(head - GROUP), to = gs_load_u32(head);
    uint64_t number = chunk->first + (uint64_t)index * GS_GROUP_SLOTS;
    gs_text group;

    if (from > to || to > chunk->slots_end - base)
        return fail_damaged(number, err);
    group = (gs_text){(const char *)chunk->bytes + base + from, to - from};
    if (!verified &&
        gs_load_u32(head + AT_CHECKSUM) != gs_group_checksum(group, chunk->bytes, number))
        return fail_damaged(number, err);
    *out = group;
    return GS_OK;
}

gs_code gs_chunk_group(gs_text *out, const gs_chunk *chunk, uint32_t index, gs_error *err)
{
    return group_of(out, chunk, index, false, err);
}

bool gs_chunk_slot(gs_text *out, gs_text group, uint32_t slot)
{
    size_t at = 0;
    uint64_t size;

    for (;; slot--) {
        if (!gs_varint_load(&size, group, &at) || size > group.size - at)
            return false;
        if (slot == 0)
            break;
        at += (size_t)size;
    }
    *out = (gs_text){group.bytes + at, (size_t)size};
    return true;
}

/* Puts the place on the chunk that holds a number, or on the first behind it. */
static gs_code seek(gs_chunk *out, const gs_snapshot *snapshot, uint64_t number,
                    gs_error *err)
{
    gs_place *place = snapshot->place;
    MDB_val key = gs_val(&number, sizeof number), value;
    gs_code rc = GS_OK;

    if (place->cursor == NULL)
        rc = gs_txn_cursor(&place->cursor, snapshot, GS_TABLE_RECORDS, err);
    if (rc != GS_OK)
        return rc;
    rc = gs_txn_move(place->cursor, &key, &value, MDB_SET_RANGE, err);
    if (rc == GS_END || (rc == GS_OK && memcmp(key.mv_data, &number, 8) != 0)) {
        bool behind = rc == GS_OK;

        rc = gs_txn_move(place->cursor, &key, &value, behind ? MDB_PREV : MDB_LAST, err);
        if (rc == GS_OK)
            rc = gs_chunk_open(out, key, value, err);
        if (rc == GS_OK && number - out->first < out->count)
            return GS_OK;
        if (rc != GS_OK && rc != GS_END)
            return rc;
        if (!behind)
            return GS_END;
        rc = gs_txn_move(place->cursor, &key, &value, rc == GS_END ? MDB_FIRST : MDB_NEXT,
                         err);
    }
    return rc == GS_OK ? gs_chunk_open(out, key, value, err) : rc;
}

static bool is_pending(const gs_snapshot *snapshot, uint64_t number)
{
    const gs_pending_records *pending =
        snapshot->pending != NULL ? &snapshot->pending->records : NULL;

    return pending != NULL && pending->count > 0 && number >= pending->first;
}

static gs_code find_pending(gs_text *out, const gs_pending_records *pending,
                            uint64_t number)
{
    uint64_t slot = number - pending->first, size;
    size_t at;
    gs_text slots = gs_buffer_view(&pending->slots);

    if (slot >= pending->count)
        return GS_END;
    at = slot == 0 ? 0 : pending->ends[slot - 1];
    if (!gs_varint_load(&size, slots, &at) || size == 0)
        return GS_END;
    *out = (gs_text){slots.bytes + at, (size_t)size};
    return GS_OK;
}

/* The chunk of a number, from the place where it is. GS_END with the chunk behind it. */
static gs_code chunk_of(gs_chunk *out, const gs_snapshot *snapshot, uint64_t number,
                        gs_error *err)
{
    gs_place *place = snapshot->place;
    gs_chunk chunk = {place->chunk, place->size, place->slots_end, place->first,
                      place->count};
    gs_code rc;

    if (place->chunk == NULL || number - place->first >= place->count) {
        rc = seek(&chunk, snapshot, number, err);
        if (rc != GS_OK)
            return rc;
        place->verified = 0;
        place->chunk = snapshot->pending == NULL ? chunk.bytes : NULL;
        place->size = chunk.size;
        place->slots_end = chunk.slots_end;
        place->first = chunk.first;
        place->count = chunk.count;
    }
    *out = chunk;
    return GS_OK;
}

static gs_code verified_group(gs_text *out, const gs_snapshot *snapshot,
                              const gs_chunk *chunk, uint32_t index, gs_error *err)
{
    gs_place *place = snapshot->place;
    gs_code rc =
        group_of(out, chunk, index,
                 place->chunk == chunk->bytes && place->verified == index + 1, err);

    if (rc == GS_OK)
        place->verified = index + 1;
    return rc;
}

static gs_code slot_of(gs_text *out, const gs_snapshot *snapshot, const gs_chunk *chunk,
                       uint64_t number, gs_error *err)
{
    uint32_t slot = (uint32_t)(number - chunk->first), index = slot / GS_GROUP_SLOTS;
    gs_text group;
    gs_code rc = verified_group(&group, snapshot, chunk, index, err);

    if (rc == GS_OK && !gs_chunk_slot(out, group, slot % GS_GROUP_SLOTS))
        rc = fail_damaged(number, err);
    if (rc == GS_OK && out->size == 0)
        rc = GS_END;
    return rc;
}

gs_code gs_record_find(gs_text *out, const gs_snapshot *snapshot, uint64_t number,
                       gs_error *err)
{
    gs_chunk chunk;
    gs_code rc;

    if (is_pending(snapshot, number))
        return find_pending(out, &snapshot->pending->records, number);
    rc = chunk_of(&chunk, snapshot, number, err);
    if (rc != GS_OK || number < chunk.first)
        return rc == GS_OK ? GS_END : rc;
    return slot_of(out, snapshot, &chunk, number, err);
}

gs_code gs_record_next(uint64_t *number, gs_text *out, const gs_snapshot *snapshot,
                       gs_error *err)
{
    gs_chunk chunk;
    uint64_t n = *number;
    gs_code rc;

    for (;; n++) {
        if (is_pending(snapshot, n)) {
            if (n - snapshot->pending->records.first >= snapshot->pending->records.count)
                return GS_END;
            rc = find_pending(out, &snapshot->pending->records, n);
        } else {
            rc = chunk_of(&chunk, snapshot, n, err);
            if (rc == GS_END && snapshot->pending != NULL &&
                snapshot->pending->records.count > 0)
                n = snapshot->pending->records.first - 1;
            else if (rc != GS_OK)
                return rc;
            else if (n < chunk.first)
                n = chunk.first;
            if (rc == GS_OK)
                rc = slot_of(out, snapshot, &chunk, n, err);
        }
        if (rc != GS_END)
            break;
    }
    if (rc == GS_OK)
        *number = n;
    return rc;
}

void gs_record_walk_start(gs_record_walk *walk, const gs_snapshot *snapshot,
                          uint64_t number)
{
    *walk = (gs_record_walk){.snapshot = snapshot, .number = number};
}

/* The group of the next number, and the slot in it. */
static gs_code walk_to_group(gs_record_walk *walk, gs_error *err)
{
    gs_chunk chunk;
    uint32_t slot, index;
    gs_text passed;
    gs_code rc;

    GS_TRY(chunk_of(&chunk, walk->snapshot, walk->number, err));
    if (walk->number < chunk.first)
        walk->number = chunk.first;
    slot = (uint32_t)(walk->number - chunk.first);
    index = slot / GS_GROUP_SLOTS;
    GS_TRY(verified_group(&walk->group, walk->snapshot, &chunk, index, err));
    slot %= GS_GROUP_SLOTS;
    walk->at = 0;
    walk->left = chunk.count - index * GS_GROUP_SLOTS;
    walk->left = (walk->left < GS_GROUP_SLOTS ? walk->left : GS_GROUP_SLOTS) - slot;
    if (slot > 0 && !gs_chunk_slot(&passed, walk->group, slot - 1))
        return fail_damaged(walk->number, err);
    if (slot > 0)
        walk->at = (size_t)(passed.bytes + passed.size - walk->group.bytes);
out:
    return rc;
}

static gs_code walk_pending(uint64_t *number, gs_text *out, gs_record_walk *walk)
{
    const gs_pending_records *pending = &walk->snapshot->pending->records;

    while (walk->number - pending->first < pending->count) {
        *number = walk->number++;
        if (find_pending(out, pending, *number) == GS_OK)
            return GS_OK;
    }
    return GS_END;
}

gs_code gs_record_walk_next(uint64_t *number, gs_text *out, gs_record_walk *walk,
                            gs_error *err)
{
    const gs_snapshot *snapshot = walk->snapshot;
    uint64_t size;
    gs_code rc = GS_OK;

    do {
        if (walk->left == 0) {
            if (is_pending(snapshot, walk->number))
                return walk_pending(number, out, walk);
            rc = walk_to_group(walk, err);
            if (rc == GS_END && snapshot->pending != NULL &&
                snapshot->pending->records.count > 0) {
                walk->number = snapshot->pending->records.first;
                return walk_pending(number, out, walk);
            }
            if (rc != GS_OK)
                return rc;
        }
        if (!gs_varint_load(&size, walk->group, &walk->at) ||
            size > walk->group.size - walk->at)
            return fail_damaged(walk->number, err);
        *out = (gs_text){walk->group.bytes + walk->at, (size_t)size};
        *number = walk->number++;
        walk->at += (size_t)size;
        walk->left--;
    } while (size == 0);
    return GS_OK;
}

gs_code gs_marks_read(uint8_t *out, const gs_snapshot *snapshot, uint64_t number,
                      gs_error *err)
{
    MDB_val value;
    gs_code rc =
        gs_txn_get(&value, snapshot, GS_TABLE_MARKS, gs_val(&number, sizeof number), err);

    *out = 0;
    if (rc == GS_END)
        return GS_OK;
    if (rc == GS_OK && value.mv_size != 1)
        return fail_damaged(number, err);
    if (rc == GS_OK)
        *out = *(const uint8_t *)value.mv_data;
    return rc;
}

gs_code gs_marks_set(const gs_snapshot *snapshot, uint64_t number, uint8_t flags,
                     gs_error *err)
{
    uint8_t marks;
    gs_code rc = gs_marks_read(&marks, snapshot, number, err);

    if (rc != GS_OK || (marks & flags) == flags)
        return rc;
    marks |= flags;
    return gs_txn_put(snapshot, GS_TABLE_MARKS, gs_val(&number, sizeof number),
                      gs_val(&marks, sizeof marks), 0, err);
}
