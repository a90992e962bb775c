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

/* Behind the tag whose attributes begin at `at`; a ">" in quotation marks is none of it, a
 * "<" outside of them ends what is broken. */
static size_t end_of_tag(gs_text feed, size_t at)
{
    enum { FAR = 16 << 10 }; /* no value is longer: its quotation mark means nothing */

    for (; at < feed.size; at++) {
        gs_text near = gs_text_slice(feed, at + 1, at + FAR);
        const char *close;

        if (feed.bytes[at] == '>')
            return at + 1;
        if (feed.bytes[at] == '<')
            return at;
        if (feed.bytes[at] != '"' && feed.bytes[at] != '\'')
            continue;
        close = near.size > 0 ? memchr(near.bytes, feed.bytes[at], near.size) : NULL;
        if (close != NULL)
            at = (size_t)(close - feed.bytes);
    }
    return feed.size;
}

static bool begins_name(gs_text feed, size_t at)
{
    unsigned char c = at < feed.size ? (unsigned char)feed.bytes[at] : ' ';

    return (c | 0x20) >= 'a' || c == '_' || c == '!';
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
        name = at + 1 + (at + 1 < feed.size && found[1] == '/');
        if (end > at || !begins_name(feed, name)) {
            at = end > at ? end : at + 1;
            continue;
        }
        *out = (tag){.start = at, .closes = name > at + 1};
        for (end = name; end < feed.size && !ends_name(feed.bytes[end]);)
            end++;
        out->name = gs_text_slice(feed, name, end);
        out->end = end_of_tag(feed, end);
        out->whole = out->end - end >= 2 && feed.bytes[out->end - 1] == '>' &&
                     feed.bytes[out->end - 2] == '/';
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

gs_text gs_feed_root(gs_text feed)
{
    tag t = {0};

    while (next_tag(&t, feed, t.end))
        if (t.name.bytes[0] != '!')
            return is_item(t.name) || t.closes ? GS_TEXT("")
                                               : gs_text_slice(feed, t.start, t.end);
    return GS_TEXT("");
}
