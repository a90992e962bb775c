#include "ingest/formats/markup.h"
#include "graph/base/scan.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

enum {
    PIECE = 4096,        /* of a text, as it is kept */
    WIDE_HTML = 2 * 352, /* attributes of one element, in the rooms that libxml2 makes */
    WIDE_XML = 5 * 352,
    SPACES_MAX = 2 * 320, /* namespaces that are declared at once */
};

typedef struct builder {
    gs_arena *arena;
    gs_tag *root, *at;
    size_t count, depth;
    bool memory, many;
    gs_text left;   /* what the parser has not read yet */
    gs_buffer open; /* text that may go on */
    int wide;
    xmlParserCtxtPtr parser;
} builder;

static gs_tag *add(builder *b)
{
    gs_tag *tag;

    if (b->memory || b->many)
        return NULL;
    tag = gs_arena_take(b->arena, sizeof *tag);
    b->memory = tag == NULL;
    b->many = ++b->count > GS_TAGS_MAX;
    if (b->memory || b->many) {
        xmlStopParser(b->parser);
        return NULL;
    }
    tag->up = b->at;
    if (b->at->last != NULL)
        b->at->last->next = tag;
    else
        b->at->first = tag;
    b->at->last = tag;
    return tag;
}

static gs_text keep(builder *b, const char *bytes, size_t size)
{
    gs_text text = {0};

    if (bytes != NULL)
        text = gs_text_copy(b->arena, (gs_text){bytes, size});
    b->memory = b->memory || (bytes != NULL && text.bytes == NULL);
    return text;
}

static gs_text keep_string(builder *b, const xmlChar *string)
{
    const char *bytes = (const char *)string;

    return keep(b, bytes, bytes == NULL ? 0 : strlen(bytes));
}

static void end_text(builder *b)
{
    gs_tag *tag = b->open.size > 0 ? add(b) : NULL;

    if (tag != NULL)
        tag->text = keep(b, b->open.bytes, b->open.size);
    b->memory = b->memory || b->open.failed;
    gs_buffer_clear(&b->open);
}

/* A text comes in pieces, one for each reference that stands in it. */
static void on_text(void *context, const xmlChar *bytes, int size)
{
    builder *b = context;

    if (size > 0)
        gs_buffer_bytes(&b->open, bytes, (size_t)size);
    if (b->open.size >= PIECE)
        end_text(b);
}

/* An element with room for its attributes; NULL when there can be no more. */
static gs_tag *start(builder *b, size_t attributes)
{
    gs_tag *tag;

    end_text(b);
    b->count += attributes;
    tag = add(b);
    if (tag == NULL)
        return NULL;
    tag->attributes = gs_arena_array(b->arena, attributes, sizeof *tag->attributes);
    b->memory = b->memory || tag->attributes == NULL;
    return tag;
}

static void enter(builder *b, gs_tag *tag)
{
    b->at = tag;
    if (++b->depth > GS_TAG_DEPTH_MAX)
        xmlStopParser(b->parser);
}

static void leave(builder *b)
{
    end_text(b);
    if (b->at->up == NULL)
        return;
    b->at = b->at->up;
    b->depth--;
}

static void on_html_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    builder *b = context;
    size_t count = 0;
    gs_tag *tag;

    while (attributes != NULL && attributes[2 * count] != NULL)
        count++;
    tag = start(b, count);
    if (tag == NULL)
        return;
    tag->name = keep_string(b, name);
    for (size_t i = 0; i < count && !b->memory; i++) {
        tag->attributes[i].name = keep_string(b, attributes[2 * i]);
        tag->attributes[i].value = keep_string(b, attributes[2 * i + 1]);
        tag->attribute_count++;
    }
    enter(b, tag);
}

static void on_html_end(void *context, const xmlChar *name)
{
    (void)name; /* libxml2 gives an end to each start, in their order */
    leave(context);
}

/* Attributes come in fives: name, prefix, namespace, value, its end. */
static void on_xml_start(void *context, const xmlChar *name, const xmlChar *prefix,
                         const xmlChar *space, int spaces, const xmlChar **declared,
                         int count, int defaulted, const xmlChar **attributes)
{
    builder *b = context;
    gs_tag *tag = start(b, (size_t)count);

    (void)spaces, (void)declared, (void)defaulted;
    if (tag == NULL)
        return;
    tag->name = keep_string(b, name);
    tag->space = keep_string(b, space != NULL ? space : prefix);
    for (int i = 0; i < count && !b->memory; i++) {
        const char *from = (const char *)attributes[5 * i + 3];
        const char *end = (const char *)attributes[5 * i + 4];

        tag->attributes[i].name = keep_string(b, attributes[5 * i]);
        tag->attributes[i].value = keep(b, from, from == NULL ? 0 : (size_t)(end - from));
        tag->attribute_count++;
    }
    enter(b, tag);
}

static void on_xml_end(void *context, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *space)
{
    (void)name, (void)prefix, (void)space;
    leave(context);
}

/* Whether an element has so many attributes, or so many namespaces are declared, that
 * libxml2, which compares each one with all others, takes long for them. It does so before
 * it tells of the element, but asks for more bytes meanwhile. */
static bool is_wide(const builder *b)
{
#if LIBXML_VERSION < 21400
    return b->parser->maxatts > b->wide || b->parser->nsMax > SPACES_MAX;
#else
    (void)b; /* it hashes them */
    return false;
#endif
}

static int supply(void *context, char *to, int room)
{
    builder *b = context;
    size_t size = b->left.size < (size_t)room ? b->left.size : (size_t)room;

    if (is_wide(b))
        return 0;
    if (size > 0)
        memcpy(to, b->left.bytes, size);
    b->left = gs_text_slice(b->left, size, b->left.size);
    return (int)size;
}

static gs_code give(gs_tag **out, builder *b, gs_error *err)
{
    gs_buffer_free(&b->open);
    if (b->memory)
        return gs_fail_memory(err);
    if (b->many)
        return gs_fail(err, GS_INPUT, "more than %d elements; split it", GS_TAGS_MAX);
    *out = b->root;
    return GS_OK;
}

static bool begin(builder *b, gs_arena *arena)
{
    *b = (builder){.arena = arena, .root = gs_arena_take(arena, sizeof *b->root)};
    b->at = b->root;
    return b->root != NULL;
}

/* libxml2 ends at a NUL, which is no character of markup; and takes sizes as int. */
static gs_code prepare(gs_text *text, gs_arena *arena, gs_error *err)
{
    char *bytes;

    if (text->size > INT32_MAX / 2)
        return gs_fail(err, GS_INPUT, "more than 1 GiB; split it");
    if (text->size == 0 || memchr(text->bytes, '\0', text->size) == NULL)
        return GS_OK;
    bytes = gs_arena_take(arena, text->size);
    if (bytes == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < text->size; i++)
        bytes[i] = text->bytes[i] == '\0' ? ' ' : text->bytes[i];
    text->bytes = bytes;
    return GS_OK;
}

/* Neither a tag nor a reference nor anything that markup may not hold. */
static bool is_plain(gs_text text)
{
    return text.size > 0 && !gs_scan_has_control(text) &&
           memchr(text.bytes, '<', text.size) == NULL &&
           memchr(text.bytes, '&', text.size) == NULL;
}

/* What libxml2 makes of a text without markup: one paragraph. */
static gs_code give_plain(gs_tag **out, gs_text text, gs_arena *arena, gs_error *err)
{
    static const char *const names[] = {"html", "body", "p"};
    gs_tag *root = gs_arena_take(arena, sizeof *root), *at = root;

    for (size_t i = 0; i <= sizeof names / sizeof *names && at != NULL; i++) {
        gs_tag *tag = gs_arena_take(arena, sizeof *tag);

        at->first = at->last = tag;
        if (tag == NULL)
            return gs_fail_memory(err);
        tag->up = at;
        if (i < sizeof names / sizeof *names)
            tag->name = gs_text_of(names[i]);
        else
            tag->text = gs_text_copy(arena, text);
        at = tag;
    }
    if (at == NULL || at->text.bytes == NULL)
        return gs_fail_memory(err);
    *out = root;
    return GS_OK;
}

gs_code gs_markup_html(gs_tag **out, gs_text text, gs_arena *arena, gs_error *err)
{
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_NODEFDTD;
    builder b;
    htmlParserCtxtPtr parser;
    htmlSAXHandler handler = {.startElement = on_html_start,
                              .endElement = on_html_end,
                              .characters = on_text,
                              .ignorableWhitespace = on_text,
                              .cdataBlock = on_text};
    gs_code rc = prepare(&text, arena, err);

    if (rc != GS_OK)
        return rc;
    if (is_plain(text))
        return give_plain(out, text, arena, err);
    parser = htmlNewParserCtxt();
    if (parser == NULL || !begin(&b, arena)) {
        htmlFreeParserCtxt(parser);
        return gs_fail_memory(err);
    }
    b.parser = parser;
    b.left = text;
    b.wide = WIDE_HTML;
    *parser->sax = handler;
    parser->userData = &b;
    xmlFreeDoc(htmlCtxtReadIO(parser, supply, NULL, &b, NULL, "UTF-8", options));
    end_text(&b);
    htmlFreeParserCtxt(parser);
    return give(out, &b, err);
}

size_t gs_markup_skip(gs_text text, size_t at)
{
    static const struct {
        gs_text start, end;
    } sections[] = {{GS_TEXT_INIT("<![CDATA["), GS_TEXT_INIT("]]>")},
                    {GS_TEXT_INIT("<!--"), GS_TEXT_INIT("-->")},
                    {GS_TEXT_INIT("<?"), GS_TEXT_INIT("?>")}};
    gs_text rest = gs_text_slice(text, at, text.size);

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        size_t end;

        if (!gs_text_starts(rest, sections[i].start))
            continue;
        end = gs_text_find(rest, sections[i].end, sections[i].start.size);
        return end == SIZE_MAX ? text.size : at + end + sections[i].end.size;
    }
    return at;
}

/* By hand: printf took a seventh of the time that a feed takes. */
static void put_number(gs_buffer *to, unsigned point)
{
    char reference[16];
    size_t at = sizeof reference;

    reference[--at] = ';';
    do
        reference[--at] = (char)('0' + point % 10);
    while ((point /= 10) > 0);
    reference[--at] = '#';
    reference[--at] = '&';
    gs_buffer_bytes(to, reference + at, sizeof reference - at);
}

/* A reference at `at` (an ampersand) as a number, which the parser takes also of a file
 * that it has found broken; gives how many bytes it took. HTML's names, which feeds use
 * without declaring them, are known; an ampersand that refers to nothing is itself. */
static size_t put_reference(gs_buffer *to, gs_text text, size_t at)
{
    enum { ENTITY_MAX = 12 };
    char name[ENTITY_MAX + 1];
    size_t size = 0;
    const htmlEntityDesc *known = NULL;

    while (size < ENTITY_MAX && at + 1 + size < text.size &&
           ((text.bytes[at + 1 + size] | 0x20) >= 'a' || size > 0) &&
           strchr(";&< \n", text.bytes[at + 1 + size]) == NULL) {
        name[size] = text.bytes[at + 1 + size];
        size++;
    }
    name[size] = '\0';
    if (at + 1 + size < text.size && text.bytes[at + 1 + size] == ';')
        known = htmlEntityLookup((const xmlChar *)name);
    if (known != NULL) {
        put_number(to, known->value);
        return size + 2;
    }
    if (at + 2 < text.size && text.bytes[at + 1] == '#' &&
        (text.bytes[at + 2] == 'x' ||
         (text.bytes[at + 2] >= '0' && text.bytes[at + 2] <= '9')))
        gs_buffer_char(to, '&');
    else
        gs_buffer_text(to, GS_TEXT("&#38;"));
    return 1;
}

/* Into `out`, which may become as large as *size, by which the arena's budget knows it. */
static gs_code number_references(gs_buffer *out, size_t *size, const gs_text *text,
                                 gs_arena *arena, gs_error *err)
{
    size_t at = 0, from = 0;

    *size = text->size;
    for (size_t i = 0; i < text->size; i++)
        *size += text->bytes[i] == '&' ? sizeof "#38;" - 1 : 0;
    if (!gs_budget_take(arena->budget, *size)) {
        *size = 0;
        return gs_fail_memory(err);
    }

    while (at < text->size) {
        size_t end = text->bytes[at] == '<' ? gs_markup_skip(*text, at) : at;

        if (end > at) {
            at = end;
        } else if (text->bytes[at] == '&') {
            gs_buffer_text(out, gs_text_slice(*text, from, at));
            at += put_reference(out, *text, at);
            from = at;
        } else {
            at++;
        }
    }
    gs_buffer_text(out, gs_text_slice(*text, from, at));
    return out->failed ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_markup_xml(gs_tag **out, gs_text text, gs_arena *arena, gs_error *err)
{
    /* NOENT for the sake of numbers in attributes: no named reference is left, and what a
     * file declares is told to nobody. */
    const int options = XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NOERROR |
                        XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC;
    builder b;
    xmlParserCtxtPtr parser;
    xmlSAXHandler handler = {.startElementNs = on_xml_start,
                             .endElementNs = on_xml_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text,
                             .initialized = XML_SAX2_MAGIC};
    gs_buffer numbered = {0};
    size_t size = 0;
    gs_code rc;

    GS_TRY(prepare(&text, arena, err));
    text = gs_text_trim(text); /* many a feed begins with a blank line */
    GS_TRY(number_references(&numbered, &size, &text, arena, err));
    parser = xmlNewParserCtxt();
    if (parser == NULL || !begin(&b, arena)) {
        xmlFreeParserCtxt(parser);
        rc = gs_fail_memory(err);
        goto out;
    }
    b.parser = parser;
    b.left = gs_buffer_view(&numbered);
    b.wide = WIDE_XML;
    *parser->sax = handler;
    parser->userData = &b;
    xmlFreeDoc(xmlCtxtReadIO(parser, supply, NULL, &b, NULL, "UTF-8", options));
    end_text(&b);
    xmlFreeParserCtxt(parser);
    rc = give(out, &b, err);
out:
    gs_buffer_free(&numbered);
    gs_budget_give(arena->budget, size);
    return rc;
}

gs_text gs_markup_charset(gs_text bytes)
{
    enum { FAR = 8192 };
    static const char *const words[] = {"encoding=", "charset="};
    gs_text head = gs_text_slice(bytes, 0, FAR);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = gs_text_find(head, gs_text_of(words[i]), 0), end;

        if (at == SIZE_MAX)
            continue;
        if (i == 0 && gs_text_find(head, GS_TEXT("?>"), 0) < at)
            continue; /* it stands in no XML declaration */
        at += strlen(words[i]);
        while (at < head.size && strchr("\"' ", head.bytes[at]) != NULL)
            at++;
        for (end = at; end < head.size && strchr("\"' ;/>?", head.bytes[end]) == NULL;)
            end++;
        return gs_text_slice(head, at, end);
    }
    return (gs_text){0};
}

gs_text gs_tag_value(const gs_tag *tag, gs_text name)
{
    for (size_t i = 0; i < tag->attribute_count; i++)
        if (tag->attributes[i].name.size == name.size &&
            memcmp(tag->attributes[i].name.bytes, name.bytes, name.size) == 0)
            return tag->attributes[i].value;
    return (gs_text){0};
}

gs_tag *gs_tag_skip(const gs_tag *tag, const gs_tag *top)
{
    while (tag != top && tag->next == NULL)
        tag = tag->up;
    return tag == top ? NULL : tag->next;
}

gs_tag *gs_tag_next(const gs_tag *tag, const gs_tag *top)
{
    return tag->first != NULL ? tag->first : gs_tag_skip(tag, top);
}

gs_tag *gs_tag_child(const gs_tag *tag, const char *name, const gs_tag *after)
{
    gs_tag *child = after == NULL ? tag->first : after->next;

    while (child != NULL && !gs_tag_is(child, name))
        child = child->next;
    return child;
}

/* As much of a text as is allowed, no character cut in two. */
static gs_text cut(gs_text text, size_t room)
{
    if (text.size <= room)
        return text;
    while (room > 0 && ((unsigned char)text.bytes[room] & 0xC0) == 0x80)
        room--;
    return (gs_text){text.bytes, room};
}

gs_text gs_tag_text(const gs_tag *tag, gs_arena *arena)
{
    size_t room = SIZE_MAX;

    return gs_tag_text_within(tag, &room, arena);
}

gs_text gs_tag_text_within(const gs_tag *tag, size_t *room, gs_arena *arena)
{
    gs_buffer whole = {0};
    gs_text text;

    for (const gs_tag *t = tag; t != NULL && *room > 0; t = gs_tag_next(t, tag)) {
        text = cut(t->text, *room - 1);
        *room -= 1 + text.size;
        gs_buffer_text(&whole, text);
    }
    text = whole.size == 0 ? GS_TEXT("") : gs_normalise(arena, gs_buffer_view(&whole));
    if (whole.failed)
        text = (gs_text){0};
    gs_buffer_free(&whole);
    return text;
}
