#include "ingest/stream.h"
#include "graph/base/hash.h"
#include "ingest/formats/input.h"
#include <string.h>

typedef struct stream {
    const gs_format *format;
    gs_input *input;
    gs_reader *reader;
    const gs_sink *sink;
    const volatile int *interrupt;
    gs_arena arena;
    gs_file *file;
} stream;

static gs_code set_aside(stream *s, const gs_found *found, gs_error *err)
{
    gs_error why = *err;

    why.line = (uint32_t)found->line;
    return s->sink->refuse(s->sink->context, found, &why, err);
}

gs_code gs_stream_interrupted(const volatile int *interrupt, gs_error *err)
{
    if (interrupt != NULL && *interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted; what was committed is kept");
    return GS_OK;
}

static void tell_note(stream *s, const gs_found *found)
{
    gs_error word;

    if (found->note.bytes == NULL)
        return;
    gs_fail(&word, GS_OK, "%.*s", GS_SHOW(found->note));
    word.line = found->line > 1 ? (uint32_t)found->line : 0;
    s->sink->note(s->sink->context, &word);
}

/* A compressed file that ended before its end: what was read of it stands, and what is
 * missing is told. */
static gs_code tell_flaw(stream *s, gs_error *err)
{
    gs_error why;
    gs_found found = {.byte = gs_input_size(s->input), .bad = GS_TEXT("")};

    if (gs_input_flaw(s->input, &why) == GS_OK)
        return GS_OK;
    return s->sink->refuse(s->sink->context, &found, &why, err);
}

/* The next record, and behind it the place where it ends. */
static gs_code read_record(gs_found *found, gs_place *behind, stream *s, gs_error *err)
{
    gs_hash128 hash;
    gs_code rc;

    gs_arena_reset(&s->arena);
    rc = gs_stream_interrupted(s->interrupt, err);
    if (rc == GS_OK)
        rc = s->format->next(found, s->reader, &s->arena, err);
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    s->file->refused += rc == GS_INPUT;
    hash = gs_hash_text(s->file->place.hash, found->bad);
    behind->records = s->file->place.records + 1;
    memcpy(&behind->hash, hash.bytes, sizeof behind->hash);
    return rc;
}

static gs_code one_record(stream *s, gs_error *err)
{
    gs_found found;
    gs_place behind;
    gs_code rc = read_record(&found, &behind, s, err);

    if (rc != GS_OK && rc != GS_INPUT)
        return rc; /* a limit that ends the file */
    if (rc == GS_OK && found.passed) {
        s->sink->skip(s->sink->context);
        s->file->place = behind;
        return GS_OK;
    }
    if (rc == GS_OK) {
        tell_note(s, &found);
        rc = s->sink->record(s->sink->context, &found.record, &s->arena, err);
    }
    if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT)
        rc = set_aside(s, &found, err);
    if (rc == GS_OK)
        s->file->place = behind;
    return rc;
}

/* Up to a place that an earlier process came to. */
static gs_code skip_to(stream *s, const gs_place *from, gs_error *err)
{
    gs_found found;
    gs_code rc = GS_OK;

    while (s->file->place.records < from->records && (rc == GS_OK || rc == GS_INPUT))
        rc = read_record(&found, &s->file->place, s, err);
    if (rc != GS_OK && rc != GS_INPUT && rc != GS_END)
        return rc;
    s->file->other = rc == GS_END || s->file->place.hash != from->hash;
    return GS_OK;
}

static gs_code read_records(stream *s, const char *path, const gs_place *from,
                            gs_error *err)
{
    gs_code rc = s->format->open(&s->reader, s->input, path, err);

    if (rc == GS_OK && from != NULL)
        rc = skip_to(s, from, err);
    if (rc == GS_OK && s->file->other)
        return GS_OK;
    while (rc == GS_OK)
        rc = one_record(s, err);
    if (rc != GS_END)
        return rc;
    s->file->size = gs_input_size(s->input);
    s->file->empty = s->file->place.records == 0;
    rc = tell_flaw(s, err);
    if (rc == GS_OK)
        rc = gs_input_sha256(s->file->sha256, s->input, err);
    if (rc == GS_OK && !s->file->empty && s->file->refused == s->file->place.records)
        return gs_fail(err, GS_FORMAT,
                       "nothing in it could be read as %s; say which format it has with "
                       "--format",
                       s->format->name);
    return rc;
}

gs_code gs_stream_file(gs_file *out, const char *path, const char *format,
                       const gs_place *from, const volatile int *interrupt,
                       const gs_sink *sink, gs_error *err)
{
    stream s = {.sink = sink, .interrupt = interrupt, .file = out};
    gs_text head;
    gs_code rc;

    *out = (gs_file){0};
    GS_TRY(gs_input_open(&s.input, path, interrupt, err));
    GS_TRY(gs_input_peek(&head, s.input, err));
    if (head.size == 0) {
        out->empty = true;
        out->other = from != NULL && from->records > 0;
        GS_TRY(gs_input_sha256(out->sha256, s.input, err));
    } else {
        GS_TRY(gs_format_find(&s.format, format, s.input, path, err));
        GS_TRY(read_records(&s, path, from, err));
    }
out:
    if (s.reader != NULL)
        s.format->close(s.reader);
    gs_input_close(s.input);
    gs_arena_free(&s.arena);
    return rc;
}
