#include "query/reported.h"

#include "graph/timeline.h"
#include "query/expression.h"
#include "query/resolve.h"

#include <inttypes.h>

/* The first commit whose last number is not before the record's. */
gs_code gs_recorded(gs_edtf *out, gs_run *run, uint64_t number, gs_error *err)
{
    uint64_t low = 1, high = gs_snapshot_commit(run->snapshot), middle;
    gs_commit commit;
    gs_code rc;

    while (low < high) {
        middle = low + (high - low) / 2;
        GS_TRY(gs_commit_read(&commit, run->snapshot, middle, err));
        if (commit.last < number)
            low = middle + 1;
        else
            high = middle;
    }
    GS_TRY(gs_commit_read(&commit, run->snapshot, low, err));
    *out = gs_edtf_day(commit.time / 86400 - (commit.time % 86400 < 0));
out:
    return rc == GS_END
               ? gs_fail(err, GS_DAMAGED,
                         "no commit brought record %" PRIu64 "; run `gainsay check`",
                         number)
               : rc;
}

static gs_code publication(gs_value *out, gs_run *run, uint64_t document, gs_arena *arena,
                           gs_error *err)
{
    const gs_node *node;
    gs_code rc = gs_run_node(&node, run, document, err);

    if (rc == GS_OK)
        rc =
            gs_property(out, run->snapshot, node->properties, GS_P_PUBLISHED, arena, err);
    return rc;
}

gs_code gs_published(bool *any, gs_edtf *out, gs_run *run, uint64_t statement,
                     gs_arena *arena, gs_error *err)
{
    static const uint32_t types[] = {GS_REPORTED_IN};
    gs_timeline *timeline = NULL;
    gs_value published;
    gs_edtf date;
    gs_hop hop;
    gs_code rc;

    *any = false;
    GS_TRY(gs_timeline_open(&timeline, run->snapshot, statement, types, 1, GS_OUT,
                            GS_WINDOW_ALL, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        GS_TRY(gs_run_tick(run, err));
        GS_TRY(publication(&published, run, hop.neighbour, arena, err));
        if (!gs_read_date(&date, published) || (*any && gs_edtf_order(&date, out) >= 0))
            continue;
        *out = date;
        *any = true;
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_timeline_close(timeline);
    return rc;
}

gs_code gs_seen(bool *out, gs_run *run, uint64_t number, gs_error *err)
{
    gs_arena arena = {.budget = &run->budget};
    const gs_node *node;
    gs_value published;
    gs_edtf date;
    bool any = false;
    gs_code rc = GS_OK;

    *out = true;
    if (!run->looks_back)
        return GS_OK;
    GS_TRY(gs_run_node(&node, run, number, err));
    if (gs_node_has_label(node, GS_DOCUMENT)) {
        GS_TRY(publication(&published, run, number, &arena, err));
        any = gs_read_date(&date, published);
    } else if (gs_node_has_label(node, GS_STATEMENT)) {
        GS_TRY(gs_published(&any, &date, run, number, &arena, err));
    } else {
        return GS_OK;
    }
    if (!any)
        GS_TRY(gs_recorded(&date, run, number, err));
    *out = (date.earliest == GS_EDTF_OPEN_START ? date.latest : date.earliest) <=
           run->reported_by;
out:
    gs_arena_free(&arena);
    return rc;
}

/* Looks back to the day; the run is as it was where the value names none. */
static gs_code look_back(gs_run *run, gs_value day, gs_error *err)
{
    gs_edtf date;
    gs_error why;

    if (day.type != GS_STRING || gs_edtf_parse(&date, day.as.string, &why) != GS_OK ||
        date.latest == GS_EDTF_OPEN_END)
        return gs_refuse(err, run->text, run->tree.reported_by->place, "SyntaxError",
                         "InvalidArgumentType",
                         "AS REPORTED BY takes a date that ends, like '2022-11-10'");
    run->reported_by = date.latest;
    run->looks_back = true;
    return GS_OK;
}

gs_code gs_reported_by(gs_run *run, gs_error *err)
{
    gs_expr *constant = run->tree.reported_by;
    gs_value day;
    gs_code rc = GS_OK;

    if (constant == NULL)
        return GS_OK;
    if (constant->kind != GS_E_LITERAL && constant->kind != GS_E_PARAMETER)
        return gs_refuse(err, run->text, constant->place, "SyntaxError",
                         "NonConstantExpression",
                         "AS REPORTED BY takes a date in quotes or a parameter");
    GS_TRY(gs_resolve_constant(run, constant, err));
    GS_TRY(gs_evaluate(&day, run, constant, &run->arena, err));
    rc = look_back(run, day, err);
out:
    return rc;
}

gs_code gs_reported_by_bound(gs_run *run, gs_value parameters, gs_error *err)
{
    const gs_expr *constant = run->tree.reported_by;

    if (constant == NULL || constant->kind != GS_E_PARAMETER)
        return GS_OK;
    return look_back(run, gs_map_get(parameters, run->parameter_names[constant->slot]),
                     err);
}
