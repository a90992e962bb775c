/* RSS of every version and Atom: a document an item, with what the item holds of the
 * article as its text. Told by names without prefixes, since feeds are careless with their
 * namespaces; those of players and pictures are left out. */
#include "ingest/formats/article.h"
#include "ingest/formats/feed_items.h"
#include "ingest/formats/foreign.h"
#include "ingest/formats/jsonld.h"
#include "ingest/formats/page_facts.h"
#include "ingest/formats/review.h"
#include "ingest/formats/stamp.h"
#include <libxml/uri.h>
#include <string.h>

typedef struct channel {
    gs_tag *tag; /* NULL: the feed has none */
    gs_text title, link, language;
} channel;

static int sniff(gs_text head, const char *path)
{
    static const char *const roots[] = {"rss", "RDF", "feed", "channel"};
    gs_text root = gs_markup_root(head);

    if (gs_is_binary(head) || root.size == 0)
        return 0;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (gs_text_equal(root, gs_text_of(roots[i])))
            return 94;
    return (gs_path_ends(path, ".rss") || gs_path_ends(path, ".atom")) &&
                   gs_text_equal(root, GS_TEXT("entry"))
               ? 60
               : 0;
}

static bool is_foreign_space(gs_text space)
{
    static const char *const spaces[] = {"media",   "mrss",       "itunes",
                                         "podcast", "googleplay", "thumbnail"};

    for (size_t i = 0; space.size > 0 && i < sizeof spaces / sizeof *spaces; i++)
        if (gs_text_find(space, gs_text_of(spaces[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

static bool is_foreign(const gs_tag *tag)
{
    return is_foreign_space(tag->space);
}

/* The first child of one of these names (NULL ends them) that says something. */
static gs_tag *child_of(const gs_tag *tag, const char *const *names)
{
    for (; *names != NULL; names++)
        for (gs_tag *c = gs_tag_child(tag, *names, NULL); c != NULL;
             c = gs_tag_child(tag, *names, c))
            if (!is_foreign(c) && c->first != NULL)
                return c;
    return NULL;
}

static gs_text plain_of(const gs_tag *tag, gs_arena *arena)
{
    gs_text text;

    if (tag == NULL)
        return (gs_text){0};
    text = gs_tag_text(tag, arena);
    if (gs_text_equal(gs_tag_attribute(tag, "mode"), GS_TEXT("base64")))
        return (gs_text){0};
    if (gs_text_equal(gs_tag_attribute(tag, "type"), GS_TEXT("text")))
        return text.size > 0 ? text : (gs_text){0};
    return gs_ld_plain(text, arena);
}

/* An address against the bases above it, the feed's own last. */
static gs_text resolve(const gs_tag *tag, gs_text address, gs_text last, gs_arena *arena)
{
    const char *string;

    for (const gs_tag *up = tag; up != NULL; up = up->up) {
        gs_text base = gs_tag_attribute(up, "base");
        bool whole = gs_text_find(address, GS_TEXT("://"), 0) != SIZE_MAX;
        xmlChar *found;

        base = up->up == NULL && base.size == 0 ? last : base;
        if (whole || base.size == 0)
            continue;
        string = gs_text_string(arena, gs_text_trim(base));
        address.bytes = gs_text_string(arena, address);
        if (string == NULL || address.bytes == NULL)
            return (gs_text){0};
        found = xmlBuildURI((const xmlChar *)address.bytes, (const xmlChar *)string);
        if (found != NULL)
            address = gs_text_copy(arena, gs_text_of((const char *)found));
        xmlFree(found);
    }
    return gs_text_find(address, GS_TEXT("://"), 0) != SIZE_MAX ? address : (gs_text){0};
}

/* Atom's alternate; of none, any that is no file, no comment and not the feed itself. */
static gs_text link_of(const gs_tag *tag, gs_arena *arena)
{
    static const char *const others[] = {"enclosure", "replies", "edit", "hub",
                                         "license",   "search",  "next", "previous"};
    gs_text any = {0};

    for (gs_tag *l = gs_tag_child(tag, "link", NULL); l != NULL;
         l = gs_tag_child(tag, "link", l)) {
        gs_text href = gs_text_trim(gs_tag_attribute(l, "href"));
        gs_text rel = gs_tag_attribute(l, "rel");
        bool other = false;

        if (is_foreign(l))
            continue;
        if (href.size == 0)
            href = gs_tag_text(l, arena);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            other = other || gs_text_equal(rel, gs_text_of(others[i]));
        if (href.size == 0 || other)
            continue;
        if (rel.size == 0 || gs_text_equal(rel, GS_TEXT("alternate")))
            return href;
        if (any.size == 0)
            any = href;
    }
    return any;
}

static gs_text address_of(const gs_tag *item, const channel *feed, gs_arena *arena)
{
    static const char *const ids[] = {"guid", "id", NULL};
    gs_text link = link_of(item, arena);
    const gs_tag *id = child_of(item, ids);
    gs_text guid = id == NULL ? (gs_text){0} : gs_tag_text(id, arena);
    bool named = gs_text_starts(guid, GS_TEXT("http")) &&
                 !gs_text_equal(gs_tag_attribute(id, "isPermaLink"), GS_TEXT("false"));

    if (link.size == 0 || (named && gs_text_equal(link, feed->link)))
        link = named ? guid : link;
    if (link.size == 0)
        link = gs_tag_attribute(item, "about");
    return link.size == 0 ? link : resolve(item, link, feed->link, arena);
}

static gs_text byline_of(const gs_tag *item, gs_arena *arena)
{
    static const char *const names[] = {"author", "creator", NULL};
    static const char *const name[] = {"name", NULL};
    const gs_tag *author = child_of(item, names);
    const gs_tag *inner = author == NULL ? NULL : child_of(author, name);
    gs_text byline = plain_of(inner != NULL ? inner : author, arena);
    size_t open = gs_text_find(byline, GS_TEXT(" ("), 0);

    /* RSS: "desk@post.example (Ida Holm)" */
    if (open != SIZE_MAX && gs_text_ends(byline, GS_TEXT(")")) &&
        gs_text_find(byline, GS_TEXT("@"), 0) < open)
        byline = gs_text_slice(byline, open + 2, byline.size - 1);
    return byline;
}

static gs_code published_of(gs_text *out, const gs_tag *item, gs_arena *arena,
                            gs_error *err)
{
    static const char *const names[] = {"pubDate", "published", "issued",   "date",
                                        "created", "updated",   "modified", NULL};
    gs_code rc = GS_OK;

    *out = (gs_text){0};
    for (size_t i = 0; rc == GS_OK && out->size == 0 && names[i] != NULL; i++) {
        const char *const one[] = {names[i], NULL};
        const gs_tag *tag = child_of(item, one);

        if (tag != NULL)
            rc = gs_stamp_read(out, gs_tag_text(tag, arena), arena, err);
    }
    return rc;
}

static gs_text language_of(const gs_tag *item, const channel *feed)
{
    for (const gs_tag *up = item; up != NULL; up = up->up)
        if (gs_tag_attribute(up, "lang").size > 0)
            return gs_tag_attribute(up, "lang");
    return feed->language;
}

static bool holds_elements(const gs_tag *tag)
{
    for (const gs_tag *t = tag->first; t != NULL; t = t->next)
        if (t->name.bytes != NULL)
            return true;
    return false;
}

static gs_code raw_text(gs_text *out, const gs_tag *tag, gs_arena *arena, gs_error *err)
{
    gs_buffer whole = {0};

    for (const gs_tag *t = tag; t != NULL; t = gs_tag_next(t, tag))
        gs_buffer_text(&whole, t->text);
    *out = gs_text_copy(arena, gs_buffer_view(&whole));
    gs_buffer_free(&whole);
    return whole.failed || out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

/* Markup that stands in an element as such, or escaped as its text, or plain text. Where
 * it is markup, *fragment is its tree. */
static gs_code content_text(gs_text *out, gs_tag **fragment, gs_tag *tag, gs_arena *arena,
                            gs_error *err)
{
    gs_text type = gs_tag_attribute(tag, "type"), raw;
    gs_code rc;

    *out = (gs_text){0};
    *fragment = tag;
    if (gs_text_equal(gs_tag_attribute(tag, "mode"), GS_TEXT("base64")))
        return GS_OK;
    if (holds_elements(tag))
        return gs_fragment_text(out, tag, arena, err);
    GS_TRY(raw_text(&raw, tag, arena, err));
    if (gs_text_equal(type, GS_TEXT("text")) ||
        gs_text_equal(type, GS_TEXT("text/plain"))) {
        *out = gs_text_trim(raw);
        return GS_OK;
    }
    GS_TRY(gs_markup_html(fragment, raw, arena, err));
    rc = gs_fragment_text(out, *fragment, arena, err);
out:
    return rc;
}

static gs_code add_reviews(gs_finds *to, gs_tag *fragment, gs_text url, gs_error *err)
{
    gs_review_page about = {.url = url};
    gs_page_facts facts;
    gs_code rc = gs_page_facts_read(&facts, fragment, to->arena, err);

    for (size_t i = 0; rc == GS_OK && i < facts.review_count; i++)
        rc = gs_review_add(to, facts.reviews[i], &about, err);
    return rc;
}

/* The longest of what an item holds. */
static gs_code item_text(gs_text *out, gs_tag **fragment, const gs_tag *item,
                         gs_arena *arena, gs_error *err)
{
    static const char *const names[] = {"encoded", "content",  "description", "summary",
                                        "body",    "fullitem", "tagline"};
    gs_code rc = GS_OK;

    *out = (gs_text){0};
    *fragment = NULL;
    for (size_t i = 0; rc == GS_OK && i < sizeof names / sizeof *names; i++) {
        const char *const one[] = {names[i], NULL};
        gs_tag *tag = child_of(item, one), *tree;
        gs_text text;

        if (tag == NULL)
            continue;
        rc = content_text(&text, &tree, tag, arena, err);
        if (rc == GS_OK && text.size > out->size) {
            *out = text;
            *fragment = tree;
        }
    }
    return rc;
}

static gs_code add_item(gs_finds *to, const channel *feed, gs_tag *item, bool reviewed,
                        gs_error *err)
{
    static const char *const titles[] = {"title", NULL};
    gs_entries fields = {.arena = to->arena};
    gs_text url = address_of(item, feed, to->arena);
    gs_text title = plain_of(child_of(item, titles), to->arena), text, published;
    gs_tag *fragment;
    gs_code rc;

    GS_TRY(item_text(&text, &fragment, item, to->arena, err));
    GS_TRY(published_of(&published, item, to->arena, err));
    if (url.size == 0 && title.size == 0 && text.size == 0)
        return gs_finds_pass(to, err);
    gs_entries_text(&fields, "type", GS_TEXT("document"));
    gs_entries_text(&fields, "url", url);
    gs_entries_text(&fields, "title", title);
    gs_entries_text(&fields, "byline", byline_of(item, to->arena));
    gs_entries_text(&fields, "publisher", feed->title);
    gs_entries_text(&fields, "published", published);
    gs_entries_text(&fields, "language", language_of(item, feed));
    gs_entries_text(&fields, "text", text);
    GS_TRY(gs_finds_add(to, &fields, title.size > 0 ? title : url, err));
    if (fragment != NULL && reviewed)
        rc = add_reviews(to, fragment, url, err);
out:
    return rc;
}

static channel read_channel(gs_tag *tree, gs_arena *arena)
{
    static const char *const titles[] = {"title", NULL};
    static const char *const languages[] = {"language", NULL};
    channel feed = {0};

    for (gs_tag *t = tree; t != NULL && feed.tag == NULL; t = gs_tag_next(t, tree))
        if (gs_tag_is(t, "channel") || gs_tag_is(t, "feed"))
            feed.tag = t;
    if (feed.tag == NULL)
        return feed;
    feed.title = plain_of(child_of(feed.tag, titles), arena);
    feed.link = link_of(feed.tag, arena);
    feed.language = plain_of(child_of(feed.tag, languages), arena);
    return feed;
}

/* A feed on the way. */
typedef struct feed {
    channel channel;
    gs_tag *above; /* of each item: the channel, or what else the feed has */
    gs_text
        root;  /* a start tag that says what the items' prefixes mean, where they do not
                      say it themselves; else empty */
    size_t at; /* of the text, behind the items that were read */
} feed;

/* The declaration at `at` of a root's tag, "xmlns:prefix='space'": its bytes, where an item
 * needs it. Empty else. */
static gs_text declaration(gs_text root, size_t at)
{
    gs_text rest = gs_text_slice(root, at, root.size), space;
    size_t prefix = sizeof "xmlns:" - 1, equals = gs_text_find(rest, GS_TEXT("="), 0),
           end;
    char mark[] = {'\0', '\0'};

    if (equals == SIZE_MAX || equals + 1 >= rest.size ||
        strchr("\"'", rest.bytes[equals + 1]) == NULL)
        return GS_TEXT("");
    mark[0] = rest.bytes[equals + 1];
    end = mark[0] == '\0' ? SIZE_MAX : gs_text_find(rest, gs_text_of(mark), equals + 2);
    if (end == SIZE_MAX)
        return GS_TEXT("");
    space = gs_text_slice(rest, equals + 2, end);
    return is_foreign_space(space) &&
                   !is_foreign_space(gs_text_slice(rest, prefix, equals))
               ? gs_text_slice(rest, 0, end + 1)
               : GS_TEXT("");
}

/* "<r xmlns:m='...'>" of what the root declares, as much as a feed may need. */
static gs_code read_root(gs_text *out, gs_text text, gs_arena *arena, gs_error *err)
{
    enum { ROOT_MAX = 16 << 10, NEEDED_MAX = 512 };
    gs_text root = gs_text_slice(gs_feed_root(text), 0, ROOT_MAX);
    gs_buffer tag = {0};

    for (size_t at = 0; (at = gs_text_find(root, GS_TEXT("xmlns:"), at)) != SIZE_MAX;
         at++) {
        gs_text needed = declaration(root, at);

        if (needed.size == 0 || tag.size + needed.size > NEEDED_MAX)
            continue;
        gs_buffer_text(&tag, tag.size == 0 ? GS_TEXT("<r ") : GS_TEXT(" "));
        gs_buffer_text(&tag, needed);
    }
    if (tag.size > 0)
        gs_buffer_char(&tag, '>');
    *out = gs_text_copy(arena, gs_buffer_view(&tag));
    gs_buffer_free(&tag);
    return tag.failed || out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

static gs_code begin(feed **out, gs_finds *to, gs_text text, gs_error *err)
{
    feed *f = gs_arena_take(to->keep, sizeof *f);
    gs_text outline;
    gs_tag *tree;
    gs_code rc;

    if (f == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_feed_outline(&outline, text, to->keep, err));
    GS_TRY(gs_markup_xml(&tree, outline, to->keep, err));
    f->channel = read_channel(tree, to->keep);
    f->above = f->channel.tag;
    for (gs_tag *t = tree->first; f->above == NULL && t != NULL; t = t->next)
        f->above = t->name.bytes != NULL ? t : NULL;
    GS_TRY(read_root(&f->root, text, to->keep, err));
    *out = f;
out:
    return rc;
}

/* The tree of one item, below what stood around it. */
static gs_code read_item(gs_tag **out, const feed *f, gs_text item, gs_arena *arena,
                         gs_error *err)
{
    gs_text pieces[] = {f->root, item, GS_TEXT("</r>")};
    gs_tag *tree, *tag;
    gs_code rc;

    if (f->root.size > 0)
        item = gs_text_join(arena, pieces, 3, GS_TEXT(""));
    if (item.bytes == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_markup_xml(&tree, item, arena, err));
    for (tag = tree; tag != NULL && !gs_tag_is(tag, "item") && !gs_tag_is(tag, "entry");)
        tag = gs_tag_next(tag, tree);
    if (tag != NULL && f->above != NULL)
        tag->up = f->above;
    *out = tag;
out:
    return rc;
}

/* The records of the next item. */
static gs_code parse(void **state, gs_finds *to, gs_text text, gs_error *err)
{
    feed *f = *state;
    gs_text item;
    gs_tag *tag;
    gs_code rc;

    if (f == NULL)
        GS_TRY(begin(&f, to, text, err));
    *state = f;
    if (!gs_feed_next(&item, text, &f->at))
        return GS_END;
    to->bad = item;
    if (memchr(item.bytes, '=', item.size) == NULL && gs_text_ends(item, GS_TEXT("/>")))
        return gs_finds_pass(to, err); /* it is empty */
    GS_TRY(read_item(&tag, f, item, to->arena, err));
    if (tag != NULL && !is_foreign(tag))
        rc = add_item(to, &f->channel, tag,
                      gs_text_find(item, GS_TEXT("ClaimReview"), 0) != SIZE_MAX, err);
out:
    return rc;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    return gs_whole_open(out, input, path, parse, err);
}

const gs_format gs_format_feed = {"feed", sniff, reader_open, gs_whole_next,
                                  gs_whole_close};
