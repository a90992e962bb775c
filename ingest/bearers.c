/* The nodes that bear an id. */
#include "graph/version.h"
#include "ingest/settle.h"

static gs_text string_in(gs_value map, uint32_t key)
{
    gs_value value = gs_map_get(map, gs_name_fixed(key));

    return value.type == GS_STRING ? value.as.string
           : value.type == GS_DATE ? gs_edtf_text(value.as.date)
                                   : (gs_text){0};
}

int gs_bearer_compare(const gs_bearer *a, const gs_bearer *b)
{
    int order = gs_at_compare(a->at, b->at);

    if (order == 0)
        order = gs_text_compare(a->by, b->by);
    return order != 0 ? order : (a->checked > b->checked) - (a->checked < b->checked);
}

gs_code gs_bearers_find(gs_bearers *out, gs_intake *intake, gs_text id, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    uint64_t *found;
    size_t count;
    gs_value map;
    gs_node node;
    gs_code rc;

    *out = (gs_bearers){0};
    GS_TRY(gs_index_find(&found, &count, ever, GS_BY_ID, id, intake->arena, err));
    out->items = gs_arena_array(intake->arena, count, sizeof *out->items);
    out->replacers = gs_arena_array(intake->arena, count, sizeof *out->replacers);
    if (out->items == NULL || out->replacers == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        gs_bearer one = {.number = found[i]};
        gs_value checked;

        GS_TRY(gs_end_covers(&one.visible, gs_intake_snapshot(intake), found[i], err));
        one.visible = !one.visible;
        GS_TRY(gs_node_read(&node, ever, found[i], err));
        GS_TRY(gs_properties(&map, ever, node.properties, intake->arena, err));
        GS_TRY(gs_value_copy(&map, intake->arena, map, err));
        one.corrected = string_in(map, GS_P_CORRECTED);
        one.at = string_in(map, GS_P_AT);
        one.by = string_in(map, GS_P_BY);
        checked = gs_map_get(map, gs_name_fixed(GS_P_CHECKED));
        one.checked = checked.type == GS_INTEGER ? checked.as.integer : 0;
        if (gs_text_equal(string_in(map, GS_P_ID), id))
            out->items[out->count++] = one;
        else
            out->replacers[out->replacer_count++] = one;
    }
out:
    return rc;
}

gs_code gs_bearer_id(gs_text *out, gs_intake *intake, uint64_t statement, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_value id = gs_null;
    gs_node node;
    gs_code rc = gs_node_read(&node, ever, statement, err);

    if (rc == GS_OK)
        rc = gs_property(&id, ever, node.properties, GS_P_ID, intake->arena, err);
    if (rc == GS_OK)
        rc = gs_value_copy(&id, intake->arena, id, err);
    if (rc == GS_OK)
        *out = id.type == GS_STRING ? id.as.string : (gs_text){0};
    return rc;
}
