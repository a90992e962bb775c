/* What a page says of its article outside the text: JSON-LD, microdata, Open Graph, meta,
 * <time>.
 *
 * Ownership  texts and values are the arena's that was handed in.
 * Errors     GS_MEMORY alone: JSON-LD that is no JSON is passed over.
 */
#ifndef GS_INGEST_PAGE_FACTS_H
#define GS_INGEST_PAGE_FACTS_H

#include "graph/base/value.h"
#include "ingest/formats/markup.h"

enum { GS_PAGE_ARTICLES_MAX = 64 }; /* of one page, each with a body of its own */

typedef struct gs_page_article {
    gs_text url, title, publisher, published, byline, language, body;
} gs_page_article;

typedef struct gs_page_facts {
    gs_page_article article; /* the page's own; members may be missing */
    gs_page_article *others; /* all that come with a body of their own */
    size_t other_count, other_room;
    gs_value *reviews; /* objects of ClaimReview */
    size_t review_count, review_room;
} gs_page_facts;

GS_CHECKED gs_code gs_page_facts_read(gs_page_facts *out, gs_tag *page, gs_arena *arena,
                                      gs_error *err);

/* Of an element with itemscope: its properties as JSON-LD has them. *room bounds what is
 * read of texts, as in gs_tag_text_within. */
gs_value gs_microdata(const gs_tag *scope, size_t *room, gs_arena *arena);

#endif
