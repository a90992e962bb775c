#include "ingest/intake.h"
#include "graph/version.h"
#include "ingest/links.h"
#include "ingest/resolve.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"
#include <stdlib.h>

gs_code gs_intake_open(gs_intake **out, gs_error *err)
{
    gs_intake *intake = calloc(1, sizeof *intake);
    gs_code rc;

    if (intake == NULL)
        return gs_fail_memory(err);
    intake->arena = &intake->own;
    GS_TRY(gs_cache_open(&intake->cache, err));
    GS_TRY(gs_directory_open(&intake->directory, GS_TEXT("en"), err));
    *out = intake;
out:
    if (rc != GS_OK)
        gs_intake_close(intake);
    return rc;
}

void gs_intake_close(gs_intake *intake)
{
    if (intake == NULL)
        return;
    gs_unsettled_free(&intake->unsettled);
    gs_directory_close(intake->directory);
    gs_cache_close(intake->cache);
    gs_arena_free(&intake->own);
    free(intake);
}

gs_code gs_intake_begin(gs_intake *intake, gs_batch *batch, gs_error *err)
{
    const gs_snapshot *snapshot = gs_batch_snapshot(batch);
    uint64_t number = 0;
    gs_code rc = gs_end_next(&number, snapshot, err);

    intake->batch = batch;
    gs_unsettled_free(&intake->unsettled);
    intake->ruled = rc == GS_OK || gs_rulings_any(snapshot) ||
                    gs_name_find(snapshot, GS_LINK_NAMED) != 0;
    if (gs_snapshot_hides(snapshot))
        gs_cache_clear(intake->cache); /* a run may have been taken back since */
    return rc == GS_END ? GS_OK : rc;
}

gs_code gs_intake_find(uint64_t *out, gs_intake *intake, gs_index index, uint32_t label,
                       gs_text key, gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    uint64_t *found;
    size_t count;
    gs_node node;
    gs_code rc = gs_index_find(&found, &count, snapshot, index, key, intake->arena, err);

    if (rc == GS_OK && count > 0 && index != GS_BY_IDENTITY) {
        *out = found[0]; /* it is of one label alone */
        return GS_OK;
    }
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        rc = gs_node_read(&node, snapshot, found[i], err);
        if (rc == GS_OK && gs_node_has_label(&node, label)) {
            *out = found[i];
            return GS_OK;
        }
    }
    return rc == GS_OK ? GS_END : rc;
}

gs_code gs_intake_recall(uint64_t *out, gs_intake *intake, gs_index index, uint32_t label,
                         gs_text key, gs_error *err)
{
    gs_code rc = gs_intake_find(out, intake, index, label, key, err);

    if (rc == GS_END)
        rc = gs_batch_recall(out, intake->batch, index, label, key, intake->arena, err);
    return rc;
}

gs_code gs_intake_property(gs_value *out, gs_intake *intake, uint64_t number,
                           uint32_t key, gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_node node;
    gs_value value;
    gs_code rc = gs_node_read(&node, snapshot, number, err);

    if (rc == GS_OK)
        rc = gs_property(&value, snapshot, node.properties, key, intake->arena, err);
    if (rc == GS_OK)
        rc = gs_value_copy(out, intake->arena, value, err);
    return rc;
}

/* One that a decision made, or the linker and has ended: a record has none there yet. */
static gs_code is_no_records(bool *out, gs_intake *intake, const gs_snapshot *snapshot,
                             const gs_hop *hop, gs_error *err)
{
    gs_author author;
    gs_edge edge;
    bool ended;
    gs_code rc;

    GS_TRY(gs_edge_read(&edge, snapshot, hop->edge, err));
    GS_TRY(gs_edge_author(&author, snapshot, &edge, intake->arena, err));
    GS_TRY(gs_end_covers(&ended, gs_intake_snapshot(intake), hop->edge, err));
    *out =
        author == GS_BY_DECISION || (ended && (author == GS_BY_LINKER || hop->inferred));
out:
    return rc;
}

gs_code gs_intake_edge(gs_hop *out, gs_intake *intake, uint64_t start, uint32_t type,
                       uint64_t end, gs_error *err)
{
    const gs_snapshot *snapshot =
        intake->ruled ? gs_batch_ever(intake->batch) : gs_intake_snapshot(intake);
    gs_timeline *timeline = NULL;
    bool ours = false;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, snapshot, start, &type, 1, GS_OUT,
                                  GS_WINDOW_ALL, err);

    while (rc == GS_OK) {
        rc = gs_timeline_next(&hop, timeline, err);
        if (rc == GS_OK && hop.neighbour == end && intake->ruled)
            rc = is_no_records(&ours, intake, snapshot, &hop, err);
        if (rc == GS_OK && hop.neighbour == end && !ours) {
            *out = hop;
            break;
        }
    }
    gs_timeline_close(timeline);
    if (rc == GS_END)
        rc = gs_batch_recall_edge(out, intake->batch, start, type, end, err);
    return rc;
}

gs_code gs_intake_met_property(gs_intake *intake, uint64_t number, uint32_t key,
                               gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    uint64_t version;
    gs_node node;
    gs_code rc;

    if (intake->support == NULL)
        return GS_OK;
    GS_TRY(gs_node_read(&node, snapshot, number, err));
    GS_TRY(gs_version_of(&version, snapshot, node.properties, key, err));
    if (version != 0)
        rc = gs_support_add(intake->support, 0, version, err);
out:
    return rc;
}

/* Edges that came with a record follow one of their nodes within a few numbers. */
gs_code gs_intake_met_edge(gs_intake *intake, uint64_t node, const gs_hop *edge,
                           gs_error *err)
{
    enum { NEAR = 64 };

    if ((edge->edge > node && edge->edge - node < NEAR) ||
        ((gs_is_answer(edge->type) || edge->type == GS_SAME_AS) &&
         edge->edge > edge->neighbour && edge->edge - edge->neighbour < NEAR))
        return GS_OK;
    return gs_support_add(intake->support, 0, edge->edge, err);
}

static gs_code stands(bool *out, gs_value old, gs_value new, gs_merge how, gs_error *err)
{
    int order = 0;

    if (old.type == GS_NULL)
        *out = true;
    else if (how == GS_FILL || gs_value_same(old, new))
        *out = false;
    else if (how == GS_NEWER)
        *out = true;
    else if (gs_pack_compare(&order, new, old, err) != GS_OK)
        return err->code;
    else
        *out = order > 0;
    return GS_OK;
}

gs_code gs_intake_merge(bool *changed, gs_intake *intake, uint64_t number,
                        const gs_entries *from, gs_merge how, gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_entries change = {.arena = intake->arena};
    gs_node node;
    gs_value old;
    bool replace = false;
    gs_code rc;

    GS_TRY(gs_node_read(&node, snapshot, number, err));
    for (size_t i = 0; i < from->count; i++) {
        uint32_t key = gs_name_find(snapshot, from->items[i].key);

        old = gs_null;
        if (key != 0)
            GS_TRY(gs_property(&old, snapshot, node.properties, key, intake->arena, err));
        GS_TRY(stands(&replace, old, from->items[i].value, how, err));
        if (replace)
            gs_entries_put(&change, from->items[i].key, from->items[i].value);
        else if (gs_value_same(old, from->items[i].value))
            GS_TRY(gs_intake_met_property(intake, number, key, err));
    }
    if (from->failed || change.failed)
        return gs_fail_memory(err);
    if (change.count > 0)
        GS_TRY(gs_batch_revise(intake->batch, number, gs_entries_map(&change), err));
    *changed = change.count > 0;
out:
    return rc;
}

void gs_entries_name(gs_entries *to, uint32_t name, gs_value value)
{
    gs_entries_put(to, gs_name_fixed(name), value);
}

/* Records that come together mostly are of one day. */
gs_code gs_intake_date(gs_value *out, gs_intake *intake, gs_text text, gs_error *err)
{
    gs_edtf *date;
    gs_code rc = GS_OK;

    if (text.bytes == NULL) {
        *out = gs_null;
        return GS_OK;
    }
    date = gs_arena_take(intake->arena, sizeof *date);
    if (date == NULL)
        return gs_fail_memory(err);
    if (text.size == 0 || !gs_text_equal(text, gs_edtf_text(&intake->date)))
        rc = gs_edtf_parse(&intake->date, text, err);
    *date = intake->date;
    if (rc == GS_OK)
        *out = gs_date(date);
    return rc;
}
