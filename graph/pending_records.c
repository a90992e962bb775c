/* The chunk that a batch fills. */
#include "graph/compact.h"
#include "graph/record.h"
#include "graph/records.h"

#include <stdlib.h>
#include <string.h>

enum {
    TARGET = 128 << 10, /* of records, before they are made short */
    SLOTS = 8192,
    GAP = 64, /* empty slots in a row; what is more ends the chunk */
    HEAD = GS_CHUNK_HEAD,
    GROUP = GS_CHUNK_GROUP,
};

static size_t size_of(uint32_t count, size_t slots)
{
    return HEAD + (size_t)((count + GS_GROUP_SLOTS - 1) / GS_GROUP_SLOTS) * GROUP + slots;
}

static gs_code make_room(gs_pending_records *pending, gs_error *err)
{
    if (pending->ends == NULL) {
        pending->ends = calloc(SLOTS, sizeof *pending->ends);
        pending->room = SLOTS;
    }
    return pending->ends == NULL ? gs_fail_memory(err) : GS_OK;
}

static void add_slot(gs_pending_records *pending, gs_text record)
{
    unsigned char size[GS_VARINT_MAX];

    gs_buffer_bytes(&pending->slots, size, gs_varint_store(size, record.size));
    gs_buffer_text(&pending->slots, record);
    pending->ends[pending->count++] = (uint32_t)pending->slots.size;
}

/* Whether the record goes into this chunk, behind the numbers between that have none. */
static bool fits(const gs_pending_records *pending, uint64_t number, size_t size)
{
    uint64_t gap = number - (pending->first + pending->count);

    return gap <= GAP && pending->count + gap < SLOTS &&
           size_of(pending->count + (uint32_t)gap + 1,
                   pending->slots.size + gap + size + 5) <= TARGET;
}

gs_code gs_pending_records_add(gs_pending_records *pending, const gs_snapshot *snapshot,
                               uint64_t number, gs_text record, gs_error *err)
{
    gs_code rc;

    GS_TRY(make_room(pending, err));
    if (pending->count > 0 && !fits(pending, number, record.size))
        GS_TRY(gs_pending_records_flush(pending, snapshot, false, err));
    if (pending->count == 0)
        pending->first = number;
    while (pending->first + pending->count < number)
        add_slot(pending, (gs_text){"", 0});
    add_slot(pending, record);
    if (pending->slots.failed)
        rc = gs_fail_memory(err);
out:
    return rc;
}

/* Behind the groups, each record in its slot. */
static gs_code put_slots(gs_buffer *out, uint32_t *ends, gs_pending_records *pending,
                         gs_error *err)
{
    gs_text slots = gs_buffer_view(&pending->slots), record;
    size_t base = size_of(pending->count, 0), from = 0;
    unsigned char bytes[GS_VARINT_MAX];
    gs_code rc = GS_OK;

    for (uint32_t i = 0; rc == GS_OK && i < pending->count; i++) {
        size_t at = from;
        uint64_t size;

        if (!gs_varint_load(&size, slots, &at))
            return gs_fail(err, GS_FAILED, "a slot has no size");
        rc = gs_short_make(&record, &pending->cold,
                           gs_text_slice(slots, at, pending->ends[i]), err);
        if (rc == GS_OK) {
            size_t head = gs_varint_store(bytes, record.size);

            gs_short_set_back(&pending->cold, base + out->size + head);
            gs_buffer_bytes(out, bytes, head);
            gs_buffer_text(out, record);
        }
        ends[i] = (uint32_t)out->size;
        from = pending->ends[i];
    }
    return rc;
}

static void put_groups(gs_buffer *out, const gs_pending_records *pending, gs_text slots,
                       const uint32_t *ends)
{
    unsigned char bytes[GROUP], head[HEAD];
    size_t from = 0;

    gs_store_u16(head, (uint16_t)pending->count);
    gs_store_u16(head + GS_CHUNK_BLOCKS, (uint16_t)pending->cold.blocks);
    gs_store_u32(head + GS_CHUNK_COLD, (uint32_t)size_of(pending->count, slots.size));
    gs_buffer_bytes(out, head, sizeof head);
    for (uint32_t at = 0; at < pending->count; at += GS_GROUP_SLOTS) {
        uint32_t last =
            at + GS_GROUP_SLOTS < pending->count ? at + GS_GROUP_SLOTS : pending->count;
        size_t to = ends[last - 1];

        gs_store_u32(bytes, (uint32_t)to);
        gs_store_u32(bytes + 4, gs_group_checksum(gs_text_slice(slots, from, to), head,
                                                  pending->first + at));
        gs_buffer_bytes(out, bytes, sizeof bytes);
        from = to;
    }
}

static gs_code encode(gs_buffer *out, gs_pending_records *pending, gs_error *err)
{
    gs_buffer slots = {0};
    uint32_t *ends = calloc(pending->count, sizeof *ends);
    gs_code rc;

    if (ends == NULL)
        return gs_fail_memory(err);
    GS_TRY(put_slots(&slots, ends, pending, err));
    GS_TRY(gs_cold_flush(&pending->cold, err));
    put_groups(out, pending, gs_buffer_view(&slots), ends);
    gs_buffer_text(out, gs_buffer_view(&slots));
    GS_TRY(gs_cold_end(out, &pending->cold, err));
    if (out->failed || slots.failed)
        rc = gs_fail_memory(err);
out:
    gs_buffer_free(&slots);
    free(ends);
    return rc;
}

/* Puts all slots of an earlier chunk before the pending ones. */
static gs_code take_in(gs_pending_records *pending, const gs_snapshot *snapshot,
                       const gs_chunk *chunk, gs_error *err)
{
    gs_arena arena = {0};
    gs_pending_records both = {.first = chunk->first};
    uint64_t end = pending->first + pending->count;
    gs_text group, record;
    gs_code rc;

    GS_TRY(make_room(&both, err));
    for (uint32_t i = 0; i < chunk->count; i++) {
        if (i % GS_GROUP_SLOTS == 0)
            GS_TRY(gs_chunk_group(&group, chunk, i / GS_GROUP_SLOTS, err));
        if (!gs_chunk_slot(&record, group, i % GS_GROUP_SLOTS)) {
            rc =
                gs_fail(err, GS_DAMAGED,
                        "a chunk of records is damaged; restore the store from a backup");
            goto out;
        }
        GS_TRY(gs_short_record(&record, snapshot, record, &arena, err));
        add_slot(&both, record);
    }
    while (both.first + both.count < pending->first)
        add_slot(&both, (gs_text){"", 0});
    for (uint32_t i = 0, from = 0; both.first + both.count < end; i++) {
        gs_buffer_text(&both.slots, gs_text_slice(gs_buffer_view(&pending->slots), from,
                                                  pending->ends[i]));
        from = pending->ends[i];
        both.ends[both.count++] = (uint32_t)both.slots.size;
    }
    if (both.slots.failed) {
        rc = gs_fail_memory(err);
        goto out;
    }
    gs_pending_records_free(pending);
    *pending = both;
    both = (gs_pending_records){0};
out:
    gs_pending_records_free(&both);
    gs_arena_free(&arena);
    return rc;
}

/* How large a chunk was before its nodes were made short, or less. */
static size_t plain_size(const gs_chunk *chunk)
{
    const unsigned char *row = chunk->bytes + chunk->slots_end;
    size_t blocks = gs_load_u16(chunk->bytes + GS_CHUNK_BLOCKS), size = chunk->slots_end;

    for (size_t i = 0; i < blocks && 12 * (i + 1) <= chunk->size - chunk->slots_end; i++)
        size += gs_load_u32(row + 12 * i);
    return size;
}

/* Takes in the last chunk while it is not twice as large. GS_END: it is, or none is. */
static gs_code merge(gs_pending_records *pending, const gs_snapshot *snapshot,
                     gs_error *err)
{
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    gs_chunk chunk;
    uint64_t gap, plain;
    size_t size = size_of(pending->count, pending->slots.size);
    gs_code rc;
    int status;

    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_RECORDS, err));
    GS_TRY(gs_txn_move(cursor, &key, &value, MDB_LAST, err));
    GS_TRY(gs_chunk_open(&chunk, key, value, err));
    gap = pending->first - chunk.first - chunk.count;
    plain = plain_size(&chunk);
    if (plain > 2 * size || plain + size + gap + GROUP > TARGET ||
        chunk.first >= pending->first || gap > GAP ||
        chunk.count + gap + pending->count > SLOTS) {
        rc = GS_END;
        goto out;
    }
    GS_TRY(take_in(pending, snapshot, &chunk, err));
    status = mdb_cursor_del(cursor, 0);
    if (status != 0)
        rc = gs_lmdb_fail(err, status, "write to the store");
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_pending_records_flush(gs_pending_records *pending, const gs_snapshot *snapshot,
                                 bool last, gs_error *err)
{
    gs_buffer bytes = {0};
    gs_code rc = GS_OK;

    if (pending->count == 0)
        return GS_OK;
    while (last && rc == GS_OK)
        rc = merge(pending, snapshot, err);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    rc = encode(&bytes, pending, err);
    if (rc == GS_OK)
        rc = gs_txn_append(snapshot, GS_TABLE_RECORDS, pending->first,
                           gs_val(bytes.bytes, bytes.size), err);
    gs_buffer_free(&bytes);
    pending->count = 0;
    gs_buffer_clear(&pending->slots);
    return rc;
}

void gs_pending_records_free(gs_pending_records *pending)
{
    free(pending->ends);
    gs_buffer_free(&pending->slots);
    gs_cold_free(&pending->cold);
    *pending = (gs_pending_records){0};
}
