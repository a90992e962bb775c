/* The text of an article from a page: its own paragraphs, headings and lists, without
 * navigation, related links, captions, notices and comments.
 *
 * Found in three steps: what is never text of an article is marked by its element, its
 * class and its size (article_mark.c); the element whose paragraphs weigh most is chosen
 * (article_pick.c); what stands in it is written, block by block (article_write.c).
 * Blocks are parted by a blank line.
 *
 * Ownership  texts are the arena's. A tree is used for one article.
 * Errors     GS_MEMORY alone.
 * Threads    pure, but for the arena and the tree.
 */
#ifndef GS_INGEST_ARTICLE_H
#define GS_INGEST_ARTICLE_H

#include "ingest/formats/markup.h"

/* Flags of a tag. */
enum {
    GS_TAG_DROPPED = 1,   /* no text of the article, nor anything below */
    GS_TAG_BLOCK = 2,     /* parts text */
    GS_TAG_CANDIDATE = 4, /* has a score */
    GS_TAG_HEADING = 8,
    GS_TAG_CHOSEN = 16, /* a root of the article */
    GS_TAG_LINK = 32,
};

/* Missing where there is none. `title` may be missing: a heading that repeats it is left
 * out. */
GS_CHECKED gs_code gs_article_text(gs_text *out, gs_tag *page, gs_text title,
                                   gs_arena *arena, gs_error *err);
/* Of markup that is nothing but an article, such as a feed's item: all of it but what is
 * no text. */
GS_CHECKED gs_code gs_fragment_text(gs_text *out, gs_tag *fragment, gs_arena *arena,
                                    gs_error *err);

/* The steps. */
void gs_article_mark(gs_tag *page, bool whole);
/* Counts words, links, commas and paragraphs of every tag that is not dropped. */
void gs_article_measure(gs_tag *page);
/* Gives the chosen element; its siblings may be chosen too (GS_TAG_CHOSEN). */
gs_tag *gs_article_pick(gs_tag *page);
GS_CHECKED gs_code gs_article_write(gs_text *out, gs_tag *top, bool whole, gs_text title,
                                    gs_arena *arena, gs_error *err);

/* What the names in class and id say: above 0 text, below 0 none. */
int gs_class_weight(const gs_tag *tag);
float gs_link_density(const gs_tag *tag);

#endif
