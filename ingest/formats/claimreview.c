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

static gs_code visit(void *context, gs_value object, gs_error *err)
{
    gs_finds *to = context;

    if (gs_is_review(object))
        return gs_review_add(to, object, NULL, err);
    if (gs_is_checked_claim(object))
        return gs_checked_claim_add(to, object, err);
    return GS_OK;
}

static gs_code parse(gs_finds *to, gs_text text, gs_error *err)
{
    gs_value document;
    gs_code rc = gs_ld_parse(&document, text, to->arena, err);

    if (rc == GS_OK)
        rc = gs_ld_each(document, visit, to, err);
    if (rc == GS_OK && to->count == 0)
        return gs_fail(err, GS_FORMAT,
                       "this is JSON without a ClaimReview, a format that is not read "
                       "here");
    return rc;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    return gs_whole_open(out, input, path, parse, err);
}

const gs_format gs_format_claimreview = {"claimreview", sniff, reader_open, gs_whole_next,
                                         gs_whole_close};
