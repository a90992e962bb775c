#include "ingest/formats/page_facts.h"
#include "ingest/formats/jsonld.h"
#include "ingest/formats/review.h"
#include "ingest/formats/stamp.h"
#include <strings.h>

enum {
    BODY_LEAST = 200,
    BYLINE_MAX = 200,
    OBJECTS_MAX = 256,
    NAMED_MAX = 256,
    STAMP_MAX = 256,         /* of an element's text, in which a date is looked for */
    MICRODATA_MAX = 8 << 20, /* of all texts of microdata, which may hold each other */
};

/* A graph's object that others name by its @id. */
typedef struct named {
    gs_text id, name;
} named;

typedef struct reading {
    gs_page_facts *facts;
    gs_arena *arena;
    bool article;                  /* an article's object was met */
    gs_value objects[OBJECTS_MAX]; /* scripts, and elements with itemscope */
    size_t object_count;
    named names[NAMED_MAX];
    size_t name_count;
    size_t room; /* for texts of microdata */
} reading;

static void fill(gs_text *field, gs_text from)
{
    if (field->size == 0 && from.size > 0)
        *field = from;
}

static gs_code fill_stamp(gs_text *field, gs_text from, gs_arena *arena, gs_error *err)
{
    gs_text stamp = {0};
    gs_code rc = GS_OK;

    if (field->size == 0 && from.size > 0)
        rc = gs_stamp_read(&stamp, from, arena, err);
    if (rc == GS_OK)
        fill(field, stamp);
    return rc;
}

/* Somebody's name, no address of his page. */
static void fill_byline(gs_text *field, gs_text name)
{
    if (name.size > 0 && name.size < BYLINE_MAX &&
        gs_text_find(name, GS_TEXT("://"), 0) == SIZE_MAX)
        fill(field, name);
}

static bool is_article(gs_value object)
{
    return gs_ld_ends(object, "Article") || gs_ld_ends(object, "BlogPosting") ||
           gs_ld_is(object, "Report");
}

static gs_code note_name(void *context, gs_value object, gs_error *err)
{
    reading *r = context;
    gs_value id = gs_map_get(object, GS_TEXT("@id"));
    gs_value name = gs_map_get(object, GS_TEXT("name"));

    (void)err;
    if (id.type == GS_STRING && name.type == GS_STRING && r->name_count < NAMED_MAX)
        r->names[r->name_count++] =
            (named){id.as.string, gs_ld_plain(name.as.string, r->arena)};
    return GS_OK;
}

/* What a member names by its @id alone. */
static gs_text named_by(const reading *r, gs_value object, const char *key)
{
    gs_value id = gs_map_get(gs_ld_get(object, key), GS_TEXT("@id"));

    for (size_t i = 0; id.type == GS_STRING && i < r->name_count; i++)
        if (gs_text_equal(r->names[i].id, id.as.string))
            return r->names[i].name;
    return (gs_text){0};
}

static bool has_body(gs_value object)
{
    gs_value body = gs_ld_get(object, "articleBody");

    return body.type == GS_STRING && body.as.string.size >= BODY_LEAST;
}

static gs_code read_article(gs_page_article *to, const reading *r, gs_value object,
                            gs_error *err)
{
    gs_arena *arena = r->arena;
    gs_value body = gs_ld_get(object, "articleBody");

    fill(&to->title, gs_ld_text(object, "headline", arena));
    fill(&to->title, gs_ld_text(object, "name", arena));
    fill(&to->url, gs_ld_url(object, "url", arena));
    fill(&to->url, gs_ld_url(object, "mainEntityOfPage", arena));
    fill(&to->publisher, gs_ld_text(object, "publisher", arena));
    fill(&to->publisher, named_by(r, object, "publisher"));
    fill(&to->language, gs_ld_text(object, "inLanguage", arena));
    fill_byline(&to->byline, gs_ld_names(object, "author", arena));
    fill_byline(&to->byline, named_by(r, object, "author"));
    fill_byline(&to->byline, gs_ld_names(object, "creator", arena));
    if (has_body(object))
        fill(&to->body, body.as.string);
    return fill_stamp(&to->published, gs_ld_text(object, "datePublished", arena), arena,
                      err);
}

static gs_code keep_other(reading *r, const gs_page_article *article, gs_error *err)
{
    gs_page_facts *facts = r->facts;

    if (facts->other_count == GS_PAGE_ARTICLES_MAX)
        return GS_OK;
    for (size_t i = 0; i < facts->other_count; i++)
        if (gs_text_equal(facts->others[i].body, article->body))
            return GS_OK;
    facts->others = gs_arena_grow(r->arena, facts->others, facts->other_count,
                                  &facts->other_room, sizeof *article);
    if (facts->others == NULL)
        return gs_fail_memory(err);
    facts->others[facts->other_count++] = *article;
    return GS_OK;
}

static gs_code visit(void *context, gs_value object, gs_error *err)
{
    reading *r = context;
    gs_page_facts *facts = r->facts;
    gs_page_article article = {0};
    gs_code rc = GS_OK;

    if (gs_is_review(object)) {
        facts->reviews = gs_arena_grow(r->arena, facts->reviews, facts->review_count,
                                       &facts->review_room, sizeof *facts->reviews);
        if (facts->reviews == NULL)
            return gs_fail_memory(err);
        facts->reviews[facts->review_count++] = object;
    }
    if (!is_article(object) || (r->article && !has_body(object)))
        return GS_OK;
    rc = read_article(&article, r, object, err);
    if (rc == GS_OK && article.body.size > 0)
        rc = keep_other(r, &article, err);
    if (rc == GS_OK && !r->article && article.title.size > 0) {
        facts->article = article;
        r->article = true;
    }
    return rc;
}

static gs_code keep_object(reading *r, gs_value object, gs_error *err)
{
    r->objects[r->object_count++] = object;
    return gs_ld_each(object, note_name, r, err);
}

static gs_code read_script(reading *r, const gs_tag *script, gs_error *err)
{
    gs_buffer whole = {0};
    gs_value value;
    gs_text text;
    gs_code rc;

    for (const gs_tag *t = script->first; t != NULL; t = t->next)
        gs_buffer_text(&whole, t->text);
    text = gs_text_copy(r->arena, gs_buffer_view(&whole));
    rc = whole.failed || text.bytes == NULL ? gs_fail_memory(err)
                                            : gs_ld_parse(&value, text, r->arena, err);
    gs_buffer_free(&whole);
    if (rc == GS_INPUT || rc == GS_LIMIT)
        return GS_OK;
    return rc == GS_OK ? keep_object(r, value, err) : rc;
}

static bool holds(gs_text text, const char *part)
{
    return text.size > 0 && gs_text_find(text, gs_text_of(part), 0) != SIZE_MAX;
}

static gs_code read_objects(reading *r, gs_tag *page, gs_error *err)
{
    gs_code rc = GS_OK;

    for (gs_tag *t = page; rc == GS_OK && t != NULL && r->object_count < OBJECTS_MAX;
         t = gs_tag_next(t, page)) {
        gs_text type = gs_tag_attribute(t, "itemtype");

        if (gs_tag_is(t, "script") && holds(gs_tag_attribute(t, "type"), "ld+json"))
            rc = read_script(r, t, err);
        else if (holds(type, "ClaimReview") || holds(type, "NewsArticle"))
            rc = keep_object(r, gs_microdata(t, &r->room, r->arena), err);
    }
    for (size_t i = 0; rc == GS_OK && i < r->object_count; i++)
        rc = gs_ld_each(r->objects[i], visit, r, err);
    return rc;
}

static bool is_any(gs_text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(name, gs_text_of(names[i])))
            return true;
    return false;
}

#define IS_ANY(name, list) is_any(name, list, sizeof(list) / sizeof *(list))

static gs_text small(gs_text text, gs_arena *arena)
{
    char *bytes = gs_arena_take(arena, text.size + 1);

    for (size_t i = 0; bytes != NULL && i < text.size; i++) {
        char c = text.bytes[i];

        bytes[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return bytes == NULL ? (gs_text){0} : (gs_text){bytes, text.size};
}

static gs_code read_meta(gs_page_article *to, const gs_tag *meta, gs_arena *arena,
                         gs_error *err)
{
    static const char *const titles[] = {"og:title", "twitter:title", "dc.title",
                                         "parsely-title", "sailthru.title"};
    static const char *const outlets[] = {"og:site_name", "dc.publisher", "publisher",
                                          "cre"};
    static const char *const authors[] = {"author",          "parsely-author",
                                          "sailthru.author", "dc.creator",
                                          "article:author",  "byl"};
    static const char *const dates[] = {"article:published_time",
                                        "datepublished",
                                        "og:published_time",
                                        "pubdate",
                                        "publishdate",
                                        "publish-date",
                                        "publication_date",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        "article.published",
                                        "date",
                                        "dc.date",
                                        "dc.date.issued",
                                        "dc.date.created",
                                        "dcterms.created",
                                        "dcterms.date",
                                        "article_date_original",
                                        "cxenseparse:recs:publishtime",
                                        "last-modified-none",
                                        "originalpublicationdate",
                                        "article.created",
                                        "displaydate",
                                        "ptime",
                                        "iso-8601-publish-date"};
    gs_text name = gs_tag_attribute(meta, "property");
    gs_text content = gs_tag_attribute(meta, "content");

    if (name.size == 0)
        name = gs_tag_attribute(meta, "name");
    if (name.size == 0)
        name = gs_tag_attribute(meta, "itemprop");
    if (name.size == 0 || gs_text_trim(content).size == 0)
        return GS_OK;
    name = small(name, arena);
    if (IS_ANY(name, titles))
        fill(&to->title, gs_ld_plain(content, arena));
    else if (IS_ANY(name, outlets))
        fill(&to->publisher, gs_ld_plain(content, arena));
    else if (IS_ANY(name, authors))
        fill_byline(&to->byline, gs_ld_plain(content, arena));
    else if (IS_ANY(name, dates))
        return fill_stamp(&to->published, content, arena, err);
    else if (gs_text_equal(name, GS_TEXT("og:url")) && holds(content, "://"))
        fill(&to->url, gs_text_trim(content));
    return GS_OK;
}

static gs_code read_time(gs_page_article *to, const gs_tag *time, gs_arena *arena,
                         gs_error *err)
{
    gs_text stamp = gs_tag_attribute(time, "datetime");
    size_t room = STAMP_MAX;

    if (stamp.size == 0)
        stamp = gs_tag_attribute(time, "content");
    if (stamp.size == 0)
        stamp = gs_tag_text_within(time, &room, arena);
    return fill_stamp(&to->published, stamp, arena, err);
}

static bool says_published(const gs_tag *tag)
{
    gs_text itemprop = gs_tag_attribute(tag, "itemprop");
    gs_text class = gs_tag_attribute(tag, "class");

    return holds(itemprop, "datePublished") || holds(itemprop, "dateCreated") ||
           gs_tag_attribute(tag, "pubdate").bytes != NULL ||
           (gs_tag_is(tag, "time") &&
            (holds(class, "publish") || holds(class, "entry-date")));
}

/* In the order of what is surest. */
static gs_code read_elements(gs_page_article *to, gs_tag *page, gs_arena *arena,
                             gs_error *err)
{
    gs_tag *title = NULL, *time = NULL, *heading = NULL;
    gs_text canonical = {0};
    gs_code rc = GS_OK;

    for (gs_tag *t = page; rc == GS_OK && t != NULL; t = gs_tag_next(t, page)) {
        if (gs_tag_is(t, "html"))
            fill(&to->language, gs_tag_attribute(t, "lang"));
        else if (gs_tag_is(t, "meta"))
            rc = read_meta(to, t, arena, err);
        else if (gs_tag_is(t, "link") && holds(gs_tag_attribute(t, "rel"), "canonical") &&
                 holds(gs_tag_attribute(t, "href"), "://"))
            fill(&canonical, gs_text_trim(gs_tag_attribute(t, "href")));
        else if (gs_tag_is(t, "title") && title == NULL)
            title = t;
        else if (gs_tag_is(t, "h1") && heading == NULL)
            heading = t;
        else if (says_published(t))
            rc = read_time(to, t, arena, err);
        else if (gs_tag_is(t, "time") && time == NULL &&
                 gs_tag_attribute(t, "datetime").size > 0)
            time = t;
    }
    if (rc == GS_OK && time != NULL)
        rc = read_time(to, time, arena, err);
    if (canonical.size > 0)
        to->url = canonical; /* it is made for this very question */
    if (heading != NULL)
        fill(&to->title, gs_tag_text(heading, arena));
    if (title != NULL)
        fill(&to->title, gs_ld_plain(gs_tag_text(title, arena), arena));
    return rc;
}

/* "en_US" as BCP 47 has it; what is no code is none. */
static gs_text language_of(gs_text code, gs_arena *arena)
{
    gs_text language = small(gs_text_trim(code), arena);
    char *bytes = (char *)language.bytes;

    if (language.size < 2 || language.size > 16)
        return (gs_text){0};
    for (size_t i = 0; i < language.size; i++) {
        if (bytes[i] == '_')
            bytes[i] = '-';
        if (!((bytes[i] >= 'a' && bytes[i] <= 'z') || bytes[i] == '-' ||
              (bytes[i] >= '0' && bytes[i] <= '9' && i > 2)))
            return (gs_text){0};
    }
    return language;
}

gs_code gs_page_facts_read(gs_page_facts *out, gs_tag *page, gs_arena *arena,
                           gs_error *err)
{
    gs_page_facts facts = {0};
    reading r = {.facts = &facts, .arena = arena, .room = MICRODATA_MAX};
    gs_code rc;

    GS_TRY(read_objects(&r, page, err));
    GS_TRY(read_elements(&facts.article, page, arena, err));
    facts.article.language = language_of(facts.article.language, arena);
    *out = facts;
out:
    return rc;
}
