/* All that any ruling or end concerns: after a run was taken back, or came again. */
#include "graph/version.h"
#include "ingest/settle.h"

/* Also of those that are hidden now. */
static gs_code add_rulings(gs_intake *intake, uint32_t label, gs_error *err)
{
    gs_nodes *nodes = NULL;
    const gs_snapshot *whole = gs_batch_whole(intake->batch);
    gs_ruling ruling;
    uint64_t number;
    gs_value map;
    gs_node node;
    gs_code rc = gs_nodes_open(&nodes, whole, label, err);

    while (rc == GS_OK && (rc = gs_nodes_next(&number, nodes, err)) == GS_OK) {
        gs_source source;

        gs_arena_reset(intake->arena);
        GS_TRY(gs_ruling_read(&ruling, whole, number, intake->arena, err));
        GS_TRY(gs_node_read(&node, whole, number, err));
        GS_TRY(gs_properties(&map, whole, node.properties, intake->arena, err));
        GS_TRY(gs_settle_later(intake, gs_subject_of(ruling.about), ruling.a, err));
        GS_TRY(gs_settle_later(intake, gs_subject_of(ruling.about), ruling.b, err));
        ruling.a = gs_map_get(map, GS_TEXT("statement")).as.string;
        if (gs_map_get(map, GS_TEXT("statement")).type == GS_STRING)
            GS_TRY(gs_settle_later(intake, GS_OF_STATEMENT, ruling.a, err));
        if (gs_map_get(map, GS_TEXT("document")).type != GS_STRING)
            continue;
        source = (gs_source){.url = gs_map_get(map, GS_TEXT("document")).as.string};
        GS_TRY(gs_source_identity(&ruling.a, &source, intake->arena, err));
        GS_TRY(gs_settle_later(intake, GS_OF_DOCUMENT, ruling.a, err));
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    gs_nodes_close(nodes);
    return rc;
}

/* Statements that have ever ended. */
static gs_code add_ended(gs_intake *intake, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    uint64_t number = 0;
    gs_node node;
    gs_text id;
    gs_code rc;

    while ((rc = gs_end_next(&number, gs_intake_snapshot(intake), err)) == GS_OK) {
        rc = gs_node_read(&node, ever, number++, err);
        if (rc == GS_END)
            continue;
        GS_TRY(rc);
        if (!gs_node_has_label(&node, GS_STATEMENT))
            continue;
        gs_arena_reset(intake->arena);
        GS_TRY(gs_bearer_id(&id, intake, node.number, err));
        GS_TRY(gs_settle_later(intake, GS_OF_STATEMENT, id, err));
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    return rc;
}

gs_code gs_settle_everything(gs_intake *intake, gs_error *err)
{
    gs_code rc;

    intake->ruled = true;
    GS_TRY(add_rulings(intake, GS_DECISION, err));
    GS_TRY(add_rulings(intake, GS_WITHDRAWAL, err));
    GS_TRY(add_ended(intake, err));
    rc = gs_settle(intake, err);
out:
    return rc;
}
