/* The chosen elements as text, block by block; what stands between paragraphs and is none
 * of them is left out. */
#include "ingest/formats/article.h"
#include "ingest/formats/article_words.h"
#include <string.h>
#include <strings.h>

typedef struct block {
    gs_text text;
    uint32_t words, linked;
    bool heading, list;
} block;

typedef struct writer {
    gs_arena *arena;
    gs_buffer open; /* the block at hand */
    uint32_t words, linked;
    bool heading, list, pre;
    block *blocks;
    size_t count, room;
    bool failed;
} writer;

static void close_block(writer *w)
{
    block b = {
        .words = w->words, .linked = w->linked, .heading = w->heading, .list = w->list};

    w->words = w->linked = 0;
    if (w->open.size == 0 || w->failed)
        return;
    b.text = gs_normalise(w->arena, gs_buffer_view(&w->open));
    w->failed = w->failed || b.text.bytes == NULL || w->open.failed;
    gs_buffer_clear(&w->open);
    if (w->failed || b.text.size == 0)
        return;
    w->blocks = gs_arena_grow(w->arena, w->blocks, w->count, &w->room, sizeof b);
    w->failed = w->blocks == NULL;
    if (!w->failed)
        w->blocks[w->count++] = b;
}

/* A box of links, controls or pictures between the paragraphs. */
static bool is_box(const gs_tag *tag)
{
    bool list = gs_tag_is(tag, "ul") || gs_tag_is(tag, "ol");
    float density = gs_link_density(tag);

    if (!list && !gs_tag_is(tag, "div") && !gs_tag_is(tag, "section") &&
        !gs_tag_is(tag, "table") && !gs_tag_is(tag, "form") &&
        !gs_tag_is(tag, "fieldset"))
        return false;
    if (tag->words == 0)
        return true;
    if (list)
        return density > 0.6F;
    if (tag->commas >= 10)
        return false;
    if (gs_class_weight(tag) < 0)
        return true;
    return density > 0.4F;
}

static void put_text(writer *w, const gs_tag *tag, const gs_tag *top)
{
    gs_buffer_text(&w->open, tag->text);
    w->words += tag->words;
    for (const gs_tag *up = tag->up; up != NULL && up != top; up = up->up) {
        if ((up->flags & GS_TAG_BLOCK) != 0)
            break;
        if ((up->flags & GS_TAG_LINK) != 0) {
            w->linked += tag->words;
            break;
        }
    }
}

static void enter(writer *w, const gs_tag *tag)
{
    if ((tag->flags & GS_TAG_BLOCK) == 0)
        return;
    close_block(w);
    w->heading = (tag->flags & GS_TAG_HEADING) != 0;
    w->list = gs_tag_is(tag, "li");
}

static void leave(writer *w, const gs_tag *tag)
{
    if ((tag->flags & GS_TAG_BLOCK) == 0)
        return;
    close_block(w);
    w->heading = w->list = false;
}

static void write_element(writer *w, const gs_tag *top, bool whole)
{
    const gs_tag *tag = top;

    for (;;) {
        bool skip =
            (tag->flags & GS_TAG_DROPPED) != 0 || (!whole && tag != top && is_box(tag));

        if (!skip && tag->text.bytes != NULL)
            put_text(w, tag, top);
        if (!skip)
            enter(w, tag);
        if (!skip && tag->first != NULL) {
            tag = tag->first;
            continue;
        }
        while (tag != top && tag->next == NULL) {
            leave(w, tag);
            tag = tag->up;
        }
        leave(w, tag);
        if (tag == top)
            return;
        tag = tag->next;
    }
}

/* How boilerplate between paragraphs begins; short blocks alone. */
static const char *const openings[] = {
    "advertisement",
    "share this",
    "read more",
    "read also",
    "also read",
    "see also",
    "related:",
    "related stories",
    "related articles",
    "related content",
    "more:",
    "watch:",
    "follow us",
    "sign up",
    "subscribe",
    "click here to",
    "photo:",
    "image:",
    "picture:",
    "photo by",
    "image credit",
    "photo credit",
    "copyright",
    "©",
    "all rights reserved",
    "story continues",
    "continue reading",
    "posted by",
    "published:",
    "updated:",
    "tags:",
    "filed under",
    "share on",
    "source:",
    "don't miss",
    "you may also",
    "recommended",
    "must read",
    "read next",
    "loading",
    "print this",
    "email this",
    "tweet",
    "view comments",
    "leave a comment",
    "comments",
    "sponsored",
    "promoted",
    "(photo",
    "get the latest",
    "like us on",
    "follow @",
    "skip to",
    "read the full",
    "listen to",
    "read:",
    "also see",
    "trending",
    "most read",
    "more from",
    "more on this",
    "editor's picks",
};

static bool opens_so(gs_text text)
{
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t size = strlen(openings[i]);

        if (text.size >= size && strncasecmp(text.bytes, openings[i], size) == 0)
            return true;
    }
    return false;
}

static bool is_filler(const block *b)
{
    if (b->words <= 14 && opens_so(b->text))
        return true;
    return !b->list && b->words > 0 && b->words < 30 && b->linked * 10 >= b->words * 9 &&
           b->words >= 3;
}

/* Who wrote it and when, above the first paragraph. */
static bool is_byline(const block *b)
{
    return b->words <= 10 &&
           ((b->text.size > 3 && strncasecmp(b->text.bytes, "by ", 3) == 0) ||
            !(gs_text_ends(b->text, GS_TEXT(".")) ||
              gs_text_ends(b->text, GS_TEXT(":")) ||
              gs_text_ends(b->text, GS_TEXT("?")) ||
              gs_text_ends(b->text, GS_TEXT("”"))));
}

static gs_text join(gs_arena *arena, const block *blocks, size_t count)
{
    gs_text *pieces = gs_arena_array(arena, count, sizeof *pieces);

    if (pieces == NULL)
        return (gs_text){0};
    for (size_t i = 0; i < count; i++)
        pieces[i] = blocks[i].text;
    return gs_text_join(arena, pieces, count, GS_TEXT("\n\n"));
}

/* Fillers go, and so do headings and bylines before the first paragraph, and headings
 * behind the last. */
static size_t sift(block *blocks, size_t count, gs_text title)
{
    size_t kept = 0;
    bool begun = false;

    for (size_t i = 0; i < count; i++) {
        block *b = &blocks[i];

        if (is_filler(b) || (b->heading && gs_text_equal(b->text, title)))
            continue;
        if (!begun && (gs_text_equal(b->text, title) || is_byline(b)))
            continue;
        begun = begun || !b->heading;
        blocks[kept++] = *b;
    }
    while (kept > 0 && blocks[kept - 1].heading)
        kept--;
    return kept;
}

gs_code gs_article_write(gs_text *out, gs_tag *top, bool whole, gs_text title,
                         gs_arena *arena, gs_error *err)
{
    writer w = {.arena = arena};
    const gs_tag *up = top->up;

    if (whole || up == NULL)
        write_element(&w, top, whole);
    for (const gs_tag *t = whole || up == NULL ? NULL : up->first; t != NULL; t = t->next)
        if ((t->flags & GS_TAG_CHOSEN) != 0)
            write_element(&w, t, whole);
    close_block(&w);
    gs_buffer_free(&w.open);
    if (!whole && !w.failed)
        w.count = sift(w.blocks, w.count, title);
    *out = (gs_text){0};
    if (w.count > 0 && !w.failed)
        *out = join(arena, w.blocks, w.count);
    if (w.failed || (w.count > 0 && out->bytes == NULL))
        return gs_fail_memory(err);
    return GS_OK;
}

gs_code gs_article_text(gs_text *out, gs_tag *page, gs_text title, gs_arena *arena,
                        gs_error *err)
{
    gs_tag *top;

    *out = (gs_text){0};
    gs_article_mark(page, false);
    top = gs_article_pick(page);
    return gs_article_write(out, top == NULL ? page : top, false, title, arena, err);
}

gs_code gs_fragment_text(gs_text *out, gs_tag *fragment, gs_arena *arena, gs_error *err)
{
    gs_article_mark(fragment, true);
    return gs_article_write(out, fragment, true, (gs_text){0}, arena, err);
}
