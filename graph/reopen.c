#include "graph/reopen.h"

#include <string.h>

enum { LISTS = 2 };
static const gs_text names[LISTS] = {GS_TEXT_INIT("answers"), GS_TEXT_INIT("same_as")};

static gs_code read_open(gs_value lists[LISTS], const gs_snapshot *snapshot,
                         uint64_t statement, gs_arena *arena, gs_error *err)
{
    gs_node node;
    gs_value open, copy;
    gs_code rc;

    GS_TRY(gs_node_read(&node, snapshot, statement, err));
    GS_TRY(gs_property(&open, snapshot, node.properties, GS_P_OPEN, arena, err));
    GS_TRY(gs_value_copy(&copy, arena, open, err));
    for (size_t i = 0; i < LISTS; i++)
        lists[i] = gs_map_get(copy, names[i]);
out:
    return rc;
}

static size_t find(gs_value list, gs_text id)
{
    for (size_t i = 0; list.type == GS_LIST && i < list.as.list.count; i++) {
        gs_value its = gs_map_get(list.as.list.items[i], GS_TEXT("id"));

        if (its.type == GS_STRING && gs_text_equal(its.as.string, id))
            return i;
    }
    return SIZE_MAX;
}

static gs_code write_open(gs_batch *batch, uint64_t statement,
                          const gs_value lists[LISTS], gs_error *err)
{
    gs_entry open[LISTS];
    gs_entry change = {gs_name_fixed(GS_P_OPEN), gs_null};
    size_t count = 0;

    for (size_t i = 0; i < LISTS; i++)
        if (lists[i].type == GS_LIST && lists[i].as.list.count > 0)
            open[count++] = (gs_entry){names[i], lists[i]};
    if (count > 0)
        change.value = gs_map(open, count);
    return gs_batch_revise(batch, statement, gs_map(&change, 1), err);
}

static size_t list_of(const gs_edge *edge)
{
    return edge->type == GS_SAME_AS;
}

/* A list with room for one more item than it has. */
static gs_code copy_list(gs_value **items, size_t *count, gs_value list, gs_arena *arena,
                         gs_error *err)
{
    *count = list.type == GS_LIST ? list.as.list.count : 0;
    *items = gs_arena_array(arena, *count + 1, sizeof **items);
    if (*items == NULL)
        return gs_fail_memory(err);
    if (*count > 0)
        memcpy(*items, list.as.list.items, *count * sizeof **items);
    return GS_OK;
}

static gs_code make_item(gs_value *out, const gs_snapshot *snapshot, const gs_edge *edge,
                         gs_text id, gs_arena *arena, gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, 3, sizeof *entries);
    gs_value confidence;
    size_t count = 0;
    gs_code rc;

    if (entries == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_property(&confidence, snapshot, edge->properties, GS_P_CONFIDENCE, arena,
                       err));
    entries[count++] = (gs_entry){gs_name_fixed(GS_P_ID), gs_string(id)};
    if (edge->inferred)
        entries[count++] = (gs_entry){gs_name_fixed(GS_P_INFERRED), gs_boolean(true)};
    if (confidence.type != GS_NULL)
        entries[count++] = (gs_entry){gs_name_fixed(GS_P_CONFIDENCE), confidence};
    *out = gs_map(entries, count);
out:
    return rc;
}

gs_code gs_batch_reopen(gs_batch *batch, const gs_edge *edge, gs_text id, gs_arena *arena,
                        gs_error *err)
{
    const gs_snapshot *snapshot = gs_batch_snapshot(batch);
    gs_value lists[LISTS], *list = &lists[list_of(edge)], *items;
    size_t count;
    gs_code rc;

    GS_TRY(read_open(lists, snapshot, edge->start, arena, err));
    if (find(*list, id) != SIZE_MAX)
        return GS_OK;
    GS_TRY(copy_list(&items, &count, *list, arena, err));
    GS_TRY(make_item(&items[count], snapshot, edge, id, arena, err));
    *list = gs_list(items, count + 1);
    GS_TRY(write_open(batch, edge->start, lists, err));
    rc = gs_batch_wait(batch, id, edge->start, err);
out:
    return rc;
}

gs_code gs_batch_reclose(gs_batch *batch, const gs_edge *edge, gs_text id,
                         gs_arena *arena, gs_error *err)
{
    const gs_snapshot *snapshot = gs_batch_snapshot(batch);
    gs_value lists[LISTS], *list = &lists[list_of(edge)], *items;
    size_t count, at;
    gs_code rc;

    GS_TRY(read_open(lists, snapshot, edge->start, arena, err));
    at = find(*list, id);
    if (at == SIZE_MAX)
        return GS_OK;
    GS_TRY(copy_list(&items, &count, *list, arena, err));
    memmove(items + at, items + at + 1, (count - at - 1) * sizeof *items);
    *list = gs_list(items, count - 1);
    rc = write_open(batch, edge->start, lists, err);
out:
    return rc;
}
