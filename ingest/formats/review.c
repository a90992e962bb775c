#include "ingest/formats/review.h"
#include "ingest/formats/jsonld.h"
#include "ingest/formats/stamp.h"
#include <string.h>

/* What a review says, whichever form it came in; members may be missing. */
typedef struct review {
    gs_text claim, claimant, claimed; /* what was claimed, by whom, when */
    gs_text reviewer, reviewed, verdict, body;
    gs_text url, title, publisher;
    gs_text bytes; /* the review, for whoever refuses it */
} review;

bool gs_is_review(gs_value object)
{
    return gs_ld_is(object, "ClaimReview") &&
           (gs_map_get(object, GS_TEXT("claimReviewed")).type != GS_NULL ||
            gs_map_get(object, GS_TEXT("reviewRating")).type != GS_NULL ||
            gs_map_get(object, GS_TEXT("itemReviewed")).type != GS_NULL);
}

bool gs_is_checked_claim(gs_value object)
{
    return gs_map_get(object, GS_TEXT("claimReview")).type == GS_LIST &&
           gs_map_get(object, GS_TEXT("text")).type == GS_STRING;
}

static gs_text first_text(gs_text a, gs_text b)
{
    return a.size > 0 ? a : b;
}

static gs_code read_stamp(gs_text *out, gs_value object, const char *key, gs_arena *arena,
                          gs_error *err)
{
    gs_text text = gs_ld_text(object, key, arena);

    return gs_stamp_read(out, text.bytes == NULL ? GS_TEXT("") : text, arena, err);
}

static void put_document(gs_entries *to, const review *r)
{
    gs_entries document = {.arena = to->arena};

    gs_entries_text(&document, "url", r->url);
    gs_entries_text(&document, "title", r->title);
    gs_entries_text(&document, "publisher", r->publisher);
    gs_entries_text(&document, "published", r->reviewed);
    to->failed = to->failed || document.failed;
    if (r->url.size > 0 || r->title.size > 0)
        gs_entries_put(to, GS_TEXT("document"), gs_entries_map(&document));
}

static gs_code add_claim(gs_finds *to, const review *r, gs_error *err)
{
    gs_entries fields = {.arena = to->arena};

    gs_entries_text(&fields, "kind", GS_TEXT("claim"));
    gs_entries_text(&fields, "speaker", r->claimant);
    gs_entries_text(&fields, "text", r->claim);
    gs_entries_text(&fields, "date", r->claimed);
    put_document(&fields, r);
    return gs_finds_add(to, &fields, r->bytes, err);
}

/* The id that the claim just added will have. */
static gs_code claim_id(gs_text *out, const gs_finds *to, gs_error *err)
{
    const gs_find *last = to->count > 0 ? to->items[to->count - 1] : NULL;

    *out = (gs_text){0};
    if (last == NULL || last->refused != NULL)
        return GS_OK;
    return gs_statement_identity(out, &last->found.record.as.statement, to->arena, err);
}

static gs_code add_assessment(gs_finds *to, const review *r, gs_text claim, gs_error *err)
{
    gs_entries fields = {.arena = to->arena};

    gs_entries_text(&fields, "kind", GS_TEXT("assessment"));
    gs_entries_text(&fields, "speaker", r->reviewer);
    gs_entries_text(&fields, "text", r->body);
    gs_entries_text(&fields, "date", r->reviewed);
    gs_entries_text(&fields, "verdict", r->verdict);
    gs_entries_text(&fields, "answers", claim);
    put_document(&fields, r);
    return gs_finds_add(to, &fields, r->bytes, err);
}

static gs_code add_both(gs_finds *to, const review *r, gs_error *err)
{
    gs_text id = {0};
    gs_code rc;

    if (r->claim.size > 0) {
        GS_TRY(add_claim(to, r, err));
        GS_TRY(claim_id(&id, to, err));
    }
    rc = add_assessment(to, r, id, err);
out:
    return rc;
}

static gs_code write_bytes(gs_text *out, gs_value object, gs_arena *arena, gs_error *err)
{
    gs_buffer json = {0};

    gs_json_write(&json, object);
    *out = json.failed ? (gs_text){0} : gs_text_copy(arena, gs_buffer_view(&json));
    gs_buffer_free(&json);
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

/* The words of a rating; its number means nothing without scale and language. */
static gs_text verdict_of(gs_value rating, gs_arena *arena)
{
    gs_text words = gs_ld_text(rating, "alternateName", arena);

    if (words.size == 0)
        words = gs_ld_text(rating, "ratingValue", arena);
    for (size_t i = 0; i < words.size; i++)
        if (strchr("0123456789., -", words.bytes[i]) == NULL)
            return words;
    return (gs_text){0};
}

gs_code gs_review_add(gs_finds *to, gs_value object, const gs_review_page *page,
                      gs_error *err)
{
    static const gs_review_page none;
    gs_arena *arena = to->arena;
    gs_value item = gs_ld_get(object, "itemReviewed");
    review r = {0};
    gs_code rc;

    page = page == NULL ? &none : page;
    r.claim = first_text(gs_ld_text(object, "claimReviewed", arena),
                         gs_ld_text(item, "text", arena));
    r.claimant = gs_ld_names(item, "author", arena);
    r.reviewer = gs_ld_names(object, "author", arena);
    r.verdict = verdict_of(gs_ld_get(object, "reviewRating"), arena);
    r.body = gs_ld_text(object, "reviewBody", arena);
    r.url = first_text(gs_ld_url(object, "url", arena), page->url);
    r.title = first_text(gs_ld_text(object, "headline", arena), page->title);
    r.publisher = first_text(gs_ld_text(object, "publisher", arena),
                             first_text(page->publisher, r.reviewer));
    GS_TRY(write_bytes(&r.bytes, object, arena, err));
    GS_TRY(read_stamp(&r.claimed, item, "datePublished", arena, err));
    GS_TRY(read_stamp(&r.reviewed, object, "datePublished", arena, err));
    r.reviewed = first_text(r.reviewed, page->published);
    rc = add_both(to, &r, err);
out:
    return rc;
}

gs_code gs_checked_claim_add(gs_finds *to, gs_value claim, gs_error *err)
{
    gs_arena *arena = to->arena;
    gs_value reviews = gs_map_get(claim, GS_TEXT("claimReview"));
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < reviews.as.list.count; i++) {
        gs_value object = reviews.as.list.items[i];
        review r = {.claim = gs_ld_text(claim, "text", arena),
                    .claimant = gs_ld_names(claim, "claimant", arena),
                    .reviewer = gs_ld_text(object, "publisher", arena),
                    .verdict = gs_ld_text(object, "textualRating", arena),
                    .url = gs_ld_url(object, "url", arena),
                    .title = gs_ld_text(object, "title", arena)};

        r.publisher = r.reviewer;
        GS_TRY(write_bytes(&r.bytes, object, arena, err));
        GS_TRY(read_stamp(&r.claimed, claim, "claimDate", arena, err));
        GS_TRY(read_stamp(&r.reviewed, object, "reviewDate", arena, err));
        rc = add_both(to, &r, err);
    }
out:
    return rc;
}
