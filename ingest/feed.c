#include "ingest/feed.h"
#include "graph/base/hash.h"
#include <string.h>

_Static_assert((int)GAINSAY_INTERRUPTED == (int)GS_INTERRUPTED, "codes are the same");

static void translate(gainsay_error *out, const gs_error *err)
{
    *out = (gainsay_error){.code = (gainsay_code)err->code,
                           .line = err->line,
                           .column = err->column,
                           .length = err->length,
                           .type = err->type,
                           .phase = err->phase,
                           .detail = err->detail};
    memcpy(out->text, err->text, sizeof out->text);
}

gainsay_code gs_feed_give(gainsay_error *out, const gs_error *err, gs_code rc)
{
    if (rc != GS_OK && rc != GS_END)
        translate(out, err);
    return (gainsay_code)rc;
}

static void tell(void *context, const char *file, const gs_error *err)
{
    const gainsay_feed *feed = context;
    gainsay_error error;

    if (feed->report == NULL)
        return;
    translate(&error, err);
    feed->report(feed->context, file, &error);
}

static gs_code read_published(gs_text *out, const char *published, gs_arena *arena,
                              gs_error *err)
{
    gs_edtf date;

    if (published == NULL)
        return GS_OK;
    if (gs_edtf_parse(&date, gs_text_of(published), err) != GS_OK)
        return gs_fail(err, GS_USAGE,
                       "published \"%.64s\": no date; give one like 2022-11-08",
                       published);
    *out = gs_text_copy(arena, gs_edtf_text(&date));
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

static gs_code read_text(gs_text *out, const char *name, const char *string,
                         gs_arena *arena, gs_error *err)
{
    gs_text text = gs_text_trim(gs_text_of(string));

    if (text.size == 0)
        return GS_OK;
    if (!gs_utf8_valid(text, NULL))
        return gs_fail(err, GS_USAGE, "%s: invalid UTF-8; give it in UTF-8", name);
    *out = gs_text_copy(arena, text);
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

/* A digest of all that a run's result depends on. What comes through a pipe does not come
 * again, so a run with such an input has none. */
static gs_code make_command(gs_feed *feed, const gainsay_feed *from, gs_arena *arena,
                            gs_error *err)
{
    enum { SETTINGS = 9 };
    gs_text *parts = gs_arena_array(arena, SETTINGS + from->input_count, sizeof *parts);
    unsigned char digest[GS_SHA256_SIZE];
    char hex[2 * GS_SHA256_SIZE + 1];
    gs_text all;
    gs_code rc = GS_OK;

    if (parts == NULL)
        return gs_fail_memory(err);
    parts[0] = feed->job;
    parts[1] = feed->format == NULL ? (gs_text){0} : gs_text_of(feed->format);
    parts[2] = feed->defaults.published;
    parts[3] = feed->defaults.publisher;
    parts[4] = feed->defaults.url;
    parts[5] = feed->defaults.title;
    parts[6] = feed->defaults.language;
    parts[7] = feed->no_text ? GS_TEXT("no text") : GS_TEXT("");
    parts[8] = gs_text_of(feed->external.command == NULL ? "" : feed->external.command);
    for (size_t i = 0; i < from->input_count; i++) {
        if (strcmp(from->inputs[i], "-") == 0)
            return GS_OK;
        parts[SETTINGS + i] = gs_text_of(from->inputs[i]);
    }
    all = gs_text_join(arena, parts, SETTINGS + from->input_count, GS_TEXT("\n"));
    if (all.bytes == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_sha256(digest, &all, 1, err));
    gs_hex(hex, digest, sizeof digest);
    feed->command = gs_text_copy(arena, gs_text_of(hex));
    if (feed->command.bytes == NULL)
        rc = gs_fail_memory(err);
out:
    return rc;
}

gs_code gs_feed_read(gs_feed *out, const gainsay_feed *feed, gs_arena *arena,
                     gs_error *err)
{
    gs_code rc;

    *out = (gs_feed){
        .external = {.limit_ms = feed->extractor_ms, .interrupt = feed->interrupt},
        .no_text = feed->no_text,
        .dry_run = feed->dry_run,
        .existing = feed->existing,
        .attributions = feed->attributions,
        .texts = feed->texts,
        .explain = feed->explain,
        .wait_ms = feed->wait_ms,
        .tell = tell,
        .context = (void *)feed,
        .interrupt = feed->interrupt};
    if (feed->extractor != NULL) {
        out->external.command = gs_text_string(arena, gs_text_of(feed->extractor));
        if (out->external.command == NULL)
            return gs_fail_memory(err);
    }
    if (feed->format != NULL) {
        out->format = gs_text_string(arena, gs_text_of(feed->format));
        if (out->format == NULL)
            return gs_fail_memory(err);
    }
    GS_TRY(read_text(&out->job, "job", feed->job, arena, err));
    GS_TRY(read_published(&out->defaults.published, feed->published, arena, err));
    GS_TRY(read_text(&out->defaults.publisher, "publisher", feed->publisher, arena, err));
    GS_TRY(read_text(&out->defaults.url, "url", feed->url, arena, err));
    GS_TRY(read_text(&out->defaults.title, "title", feed->title, arena, err));
    GS_TRY(read_text(&out->defaults.language, "language", feed->language, arena, err));
    if (feed->input_count > 0)
        rc = make_command(out, feed, arena, err);
out:
    return rc;
}
