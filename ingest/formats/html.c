/* News pages: a document with the article's own text, and what ClaimReview stands in it as
 * statements. A page with several articles gives a document of each. */
#include "ingest/formats/article.h"
#include "ingest/formats/foreign.h"
#include "ingest/formats/jsonld.h"
#include "ingest/formats/page_facts.h"
#include "ingest/formats/review.h"
#include <strings.h>

enum {
    ARTICLE_WORDS_LEAST = 60, /* of one of several on a page */
    SAVED_WITHIN = 4096       /* bytes in which a page says where it was saved from */
};

static bool is_html_root(gs_text root)
{
    static const char *const names[] = {"html", "head",    "body", "div",   "article",
                                        "main", "section", "p",    "table", "h1",
                                        "meta", "title",   "span", "center"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (root.size == gs_text_of(names[i]).size &&
            strncasecmp(root.bytes, names[i], root.size) == 0)
            return true;
    return false;
}

static int sniff(gs_text head, const char *path)
{
    bool named = gs_path_ends(path, ".html") || gs_path_ends(path, ".htm") ||
                 gs_path_ends(path, ".xhtml") || gs_path_ends(path, ".shtml");
    gs_text root = gs_markup_root(head);

    if (gs_is_binary(head))
        return 0;
    if (root.size == 4 && strncasecmp(root.bytes, "html", 4) == 0)
        return 95;
    if (named)
        return 70;
    return root.size > 0 && is_html_root(root) ? 50 : 0;
}

static void put_article(gs_entries *to, const gs_page_article *a, gs_text text,
                        gs_text file)
{
    gs_entries_text(to, "type", GS_TEXT("document"));
    gs_entries_text(to, "url", a->url);
    gs_entries_text(to, "file", file);
    gs_entries_text(to, "title", a->title);
    gs_entries_text(to, "byline", a->byline);
    gs_entries_text(to, "publisher", a->publisher);
    gs_entries_text(to, "published", a->published);
    gs_entries_text(to, "language", a->language);
    gs_entries_text(to, "text", text);
}

static gs_code add_article(gs_finds *to, const gs_page_article *a, gs_text text,
                           gs_error *err)
{
    gs_entries fields = {.arena = to->arena};

    put_article(&fields, a, text, to->file);
    return gs_finds_add(to, &fields, text.bytes == NULL ? GS_TEXT("") : text, err);
}

/* A body that stands in JSON-LD: its line breaks are paragraphs. */
static gs_code body_text(gs_text *out, gs_text body, gs_arena *arena, gs_error *err)
{
    gs_buffer wide = {0};
    gs_tag *tree;
    gs_code rc;

    if (gs_text_find(body, GS_TEXT("<p"), 0) == SIZE_MAX) {
        for (size_t i = 0; i < body.size; i++) {
            if (body.bytes[i] == '\n')
                gs_buffer_text(&wide, GS_TEXT("<p>"));
            gs_buffer_char(&wide, body.bytes[i]);
        }
        body = gs_text_copy(arena, gs_buffer_view(&wide));
    }
    rc = wide.failed || body.bytes == NULL ? gs_fail_memory(err)
                                           : gs_markup_html(&tree, body, arena, err);
    gs_buffer_free(&wide);
    return rc == GS_OK ? gs_fragment_text(out, tree, arena, err) : rc;
}

static gs_code add_bodies(gs_finds *to, const gs_page_facts *facts, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < facts->other_count; i++) {
        gs_page_article article = facts->others[i];
        gs_text text;

        rc = body_text(&text, article.body, to->arena, err);
        if (article.publisher.size == 0)
            article.publisher = facts->article.publisher;
        if (article.language.size == 0)
            article.language = facts->article.language;
        if (rc == GS_OK)
            rc = add_article(to, &article, text, err);
    }
    return rc;
}

/* The page's <article> elements, none within another, each with a heading and paragraphs
 * of its own, and none so large that it is the page's one article. */
static size_t several(gs_tag *found[GS_PAGE_ARTICLES_MAX], gs_tag *page)
{
    size_t count = 0;
    uint32_t all = 0, most = 0;

    gs_article_mark(page, false);
    for (gs_tag *t = page->first; t != NULL && count < GS_PAGE_ARTICLES_MAX;) {
        bool skip = (t->flags & GS_TAG_DROPPED) != 0;

        if (!skip && gs_tag_is(t, "article")) {
            skip = true;
            if (t->paragraphs >= ARTICLE_WORDS_LEAST && gs_link_density(t) < 0.3F) {
                found[count++] = t;
                all += t->paragraphs;
                most = t->paragraphs > most ? t->paragraphs : most;
            }
        }
        t = skip ? gs_tag_skip(t, page) : gs_tag_next(t, page);
    }
    return count > 1 && most * 10 < all * 6 && all * 2 > page->paragraphs ? count : 0;
}

static gs_tag *heading_of(gs_tag *article)
{
    for (gs_tag *t = article; t != NULL; t = gs_tag_next(t, article))
        if ((t->flags & GS_TAG_HEADING) != 0)
            return t;
    return NULL;
}

/* Of one <article> among several: the page's address is not its own. */
static gs_code read_piece(gs_finds *to, const gs_page_facts *facts, gs_tag *piece,
                          gs_error *err)
{
    gs_page_article article = {.publisher = facts->article.publisher,
                               .language = facts->article.language};
    gs_tag *heading = heading_of(piece);
    gs_page_facts own;
    gs_text text;
    gs_code rc;

    GS_TRY(gs_page_facts_read(&own, piece, to->arena, err));
    article.published = own.article.published;
    article.byline = own.article.byline;
    if (heading != NULL)
        article.title = gs_tag_text(heading, to->arena);
    for (gs_tag *t = heading; t != NULL; t = gs_tag_next(t, heading))
        if (gs_tag_is(t, "a") &&
            gs_text_starts(gs_tag_attribute(t, "href"), GS_TEXT("http")))
            article.url = gs_tag_attribute(t, "href");
    piece->flags |= GS_TAG_CHOSEN;
    GS_TRY(gs_article_write(&text, piece, false, article.title, to->arena, err));
    piece->flags &= ~(unsigned)GS_TAG_CHOSEN; /* its siblings are written alone */
    if (text.size > 0)
        rc = add_article(to, &article, text, err);
out:
    return rc;
}

static gs_code add_page(gs_finds *to, const gs_page_facts *facts, gs_tag *page,
                        gs_error *err)
{
    gs_text text, body = {0};
    gs_code rc;

    GS_TRY(gs_article_text(&text, page, facts->article.title, to->arena, err));
    if (facts->other_count == 1)
        GS_TRY(body_text(&body, facts->others[0].body, to->arena, err));
    if (body.size > 2 * text.size)
        text = body; /* the page shows less than it holds */
    if (text.size == 0 && facts->review_count > 0)
        return GS_OK;
    if (text.size == 0 && facts->article.title.size == 0)
        return gs_fail(err, GS_INPUT, "no article's text in it; is it a news page?");
    rc = add_article(to, &facts->article, text, err);
out:
    return rc;
}

static gs_code add_reviews(gs_finds *to, const gs_page_facts *facts, gs_error *err)
{
    const gs_page_article *a = &facts->article;
    gs_review_page about = {a->url, a->title, a->publisher, a->published};
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < facts->review_count; i++)
        rc = gs_review_add(to, facts->reviews[i], &about, err);
    return rc;
}

/* What browsers, and `gainsay fetch`, write into a page that they save:
 * "<!-- saved from url=(0023)https://example.org/abc -->", with the address's length. */
static gs_text saved_from(gs_text text)
{
    static const gs_text lead = GS_TEXT_INIT("<!-- saved from url=(");
    gs_text head = gs_text_slice(text, 0, SAVED_WITHIN);
    size_t at = gs_text_find(head, lead, 0), size = 0;

    if (at == SIZE_MAX)
        return (gs_text){0};
    for (at += lead.size; at < head.size && head.bytes[at] >= '0' &&
                          head.bytes[at] <= '9' && size <= SAVED_WITHIN;
         at++)
        size = 10 * size + (size_t)(head.bytes[at] - '0');
    text = gs_text_slice(text, at, at + size + 1);
    if (size == 0 || text.size != size + 1 || text.bytes[0] != ')' ||
        gs_text_find(text, GS_TEXT("://"), 0) == SIZE_MAX)
        return (gs_text){0};
    return gs_text_trim(gs_text_slice(text, 1, text.size));
}

static gs_code parse(void **state, gs_finds *to, gs_text text, gs_error *err)
{
    gs_tag *page, *pieces[GS_PAGE_ARTICLES_MAX];
    gs_page_facts facts;
    size_t count;
    gs_code rc;

    if (*state != NULL)
        return GS_END;
    *state = to; /* all of it is found at once */
    GS_TRY(gs_markup_html(&page, text, to->arena, err));
    GS_TRY(gs_page_facts_read(&facts, page, to->arena, err));
    if (facts.article.url.size == 0)
        facts.article.url = saved_from(text);
    count = several(pieces, page);
    if (facts.other_count > 1) {
        GS_TRY(add_bodies(to, &facts, err));
    } else if (count > 0) {
        for (size_t i = 0; i < count; i++)
            GS_TRY(read_piece(to, &facts, pieces[i], err));
    } else {
        GS_TRY(add_page(to, &facts, page, err));
    }
    rc = add_reviews(to, &facts, err);
out:
    return rc;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    return gs_whole_open(out, input, path, parse, err);
}

const gs_format gs_format_html = {"html", sniff, reader_open, gs_whole_next,
                                  gs_whole_close};
