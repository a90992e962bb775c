#include "ingest/formats/article_words.h"
#include <string.h>

/* Beginnings of words. */
static const char *const beside[] = {
    "share",    "sharing",   "social",   "related",   "recommend",   "promo",
    "newslett", "subscri",   "signup",   "cookie",    "consent",     "gdpr",
    "sidebar",  "breadcrum", "caption",  "byline",    "advert",      "sponsor",
    "outbrain", "taboola",   "popup",    "modal",     "paginat",     "pager",
    "footer",   "navig",     "navbar",   "menu",      "toolbar",     "widget",
    "trending", "popular",   "masthead", "disclaim",  "copyright",   "biograph",
    "addthis",  "addtoany",  "facebook", "twitter",   "pinterest",   "whatsapp",
    "tooltip",  "readmore",  "jetpack",  "mashshare", "ssba",        "shariff",
    "syndicat", "donat",     "paywall",  "overlay",   "carousel",    "slideshow",
    "lightbox", "teaser",    "dropdown", "keyword",   "printfriend",
};

/* Whole words. */
static const char *const beside_exactly[] = {
    "ad",       "ads",       "adv",           "tags",   "tag-list", "taglist", "meta",
    "credit",   "credits",   "bio",           "author", "authors",  "more",    "also",
    "rating",   "nav",       "print",         "tools",  "links",    "follow",  "hidden",
    "date",     "timestamp", "dateline-time", "most",   "latest",   "banner",  "rail",
    "login",    "search",    "survey",        "poll",   "quiz",     "toc",     "source",
    "topics",   "category",  "categories",    "crumb",  "crumbs",   "next",    "prev",
    "previous", "read",      "signoff",
};

static const char *const comments[] = {
    "comments",        "comment",         "commentlist", "comment-list",
    "comments-area",   "disqus_thread",   "disqus",      "respond",
    "comment-respond", "fb-comments",     "livefyre",    "comments-section",
    "post-comments",   "reader-comments", "replies",     "comments-container",
    "comment-section",
};

static const char *const text[] = {
    "article", "body", "content", "entry",  "main", "post",
    "story",   "text", "blog",    "hentry", "news", "page",
};

static const char *const body[] = {
    "article-body",
    "articlebody",
    "article__body",
    "article-content",
    "articlecontent",
    "article__content",
    "entry-content",
    "post-content",
    "post-body",
    "story-body",
    "storybody",
    "story-content",
    "story__body",
    "article-text",
    "articletext",
    "article_body",
    "article_content",
    "article-body-text",
    "post_content",
    "entry__content",
    "single-content",
    "td-post-content",
    "field-name-body",
    "body-copy",
    "article-main-body",
    "news-content",
    "post-entry",
    "entrytext",
    "content-body",
    "story-text",
    "post__content",
    "article-copy",
    "rich-text",
    "wysiwyg",
    "cms-content",
    "node-body",
    "article-page__content",
    "content__article-body",
    "article__text",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_among(const char *word, size_t size, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i][0] == word[0] && strlen(list[i]) == size &&
            memcmp(list[i], word, size) == 0)
            return true;
    return false;
}

static bool begins_among(const char *word, size_t size, const char *const *list,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length;

        if (list[i][0] != word[0])
            continue;
        length = strlen(list[i]);
        if (length <= size && memcmp(list[i], word, length) == 0)
            return true;
    }
    return false;
}

/* A word of a name: "related" and "posts" of "relatedPosts". */
static unsigned use_of_part(const char *word, size_t size)
{
    unsigned use = GS_USE_NONE;

    if (size < 2)
        return use;
    if (is_among(word, size, text, COUNT(text)))
        use |= GS_USE_TEXT;
    if (begins_among(word, size, beside, COUNT(beside)) ||
        is_among(word, size, beside_exactly, COUNT(beside_exactly)))
        use |= GS_USE_BESIDE;
    return use;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* One name; `humps` says where a capital stood. */
static unsigned use_of_name(const char *name, const bool *humps, size_t size)
{
    unsigned use = GS_USE_NONE;
    size_t from = 0;

    if (is_among(name, size, comments, COUNT(comments)))
        use |= GS_USE_COMMENTS | GS_USE_BESIDE;
    if (is_among(name, size, body, COUNT(body)))
        use |= GS_USE_BODY | GS_USE_TEXT;
    for (size_t i = 0; i <= size; i++) {
        bool ends = i == size || !is_letter(name[i]);

        if (!ends && !(humps[i] && i > 0 && !humps[i - 1]))
            continue;
        use |= use_of_part(name + from, i - from);
        from = ends ? i + 1 : i;
    }
    return use;
}

static unsigned use_of_names(gs_text names)
{
    enum { ROOM = 64 };
    char name[ROOM];
    bool humps[ROOM];
    unsigned use = GS_USE_NONE;
    size_t size = 0;

    for (size_t i = 0; i <= names.size; i++) {
        char c = i < names.size ? names.bytes[i] : ' ';

        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            if (size < ROOM) {
                humps[size] = c >= 'A' && c <= 'Z';
                name[size] = (char)(humps[size] ? c | 0x20 : c);
                size++;
            }
            continue;
        }
        if (size > 0)
            use |= use_of_name(name, humps, size);
        size = 0;
    }
    return use;
}

unsigned gs_tag_use(const gs_tag *tag)
{
    unsigned use = use_of_names(gs_tag_attribute(tag, "class")) |
                   use_of_names(gs_tag_attribute(tag, "id"));

    if (gs_text_equal(gs_tag_attribute(tag, "itemprop"), GS_TEXT("articleBody")))
        use |= GS_USE_BODY | GS_USE_TEXT;
    return use;
}
