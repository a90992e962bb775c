/* A ClaimReview of schema.org as statements: a claim by the one whose claim is reviewed,
 * and an assessment by the reviewer with the words of his verdict, which answers it.
 */
#ifndef GS_INGEST_REVIEW_H
#define GS_INGEST_REVIEW_H

#include "ingest/formats/whole.h"

/* What a page says of itself, where its review does not; members may be missing. */
typedef struct gs_review_page {
    gs_text url, title, publisher, published;
} gs_review_page;

bool gs_is_review(gs_value object);
/* Adds both; `page` may be NULL. */
GS_CHECKED gs_code gs_review_add(gs_finds *to, gs_value review,
                                 const gs_review_page *page, gs_error *err);
/* The records of Google's Fact Check Tools: a claim with its reviews. */
bool gs_is_checked_claim(gs_value object);
GS_CHECKED gs_code gs_checked_claim_add(gs_finds *to, gs_value claim, gs_error *err);

#endif
