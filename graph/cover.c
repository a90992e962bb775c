#include "graph/cover.h"

#include "graph/properties.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/snapshot_impl.h"
#include "graph/version.h"

bool gs_cover_depends_on(uint32_t property)
{
    return property == GS_P_KIND || property == GS_P_DATE;
}

/* Whether a version says something of kind or date; *first is then what the record says,
 * and else it is too. */
static gs_code is_revised(bool *out, gs_text *first, const gs_snapshot *snapshot,
                          gs_text packed, gs_error *err)
{
    gs_code rc;
    gs_text value, map = gs_version_map(packed);

    *out = false;
    while (map.bytes != packed.bytes && !*out) {
        rc = gs_properties_find(&value, map, GS_P_KIND, err);
        if (rc == GS_END)
            rc = gs_properties_find(&value, map, GS_P_DATE, err);
        *out = rc == GS_OK;
        if (rc != GS_OK && rc != GS_END)
            return rc;
        rc = gs_version_previous(&packed, snapshot, packed, err);
        if (rc != GS_OK)
            return rc;
        map = gs_version_map(packed);
    }
    *first = packed;
    return GS_OK;
}

static void take_date(gs_cover *cover, gs_value date)
{
    cover->plain =
        date.type == GS_NULL || (date.type == GS_DATE && gs_edtf_is_plain(date.as.date));
    if (date.type == GS_DATE) {
        cover->earliest = date.as.date->earliest;
        cover->latest = date.as.date->latest;
    }
}

gs_cover gs_cover_new(const uint32_t *labels, size_t count, gs_value kind, gs_value date)
{
    gs_cover cover = {GS_EDTF_OPEN_START, GS_EDTF_OPEN_END, GS_SORT_OTHER, false};
    gs_text word = kind.type == GS_STRING ? kind.as.string : (gs_text){NULL, 0};

    cover.sort = (uint8_t)gs_sort_of(labels, count, word);
    if (cover.sort != GS_SORT_OTHER && gs_sort_has_label(cover.sort, GS_STATEMENT))
        take_date(&cover, date);
    return cover;
}

gs_code gs_cover_of(gs_cover *out, const gs_snapshot *snapshot, const gs_node *node,
                    gs_error *err)
{
    gs_cover cover = {GS_EDTF_OPEN_START, GS_EDTF_OPEN_END, GS_SORT_OTHER, false};
    uint32_t labels[3];
    gs_text packed = node->properties;
    gs_value kind = gs_null, date = gs_null;
    gs_code rc = GS_OK;
    bool revised = false, statement = gs_node_has_label(node, GS_STATEMENT);

    if (node->label_count <= sizeof labels / sizeof *labels) {
        gs_arena_reset(snapshot->scratch);
        for (uint32_t i = 0; i < node->label_count; i++)
            labels[i] = gs_node_label(node, i);
        if (statement)
            GS_TRY(is_revised(&revised, &packed, snapshot, packed, err));
        if (statement && !revised) {
            GS_TRY(
                gs_property(&kind, snapshot, packed, GS_P_KIND, snapshot->scratch, err));
            GS_TRY(
                gs_property(&date, snapshot, packed, GS_P_DATE, snapshot->scratch, err));
        }
        if (!revised)
            cover = gs_cover_new(labels, node->label_count, kind, date);
    }
    *out = cover;
out:
    return rc;
}

gs_code gs_cover_record(gs_cover *out, const gs_snapshot *snapshot, uint64_t number,
                        gs_error *err)
{
    gs_snapshot whole = *snapshot; /* a version that is hidden may come back */
    gs_node node;
    uint8_t flags;
    gs_code rc = gs_node_record(&node, &flags, snapshot, number, err);

    whole.hidden = (gs_ranges){0};
    if (rc == GS_OK && (flags & GS_REVISED) != 0)
        rc = gs_version_find(&node.properties, &whole, number, UINT64_MAX, err);
    return rc == GS_OK ? gs_cover_of(out, &whole, &node, err) : rc;
}
