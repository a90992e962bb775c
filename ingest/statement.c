/* Statement records to nodes and edges: what lies where is fixed with what reads it. */
#include "ingest/intake.h"
#include "ingest/links.h"
#include "ingest/reading.h"
#include "ingest/resolve.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"
#include "ingest/telling.h"
#include <math.h>

const gs_edtf *gs_telling_day(const gs_telling *e)
{
    return e->date.type == GS_DATE ? e->date.as.date : NULL;
}

gs_value gs_telling_spans(gs_entries *to, const gs_spans *spans)
{
    gs_value *items, *pair;

    if (spans->count == 0)
        return gs_null;
    items = gs_entries_list(to, spans->count);
    for (size_t i = 0; items != NULL && i < spans->count; i++) {
        pair = gs_entries_list(to, 2);
        if (pair == NULL)
            return gs_null;
        pair[0] = gs_integer((int64_t)spans->items[i].start);
        pair[1] = gs_integer((int64_t)spans->items[i].end);
        items[i] = gs_list(pair, 2);
    }
    return gs_list(items, items == NULL ? 0 : spans->count);
}

static gs_value tri_of(gs_tri tri)
{
    return tri == GS_UNSAID ? gs_null : gs_boolean(tri == GS_YES);
}

gs_code gs_telling_content(gs_entries *to, const gs_telling *e, gs_error *err)
{
    const gs_statement *r = e->record;
    gs_value event_date, at;
    gs_code rc;

    GS_TRY(gs_intake_date(&event_date, e->intake, r->event_date, err));
    GS_TRY(gs_intake_date(&at, e->intake, r->at, err));
    gs_entries_name(to, GS_P_EVENT_DATE, event_date);
    gs_entries_name(to, GS_P_QUOTE, tri_of(r->quote));
    gs_entries_name(to, GS_P_HEDGED, tri_of(r->hedged));
    gs_entries_name(to, GS_P_VERDICT, gs_string(r->verdict));
    if (!isnan(r->confidence))
        gs_entries_name(to, GS_P_CONFIDENCE, gs_real(r->confidence));
    gs_entries_name(to, GS_P_EXTRACTOR, gs_string(r->extractor));
    gs_entries_name(to, GS_P_SPANS, gs_telling_spans(to, &r->spans));
    gs_entries_name(to, GS_P_RULE, gs_string(r->rule));
    gs_entries_name(to, GS_P_AT, at);
    gs_entries_name(to, GS_P_BY, gs_string(r->by));
    gs_entries_name(to, GS_P_REPLACES, gs_string(r->replaces));
    if (e->kind->label != GS_DENIAL && e->kind->label != GS_CLAIM &&
        e->kind->label != GS_COUNTERCLAIM && e->kind->label != GS_CONFIRMATION)
        gs_entries_put(to, GS_TEXT("proposition"), gs_string(r->proposition));
    gs_entries_put(to, GS_TEXT("event"), gs_string(r->event));
    gs_entries_put(to, GS_TEXT("target"), gs_string(r->target));
    gs_entries_put_all(to, r->extra);
    if (to->failed)
        return gs_fail_memory(err);
out:
    return rc;
}

/* The reading at hand, for what was read from the document at hand. */
static gs_value reading_of(gs_entries *to, const gs_telling *e)
{
    gs_value *item;

    if (e->intake->reading == 0)
        return gs_null;
    item = gs_entries_list(to, 1);
    if (item == NULL)
        return gs_null;
    *item = gs_integer(e->intake->reading);
    return gs_list(item, 1);
}

static gs_code make_node(gs_telling *e, gs_error *err)
{
    uint32_t labels[] = {GS_STATEMENT, e->kind->label, GS_CLAIM};
    size_t count = e->kind->label == GS_COUNTERCLAIM ? 3 : 2;
    gs_entries to = {.arena = e->intake->arena};
    gs_value open;
    gs_code rc;

    gs_entries_name(&to, GS_P_ID, gs_string(e->id));
    gs_entries_name(&to, GS_P_KIND, gs_string(e->record->kind));
    gs_entries_name(&to, GS_P_TEXT, gs_string(e->record->text));
    gs_entries_name(&to, GS_P_DATE, e->date);
    gs_entries_name(&to, GS_P_CHECKED, gs_integer(e->digest));
    gs_entries_name(&to, GS_P_READ_IN, reading_of(&to, e));
    GS_TRY(gs_telling_content(&to, e, err));
    GS_TRY(gs_bonds_open(&open, e->intake, &e->bonds, err));
    gs_entries_name(&to, GS_P_OPEN, open);
    if (to.failed)
        return gs_fail_memory(err);
    rc = gs_batch_node(&e->number, e->intake->batch, labels, count, gs_entries_map(&to),
                       err);
out:
    return rc;
}

gs_code gs_telling_edge(gs_telling *e, uint32_t type, uint64_t start, uint64_t end,
                        const gs_entries *properties, gs_error *err)
{
    uint64_t edge;

    if (properties->failed)
        return gs_fail_memory(err);
    return gs_batch_edge(&edge, e->intake->batch, type, start, end, gs_telling_day(e),
                         gs_entries_map(properties), err);
}

/* What the record wrote of a party, where the actor alone would not give it back. */
static void put_written(gs_entries *to, gs_meant meant, const gs_party *party)
{
    if (!meant.literally)
        gs_entries_name(to, GS_P_WRITTEN, gs_string(party->name));
    gs_entries_name(to, GS_P_SPEAKS_FOR,
                    gs_entries_texts(to, party->speaks_for, party->speaks_for_count));
}

gs_code gs_telling_speaker(gs_telling *e, gs_error *err)
{
    gs_entries to = {.arena = e->intake->arena};
    gs_meant meant;
    gs_code rc = GS_OK;

    if (e->record->speaker.name.bytes == NULL)
        return GS_OK;
    GS_TRY(gs_party_resolve(&meant, e->intake, &e->record->speaker, e->place, err));
    put_written(&to, meant, &e->record->speaker);
    rc = gs_telling_edge(e, GS_MADE, meant.actor, e->number, &to, err);
out:
    return rc;
}

static bool is_repeated(const gs_parties *parties, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (gs_text_equal(parties->items[i].name, parties->items[at].name))
            return true;
    return false;
}

/* ACCUSES or VIA, one for each way of writing it; `known`: where it is not there yet. */
gs_code gs_telling_parties(bool *changed, gs_telling *e, const gs_parties *parties,
                           uint32_t type, bool known, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < parties->count; i++) {
        gs_entries to = {.arena = e->intake->arena};
        gs_meant meant;
        gs_hop hop;

        if (is_repeated(parties, i))
            continue;
        GS_TRY(gs_party_resolve(&meant, e->intake, &parties->items[i], e->place, err));
        rc = known ? gs_intake_edge(&hop, e->intake, e->number, type, meant.actor, err)
                   : GS_END;
        if (rc == GS_OK) {
            GS_TRY(gs_intake_met_edge(e->intake, e->number, &hop, err));
            continue;
        }
        if (rc != GS_END)
            goto out;
        *changed = true;
        put_written(&to, meant, &parties->items[i]);
        GS_TRY(gs_telling_edge(e, type, e->number, meant.actor, &to, err));
    }
    rc = GS_OK;
out:
    return rc;
}

/* A topic or a proposition: found by its folded words, or made. */
static gs_code find_subject(uint64_t *out, gs_telling *e, uint32_t label,
                            uint32_t property, gs_text words, gs_error *err)
{
    gs_entries to = {.arena = e->intake->arena};
    gs_text identity = gs_fold(e->intake->arena, words);
    gs_code rc;

    if (identity.bytes == NULL)
        return gs_fail_memory(err);
    rc = gs_intake_recall(out, e->intake, GS_BY_IDENTITY, label, identity, err);
    if (rc != GS_END)
        return rc;
    gs_entries_name(&to, property, gs_string(words));
    gs_entries_name(&to, GS_P_IDENTITY, gs_string(identity));
    if (to.failed)
        return gs_fail_memory(err);
    rc = gs_batch_node(out, e->intake->batch, &label, 1, gs_entries_map(&to), err);
    if (rc == GS_OK && label == GS_PROPOSITION)
        rc = gs_settle_later(e->intake, GS_OF_PROPOSITION, words, err);
    return rc;
}

static gs_code make_subject(bool *changed, gs_telling *e, uint32_t type, uint32_t label,
                            uint32_t property, gs_text words, gs_error *err)
{
    const gs_entries none = {.arena = e->intake->arena};
    uint64_t subject;
    gs_hop hop;
    gs_code rc;

    GS_TRY(find_subject(&subject, e, label, property, words, err));
    rc = gs_intake_edge(&hop, e->intake, e->number, type, subject, err);
    if (rc == GS_OK)
        rc = gs_intake_met_edge(e->intake, e->number, &hop, err);
    if (rc != GS_END)
        goto out;
    *changed = true;
    rc = gs_telling_edge(e, type, e->number, subject, &none, err);
out:
    return rc;
}

gs_code gs_telling_subjects(bool *changed, gs_telling *e, gs_error *err)
{
    uint32_t stance = 0;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < e->record->topics.count; i++)
        rc = make_subject(changed, e, GS_ABOUT, GS_TOPIC, GS_P_NAME,
                          e->record->topics.items[i], err);
    if (e->kind->label == GS_DENIAL)
        stance = GS_REJECTS;
    else if (e->kind->label == GS_CLAIM || e->kind->label == GS_COUNTERCLAIM ||
             e->kind->label == GS_CONFIRMATION)
        stance = GS_ASSERTS;
    if (rc == GS_OK && stance != 0 && e->record->proposition.bytes != NULL)
        rc = make_subject(changed, e, stance, GS_PROPOSITION, GS_P_TEXT,
                          e->record->proposition, err);
    return rc;
}

/* A record of what an extractor read elsewhere, in this version of the text. */
static gs_code read_elsewhere(gs_telling *e, gs_error *err)
{
    gs_code rc;

    e->intake->source = e->record->document;
    e->intake->source_number = e->document;
    rc = gs_reading_begin(e->intake, e->record->extractor, err);
    e->intake->source = NULL;
    e->intake->source_number = 0;
    return rc;
}

gs_code gs_telling_document(bool *changed, gs_telling *e, gs_error *err)
{
    const gs_source *source = e->record->document;
    gs_outcome outcome;
    gs_code rc;

    if (source == NULL)
        return GS_OK;
    if (source == e->intake->source) {
        e->document = e->intake->source_number;
        return GS_OK;
    }
    rc = gs_intake_source(&outcome, &e->document, e->intake, source, err);
    if (rc != GS_OK)
        return rc;
    *changed = outcome != GS_KNOWN;
    return e->record->extractor.bytes != NULL && source->sha256.bytes != NULL
               ? read_elsewhere(e, err)
               : GS_OK;
}

gs_code gs_telling_touch(gs_telling *e, gs_error *err)
{
    bool named = false;

    if (e->intake->linker == NULL)
        return GS_OK;
    for (size_t i = 0; i < e->record->answers.count; i++)
        named = named || e->record->answers.items[i].id.bytes != NULL;
    return gs_linker_touch(e->intake->linker, e->number,
                           e->record->extractor.bytes != NULL ||
                               (!named && e->kind->label != GS_CLAIM),
                           err);
}

static gs_code make_new(gs_telling *e, gs_error *err)
{
    gs_entries spans = {.arena = e->intake->arena};
    bool changed = false;
    gs_code rc;

    GS_TRY(gs_telling_document(&changed, e, err));
    GS_TRY(make_node(e, err));
    GS_TRY(gs_telling_speaker(e, err));
    GS_TRY(gs_telling_parties(&changed, e, &e->record->accused, GS_ACCUSES, false, err));
    GS_TRY(gs_telling_parties(&changed, e, &e->record->via, GS_VIA, false, err));
    gs_entries_name(&spans, GS_P_SPANS, gs_telling_spans(&spans, &e->record->spans));
    if (e->document != 0)
        GS_TRY(gs_telling_edge(e, GS_REPORTED_IN, e->number, e->document, &spans, err));
    GS_TRY(gs_telling_subjects(&changed, e, err));
    GS_TRY(gs_bonds_make(e->intake, e->number, &e->bonds, gs_telling_day(e), err));
    GS_TRY(gs_bonds_arrived(e->intake, e->number, e->id, err));
    rc = gs_telling_touch(e, err);
out:
    return rc;
}

/* What was hidden with the run that brought it is new to whoever asks. */
static gs_code bring_back(gs_outcome *out, gs_telling *e, gs_error *err)
{
    gs_code rc = gs_telling_meet(out, e, err);

    if (rc == GS_OK)
        rc = gs_bonds_returned(e->intake, e->number, e->id, err);
    if (rc == GS_OK)
        *out = GS_NEW;
    return rc;
}

/* A single id, and what else must hold before anything is written. */
static gs_code prepare(gs_telling *e, gs_error *err)
{
    const gs_statement *r = e->record;
    gs_arena *arena = e->intake->arena;
    gs_code rc;

    e->kind = gs_kind_of(r->kind);
    if (e->kind == NULL)
        return gs_fail(err, GS_INPUT, "kind: \"%.*s\" is none; correct it",
                       GS_SHOW(r->kind));
    e->id = r->id;
    if (e->id.bytes == NULL)
        GS_TRY(gs_statement_identity(&e->id, r, arena, err));
    if (gs_text_equal(e->id, r->replaces))
        return gs_fail(err, GS_INPUT,
                       "replaces: the statement names itself; name the other one");
    e->digest = r->digest;
    if (e->digest == 0)
        GS_TRY(gs_statement_digest(&e->digest, r, arena, err));
    GS_TRY(gs_intake_date(&e->date, e->intake, r->date, err));
    GS_TRY(gs_bonds_find(&e->bonds, e->intake, r, e->id, err));
    e->place = e->id;
    if (r->document != NULL)
        rc = gs_source_identity(&e->place, r->document, arena, err);
out:
    return rc;
}

static gs_code refuse_conflict(const gs_telling *e, gs_error *err)
{
    return gs_fail(
        err, GS_CONFLICT,
        "id %.*s: is known with another speaker, kind, text, date, document or "
        "accused; give it an id of its own",
        GS_SHOW(e->id));
}

static gs_code has_its_digest(bool *out, gs_telling *e, gs_error *err)
{
    gs_value checked;
    gs_code rc = gs_intake_property(&checked, e->intake, e->number, GS_P_CHECKED, err);

    *out = checked.type == GS_INTEGER && checked.as.integer == e->digest;
    return rc;
}

/* Of two tellings of one id that differ in what makes it the same one, the one with the
 * larger (at, by, hash) stands: the other has ended, and is told as a conflict. */
static gs_code contest(gs_outcome *out, gs_telling *e, const gs_bearer *other,
                       gs_error *err)
{
    const gs_bearer mine = {
        .at = e->record->at, .by = e->record->by, .checked = e->digest};
    gs_code rc;

    if (gs_bearer_compare(&mine, other) < 0)
        return refuse_conflict(e, err);
    e->intake->ruled = true;
    GS_TRY(make_new(e, err));
    *out = GS_CONTESTED;
out:
    return rc;
}

/* Where one id may have several nodes: ended, or corrected. */
static gs_code take_ruled(gs_outcome *out, gs_telling *e, gs_error *err)
{
    const gs_bearer *other = NULL;
    gs_bearers all;
    gs_code rc;

    GS_TRY(gs_settle_later(e->intake, GS_OF_STATEMENT, e->id, err));
    GS_TRY(gs_settle_later(e->intake, GS_OF_STATEMENT, e->record->replaces, err));
    GS_TRY(gs_bearers_find(&all, e->intake, e->id, err));
    for (size_t i = 0; i < all.count; i++) {
        const gs_bearer *one = &all.items[i];

        if (one->corrected.bytes != NULL)
            continue;
        e->number = one->number;
        if (one->checked == e->digest)
            return one->visible ? gs_telling_meet(out, e, err)
                                : gs_telling_meet_ended(out, e, err);
        if (other == NULL || gs_bearer_compare(one, other) > 0)
            other = one;
    }
    if (other != NULL)
        return contest(out, e, other, err);
    rc = gs_batch_recall(&e->number, e->intake->batch, GS_BY_ID, GS_STATEMENT, e->id,
                         e->intake->arena, err);
    if (rc == GS_OK)
        return bring_back(out, e, err);
    if (rc == GS_END)
        rc = make_new(e, err);
    if (rc == GS_OK)
        *out = GS_NEW;
out:
    return rc;
}

/* What is known already, and where no ruling concerns it. */
static gs_code take_met(gs_outcome *out, gs_telling *e, gs_error *err)
{
    bool same;
    gs_code rc;

    GS_TRY(has_its_digest(&same, e, err));
    if (same)
        return gs_telling_meet(out, e, err);
    e->intake->ruled = true; /* from now on */
    rc = take_ruled(out, e, err);
out:
    return rc;
}

gs_code gs_intake_statement(gs_outcome *out, gs_intake *intake,
                            const gs_statement *statement, gs_error *err)
{
    gs_telling e = {.intake = intake, .record = statement};
    uint32_t name;
    gs_code rc = prepare(&e, err);

    if (rc != GS_OK)
        return rc;
    if (intake->source == NULL)
        intake->reading = 0; /* of a record before it */
    if (statement->replaces.bytes != NULL) {
        intake->ruled = true;
        GS_TRY(gs_batch_name(&name, intake->batch, GS_LINK_NAMED, err));
    }
    if (intake->ruled)
        return take_ruled(out, &e, err);
    rc = gs_intake_find(&e.number, intake, GS_BY_ID, GS_STATEMENT, e.id, err);
    if (rc == GS_OK)
        return take_met(out, &e, err);
    if (rc == GS_END)
        rc = gs_batch_recall(&e.number, intake->batch, GS_BY_ID, GS_STATEMENT, e.id,
                             intake->arena, err);
    if (rc == GS_OK)
        return bring_back(out, &e, err);
    if (rc != GS_END)
        return rc;
    rc = make_new(&e, err);
    if (rc == GS_OK)
        *out = GS_NEW;
out:
    return rc;
}
