/* ClaimReview alone: a JSON document that holds any number of them, however deep, or the
 * records of a fact-check interface. */
#include "ingest/formats/jsonld.h"
#include "ingest/formats/review.h"

static int sniff(gs_text head, const char *path)
{
    static const char *const words[] = {"ClaimReview", "claimReviewed",
                                        "\"claimReview\""};
    gs_text start = gs_text_trim(head);

    (void)path;
    if (gs_is_binary(head) ||
        (!gs_text_starts(start, GS_TEXT("{")) && !gs_text_starts(start, GS_TEXT("["))))
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gs_text_find(head, gs_text_of(words[i]), 0) != SIZE_MAX)
            return 96;
    return gs_text_find(head, GS_TEXT("\"@context\""), 0) != SIZE_MAX ? 95 : 0;
}

typedef struct document {
    gs_ld_walk walk;
    bool empty;
} document;

static gs_code begin(document **out, gs_finds *to, gs_text text, gs_error *err)
{
    document *d = gs_arena_take(to->keep, sizeof *d);
    gs_value value;
    gs_code rc;

    if (d == NULL)
        return gs_fail_memory(err);
    *out = d; /* one that cannot be read has nothing more */
    d->empty = true;
    rc = gs_ld_parse(&value, text, to->keep, err);
    if (rc == GS_OK)
        gs_ld_start(&d->walk, value);
    return rc;
}

/* What stands for an object that is refused. */
static gs_text told_by(gs_value object)
{
    static const char *const keys[] = {"claimReviewed", "url", "text"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        gs_value value = gs_map_get(object, gs_text_of(keys[i]));

        if (value.type == GS_STRING)
            return value.as.string;
    }
    return GS_TEXT("");
}

/* The records of the next object that is a review. */
static gs_code parse(void **state, gs_finds *to, gs_text text, gs_error *err)
{
    document *d = *state; /* NULL: not begun */
    gs_value object;
    gs_code rc = GS_OK;

    if (d == NULL) {
        rc = begin(&d, to, text, err);
        *state = d;
    }
    while (rc == GS_OK && to->count == 0 && gs_ld_next(&object, &d->walk)) {
        to->bad = told_by(object);
        if (gs_is_review(object))
            rc = gs_review_add(to, object, NULL, err);
        else if (gs_is_checked_claim(object))
            rc = gs_checked_claim_add(to, object, err);
    }
    if (d != NULL && (rc != GS_OK || to->count > 0))
        d->empty = false; /* or was refused */
    if (rc != GS_OK || to->count > 0)
        return rc;
    if (d->empty)
        return gs_fail(err, GS_FORMAT,
                       "this is JSON without a ClaimReview, a format that is not read "
                       "here");
    return GS_END;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    return gs_whole_open(out, input, path, parse, err);
}

const gs_format gs_format_claimreview = {"claimreview", sniff, reader_open, gs_whole_next,
                                         gs_whole_close};
