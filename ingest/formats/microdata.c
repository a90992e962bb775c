/* Microdata as JSON-LD: an element with itemscope is an object, those with itemprop below
 * it, up to the next itemscope, its members. */
#include "ingest/formats/page_facts.h"
#include "ingest/record/entries.h"

enum { DEPTH_MAX = 16 };

static gs_value scope_value(const gs_tag *scope, gs_arena *arena, int depth);

static bool has(const gs_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->attribute_count; i++)
        if (gs_text_equal(tag->attributes[i].name, gs_text_of(name)))
            return true;
    return false;
}

static gs_value value_of(const gs_tag *tag, gs_arena *arena, int depth)
{
    static const char *const places[] = {"content", "datetime", "href", "src"};

    if (has(tag, "itemscope"))
        return depth < DEPTH_MAX ? scope_value(tag, arena, depth + 1) : gs_null;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        gs_text text = gs_tag_attribute(tag, places[i]);

        if (text.size > 0 &&
            !(i == 2 && gs_tag_is(tag, "a") && tag->first != NULL &&
              gs_text_equal(gs_tag_attribute(tag, "itemprop"), GS_TEXT("name"))))
            return gs_string(text);
    }
    return gs_string(gs_tag_text(tag, arena));
}

/* The first of a name stands, as gs_ld_get would take it. */
static void put_once(gs_entries *to, gs_text key, gs_value value)
{
    for (size_t i = 0; i < to->count; i++)
        if (gs_text_equal(to->items[i].key, key))
            return;
    gs_entries_put(to, key, value);
}

static gs_value scope_value(const gs_tag *scope, gs_arena *arena, int depth)
{
    gs_entries to = {.arena = arena};
    const gs_tag *tag = scope->first;

    gs_entries_put(&to, GS_TEXT("@type"), gs_string(gs_tag_attribute(scope, "itemtype")));
    while (tag != NULL) {
        gs_text name = gs_tag_attribute(tag, "itemprop");

        if (name.size > 0)
            put_once(&to, name, value_of(tag, arena, depth));
        tag = has(tag, "itemscope") ? gs_tag_skip(tag, scope) : gs_tag_next(tag, scope);
    }
    return to.failed ? gs_null : gs_entries_map(&to);
}

gs_value gs_microdata(const gs_tag *scope, gs_arena *arena)
{
    return scope_value(scope, arena, 0);
}
