/* A telling of a statement that has ended: withdrawn, replaced, or corrected. */
#include "ingest/resolve.h"
#include "ingest/settle.h"
#include "ingest/telling.h"

/* Whether a telling of one that has ended adds nothing to what is known of it. */
static gs_code adds_nothing(bool *out, gs_telling *e, gs_error *err)
{
    const gs_snapshot *ever;
    gs_entries content = {.arena = e->intake->arena};
    gs_value old;
    gs_node node;
    bool older;
    gs_code rc;

    GS_TRY(gs_telling_content(&content, e, err));
    ever = gs_batch_ever(e->intake->batch);
    GS_TRY(gs_node_read(&node, ever, e->number, err));
    GS_TRY(gs_property(&old, ever, node.properties, GS_P_AT, e->intake->arena, err));
    older = gs_at_compare(e->record->at, old.type == GS_DATE ? gs_edtf_text(old.as.date)
                                                             : GS_TEXT("")) < 0;
    *out = true;
    for (size_t i = 0; *out && i < content.count; i++) {
        uint32_t key = gs_name_find(ever, content.items[i].key);

        old = gs_null;
        if (key != 0)
            GS_TRY(gs_property(&old, ever, node.properties, key, e->intake->arena, err));
        *out =
            gs_value_same(old, content.items[i].value) || (older && old.type != GS_NULL);
    }
    if (*out && e->intake->reading != 0) {
        gs_value *items;

        GS_TRY(gs_property(&old, ever, node.properties, GS_P_READ_IN, e->intake->arena,
                           err));
        items = old.type == GS_LIST ? (gs_value *)old.as.list.items : NULL;
        *out = false;
        for (size_t i = 0; items != NULL && i < old.as.list.count; i++)
            *out = *out || items[i].as.integer == e->intake->reading;
    }
out:
    return rc;
}

static gs_code has_parties(bool *out, gs_telling *e, gs_error *err)
{
    const gs_parties *via = &e->record->via;
    gs_meant meant;
    gs_hop hop;
    gs_code rc = GS_OK;

    for (size_t i = 0; *out && i < via->count; i++) {
        GS_TRY(gs_party_resolve(&meant, e->intake, &via->items[i], e->place, err));
        rc = gs_intake_edge(&hop, e->intake, e->number, GS_VIA, meant.actor, err);
        *out = rc == GS_OK;
        if (rc != GS_OK && rc != GS_END)
            goto out;
    }
    rc = GS_OK;
out:
    return rc;
}

static gs_code has_topics(bool *out, gs_telling *e, gs_error *err)
{
    const gs_texts *topics = &e->record->topics;
    uint64_t topic;
    gs_text folded;
    gs_hop hop;
    gs_code rc = GS_OK;

    for (size_t i = 0; *out && i < topics->count; i++) {
        folded = gs_fold(e->intake->arena, topics->items[i]);
        if (folded.bytes == NULL)
            return gs_fail_memory(err);
        rc = gs_intake_find(&topic, e->intake, GS_BY_IDENTITY, GS_TOPIC, folded, err);
        if (rc == GS_OK)
            rc = gs_intake_edge(&hop, e->intake, e->number, GS_ABOUT, topic, err);
        *out = rc == GS_OK;
        if (rc != GS_OK && rc != GS_END)
            return rc;
    }
    return GS_OK;
}

/* What stands for it as it was corrected is made anew. */
static gs_code make_stale(gs_telling *e, gs_error *err)
{
    gs_entry change = {gs_name_fixed(GS_P_CORRECTED), gs_string(GS_TEXT("stale"))};
    gs_bearers all;
    gs_code rc;

    GS_TRY(gs_bearers_find(&all, e->intake, e->id, err));
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].visible && all.items[i].corrected.bytes != NULL)
            GS_TRY(gs_batch_revise(e->intake->batch, all.items[i].number,
                                   gs_map(&change, 1), err));
out:
    return rc;
}

/* One that is withdrawn, replaced or corrected: what is new of it is told to it, and it
 * ends again when it is settled. */
gs_code gs_telling_meet_ended(gs_outcome *out, gs_telling *e, gs_error *err)
{
    bool nothing;
    gs_code rc;

    GS_TRY(adds_nothing(&nothing, e, err));
    GS_TRY(has_parties(&nothing, e, err));
    GS_TRY(has_topics(&nothing, e, err));
    if (nothing)
        GS_TRY(gs_bonds_known(&nothing, e->intake, e->number, &e->bonds, err));
    if (nothing) {
        *out = GS_KNOWN;
        return gs_support_add(e->intake->support, GS_STATEMENT, e->number, err);
    }
    GS_TRY(gs_batch_revive(e->intake->batch, e->number, err));
    GS_TRY(gs_telling_meet(out, e, err));
    if (*out != GS_KNOWN)
        rc = make_stale(e, err);
out:
    return rc;
}
