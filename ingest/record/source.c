#include "ingest/record/parts.h"
#include <stddef.h>

enum { SHA256_DIGITS = 64 };

static gs_code read_sha256(void *to, gs_value value, const gs_place *place,
                           gs_arena *arena, gs_error *err)
{
    gs_text digest = {0};
    gs_code rc = gs_field_text(&digest, value, place, arena, err);
    bool good = digest.size == SHA256_DIGITS;

    if (rc != GS_OK || digest.bytes == NULL)
        return rc;
    for (size_t i = 0; good && i < digest.size; i++)
        good = (digest.bytes[i] >= '0' && digest.bytes[i] <= '9') ||
               (digest.bytes[i] >= 'a' && digest.bytes[i] <= 'f');
    if (!good)
        return gs_field_wrong(err, place,
                              "no SHA-256; give 64 lower-case hexadecimal digits");
    *(gs_text *)to = digest;
    return GS_OK;
}

const gs_field gs_source_fields[] = {
    {GS_TEXT_INIT("url"), gs_field_name, offsetof(gs_source, url)},
    {GS_TEXT_INIT("file"), gs_field_name, offsetof(gs_source, file)},
    {GS_TEXT_INIT("title"), gs_field_text, offsetof(gs_source, title)},
    {GS_TEXT_INIT("byline"), gs_field_text, offsetof(gs_source, byline)},
    {GS_TEXT_INIT("publisher"), gs_field_name, offsetof(gs_source, publisher)},
    {GS_TEXT_INIT("published"), gs_field_date, offsetof(gs_source, published)},
    {GS_TEXT_INIT("sha256"), read_sha256, offsetof(gs_source, sha256)},
    {GS_TEXT_INIT("language"), gs_field_name, offsetof(gs_source, language)},
    {GS_TEXT_INIT("text"), gs_field_text, offsetof(gs_source, text)},
    {GS_TEXT_INIT("extractor"), gs_field_name, offsetof(gs_source, extractor)},
    {GS_TEXT_INIT("at"), gs_field_date, offsetof(gs_source, at)},
    {GS_TEXT_INIT("by"), gs_field_name, offsetof(gs_source, by)},
    {GS_TEXT_INIT("identity"), gs_field_reserved, 0},
    {GS_TEXT_INIT("read_by"), gs_field_reserved, 0},
    {GS_TEXT_INIT("type"), gs_field_nothing, 0},
    {GS_TEXT_INIT("v"), gs_field_nothing, 0},
};
const size_t gs_source_field_count = sizeof gs_source_fields / sizeof *gs_source_fields;

gs_code gs_field_reference(void *to, gs_value value, const gs_place *place,
                           gs_arena *arena, gs_error *err)
{
    gs_source *source = gs_arena_take(arena, sizeof *source);
    gs_fields fields = {gs_source_fields, gs_source_field_count, NULL};
    gs_code rc;

    if (source == NULL)
        return gs_fail_memory(err);
    fields.extra = &source->extra;
    if (value.type == GS_STRING)
        rc = gs_field_name(&source->url, value, place, arena, err);
    else if (value.type == GS_MAP)
        rc = gs_fields_read(source, value, fields, place, arena, err);
    else
        return gs_field_expected(err, place, value, "a URL, or an object");
    if (rc == GS_OK && source->text.bytes != NULL)
        return gs_field_wrong(err, place,
                              "carries a text; give the text in a document record");
    if (rc == GS_OK)
        *(const gs_source **)to = source;
    return rc;
}
