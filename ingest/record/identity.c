/* Identities: schemas/identity.md is the recipe, schemas/identity.json its test vectors.
 */
#include "graph/base/bytes.h"
#include "graph/base/hash.h"
#include "graph/base/scan.h"
#include "ingest/record/record.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ID_BYTES = 16,
    RECIPE_ROOM = 1024, /* for most */
};

gs_code gs_source_identity(gs_text *out, const gs_source *source, gs_arena *arena,
                           gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    char hex[2 * GS_SHA256_SIZE + 1];
    gs_text identity = {0};
    gs_code rc;

    if (source->url.bytes != NULL) {
        const char *fragment = memchr(source->url.bytes, '#', source->url.size);

        identity = source->url;
        if (fragment != NULL)
            identity.size = (size_t)(fragment - source->url.bytes);
    } else if (source->sha256.bytes != NULL) {
        identity = source->sha256;
    } else if (source->text.bytes != NULL) {
        rc = gs_sha256(digest, &source->text, 1, err);
        if (rc != GS_OK)
            return rc;
        gs_hex(hex, digest, sizeof digest);
        identity = gs_text_copy(arena, gs_text_of(hex));
        if (identity.bytes == NULL)
            return gs_fail_memory(err);
    } else if (source->file.bytes != NULL) {
        identity = source->file;
    } else {
        identity = source->title;
    }
    *out = identity;
    return GS_OK;
}

/* "5:", and how many characters these are. */
static size_t write_size(char out[24], size_t size)
{
    char digits[24]; /* by hand: printf took a tenth of the digest's time */
    size_t at = sizeof digits;

    digits[--at] = ':';
    do
        digits[--at] = (char)('0' + size % 10);
    while ((size /= 10) > 0);
    memcpy(out, digits + at, sizeof digits - at);
    return sizeof digits - at;
}

/* A netstring: "5:Kirby,". Length first, so that no text can pass for two. */
static void put(gs_buffer *to, gs_text text)
{
    char head[24];

    gs_buffer_bytes(to, head, write_size(head, text.size));
    gs_buffer_text(to, text);
    gs_buffer_char(to, ',');
}

/* Most names and words are normal as they come. */
static gs_code normalise(gs_text *text, gs_arena *arena, gs_error *err)
{
    if (text->bytes == NULL || gs_scan_is_plain(*text))
        return GS_OK;
    *text = gs_normalise(arena, *text);
    return text->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

static gs_code put_field(gs_buffer *to, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_code rc = normalise(&text, arena, err);

    if (rc == GS_OK)
        put(to, text);
    return rc;
}

static int by_bytes(const void *a, const void *b)
{
    return gs_text_compare(*(const gs_text *)a, *(const gs_text *)b);
}

/* Sorted by bytes, each once; gives how many. */
static size_t sort(gs_text *items, size_t count)
{
    size_t kept = 0;

    if (count > 1)
        qsort(items, count, sizeof *items, by_bytes);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !gs_text_equal(items[i], items[kept - 1]))
            items[kept++] = items[i];
    return kept;
}

/* A set: normalised, sorted, as one netstring of netstrings. */
static gs_code put_set(gs_buffer *to, gs_text *items, size_t count, gs_arena *arena,
                       gs_error *err)
{
    char head[24];
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        gs_code rc = normalise(&items[i], arena, err);

        if (rc != GS_OK)
            return rc;
    }
    count = sort(items, count);
    for (size_t i = 0; i < count; i++)
        size += write_size(head, items[i].size) + items[i].size + 1;
    gs_buffer_bytes(to, head, write_size(head, size));
    for (size_t i = 0; i < count; i++)
        put(to, items[i]);
    gs_buffer_char(to, ',');
    return GS_OK;
}

static gs_code put_accused(gs_buffer *to, const gs_statement *s, gs_arena *arena,
                           gs_error *err)
{
    gs_text *names = gs_arena_array(arena, s->accused.count, sizeof *names);

    if (names == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < s->accused.count; i++)
        names[i] = s->accused.items[i].name;
    return put_set(to, names, s->accused.count, arena, err);
}

/* Only where there is no text, and only ids that no inference of ours put there. */
static gs_code put_answers(gs_buffer *to, const gs_statement *s, gs_arena *arena,
                           gs_error *err)
{
    gs_text *ids = gs_arena_array(arena, s->answers.count, sizeof *ids);
    size_t count = 0;

    if (ids == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; s->text.bytes == NULL && i < s->answers.count; i++)
        if (s->answers.items[i].id.bytes != NULL && !s->answers.items[i].inferred)
            ids[count++] = s->answers.items[i].id;
    return put_set(to, ids, count, arena, err);
}

static gs_code write_recipe(gs_buffer *to, const gs_statement *s, gs_arena *arena,
                            gs_error *err)
{
    gs_text document = {0};
    gs_code rc;

    gs_buffer_reserve(to, RECIPE_ROOM);
    if (s->document != NULL)
        GS_TRY(gs_source_identity(&document, s->document, arena, err));
    GS_TRY(put_field(to, document, arena, err));
    GS_TRY(put_field(to, s->speaker.name, arena, err));
    GS_TRY(put_field(to, s->kind, arena, err));
    GS_TRY(put_field(to, s->text, arena, err));
    GS_TRY(put_field(to, s->date, arena, err));
    GS_TRY(put_accused(to, s, arena, err));
    GS_TRY(put_answers(to, s, arena, err));
    if (to->failed)
        rc = gs_fail_memory(err);
out:
    return rc;
}

gs_code gs_statement_identity(gs_text *out, const gs_statement *statement,
                              gs_arena *arena, gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    char hex[2 * ID_BYTES + 1];
    gs_buffer recipe = {0};
    gs_text view, id;
    gs_code rc;

    GS_TRY(write_recipe(&recipe, statement, arena, err));
    view = gs_buffer_view(&recipe);
    GS_TRY(gs_sha256(digest, &view, 1, err));
    gs_hex(hex, digest, ID_BYTES);
    id = gs_text_copy(arena, gs_text_of(hex));
    if (id.bytes == NULL)
        rc = gs_fail_memory(err);
    else
        *out = id;
out:
    gs_buffer_free(&recipe);
    return rc;
}

gs_code gs_statement_digest(int64_t *out, const gs_statement *statement, gs_arena *arena,
                            gs_error *err)
{
    gs_buffer recipe = {0};
    gs_hash128 hash;
    gs_code rc = write_recipe(&recipe, statement, arena, err);

    if (rc == GS_OK) {
        hash = gs_hash_text(0, gs_buffer_view(&recipe));
        *out = gs_load_i64(hash.bytes);
    }
    gs_buffer_free(&recipe);
    return rc;
}
