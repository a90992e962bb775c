#include "ingest/formats/feed_items.h"
#include "ingest/formats/markup.h"
#include <string.h>

/* A start or an end tag as it stands: [start, end) with its angle brackets. */
typedef struct tag {
    size_t start, end;
    gs_text name; /* with its prefix */
    bool closes;  /* "</name>" */
    bool whole;   /* "<name/>" */
} tag;

static bool ends_name(char c)
{
    return strchr(" \t\r\n/>", c) != NULL; /* NUL too */
}

/* The next tag from `at` on; comments and the like are passed over. */
static bool next_tag(tag *out, gs_text feed, size_t at)
{
    for (;;) {
        const char *found =
            at < feed.size ? memchr(feed.bytes + at, '<', feed.size - at) : NULL;
        size_t end, name;

        if (found == NULL)
            return false;
        at = (size_t)(found - feed.bytes);
        end = gs_markup_skip(feed, at);
        if (end > at) {
            at = end;
            continue;
        }
        *out = (tag){.start = at, .closes = at + 1 < feed.size && found[1] == '/'};
        name = end = at + 1 + out->closes;
        while (end < feed.size && !ends_name(feed.bytes[end]))
            end++;
        out->name = gs_text_slice(feed, name, end);
        found = memchr(feed.bytes + end, '>', feed.size - end);
        out->end = found == NULL ? feed.size : (size_t)(found - feed.bytes) + 1;
        out->whole = out->end - end >= 2 && feed.bytes[out->end - 2] == '/';
        return true;
    }
}

static bool is_item(gs_text name)
{
    const char *colon = name.size == 0 ? NULL : memchr(name.bytes, ':', name.size);

    if (colon != NULL)
        name = gs_text_slice(name, (size_t)(colon - name.bytes) + 1, name.size);
    return gs_text_equal(name, GS_TEXT("item")) || gs_text_equal(name, GS_TEXT("entry"));
}

/* Behind the end of an item that begins with this tag. */
static size_t end_of(gs_text feed, const tag *first)
{
    tag t = *first;

    if (first->whole)
        return first->end;
    while (next_tag(&t, feed, t.end))
        if (gs_text_equal(t.name, first->name))
            return t.closes ? t.end : t.start;
    return feed.size;
}

bool gs_feed_next(gs_text *item, gs_text feed, size_t *at)
{
    tag t = {.end = *at};

    while (next_tag(&t, feed, t.end))
        if (!t.closes && is_item(t.name)) {
            *at = end_of(feed, &t);
            *item = gs_text_slice(feed, t.start, *at);
            return true;
        }
    return false;
}

gs_code gs_feed_outline(gs_text *out, gs_text feed, gs_arena *arena, gs_error *err)
{
    size_t size = feed.size, from = 0, at = 0, used = 0;
    gs_text item;
    char *bytes;

    while (gs_feed_next(&item, feed, &at))
        size -= item.size;
    bytes = gs_arena_take(arena, size);
    if (bytes == NULL)
        return gs_fail_memory(err);
    for (at = 0; from < feed.size; from = at) {
        bool found = gs_feed_next(&item, feed, &at);
        size_t end = found ? at - item.size : feed.size;

        memcpy(bytes + used, feed.bytes + from, end - from);
        used += end - from;
        at = found ? at : feed.size;
    }
    *out = (gs_text){bytes, used};
    return GS_OK;
}

gs_text gs_feed_root(gs_text *name, gs_text feed)
{
    tag t = {0};

    while (next_tag(&t, feed, t.end))
        if (t.name.size > 0 && t.name.bytes[0] != '!')
            break;
    if (t.name.size == 0 || t.name.bytes[0] == '!' || is_item(t.name) || t.closes)
        return *name = GS_TEXT("");
    *name = t.name;
    return gs_text_slice(feed, t.start, t.end);
}
