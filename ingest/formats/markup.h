/* HTML and XML as a tree, as broken as they come: libxml2 reads, what it finds is kept in
 * an arena. No entity but the predefined ones and those of HTML is expanded, nothing is
 * fetched.
 *
 * Ownership  the tree is the arena's and borrows nothing.
 * Errors     GS_MEMORY; GS_INPUT for what has more elements than GS_TAGS_MAX. What nests
 *            deeper than GS_TAG_DEPTH_MAX, or has an element with thousands of attributes,
 *            ends there, and what stands before it is given.
 * Threads    pure, but for the arena.
 */
#ifndef GS_INGEST_MARKUP_H
#define GS_INGEST_MARKUP_H

#include "graph/base/buffer.h"
#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdbool.h>
#include <string.h>

enum {
    GS_TAG_DEPTH_MAX = 1000,
    GS_TAGS_MAX = 1 << 20, /* elements, their attributes and pieces of text of one file */
};

typedef struct gs_attribute {
    gs_text name, value;
} gs_attribute;

typedef struct gs_tag gs_tag;

struct gs_tag {
    gs_text name;  /* in small letters (HTML), without prefix; missing: it is text */
    gs_text space; /* of XML: the namespace */
    gs_text text;  /* of text */
    gs_attribute *attributes;
    size_t attribute_count;
    gs_tag *up, *first, *last, *next; /* `up` is NULL for the root alone */
    /* Of whoever reads the tree, 0 at first. */
    unsigned flags;
    float score;
    uint32_t words, linked, commas, paragraphs;
};

/* From UTF-8; the root has no name, and holds the elements. */
GS_CHECKED gs_code gs_markup_html(gs_tag **out, gs_text text, gs_arena *arena,
                                  gs_error *err);
GS_CHECKED gs_code gs_markup_xml(gs_tag **out, gs_text text, gs_arena *arena,
                                 gs_error *err);

/* The character set that markup declares in its beginning; missing where it does not. */
gs_text gs_markup_charset(gs_text bytes);

/* Behind what stands in no text at `at`: CDATA, a comment, an instruction; else `at`. */
size_t gs_markup_skip(gs_text text, size_t at);

/* Of a literal, whose length the compiler knows: pages are asked this very often. */
static inline bool gs_tag_is(const gs_tag *tag, const char *name)
{
    size_t size = strlen(name);

    return tag->name.size == size && memcmp(tag->name.bytes, name, size) == 0;
}

/* The value of an attribute; missing where there is none. */
gs_text gs_tag_value(const gs_tag *tag, gs_text name);

static inline gs_text gs_tag_attribute(const gs_tag *tag, const char *name)
{
    return gs_tag_value(tag, (gs_text){name, strlen(name)});
}

/* The next element or text in the order of the file, below `top` alone; NULL at the end. */
gs_tag *gs_tag_next(const gs_tag *tag, const gs_tag *top);
/* The same, without what is below `tag`. */
gs_tag *gs_tag_skip(const gs_tag *tag, const gs_tag *top);
/* The first child of that name, or the next one behind `after` (NULL: from the first). */
gs_tag *gs_tag_child(const gs_tag *tag, const char *name, const gs_tag *after);
/* All text below, as it stands, white space made one blank and trimmed. */
gs_text gs_tag_text(const gs_tag *tag, gs_arena *arena);
/* The same, no more than *room allows, which each byte and each element lessens by one:
 * elements that stand in each other can be read one by one in bounded time. */
gs_text gs_tag_text_within(const gs_tag *tag, size_t *room, gs_arena *arena);

#endif
