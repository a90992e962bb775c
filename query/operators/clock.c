#include "query/operators/clock.h"

#include "query/classes.h"
#include "query/duration.h"
#include "query/expression.h"

static int64_t mirrored(int64_t time)
{
    return time == GS_EDTF_OPEN_START ? GS_EDTF_OPEN_END
           : time == GS_EDTF_OPEN_END ? GS_EDTF_OPEN_START
                                      : -time;
}

bool gs_clock_step(gs_clock *clock, int64_t earliest, int64_t latest, int64_t within,
                   bool backwards)
{
    int64_t first = backwards ? mirrored(latest) : earliest;
    int64_t last = backwards ? mirrored(earliest) : latest;

    if (first == GS_EDTF_OPEN_START && last == GS_EDTF_OPEN_END)
        return true; /* undated */
    if (last < clock->floor)
        return false;
    if (within >= 0 && first != GS_EDTF_OPEN_START &&
        clock->before < GS_EDTF_OPEN_END - within && first > clock->before + within)
        return false;
    if (first > clock->floor)
        clock->floor = first;
    clock->before = last;
    return true;
}

/* The clock of a path's start, from the node's date. */
static gs_code start(gs_clock *out, gs_run *run, gs_value node, gs_arena *arena,
                     gs_error *err)
{
    gs_value date;
    gs_edtf when;
    gs_code rc = GS_OK;

    if (node.type != GS_NODE)
        return GS_OK;
    GS_TRY(gs_element_property(&date, run, node, GS_P_DATE, arena, err));
    if (!gs_read_date(&when, date))
        return GS_OK;
    out->floor = when.earliest != GS_EDTF_OPEN_START ? when.earliest : when.latest;
    out->before = when.latest;
out:
    return rc;
}

/* Goes over a relationship or a list of them. */
static gs_code pass(bool *ok, gs_clock *clock, gs_run *run, gs_value edges,
                    int64_t within, bool backwards, gs_error *err)
{
    bool list = edges.type == GS_LIST;
    size_t count = list ? edges.as.list.count : 1;
    gs_edge edge;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < count && *ok; i++) {
        gs_value one = list ? edges.as.list.items[backwards ? count - 1 - i : i] : edges;
        if (one.type != GS_EDGE)
            return GS_OK;
        GS_TRY(gs_run_edge(&edge, run, one.as.element.number, err));
        *ok = gs_clock_step(clock, edge.earliest, edge.latest, within, backwards);
    }
out:
    return rc;
}

gs_code gs_clock_here(bool *ok, gs_clock *out, gs_run *run, const gs_path_pattern *path,
                      size_t edge, bool backwards, int64_t within, gs_arena *arena,
                      gs_error *err)
{
    gs_clock clock = GS_CLOCK_NEW;
    gs_code rc = GS_OK;

    *ok = true;
    if (!backwards)
        GS_TRY(start(&clock, run, run->frame[path->nodes[0].slot], arena, err));
    for (size_t i = 0; !backwards && i < edge; i++)
        GS_TRY(
            pass(ok, &clock, run, run->frame[path->edges[i].slot], within, false, err));
    for (size_t i = path->edge_count; backwards && i-- > edge + 1;)
        GS_TRY(pass(ok, &clock, run, run->frame[path->edges[i].slot], within, true, err));
    *out = clock;
out:
    return rc;
}

gs_code gs_clock_within(int64_t *out, gs_run *run, const gs_path_pattern *path,
                        gs_arena *arena, gs_error *err)
{
    gs_value value;
    gs_code rc = GS_OK;

    *out = -1;
    if (path->within == NULL)
        return GS_OK;
    GS_TRY(gs_evaluate(&value, run, path->within, arena, err));
    if (value.type == GS_STRING && gs_duration_read(out, value.as.string))
        return GS_OK;
    rc = gs_refuse_row(err, run->text, path->within->place, "TypeError",
                       "InvalidArgumentType",
                       "WITHIN takes a duration, like duration('P30D'), not %s",
                       value.type == GS_STRING ? "this" : gs_type_name(value.type));
out:
    return rc;
}
