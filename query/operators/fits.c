#include "query/classes.h"
#include "query/operators/operators.h"
#include "query/reported.h"

static gs_code has_labels(bool *out, gs_run *run, const gs_target *target,
                          uint64_t number, gs_node_sort sort, gs_error *err)
{
    const gs_node *node = NULL;
    gs_code rc = GS_OK;

    if (sort == GS_SORT_OTHER && target->label_count > 0)
        rc = gs_run_node(&node, run, number, err);
    for (size_t i = 0; rc == GS_OK && i < target->label_count && *out; i++)
        *out = target->labels[i] != 0 &&
               (node != NULL ? gs_node_has_label(node, target->labels[i])
                             : gs_sort_has_label(sort, target->labels[i]));
    return rc;
}

static gs_code fits(bool *out, gs_run *run, const gs_target *target, uint64_t number,
                    gs_node_sort sort, gs_error *err)
{
    gs_value there;
    gs_code rc = GS_OK;

    *out = true;
    if (target->bound) {
        there = run->frame[target->slot];
        *out = there.type == GS_NODE && there.as.element.number == number;
    }
    if (*out && run->looks_back)
        GS_TRY(gs_seen(out, run, number, err));
    if (*out)
        rc = has_labels(out, run, target, number, sort, err);
out:
    return rc;
}

gs_code gs_target_fits(bool *out, gs_run *run, const gs_target *target, uint64_t number,
                       gs_error *err)
{
    return fits(out, run, target, number, GS_SORT_OTHER, err);
}

gs_code gs_target_fits_hop(bool *out, gs_run *run, const gs_target *target,
                           const gs_hop *hop, gs_error *err)
{
    return fits(out, run, target, hop->neighbour, (gs_node_sort)hop->sort, err);
}

bool gs_edge_is_used(const gs_run *run, const gs_used *used, uint64_t edge)
{
    for (size_t i = 0; i < used->count; i++) {
        gs_value there = run->frame[used->slots[i]];
        if (there.type == GS_EDGE && there.as.element.number == edge)
            return true;
        for (size_t k = 0; there.type == GS_LIST && k < there.as.list.count; k++)
            if (there.as.list.items[k].as.element.number == edge)
                return true;
    }
    return false;
}

gs_code gs_edge_has(bool *out, gs_run *run, gs_value map, uint64_t number,
                    gs_arena *arena, gs_error *err)
{
    gs_value value;
    gs_code rc = GS_OK;

    *out = true;
    if (map.type != GS_MAP || map.as.map.count == 0)
        return GS_OK;
    for (size_t i = 0; i < map.as.map.count && *out; i++) {
        uint32_t key = gs_name_find(run->snapshot, map.as.map.entries[i].key);
        value = gs_null;
        if (key != 0)
            GS_TRY(
                gs_element_property(&value, run, gs_edge_value(number), key, arena, err));
        *out = gs_equal(value, map.as.map.entries[i].value) == GS_TRUE;
    }
out:
    return rc;
}
