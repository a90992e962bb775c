/* What is never text of an article, by its element, its class and its size. */
#include "ingest/formats/article.h"
#include "ingest/formats/article_words.h"
#include <stdlib.h>
#include <string.h>

typedef struct element {
    const char *name;
    unsigned flags;
} element;

#define DROP GS_TAG_DROPPED
#define BLOCK GS_TAG_BLOCK
#define HEAD (GS_TAG_BLOCK | GS_TAG_HEADING)

/* In the order of their names. */
static const element elements[] = {
    {"a", GS_TAG_LINK},
    {"address", BLOCK},
    {"applet", DROP},
    {"article", BLOCK},
    {"aside", BLOCK | DROP},
    {"audio", DROP},
    {"blockquote", BLOCK},
    {"body", BLOCK},
    {"br", BLOCK},
    {"button", DROP},
    {"canvas", DROP},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"datalist", DROP},
    {"dd", BLOCK},
    {"details", BLOCK},
    {"dialog", DROP},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"embed", DROP},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK | DROP},
    {"figure", BLOCK | DROP},
    {"footer", BLOCK | DROP},
    {"form", BLOCK},
    {"h1", HEAD},
    {"h2", HEAD},
    {"h3", HEAD},
    {"h4", HEAD},
    {"h5", HEAD},
    {"h6", HEAD},
    {"head", DROP},
    {"header", BLOCK},
    {"hr", BLOCK},
    {"iframe", DROP},
    {"input", DROP},
    {"li", BLOCK},
    {"link", DROP},
    {"main", BLOCK},
    {"map", DROP},
    {"menu", BLOCK | DROP},
    {"meta", DROP},
    {"nav", BLOCK | DROP},
    {"noscript", DROP},
    {"object", DROP},
    {"ol", BLOCK},
    {"option", DROP},
    {"p", BLOCK},
    {"picture", DROP},
    {"pre", BLOCK},
    {"script", DROP},
    {"section", BLOCK},
    {"select", DROP},
    {"style", DROP},
    {"summary", BLOCK},
    {"svg", DROP},
    {"table", BLOCK},
    {"tbody", BLOCK},
    {"td", BLOCK},
    {"template", DROP},
    {"textarea", DROP},
    {"tfoot", BLOCK},
    {"th", BLOCK},
    {"thead", BLOCK},
    {"title", DROP},
    {"tr", BLOCK},
    {"ul", BLOCK},
    {"video", DROP},
};

static int by_name(const void *key, const void *item)
{
    const gs_text *name = key;
    const char *other = ((const element *)item)->name;
    size_t size = strlen(other);
    int order = memcmp(name->bytes, other, name->size < size ? name->size : size);

    return order != 0 ? order : (name->size > size) - (name->size < size);
}

static unsigned flags_of(gs_text name)
{
    const element *found = bsearch(&name, elements, sizeof elements / sizeof *elements,
                                   sizeof *elements, by_name);

    return found == NULL ? 0 : found->flags;
}

static bool is_hidden(const gs_tag *tag)
{
    gs_text style = gs_tag_attribute(tag, "style");

    if (gs_tag_attribute(tag, "hidden").bytes != NULL ||
        gs_text_equal(gs_tag_attribute(tag, "aria-hidden"), GS_TEXT("true")))
        return true;
    return style.size > 0 &&
           (gs_text_find(style, GS_TEXT("display:none"), 0) != SIZE_MAX ||
            gs_text_find(style, GS_TEXT("display: none"), 0) != SIZE_MAX ||
            gs_text_find(style, GS_TEXT("visibility:hidden"), 0) != SIZE_MAX);
}

static bool has_other_role(const gs_tag *tag)
{
    static const char *const roles[] = {"navigation", "complementary", "contentinfo",
                                        "dialog",     "alertdialog",   "menu",
                                        "menubar",    "search",        "banner"};
    gs_text role = gs_tag_attribute(tag, "role");

    for (size_t i = 0; role.size > 0 && i < sizeof roles / sizeof *roles; i++)
        if (gs_text_equal(role, gs_text_of(roles[i])))
            return true;
    return false;
}

static bool is_page(const gs_tag *tag)
{
    return gs_tag_is(tag, "html") || gs_tag_is(tag, "body") || gs_tag_is(tag, "main");
}

/* An element that a class calls none of the text is none, unless it holds too much of the
 * page's: then the class speaks of what else is in it. */
static bool is_beside(const gs_tag *tag, const gs_tag *page)
{
    unsigned use = gs_tag_use(tag);

    if (is_page(tag) || (use & GS_USE_BODY) != 0 || gs_tag_is(tag, "blockquote"))
        return false; /* a quotation of a post belongs to the text, whoever shows it */
    if ((use & GS_USE_COMMENTS) != 0 && !gs_tag_is(tag, "article"))
        return tag->paragraphs * 10 < page->paragraphs * 9;
    if (!has_other_role(tag) && (use & GS_USE_BESIDE) == 0)
        return false;
    return tag->paragraphs * 4 < page->paragraphs;
}

/* A date that stands beside the paragraphs. */
static bool is_lone_time(const gs_tag *tag)
{
    const gs_tag *up = tag->up;

    if (!gs_tag_is(tag, "time"))
        return false;
    while (up != NULL && (up->flags & GS_TAG_BLOCK) == 0)
        up = up->up;
    return up == NULL || (!gs_tag_is(up, "p") && !gs_tag_is(up, "li") &&
                          !gs_tag_is(up, "blockquote") && !gs_tag_is(up, "td"));
}

static void count_up(gs_tag *tag, const gs_tag *page)
{
    if (tag != page && tag->up != NULL) {
        tag->up->words += tag->words;
        tag->up->commas += tag->commas;
        tag->up->paragraphs += tag->paragraphs;
        tag->up->linked += (tag->flags & GS_TAG_LINK) != 0 ? tag->words : tag->linked;
    }
}

static bool is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Words; of scripts that do not part them, one for each six bytes. */
static void count_text(gs_tag *tag)
{
    size_t at = 0;

    while (at < tag->text.size) {
        size_t from, high = 0;

        while (at < tag->text.size && is_space((unsigned char)tag->text.bytes[at]))
            at++;
        for (from = at;
             at < tag->text.size && !is_space((unsigned char)tag->text.bytes[at]); at++) {
            high += (unsigned char)tag->text.bytes[at] >= 0xE0;
            tag->commas += tag->text.bytes[at] == ',';
        }
        if (at > from)
            tag->words += 1 + (uint32_t)(high > 4 ? high / 2 : 0);
    }
}

void gs_article_measure(gs_tag *page)
{
    gs_tag *tag = page;

    for (;;) {
        tag->words = tag->linked = tag->commas = tag->paragraphs = 0;
        if (tag->text.bytes != NULL)
            count_text(tag);
        if (tag->first != NULL && (tag->flags & GS_TAG_DROPPED) == 0) {
            tag = tag->first;
            continue;
        }
        while (tag != page && tag->next == NULL) {
            if (gs_tag_is(tag, "p"))
                tag->paragraphs += tag->words;
            count_up(tag, page);
            tag = tag->up;
        }
        if (tag == page)
            return;
        if (gs_tag_is(tag, "p"))
            tag->paragraphs += tag->words;
        count_up(tag, page);
        tag = tag->next;
    }
}

/* A header holds title and names, unless paragraphs stand in it. */
static bool is_bare_header(const gs_tag *tag)
{
    return gs_tag_is(tag, "header") && tag->paragraphs < 20;
}

/* A figure may hold a table or a quotation. */
static bool is_text_figure(const gs_tag *tag)
{
    return gs_tag_is(tag, "figure") && (gs_tag_child(tag, "table", NULL) != NULL ||
                                        gs_tag_child(tag, "blockquote", NULL) != NULL ||
                                        gs_tag_child(tag, "pre", NULL) != NULL);
}

void gs_article_mark(gs_tag *page, bool whole)
{
    for (gs_tag *tag = page; tag != NULL; tag = gs_tag_next(tag, page)) {
        tag->flags = tag->name.bytes == NULL ? 0 : flags_of(tag->name);
        if (is_text_figure(tag) || (gs_tag_is(tag, "figcaption") && whole))
            tag->flags &= ~(unsigned)GS_TAG_DROPPED;
    }
    gs_article_measure(page);
    for (gs_tag *tag = page->first; tag != NULL;) {
        bool drop = (tag->flags & GS_TAG_DROPPED) != 0;

        if (!drop && tag->name.bytes != NULL)
            drop = is_hidden(tag) ||
                   (!whole &&
                    (is_beside(tag, page) || is_lone_time(tag) || is_bare_header(tag)));
        if (drop)
            tag->flags |= GS_TAG_DROPPED;
        tag = drop ? gs_tag_skip(tag, page) : gs_tag_next(tag, page);
    }
    gs_article_measure(page);
}

int gs_class_weight(const gs_tag *tag)
{
    unsigned use = gs_tag_use(tag);

    return ((use & GS_USE_BODY) != 0   ? 50
            : (use & GS_USE_TEXT) != 0 ? 25
                                       : 0) -
           ((use & GS_USE_BESIDE) != 0 ? 25 : 0);
}

float gs_link_density(const gs_tag *tag)
{
    return tag->words == 0 ? 0 : (float)tag->linked / (float)tag->words;
}
