#include "ingest/document.h"

static void fill(gs_text *field, gs_text from)
{
    if (field->bytes == NULL)
        *field = from;
}

gs_code gs_document_complete(gs_source *document, const gs_defaults *defaults,
                             gs_arena *arena, gs_error *err)
{
    gs_source text = {.text = document->text};
    gs_text sha256;
    gs_code rc;

    fill(&document->url, defaults->url);
    fill(&document->title, defaults->title);
    gs_reference_complete(document, defaults);
    if (document->text.bytes == NULL)
        return GS_OK;
    GS_TRY(gs_source_identity(&sha256, &text, arena, err));
    if (document->sha256.bytes != NULL && !gs_text_equal(document->sha256, sha256))
        return gs_fail(err, GS_INPUT,
                       "sha256: is not that of the text; leave it out, or give the text "
                       "that it was made of");
    document->sha256 = sha256;
out:
    return rc;
}

void gs_reference_complete(gs_source *reference, const gs_defaults *defaults)
{
    fill(&reference->published, defaults->published);
    fill(&reference->publisher, defaults->publisher);
    fill(&reference->language, defaults->language);
}

gs_code gs_record_complete(gs_record *record, const gs_defaults *defaults,
                           gs_arena *arena, gs_error *err)
{
    gs_source *reference;

    if (record->type == GS_RECORD_DOCUMENT)
        return gs_document_complete(&record->as.document, defaults, arena, err);
    if (record->type != GS_RECORD_STATEMENT || record->as.statement.document == NULL)
        return GS_OK;
    reference = gs_arena_take(arena, sizeof *reference);
    if (reference == NULL)
        return gs_fail_memory(err);
    *reference = *record->as.statement.document;
    gs_reference_complete(reference, defaults);
    record->as.statement.document = reference;
    return GS_OK;
}

static bool is_english(const gs_source *document)
{
    return document->language.bytes == NULL ||
           gs_text_equal(document->language, GS_TEXT("en")) ||
           gs_text_starts(document->language, GS_TEXT("en-"));
}

gs_code gs_document_read(gs_statements *out, bool *readable, const gs_language *english,
                         const gs_source *document, gs_arena *arena, gs_error *err)
{
    *readable = is_english(document);
    *out = (gs_statements){0};
    if (document->text.bytes == NULL || !*readable ||
        gs_text_equal(document->extractor, gs_extractor_name()))
        return GS_OK;
    return gs_extract(out, english, document, arena, err);
}

gs_code gs_document_attributions(gs_attributions *out, bool *readable,
                                 const gs_language *english, const gs_source *document,
                                 gs_arena *arena, gs_error *err)
{
    *readable = is_english(document);
    *out = (gs_attributions){0};
    if (document->text.bytes == NULL || !*readable)
        return GS_OK;
    return gs_attributions_find(out, english, document, arena, err);
}
