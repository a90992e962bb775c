/* Documents: found by identity, made, or completed with what another record adds: of two
 * versions the facts of the later one stand (reading.h), of equal ones the larger of each. */
#include "graph/version.h"
#include "ingest/intake.h"
#include "ingest/reading.h"
#include "ingest/resolve.h"
#include "ingest/settle.h"
#include <string.h>

static gs_code put_source(gs_entries *to, gs_intake *intake, const gs_source *source,
                          gs_error *err)
{
    gs_value published, at;
    gs_code rc;

    GS_TRY(gs_intake_date(&published, intake, source->published, err));
    GS_TRY(gs_intake_date(&at, intake, source->at, err));
    gs_entries_name(to, GS_P_URL, gs_string(source->url));
    gs_entries_name(to, GS_P_FILE, gs_string(source->file));
    gs_entries_name(to, GS_P_TITLE, gs_string(source->title));
    gs_entries_put(to, GS_TEXT("byline"), gs_string(source->byline));
    gs_entries_name(to, GS_P_PUBLISHER, gs_string(source->publisher));
    gs_entries_name(to, GS_P_PUBLISHED, published);
    gs_entries_name(to, GS_P_SHA256, gs_string(source->sha256));
    gs_entries_name(to, GS_P_LANGUAGE, gs_string(source->language));
    gs_entries_name(to, GS_P_AT, at);
    gs_entries_name(to, GS_P_BY, gs_string(source->by));
    gs_entries_put_all(to, source->extra);
out:
    return rc;
}

/* PUBLISHED_BY, anew when the publisher or the day became known. */
static gs_code publish(gs_intake *intake, uint64_t document, const gs_source *source,
                       gs_error *err)
{
    gs_party outlet = {.kind = GS_TEXT("outlet")};
    gs_timeline *timeline = NULL;
    const uint32_t type = GS_PUBLISHED_BY;
    gs_value publisher, published;
    gs_meant meant;
    uint64_t number;
    gs_hop hop = {0};
    gs_code rc;

    GS_TRY(gs_intake_property(&publisher, intake, document, GS_P_PUBLISHER, err));
    GS_TRY(gs_intake_property(&published, intake, document, GS_P_PUBLISHED, err));
    if (publisher.type != GS_STRING)
        return GS_OK;
    outlet.name = publisher.as.string;
    GS_TRY(gs_party_resolve(&meant, intake, &outlet, source->url, err));
    GS_TRY(gs_timeline_open(&timeline, gs_intake_snapshot(intake), document, &type, 1,
                            GS_OUT, GS_WINDOW_ALL, err));
    rc = gs_timeline_next(&hop, timeline, err);
    gs_timeline_close(timeline);
    if (rc == GS_OK)
        rc = gs_batch_end(intake->batch, hop.edge, err);
    if (rc != GS_OK && rc != GS_END)
        goto out;
    rc =
        gs_batch_edge(&number, intake->batch, type, document, meant.actor,
                      published.type == GS_DATE ? published.as.date : NULL, gs_null, err);
out:
    return rc;
}

static gs_code make(uint64_t *out, gs_intake *intake, const gs_source *source,
                    gs_entries *properties, gs_text identity, gs_error *err)
{
    const uint32_t label = GS_DOCUMENT;
    gs_code rc;

    gs_entries_name(properties, GS_P_IDENTITY, gs_string(identity));
    if (properties->failed)
        return gs_fail_memory(err);
    GS_TRY(gs_batch_node(out, intake->batch, &label, 1, gs_entries_map(properties), err));
    if (source->text.bytes != NULL && !intake->no_text)
        GS_TRY(gs_batch_text(intake->batch, *out, source->text, err));
    if (source->publisher.bytes != NULL)
        GS_TRY(publish(intake, *out, source, err));
out:
    return rc;
}

/* Spans count in the text of the version that stands. */
static gs_code keep_text(bool *added, gs_intake *intake, uint64_t document,
                         const gs_source *source, gs_error *err)
{
    gs_value sha256;
    gs_text old;
    gs_code rc;

    *added = false;
    if (source->text.bytes == NULL || intake->no_text)
        return GS_OK;
    GS_TRY(gs_intake_property(&sha256, intake, document, GS_P_SHA256, err));
    if (sha256.type == GS_STRING && !gs_text_equal(sha256.as.string, source->sha256))
        return GS_OK; /* of a version that came to be before */
    rc = gs_document_text(&old, gs_intake_snapshot(intake), document, intake->arena, err);
    if (rc == GS_OK && gs_text_equal(old, source->text))
        return GS_OK;
    if (rc != GS_OK && rc != GS_END)
        return rc;
    *added = true;
    rc = gs_batch_text(intake->batch, document, source->text, err);
out:
    return rc;
}

/* Where the publisher became known later, the run has met that, too. */
static gs_code meet_publisher(gs_intake *intake, uint64_t document,
                              const gs_source *source, gs_error *err)
{
    const uint32_t type = GS_PUBLISHED_BY;
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_timeline *timeline = NULL;
    uint64_t publisher, published;
    gs_node node;
    gs_hop hop;
    gs_code rc;

    if (source->publisher.bytes == NULL)
        return GS_OK;
    GS_TRY(gs_node_read(&node, snapshot, document, err));
    GS_TRY(gs_version_of(&publisher, snapshot, node.properties, GS_P_PUBLISHER, err));
    GS_TRY(gs_version_of(&published, snapshot, node.properties, GS_P_PUBLISHED, err));
    if (publisher == 0 && published == 0)
        return GS_OK;
    GS_TRY(gs_timeline_open(&timeline, snapshot, document, &type, 1, GS_OUT,
                            GS_WINDOW_ALL, err));
    rc = gs_timeline_next(&hop, timeline, err);
    if (rc == GS_OK)
        rc = gs_intake_met_edge(intake, document, &hop, err);
out:
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code complete(bool *changed, gs_intake *intake, uint64_t document,
                        const gs_source *source, const gs_entries *properties,
                        gs_error *err)
{
    gs_value publisher[2], published[2];
    bool texted;
    int order;
    gs_code rc;

    GS_TRY(gs_version_order(&order, intake, document, source, err));
    GS_TRY(gs_intake_property(&publisher[0], intake, document, GS_P_PUBLISHER, err));
    GS_TRY(gs_intake_property(&published[0], intake, document, GS_P_PUBLISHED, err));
    GS_TRY(gs_intake_merge(changed, intake, document, properties,
                           order < 0   ? GS_FILL
                           : order > 0 ? GS_NEWER
                                       : GS_LARGER,
                           err));
    GS_TRY(gs_intake_property(&publisher[1], intake, document, GS_P_PUBLISHER, err));
    GS_TRY(gs_intake_property(&published[1], intake, document, GS_P_PUBLISHED, err));
    if (*changed && (!gs_value_same(publisher[0], publisher[1]) ||
                     !gs_value_same(published[0], published[1])))
        GS_TRY(publish(intake, document, source, err));
    else
        GS_TRY(meet_publisher(intake, document, source, err));
    GS_TRY(keep_text(&texted, intake, document, source, err));
    *changed = *changed || texted;
out:
    return rc;
}

gs_code gs_intake_source(gs_outcome *out, uint64_t *number, gs_intake *intake,
                         const gs_source *source, gs_error *err)
{
    gs_entries properties = {.arena = intake->arena};
    gs_text identity;
    uint64_t document;
    bool changed;
    gs_code rc;

    GS_TRY(gs_source_identity(&identity, source, intake->arena, err));
    GS_TRY(put_source(&properties, intake, source, err));
    rc = gs_intake_recall(&document, intake, GS_BY_IDENTITY, GS_DOCUMENT, identity, err);
    if (rc == GS_END) {
        GS_TRY(make(&document, intake, source, &properties, identity, err));
        GS_TRY(gs_settle_later(intake, GS_OF_DOCUMENT, identity, err));
        *out = GS_NEW;
    } else if (rc == GS_OK) {
        GS_TRY(complete(&changed, intake, document, source, &properties, err));
        *out = changed ? GS_REVISED : GS_KNOWN;
        if (changed && intake->linker != NULL)
            GS_TRY(gs_linker_touch_document(intake->linker, document, err));
    } else {
        goto out;
    }
    *number = document;
    rc = GS_OK;
out:
    return rc;
}
