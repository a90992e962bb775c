#include "ingest/stream.h"
#include "ingest/formats/input.h"

typedef struct stream {
    const gs_format *format;
    gs_input *input;
    gs_reader *reader;
    const gs_sink *sink;
    const volatile int *interrupt;
    gs_arena arena;
    gs_file file;
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

static gs_code one_record(stream *s, gs_error *err)
{
    gs_found found;
    gs_code rc;

    gs_arena_reset(&s->arena);
    rc = gs_stream_interrupted(s->interrupt, err);
    if (rc == GS_OK)
        rc = s->format->next(&found, s->reader, &s->arena, err);
    if (rc == GS_OK || rc == GS_INPUT)
        s->file.records++;
    if (rc == GS_INPUT) {
        s->file.refused++;
        return set_aside(s, &found, err);
    }
    if (rc != GS_OK)
        return rc;
    rc = s->sink->record(s->sink->context, &found.record, &s->arena, err);
    if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT)
        rc = set_aside(s, &found, err);
    return rc;
}

static gs_code read_records(stream *s, const char *path, gs_error *err)
{
    gs_code rc = s->format->open(&s->reader, s->input, path, err);

    while (rc == GS_OK)
        rc = one_record(s, err);
    if (rc != GS_END)
        return rc;
    s->file.size = gs_input_size(s->input);
    s->file.empty = s->file.records == 0;
    rc = gs_input_sha256(s->file.sha256, s->input, err);
    if (rc == GS_OK && s->file.records > 0 && s->file.refused == s->file.records)
        return gs_fail(err, GS_FORMAT,
                       "nothing in it could be read as %s; say which format it has with "
                       "--format",
                       s->format->name);
    return rc;
}

gs_code gs_stream_file(gs_file *out, const char *path, const char *format,
                       const volatile int *interrupt, const gs_sink *sink, gs_error *err)
{
    stream s = {.sink = sink, .interrupt = interrupt};
    gs_text head;
    gs_code rc;

    GS_TRY(gs_input_open(&s.input, path, interrupt, err));
    GS_TRY(gs_input_peek(&head, s.input, err));
    if (head.size == 0) {
        s.file.empty = true;
        GS_TRY(gs_input_sha256(s.file.sha256, s.input, err));
    } else {
        GS_TRY(gs_format_find(&s.format, format, s.input, path, err));
        GS_TRY(read_records(&s, path, err));
    }
    *out = s.file;
out:
    if (s.reader != NULL)
        s.format->close(s.reader);
    gs_input_close(s.input);
    gs_arena_free(&s.arena);
    return rc;
}
