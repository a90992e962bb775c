#include "graph/support.h"

#include "graph/base/grow.h"
#include "graph/index.h"
#include "graph/txn_impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { RUN_SHIFT = 8 }; /* key of an entry: run, label */

static const uint32_t labels[] = {0, GS_STATEMENT, GS_DOCUMENT, GS_ACTOR};
enum { LABELS = sizeof labels / sizeof *labels };

struct gs_support {
    uint64_t run;
    gs_arena arena;
    struct met {
        gs_ranges ranges;   /* written */
        gs_numbers numbers; /* met since */
    } met[LABELS];
};

static uint64_t key_of(uint64_t run, uint32_t label)
{
    return run << RUN_SHIFT | label;
}

static gs_code read_ranges(gs_ranges *out, gs_value list, gs_error *err)
{
    gs_code rc = GS_OK;
    const gs_value *items = list.as.list.items;

    if (list.type != GS_LIST)
        return GS_OK;
    for (size_t i = 0; rc == GS_OK && i + 1 < list.as.list.count; i += 2)
        rc = items[i].type != GS_INTEGER || items[i + 1].type != GS_INTEGER
                 ? gs_fail(err, GS_DAMAGED, "what a run found known is damaged")
                 : gs_ranges_append(out, (uint64_t)items[i].as.integer,
                                    (uint64_t)items[i + 1].as.integer, err);
    return rc;
}

gs_code gs_support_open(gs_support **out, const gs_snapshot *snapshot, uint64_t run,
                        gs_error *err)
{
    gs_support *s = calloc(1, sizeof *s);
    gs_code rc = GS_OK;

    if (s == NULL)
        return gs_fail_memory(err);
    s->run = run;
    for (size_t i = 0; i < LABELS; i++) {
        uint64_t number;
        gs_value entry;

        rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_SUPPORT,
                            key_of(run, labels[i]), &s->arena, err);
        if (rc == GS_OK && number == key_of(run, labels[i]))
            rc =
                read_ranges(&s->met[i].ranges, gs_map_get(entry, GS_TEXT("ranges")), err);
        if (rc != GS_OK && rc != GS_END)
            goto out;
    }
    *out = s;
    return GS_OK;
out:
    gs_support_close(s);
    return rc;
}

void gs_support_close(gs_support *support)
{
    if (support == NULL)
        return;
    for (size_t i = 0; i < LABELS; i++) {
        gs_ranges_free(&support->met[i].ranges);
        free(support->met[i].numbers.items);
    }
    gs_arena_free(&support->arena);
    free(support);
}

gs_code gs_support_add(gs_support *support, uint32_t label, uint64_t number,
                       gs_error *err)
{
    struct met *met;

    if (support == NULL)
        return GS_OK;
    met = support->met;
    for (size_t i = 0; i < LABELS && labels[i] != label; i++)
        met++;
    if (met->numbers.count > 0 && met->numbers.items[met->numbers.count - 1] == number)
        return GS_OK;
    return gs_numbers_add(&met->numbers, number, err);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Numbers that follow one another in the list of their label become one range, whatever
 * lies between them. */
static gs_code close_ranks(gs_ranges *out, const gs_ranges *apart, gs_nodes *nodes,
                           gs_error *err)
{
    uint64_t next = 0;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < apart->count; i++) {
        gs_stretch range = apart->items[i];

        if (out->count > 0) {
            gs_nodes_seek(nodes, out->items[out->count - 1].last + 1);
            rc = gs_nodes_next(&next, nodes, err);
            if (rc != GS_OK && rc != GS_END)
                return rc;
            if (rc == GS_OK && next == range.first)
                range.first = out->items[out->count - 1].last + 1;
        }
        rc = gs_ranges_append(out, range.first, range.last, err);
    }
    return rc;
}

static gs_code merge(struct met *met, uint32_t label, const gs_snapshot *snapshot,
                     gs_error *err)
{
    gs_snapshot all = *snapshot; /* what is hidden must not be swallowed by a range */
    gs_ranges fresh = {0}, joined = {0}, ranks = {0};
    gs_nodes *nodes = NULL;
    gs_code rc = GS_OK;

    all.hidden = (gs_ranges){0};
    all.all = true;
    qsort(met->numbers.items, met->numbers.count, sizeof *met->numbers.items, compare);
    for (size_t i = 0; i < met->numbers.count; i++)
        GS_TRY(
            gs_ranges_append(&fresh, met->numbers.items[i], met->numbers.items[i], err));
    GS_TRY(gs_ranges_join(&joined, &met->ranges, &fresh, err));
    if (label == 0) {
        GS_TRY(gs_ranges_copy(&ranks, &joined, err));
    } else {
        GS_TRY(gs_nodes_open(&nodes, &all, label, err));
        GS_TRY(close_ranks(&ranks, &joined, nodes, err));
    }
    gs_ranges_free(&met->ranges);
    met->ranges = ranks;
    ranks = (gs_ranges){0};
    met->numbers.count = 0;
out:
    gs_nodes_close(nodes);
    gs_ranges_free(&fresh);
    gs_ranges_free(&joined);
    gs_ranges_free(&ranks);
    return rc;
}

static gs_code write(gs_support *s, size_t which, gs_batch *batch, gs_error *err)
{
    const gs_ranges *ranges = &s->met[which].ranges;
    gs_value *items = gs_arena_array(&s->arena, 2 * ranges->count, sizeof *items);
    gs_entry map;
    uint64_t number;

    if (items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < ranges->count; i++) {
        items[2 * i] = gs_integer((int64_t)ranges->items[i].first);
        items[2 * i + 1] = gs_integer((int64_t)ranges->items[i].last);
    }
    map = (gs_entry){GS_TEXT("ranges"), gs_list(items, 2 * ranges->count)};
    return gs_ledger_write(&number, batch, GS_LEDGER_SUPPORT,
                           key_of(s->run, labels[which]), gs_map(&map, 1), err);
}

gs_code gs_support_write(gs_support *support, gs_batch *batch, gs_error *err)
{
    gs_code rc = GS_OK;

    gs_arena_reset(&support->arena);
    for (size_t i = 0; rc == GS_OK && i < LABELS; i++) {
        if (support->met[i].numbers.count == 0)
            continue;
        rc = merge(&support->met[i], labels[i], gs_batch_snapshot(batch), err);
        if (rc == GS_OK)
            rc = write(support, i, batch, err);
    }
    return rc;
}

gs_code gs_supported_read(gs_supported **out, size_t *count, const gs_snapshot *snapshot,
                          gs_error *err)
{
    gs_supported *entries = NULL;
    size_t used = 0, room = 0;
    gs_arena arena = {0};
    uint64_t number = 0;
    gs_value entry;
    gs_code rc;

    while ((rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_SUPPORT, number + 1,
                                &arena, err)) == GS_OK) {
        gs_supported *grown = gs_grow(entries, used, &room, sizeof *grown);

        if (grown == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        entries = grown;
        entries[used] = (gs_supported){.run = number >> RUN_SHIFT,
                                       .label = number & ((1 << RUN_SHIFT) - 1)};
        GS_TRY(read_ranges(&entries[used++].ranges, gs_map_get(entry, GS_TEXT("ranges")),
                           err));
        gs_arena_reset(&arena);
    }
    if (rc == GS_END) {
        *out = entries;
        *count = used;
        entries = NULL;
        rc = GS_OK;
    }
out:
    if (entries != NULL)
        gs_supported_free(entries, used);
    gs_arena_free(&arena);
    return rc;
}

void gs_supported_free(gs_supported *entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        gs_ranges_free(&entries[i].ranges);
    free(entries);
}
