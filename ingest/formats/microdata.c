/* Microdata as JSON-LD: an element with itemscope is an object, those with itemprop below
 * it, up to the next itemscope, its members. */
#include "ingest/formats/page_facts.h"
#include "ingest/record/entries.h"

enum { DEPTH_MAX = 16, MEMBERS_MAX = 256 };

typedef struct reading {
    gs_arena *arena;
    size_t *room;
} reading;

static gs_value scope_value(const reading *r, const gs_tag *scope, int depth);

static bool has(const gs_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->attribute_count; i++)
        if (gs_text_equal(tag->attributes[i].name, gs_text_of(name)))
            return true;
    return false;
}

static gs_value value_of(const reading *r, const gs_tag *tag, int depth)
{
    static const char *const places[] = {"content", "datetime", "href", "src"};

    if (has(tag, "itemscope"))
        return depth < DEPTH_MAX ? scope_value(r, tag, depth + 1) : gs_null;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        gs_text text = gs_tag_attribute(tag, places[i]);

        if (text.size > 0 &&
            !(i == 2 && gs_tag_is(tag, "a") && tag->first != NULL &&
              gs_text_equal(gs_tag_attribute(tag, "itemprop"), GS_TEXT("name"))))
            return gs_string(text);
    }
    return gs_string(gs_tag_text_within(tag, r->room, r->arena));
}

static bool knows(const gs_entries *members, gs_text key)
{
    for (size_t i = 0; i < members->count; i++)
        if (gs_text_equal(members->items[i].key, key))
            return true;
    return false;
}

/* The first of a name stands, as gs_ld_get would take it. */
static gs_value scope_value(const reading *r, const gs_tag *scope, int depth)
{
    gs_entries to = {.arena = r->arena};
    const gs_tag *tag = scope->first;

    gs_entries_put(&to, GS_TEXT("@type"), gs_string(gs_tag_attribute(scope, "itemtype")));
    while (tag != NULL && to.count < MEMBERS_MAX) {
        gs_text name = gs_tag_attribute(tag, "itemprop");

        if (name.size > 0 && !knows(&to, name))
            gs_entries_put(&to, name, value_of(r, tag, depth));
        tag = has(tag, "itemscope") ? gs_tag_skip(tag, scope) : gs_tag_next(tag, scope);
    }
    return to.failed ? gs_null : gs_entries_map(&to);
}

gs_value gs_microdata(const gs_tag *scope, size_t *room, gs_arena *arena)
{
    reading r = {arena, room};

    return scope_value(&r, scope, 0);
}
