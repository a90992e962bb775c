#include "ingest/reject.h"
#include "graph/base/hash.h"
#include "ingest/record/entries.h"
#include <stdlib.h>
#include <string.h>

/* What is known to be there, by hash of place and bytes; filled from the store when the
 * first record is set aside, which most runs never come to. */
struct gs_rejects {
    gs_hash128 *items;
    size_t count, room; /* room is a power of two */
    bool filled;
    gs_arena arena;
};

gs_code gs_rejects_open(gs_rejects **out, gs_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? gs_fail_memory(err) : GS_OK;
}

void gs_rejects_close(gs_rejects *rejects)
{
    if (rejects == NULL)
        return;
    free(rejects->items);
    gs_arena_free(&rejects->arena);
    free(rejects);
}

static gs_hash128 *place_of(gs_hash128 *items, size_t room, gs_hash128 key)
{
    static const gs_hash128 none;
    size_t at;

    memcpy(&at, key.bytes, sizeof at);
    while (memcmp(&items[at % room], &none, sizeof none) != 0 &&
           memcmp(&items[at % room], &key, sizeof key) != 0)
        at++;
    return &items[at % room];
}

static gs_code grow(gs_rejects *rejects, gs_error *err)
{
    static const gs_hash128 none;
    size_t room = rejects->room == 0 ? 64 : 2 * rejects->room;
    gs_hash128 *items;

    if (rejects->count * 2 < rejects->room)
        return GS_OK;
    items = calloc(room, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < rejects->room; i++)
        if (memcmp(&rejects->items[i], &none, sizeof none) != 0)
            *place_of(items, room, rejects->items[i]) = rejects->items[i];
    free(rejects->items);
    rejects->items = items;
    rejects->room = room;
    return GS_OK;
}

/* *is_new is false when it was there. */
static gs_code add(bool *is_new, gs_rejects *rejects, gs_hash128 key, gs_error *err)
{
    gs_hash128 *place;
    gs_code rc = grow(rejects, err);

    if (rc != GS_OK)
        return rc;
    place = place_of(rejects->items, rejects->room, key);
    *is_new = memcmp(place, &key, sizeof key) != 0;
    *place = key;
    rejects->count += *is_new;
    return GS_OK;
}

static gs_hash128 key_of(gs_text file, uint64_t line, gs_text bytes)
{
    gs_hash128 place = gs_hash_text(line, file);
    uint64_t seed;

    memcpy(&seed, place.bytes, sizeof seed);
    return gs_hash_text(seed, bytes);
}

static gs_text string_of(gs_value map, gs_text key)
{
    gs_value value = gs_map_get(map, key);

    return value.type == GS_STRING ? value.as.string : (gs_text){0};
}

static gs_code fill(gs_rejects *rejects, const gs_snapshot *snapshot, gs_error *err)
{
    uint64_t number = 0;
    gs_value entry, line;
    bool is_new;
    gs_code rc;

    while ((rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_REJECTS, number + 1,
                                &rejects->arena, err)) == GS_OK) {
        line = gs_map_get(entry, GS_TEXT("line"));
        rc = add(&is_new, rejects,
                 key_of(string_of(entry, GS_TEXT("file")),
                        line.type == GS_INTEGER ? (uint64_t)line.as.integer : 0,
                        string_of(entry, GS_TEXT("bytes"))),
                 err);
        if (rc != GS_OK)
            return rc;
        gs_arena_reset(&rejects->arena);
    }
    rejects->filled = rc == GS_END;
    return rc == GS_END ? GS_OK : rc;
}

static gs_code write(gs_batch *batch, const gs_reject *reject, gs_arena *arena,
                     gs_error *err)
{
    gs_entries to = {.arena = arena};
    uint64_t number;

    gs_entries_put(&to, GS_TEXT("run"), gs_integer((int64_t)reject->run));
    gs_entries_put(&to, GS_TEXT("file"), gs_string(reject->file));
    gs_entries_put(&to, GS_TEXT("line"), gs_integer((int64_t)reject->line));
    gs_entries_put(&to, GS_TEXT("reason"), gs_string(reject->reason));
    gs_entries_put(&to, GS_TEXT("bytes"), gs_string(reject->bytes));
    gs_entries_put(&to, GS_TEXT("at"), gs_string(reject->at));
    if (to.failed)
        return gs_fail_memory(err);
    return gs_ledger_write(&number, batch, GS_LEDGER_REJECTS, 0, gs_entries_map(&to),
                           err);
}

gs_code gs_rejects_keep(gs_rejects *rejects, gs_batch *batch, const gs_reject *reject,
                        gs_error *err)
{
    gs_reject kept = *reject;
    bool is_new;
    gs_code rc = GS_OK;

    kept.bytes = gs_text_slice(kept.bytes, 0, GS_REJECT_MAX);
    gs_arena_reset(&rejects->arena);
    if (!rejects->filled)
        GS_TRY(fill(rejects, gs_batch_snapshot(batch), err));
    GS_TRY(add(&is_new, rejects, key_of(kept.file, kept.line, kept.bytes), err));
    if (is_new)
        rc = write(batch, &kept, &rejects->arena, err);
out:
    return rc;
}
