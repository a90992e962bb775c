#include "ingest/record/entries.h"

void gs_entries_put(gs_entries *to, gs_text key, gs_value value)
{
    if (value.type == GS_NULL || to->failed)
        return;
    to->items =
        gs_arena_grow(to->arena, to->items, to->count, &to->room, sizeof *to->items);
    to->failed = to->items == NULL;
    if (!to->failed)
        to->items[to->count++] = (gs_entry){key, value};
}

void gs_entries_put_all(gs_entries *to, gs_value map)
{
    for (size_t i = 0; map.type == GS_MAP && i < map.as.map.count; i++)
        gs_entries_put(to, map.as.map.entries[i].key, map.as.map.entries[i].value);
}

gs_value *gs_entries_list(gs_entries *to, size_t count)
{
    gs_value *items = gs_arena_array(to->arena, count, sizeof *items);

    to->failed = to->failed || items == NULL;
    return items;
}

gs_value gs_entries_texts(gs_entries *to, const gs_text *texts, size_t count)
{
    gs_value *items;

    if (count == 0)
        return gs_null;
    items = gs_entries_list(to, count);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = gs_string(texts[i]);
    return gs_list(items, items == NULL ? 0 : count);
}
