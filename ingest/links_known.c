/* What a statement's links are already, and what decisions say of them. */
#include "graph/version.h"
#include "ingest/links.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"

gs_code gs_bonds_refused(bool *out, gs_intake *intake, uint32_t type, gs_text from,
                         gs_text to, gs_error *err)
{
    gs_text about = type == GS_SAME_AS ? GS_TEXT("same_statement") : GS_TEXT("answers");
    gs_rulings rulings;
    gs_verdict verdict;
    gs_code rc;

    GS_TRY(gs_rulings_find(&rulings, gs_intake_snapshot(intake), GS_OF_STATEMENT, from,
                           intake->arena, err));
    GS_TRY(gs_rulings_on(&verdict, &rulings, about, from, to, intake->arena, err));
    *out = verdict == GS_RULED_NO;
out:
    return rc;
}

/* Whether an edge is the link that a record gives: to the same id, and no less stated. */
static gs_code is_the_link(bool *out, gs_intake *intake, const gs_hop *hop,
                           const gs_bond *bond, gs_error *err)
{
    gs_author author;
    gs_text name;
    gs_edge edge;
    gs_code rc;

    *out = false;
    if (hop->inferred && !bond->link->inferred)
        return GS_OK;
    GS_TRY(gs_edge_read(&edge, gs_batch_ever(intake->batch), hop->edge, err));
    GS_TRY(
        gs_edge_author(&author, gs_batch_ever(intake->batch), &edge, intake->arena, err));
    GS_TRY(gs_bearer_id(&name, intake, hop->neighbour, err));
    GS_TRY(gs_bonds_name(&name, intake, &edge, name, err));
    *out = author == GS_BY_RECORD && gs_text_equal(name, bond->link->id);
out:
    return rc;
}

static gs_code has_edge(bool *out, gs_intake *intake, uint64_t statement,
                        const gs_bond *bond, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, gs_batch_ever(intake->batch), statement,
                                  &bond->type, 1, GS_OUT, GS_WINDOW_ALL, err);

    *out = false;
    while (rc == GS_OK && !*out && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK)
        rc = is_the_link(out, intake, &hop, bond, err);
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code is_known(bool *out, gs_intake *intake, uint64_t statement, gs_text id,
                        gs_value open, const gs_bond *bond, gs_error *err)
{
    gs_value list = gs_map_get(open, bond->type == GS_SAME_AS ? GS_TEXT("same_as")
                                                              : GS_TEXT("answers"));
    gs_code rc;

    *out = gs_link_is_open(list, bond->link);
    if (*out || bond->link->id.bytes == NULL)
        return GS_OK;
    GS_TRY(has_edge(out, intake, statement, bond, err));
    if (!*out && bond->link->inferred)
        rc = gs_bonds_refused(out, intake, bond->type, id, bond->link->id, err);
out:
    return rc;
}

gs_code gs_bonds_known(bool *out, gs_intake *intake, uint64_t statement,
                       const gs_bonds *bonds, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_value open;
    gs_node node;
    gs_text id;
    gs_code rc;

    *out = true;
    if (bonds->count == 0)
        return GS_OK;
    GS_TRY(gs_bearer_id(&id, intake, statement, err));
    GS_TRY(gs_node_read(&node, ever, statement, err));
    GS_TRY(gs_property(&open, ever, node.properties, GS_P_OPEN, intake->arena, err));
    GS_TRY(gs_value_copy(&open, intake->arena, open, err));
    for (size_t i = 0; *out && i < bonds->count; i++)
        GS_TRY(is_known(out, intake, statement, id, open, &bonds->items[i], err));
out:
    return rc;
}
