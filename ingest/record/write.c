#include "ingest/record/entries.h"
#include "ingest/record/record.h"
#include <math.h>

static gs_value number_of(double number)
{
    return isnan(number) ? gs_null : gs_real(number);
}

static gs_value tri_of(gs_tri tri)
{
    return tri == GS_UNSAID ? gs_null : gs_boolean(tri == GS_YES);
}

static gs_value party_of(gs_entries *to, const gs_party *party)
{
    gs_entries map = {.arena = to->arena};

    if (party->kind.bytes == NULL && party->role.bytes == NULL &&
        party->speaks_for_count == 0)
        return gs_string(party->name);
    gs_entries_put(&map, GS_TEXT("name"), gs_string(party->name));
    gs_entries_put(&map, GS_TEXT("kind"), gs_string(party->kind));
    gs_entries_put(&map, GS_TEXT("role"), gs_string(party->role));
    gs_entries_put(&map, GS_TEXT("speaks_for"),
                   gs_entries_texts(&map, party->speaks_for, party->speaks_for_count));
    to->failed = to->failed || map.failed;
    return gs_entries_map(&map);
}

static gs_value parties_of(gs_entries *to, const gs_parties *parties)
{
    gs_value *items;

    if (parties->count == 0)
        return gs_null;
    items = gs_entries_list(to, parties->count);
    for (size_t i = 0; items != NULL && i < parties->count; i++)
        items[i] = party_of(to, &parties->items[i]);
    return gs_list(items, items == NULL ? 0 : parties->count);
}

static gs_value link_of(gs_entries *to, const gs_link *link)
{
    gs_entries map = {.arena = to->arena};

    gs_entries_put(&map, GS_TEXT("id"), gs_string(link->id));
    gs_entries_put(&map, GS_TEXT("text"), gs_string(link->text));
    gs_entries_put(&map, GS_TEXT("speaker"), gs_string(link->speaker));
    gs_entries_put(&map, GS_TEXT("date"), gs_string(link->date));
    if (link->inferred)
        gs_entries_put(&map, GS_TEXT("inferred"), gs_boolean(true));
    gs_entries_put(&map, GS_TEXT("confidence"), number_of(link->confidence));
    to->failed = to->failed || map.failed;
    return gs_entries_map(&map);
}

static gs_value links_of(gs_entries *to, const gs_links *links)
{
    gs_value *items;

    if (links->count == 0)
        return gs_null;
    items = gs_entries_list(to, links->count);
    for (size_t i = 0; items != NULL && i < links->count; i++)
        items[i] = link_of(to, &links->items[i]);
    return gs_list(items, items == NULL ? 0 : links->count);
}

static gs_value spans_of(gs_entries *to, const gs_spans *spans)
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

/* As a reference: without its text. */
static void put_source(gs_entries *map, const gs_source *source)
{
    gs_entries_put(map, GS_TEXT("url"), gs_string(source->url));
    gs_entries_put(map, GS_TEXT("file"), gs_string(source->file));
    gs_entries_put(map, GS_TEXT("title"), gs_string(source->title));
    gs_entries_put(map, GS_TEXT("byline"), gs_string(source->byline));
    gs_entries_put(map, GS_TEXT("publisher"), gs_string(source->publisher));
    gs_entries_put(map, GS_TEXT("published"), gs_string(source->published));
    gs_entries_put(map, GS_TEXT("sha256"), gs_string(source->sha256));
    gs_entries_put(map, GS_TEXT("language"), gs_string(source->language));
    gs_entries_put(map, GS_TEXT("text"), gs_string(source->text));
    gs_entries_put(map, GS_TEXT("extractor"), gs_string(source->extractor));
    gs_entries_put(map, GS_TEXT("at"), gs_string(source->at));
    gs_entries_put(map, GS_TEXT("by"), gs_string(source->by));
    gs_entries_put_all(map, source->extra);
}

/* What a statement says of its document: all but the text. */
static gs_value source_of(gs_entries *to, const gs_source *source)
{
    gs_entries map = {.arena = to->arena};
    gs_source reference;

    if (source == NULL)
        return gs_null;
    reference = *source;
    reference.text = reference.extractor = (gs_text){0};
    put_source(&map, &reference);
    to->failed = to->failed || map.failed;
    return map.count == 0 ? gs_null : gs_entries_map(&map);
}

gs_code gs_source_write(gs_value *out, const gs_source *source, gs_arena *arena,
                        gs_error *err)
{
    gs_entries map = {.arena = arena};

    gs_entries_put(&map, GS_TEXT("type"), gs_string(GS_TEXT("document")));
    put_source(&map, source);
    if (map.failed)
        return gs_fail_memory(err);
    *out = gs_entries_map(&map);
    return GS_OK;
}

gs_code gs_statement_write(gs_value *out, const gs_statement *s, gs_arena *arena,
                           gs_error *err)
{
    gs_entries map = {.arena = arena};

    gs_entries_put(&map, GS_TEXT("id"), gs_string(s->id));
    gs_entries_put(&map, GS_TEXT("kind"), gs_string(s->kind));
    if (s->speaker.name.bytes != NULL)
        gs_entries_put(&map, GS_TEXT("speaker"), party_of(&map, &s->speaker));
    gs_entries_put(&map, GS_TEXT("text"), gs_string(s->text));
    gs_entries_put(&map, GS_TEXT("spans"), spans_of(&map, &s->spans));
    gs_entries_put(&map, GS_TEXT("date"), gs_string(s->date));
    gs_entries_put(&map, GS_TEXT("event_date"), gs_string(s->event_date));
    gs_entries_put(&map, GS_TEXT("accused"), parties_of(&map, &s->accused));
    gs_entries_put(&map, GS_TEXT("answers"), links_of(&map, &s->answers));
    gs_entries_put(&map, GS_TEXT("proposition"), gs_string(s->proposition));
    gs_entries_put(&map, GS_TEXT("event"), gs_string(s->event));
    gs_entries_put(&map, GS_TEXT("target"), gs_string(s->target));
    gs_entries_put(&map, GS_TEXT("topics"),
                   gs_entries_texts(&map, s->topics.items, s->topics.count));
    gs_entries_put(&map, GS_TEXT("via"), parties_of(&map, &s->via));
    gs_entries_put(&map, GS_TEXT("quote"), tri_of(s->quote));
    gs_entries_put(&map, GS_TEXT("hedged"), tri_of(s->hedged));
    gs_entries_put(&map, GS_TEXT("verdict"), gs_string(s->verdict));
    gs_entries_put(&map, GS_TEXT("same_as"), links_of(&map, &s->same_as));
    gs_entries_put(&map, GS_TEXT("replaces"), gs_string(s->replaces));
    gs_entries_put(&map, GS_TEXT("document"), source_of(&map, s->document));
    gs_entries_put(&map, GS_TEXT("confidence"), number_of(s->confidence));
    gs_entries_put(&map, GS_TEXT("extractor"), gs_string(s->extractor));
    gs_entries_put(&map, GS_TEXT("rule"), gs_string(s->rule));
    gs_entries_put(&map, GS_TEXT("at"), gs_string(s->at));
    gs_entries_put(&map, GS_TEXT("by"), gs_string(s->by));
    gs_entries_put_all(&map, s->extra);
    if (map.failed)
        return gs_fail_memory(err);
    *out = gs_entries_map(&map);
    return GS_OK;
}
