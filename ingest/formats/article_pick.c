/* The element whose paragraphs weigh most, as Readability has it: a paragraph gives its
 * weight to the elements it stands in, the nearer ones more; links take it away. */
#include "ingest/formats/article.h"
#include "ingest/formats/article_words.h"

enum { LEVELS = 5, WORDS_LEAST = 5 };

static float first_score(const gs_tag *tag)
{
    float score = (float)gs_class_weight(tag);

    if (gs_tag_is(tag, "div") || gs_tag_is(tag, "article") || gs_tag_is(tag, "section"))
        return score + 5;
    if (gs_tag_is(tag, "pre") || gs_tag_is(tag, "td") || gs_tag_is(tag, "blockquote"))
        return score + 3;
    if (gs_tag_is(tag, "address") || gs_tag_is(tag, "ol") || gs_tag_is(tag, "ul") ||
        gs_tag_is(tag, "dl") || gs_tag_is(tag, "dd") || gs_tag_is(tag, "dt") ||
        gs_tag_is(tag, "li") || gs_tag_is(tag, "form"))
        return score - 3;
    if ((tag->flags & GS_TAG_HEADING) != 0 || gs_tag_is(tag, "th"))
        return score - 5;
    return score;
}

/* No block stands in it. */
static bool is_leaf(const gs_tag *tag)
{
    for (const gs_tag *t = gs_tag_next(tag, tag); t != NULL; t = gs_tag_next(t, tag))
        if ((t->flags & GS_TAG_BLOCK) != 0 && !gs_tag_is(t, "br"))
            return false;
    return true;
}

/* Words of its own, in no block within it. */
static uint32_t own_words(const gs_tag *tag)
{
    uint32_t words = 0;

    for (const gs_tag *t = tag->first; t != NULL; t = t->next)
        if ((t->flags & (GS_TAG_BLOCK | GS_TAG_DROPPED | GS_TAG_LINK)) == 0)
            words += t->words;
    return words;
}

static bool is_paragraph(const gs_tag *tag)
{
    if (gs_tag_is(tag, "p") || gs_tag_is(tag, "pre") || gs_tag_is(tag, "td") ||
        gs_tag_is(tag, "blockquote"))
        return is_leaf(tag);
    return (gs_tag_is(tag, "div") || gs_tag_is(tag, "section") ||
            gs_tag_is(tag, "article") || gs_tag_is(tag, "center")) &&
           own_words(tag) >= 2 * WORDS_LEAST;
}

static void weigh(gs_tag *tag, const gs_tag *page)
{
    gs_tag *up = gs_tag_is(tag, "p") || gs_tag_is(tag, "pre") || gs_tag_is(tag, "td") ||
                         gs_tag_is(tag, "blockquote")
                     ? tag->up
                     : tag;
    float score =
        1 + (float)tag->commas + (tag->words > 50 ? 3 : (float)tag->words * 3 / 50);

    if (gs_link_density(tag) > 0.5F)
        return;
    for (int level = 0; level < LEVELS && up != NULL && up != page; level++) {
        if ((up->flags & GS_TAG_CANDIDATE) == 0) {
            up->flags |= GS_TAG_CANDIDATE;
            up->score = first_score(up);
        }
        up->score += score / (level == 0 ? 1 : level == 1 ? 2 : (float)level * 3);
        up = up->up;
    }
}

static float final_score(const gs_tag *tag)
{
    return tag->score * (1 - gs_link_density(tag));
}

/* A wider one that holds nearly as much; or whose score grows still: the article was cut
 * in pieces by its markup. */
static gs_tag *widen(gs_tag *best, const gs_tag *page)
{
    float last = best->score, least = last / 3;
    gs_tag *found = best;

    for (gs_tag *up = best->up; up != NULL && up != page && !gs_tag_is(up, "body");
         up = up->up) {
        if ((up->flags & GS_TAG_CANDIDATE) == 0)
            continue;
        if (up->score < least)
            break;
        if (up->score > last) {
            found = up;
            break;
        }
        last = up->score;
    }
    return found;
}

/* Siblings that are text as well: paragraphs beside the chosen one, or its like. */
static void choose_siblings(gs_tag *best)
{
    float least = best->score * 0.2F > 10 ? best->score * 0.2F : 10;
    gs_text class = gs_tag_attribute(best, "class");

    best->flags |= GS_TAG_CHOSEN;
    for (gs_tag *t = best->up != NULL ? best->up->first : NULL; t != NULL; t = t->next) {
        float score = (t->flags & GS_TAG_CANDIDATE) != 0 ? t->score : 0;
        bool like = class.size > 0 && gs_text_equal(gs_tag_attribute(t, "class"), class);

        if (t->name.bytes == NULL || (t->flags & GS_TAG_DROPPED) != 0)
            continue;
        if (like)
            score += best->score * 0.2F;
        if (score >= least && gs_link_density(t) < 0.5F)
            t->flags |= GS_TAG_CHOSEN;
        else if (gs_tag_is(t, "p") && t->words > 12 && gs_link_density(t) < 0.25F)
            t->flags |= GS_TAG_CHOSEN;
    }
}

/* The element that says it is the body, where it holds enough of the paragraphs. */
static gs_tag *said_body(gs_tag *page)
{
    gs_tag *best = NULL;

    for (gs_tag *t = page->first; t != NULL;) {
        bool dropped = (t->flags & GS_TAG_DROPPED) != 0;

        if (!dropped && t->name.bytes != NULL && t->words > 40 &&
            (gs_tag_use(t) & GS_USE_BODY) != 0 && gs_link_density(t) < 0.5F &&
            (best == NULL || t->words > best->words))
            best = t;
        t = dropped ? gs_tag_skip(t, page) : gs_tag_next(t, page);
    }
    return best;
}

gs_tag *gs_article_pick(gs_tag *page)
{
    gs_tag *best = NULL, *said = said_body(page);

    for (gs_tag *t = page->first; t != NULL;) {
        bool dropped = (t->flags & GS_TAG_DROPPED) != 0;

        if (!dropped && t->name.bytes != NULL && t->words >= WORDS_LEAST &&
            is_paragraph(t))
            weigh(t, page);
        t = dropped ? gs_tag_skip(t, page) : gs_tag_next(t, page);
    }
    for (gs_tag *t = page->first; t != NULL; t = gs_tag_next(t, page))
        if ((t->flags & GS_TAG_CANDIDATE) != 0 &&
            (best == NULL || final_score(t) > final_score(best)))
            best = t;
    if (said != NULL && (best == NULL || said->words * 2 > best->words)) {
        said->flags |= GS_TAG_CHOSEN;
        return said;
    }
    if (best == NULL)
        return NULL;
    best = widen(best, page);
    choose_siblings(best);
    return best;
}
