#include "ingest/record/parts.h"
#include <math.h>
#include <stddef.h>

enum { VERSION = 1 };

static const gs_text kinds[] = {
    GS_TEXT_INIT("claim"),        GS_TEXT_INIT("denial"),
    GS_TEXT_INIT("counterclaim"), GS_TEXT_INIT("confirmation"),
    GS_TEXT_INIT("retraction"),   GS_TEXT_INIT("nocomment"),
    GS_TEXT_INIT("assessment"),
};

bool gs_is_statement_kind(gs_text word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gs_text_equal(kinds[i], word))
            return true;
    return false;
}

static gs_code read_kind(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                         gs_error *err)
{
    gs_text kind = {0};
    gs_code rc = gs_field_text(&kind, value, place, arena, err);

    if (rc != GS_OK || kind.bytes == NULL)
        return rc;
    if (!gs_is_statement_kind(kind))
        return gs_field_wrong(err, place,
                              "no kind of statement; give claim, denial, counterclaim, "
                              "confirmation, retraction, nocomment or assessment");
    *(gs_text *)to = kind;
    return GS_OK;
}

/* What a statement record may hold beside the statement's own fields. */
typedef struct reading {
    gs_statement statement;
    gs_spans span;
    gs_text url;
} reading;

#define OF(field) offsetof(reading, statement.field)
static const gs_field statement_fields[] = {
    {GS_TEXT_INIT("type"), gs_field_nothing, 0},
    {GS_TEXT_INIT("v"), gs_field_nothing, 0},
    {GS_TEXT_INIT("checked"), gs_field_reserved, 0},
    {GS_TEXT_INIT("open"), gs_field_reserved, 0},
    {GS_TEXT_INIT("corrected"), gs_field_reserved, 0},
    {GS_TEXT_INIT("read_in"), gs_field_reserved, 0},
    {GS_TEXT_INIT("id"), gs_field_name, OF(id)},
    {GS_TEXT_INIT("kind"), read_kind, OF(kind)},
    {GS_TEXT_INIT("speaker"), gs_field_party, OF(speaker)},
    {GS_TEXT_INIT("text"), gs_field_text, OF(text)},
    {GS_TEXT_INIT("spans"), gs_field_spans, OF(spans)},
    {GS_TEXT_INIT("span"), gs_field_span, offsetof(reading, span)},
    {GS_TEXT_INIT("date"), gs_field_date, OF(date)},
    {GS_TEXT_INIT("event_date"), gs_field_date, OF(event_date)},
    {GS_TEXT_INIT("accused"), gs_field_parties, OF(accused)},
    {GS_TEXT_INIT("answers"), gs_field_links, OF(answers)},
    {GS_TEXT_INIT("proposition"), gs_field_text, OF(proposition)},
    {GS_TEXT_INIT("event"), gs_field_name, OF(event)},
    {GS_TEXT_INIT("target"), gs_field_name, OF(target)},
    {GS_TEXT_INIT("topics"), gs_field_names, OF(topics)},
    {GS_TEXT_INIT("via"), gs_field_parties, OF(via)},
    {GS_TEXT_INIT("quote"), gs_field_tri, OF(quote)},
    {GS_TEXT_INIT("hedged"), gs_field_tri, OF(hedged)},
    {GS_TEXT_INIT("verdict"), gs_field_text, OF(verdict)},
    {GS_TEXT_INIT("same_as"), gs_field_links, OF(same_as)},
    {GS_TEXT_INIT("replaces"), gs_field_name, OF(replaces)},
    {GS_TEXT_INIT("document"), gs_field_reference, OF(document)},
    {GS_TEXT_INIT("url"), gs_field_name, offsetof(reading, url)},
    {GS_TEXT_INIT("confidence"), gs_field_confidence, OF(confidence)},
    {GS_TEXT_INIT("extractor"), gs_field_text, OF(extractor)},
    {GS_TEXT_INIT("rule"), gs_field_text, OF(rule)},
    {GS_TEXT_INIT("at"), gs_field_date, OF(at)},
    {GS_TEXT_INIT("by"), gs_field_name, OF(by)},
};
#undef OF

gs_code gs_statement_field_check(gs_entry entry, const gs_place *place, gs_arena *arena,
                                 gs_error *err)
{
    reading r = {.statement = gs_statement_empty()};
    size_t count = sizeof statement_fields / sizeof *statement_fields;

    if (entry.value.type == GS_NULL)
        return GS_OK;
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(statement_fields[i].name, entry.key))
            return statement_fields[i].read((char *)&r + statement_fields[i].offset,
                                            entry.value, place, arena, err);
    return gs_field_wrong(err, place, "no such field here; leave it out");
}

gs_statement gs_statement_empty(void)
{
    return (gs_statement){.confidence = NAN};
}

/* `url` beside the statement stands for its document's. */
static gs_code take_url(reading *r, gs_arena *arena, gs_error *err)
{
    gs_source *source;

    if (r->url.bytes == NULL)
        return GS_OK;
    if (r->statement.document != NULL && r->statement.document->url.bytes != NULL &&
        !gs_text_equal(r->statement.document->url, r->url))
        return gs_fail(err, GS_INPUT,
                       "url: differs from document.url; give one of the two");
    source = gs_arena_take(arena, sizeof *source);
    if (source == NULL)
        return gs_fail_memory(err);
    if (r->statement.document != NULL)
        *source = *r->statement.document;
    source->url = r->url;
    r->statement.document = source;
    return GS_OK;
}

static gs_code check_statement(const gs_statement *s, gs_error *err)
{
    if (s->kind.bytes == NULL)
        return gs_fail(err, GS_INPUT,
                       "kind: missing; give claim, denial, counterclaim, confirmation, "
                       "retraction, nocomment or assessment");
    if (s->text.bytes == NULL && s->proposition.bytes == NULL && s->answers.count == 0 &&
        s->accused.count == 0 && s->event.bytes == NULL)
        return gs_fail(
            err, GS_INPUT,
            "the record: says nothing; give one of text, proposition, answers, "
            "accused, event");
    return GS_OK;
}

static gs_code read_statement(gs_statement *out, gs_value map, gs_arena *arena,
                              gs_error *err)
{
    reading r = {.statement = gs_statement_empty()};
    gs_fields fields = {statement_fields,
                        sizeof statement_fields / sizeof *statement_fields,
                        &r.statement.extra};
    gs_code rc;

    GS_TRY(gs_fields_read(&r, map, fields, NULL, arena, err));
    if (r.statement.spans.count == 0)
        r.statement.spans = r.span;
    GS_TRY(take_url(&r, arena, err));
    GS_TRY(check_statement(&r.statement, err));
    *out = r.statement;
out:
    return rc;
}

static gs_code read_document(gs_source *out, gs_value map, gs_arena *arena, gs_error *err)
{
    gs_source source = {0};
    gs_code rc;

    GS_TRY(gs_fields_read(
        &source, map, (gs_fields){gs_source_fields, gs_source_field_count, &source.extra},
        NULL, arena, err));
    if (source.url.bytes == NULL && source.text.bytes == NULL &&
        source.sha256.bytes == NULL && source.file.bytes == NULL &&
        source.title.bytes == NULL)
        return gs_fail(
            err, GS_INPUT,
            "the record: names no document; give one of url, text, file, title");
    *out = source;
out:
    return rc;
}

static gs_code check_version(gs_value map, gs_error *err)
{
    gs_value v = gs_map_get(map, GS_TEXT("v"));

    if (v.type == GS_NULL || (v.type == GS_INTEGER && v.as.integer == VERSION))
        return GS_OK;
    return gs_fail(err, GS_INPUT,
                   "v: no record format that this version knows; give %d or leave it out",
                   VERSION);
}

gs_code gs_record_read(gs_record *out, gs_value map, gs_arena *arena, gs_error *err)
{
    gs_value type = gs_map_get(map, GS_TEXT("type"));
    gs_record record = {0};
    gs_code rc;

    if (map.type != GS_MAP)
        return gs_field_expected(err, NULL, map, "an object");
    GS_TRY(check_version(map, err));
    if (type.type == GS_NULL)
        type = gs_string(GS_TEXT("statement"));
    if (type.type != GS_STRING)
        return gs_fail(err, GS_INPUT,
                       "type: give \"statement\", \"document\", \"actor\", \"decision\" "
                       "or \"withdrawal\"");
    if (gs_text_equal(type.as.string, GS_TEXT("statement"))) {
        record.type = GS_RECORD_STATEMENT;
        GS_TRY(read_statement(&record.as.statement, map, arena, err));
    } else if (gs_text_equal(type.as.string, GS_TEXT("document"))) {
        record.type = GS_RECORD_DOCUMENT;
        GS_TRY(read_document(&record.as.document, map, arena, err));
    } else if (gs_text_equal(type.as.string, GS_TEXT("actor"))) {
        record.type = GS_RECORD_ACTOR;
        GS_TRY(gs_actor_read(&record.as.actor, map, arena, err));
    } else if (gs_text_equal(type.as.string, GS_TEXT("decision"))) {
        record.type = GS_RECORD_DECISION;
        GS_TRY(gs_decision_read(&record.as.decision, map, arena, err));
    } else if (gs_text_equal(type.as.string, GS_TEXT("withdrawal"))) {
        record.type = GS_RECORD_WITHDRAWAL;
        GS_TRY(gs_withdrawal_read(&record.as.withdrawal, map, arena, err));
    } else {
        return gs_fail(err, GS_INPUT,
                       "type: no type of record; give \"statement\", \"document\", "
                       "\"actor\", \"decision\" or \"withdrawal\"");
    }
    *out = record;
out:
    return rc;
}
