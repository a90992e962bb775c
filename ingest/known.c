/* A telling of a statement that is known: what it adds, and which of the two stands. */
#include "ingest/reading.h"
#include "ingest/ruling.h"
#include "ingest/telling.h"

static gs_code order_text(gs_text *out, gs_telling *e, uint32_t name, gs_error *err)
{
    gs_value value;
    gs_code rc = gs_intake_property(&value, e->intake, e->number, name, err);

    *out = value.type == GS_DATE     ? gs_edtf_text(value.as.date)
           : value.type == GS_STRING ? value.as.string
                                     : GS_TEXT("");
    return rc;
}

/* Which of two tellings stands: the one with the larger (at, by); of equals the larger
 * value of each property. So the result is the same in whatever order they come. */
static gs_code precedence(gs_merge *out, gs_telling *e, gs_error *err)
{
    gs_text at, by;
    int order;
    gs_code rc;

    GS_TRY(order_text(&at, e, GS_P_AT, err));
    GS_TRY(order_text(&by, e, GS_P_BY, err));
    order = gs_at_compare(e->record->at, at);
    if (order == 0)
        order = gs_text_compare(e->record->by, by);
    if (order == 0 && e->intake->reading != 0)
        order = e->intake->reading_stands ? 1 : -1;
    *out = order < 0 ? GS_FILL : order > 0 ? GS_NEWER : GS_LARGER;
out:
    return rc;
}

static gs_code find_report(gs_hop *out, const gs_telling *e, gs_error *err)
{
    static const uint32_t type = GS_REPORTED_IN;
    gs_timeline *timeline = NULL;
    gs_code rc = gs_timeline_open(&timeline, gs_intake_snapshot(e->intake), e->number,
                                  &type, 1, GS_OUT, GS_WINDOW_ALL, err);

    do
        rc = rc == GS_OK ? gs_timeline_next(out, timeline, err) : rc;
    while (rc == GS_OK && out->neighbour != e->document);
    gs_timeline_close(timeline);
    return rc;
}

/* Spans count in the text of the version that stands. */
static gs_code move_spans(bool *changed, gs_telling *e, gs_error *err)
{
    gs_entries spans = {.arena = e->intake->arena};
    gs_value old;
    gs_edge edge;
    gs_hop hop;
    gs_code rc;

    *changed = false;
    if (e->intake->reading == 0 || !e->intake->reading_stands || e->document == 0)
        return GS_OK;
    gs_entries_name(&spans, GS_P_SPANS, gs_telling_spans(&spans, &e->record->spans));
    rc = find_report(&hop, e, err);
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(gs_edge_read(&edge, gs_intake_snapshot(e->intake), hop.edge, err));
    GS_TRY(gs_property(&old, gs_intake_snapshot(e->intake), edge.properties, GS_P_SPANS,
                       e->intake->arena, err));
    if (spans.failed || spans.count == 0 || gs_value_same(old, spans.items[0].value))
        return spans.failed ? gs_fail_memory(err) : GS_OK;
    *changed = true;
    GS_TRY(gs_batch_end(e->intake->batch, hop.edge, err));
    rc = gs_telling_edge(e, GS_REPORTED_IN, e->number, e->document, &spans, err);
out:
    return rc;
}

static gs_code take_known(gs_outcome *out, gs_telling *e, gs_error *err)
{
    gs_entries content = {.arena = e->intake->arena};
    bool changed[6] = {0}, ignored = false;
    gs_merge how;
    gs_code rc;

    GS_TRY(gs_telling_document(&ignored, e, err)); /* what it adds is the document's */
    GS_TRY(precedence(&how, e, err));
    GS_TRY(gs_telling_content(&content, e, err));
    GS_TRY(gs_intake_merge(&changed[0], e->intake, e->number, &content, how, err));
    GS_TRY(gs_telling_parties(&changed[1], e, &e->record->via, GS_VIA, true, err));
    GS_TRY(gs_telling_subjects(&changed[2], e, err));
    GS_TRY(gs_bonds_add(&changed[3], e->intake, e->number, &e->bonds, gs_telling_day(e),
                        err));
    GS_TRY(gs_reading_add(&changed[4], e->intake, e->number, err));
    GS_TRY(move_spans(&changed[5], e, err));
    *out = GS_KNOWN;
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        if (changed[i])
            *out = GS_REVISED;
    if (*out == GS_REVISED)
        rc = gs_telling_touch(e, err);
out:
    return rc;
}

gs_code gs_telling_meet(gs_outcome *out, gs_telling *e, gs_error *err)
{
    gs_code rc = take_known(out, e, err);

    if (rc == GS_OK)
        rc = gs_support_add(e->intake->support, GS_STATEMENT, e->number, err);
    return rc;
}
