#include "ingest/stream.h"
#include "graph/base/hash.h"
#include "ingest/ahead.h"
#include "ingest/formats/input.h"
#include <string.h>
#include <sys/stat.h>

enum { AHEAD_SIZE = 256 << 10 }; /* bytes of a file that is worth a thread */

typedef struct stream {
    const gs_format *format;
    gs_input *input;
    gs_reader *reader;
    gs_place place; /* behind the last record that was read */
    const gs_sink *sink;
    const volatile int *interrupt;
    gs_ahead *ahead; /* reads with all of the above but sink and interrupt; or NULL */
    gs_read own;     /* the record at hand, where there is no `ahead` */
    gs_arena arena;  /* of the record at hand */
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
static gs_code read_one(gs_read *out, void *context, gs_arena *arena, gs_error *err)
{
    stream *s = context;
    gs_error *why;
    gs_hash128 hash;

    out->rc = s->format->next(&out->found, s->reader, arena, err);
    if (out->rc != GS_OK && out->rc != GS_INPUT)
        return out->rc;
    hash = gs_hash_text(s->place.hash, out->found.bad);
    s->place.records++;
    memcpy(&s->place.hash, hash.bytes, sizeof s->place.hash);
    out->behind = s->place;
    if (out->rc == GS_OK)
        return GS_OK;
    why = gs_arena_take(arena, sizeof *why);
    if (why == NULL)
        return gs_fail_memory(err);
    *why = *err;
    out->why = why;
    return GS_OK;
}

/* Besides, what is known of a statement without a look at the store. */
static gs_code read_ahead(gs_read *out, void *context, gs_arena *arena, gs_error *err)
{
    gs_code rc = read_one(out, context, arena, err);

    if (rc == GS_OK && out->rc == GS_OK && !out->found.passed &&
        out->found.record.type == GS_RECORD_STATEMENT)
        rc = gs_statement_digest(&out->found.record.as.statement.digest,
                                 &out->found.record.as.statement, arena, err);
    return rc;
}

static gs_code next_record(gs_read **out, stream *s, gs_error *err)
{
    gs_code rc;

    gs_arena_reset(&s->arena);
    rc = gs_stream_interrupted(s->interrupt, err);
    if (rc != GS_OK)
        return rc;
    if (s->ahead != NULL)
        return gs_ahead_next(out, s->ahead, err);
    *out = &s->own;
    return read_one(&s->own, s, &s->arena, err);
}

static gs_code one_record(stream *s, gs_error *err)
{
    gs_read *read;
    gs_code rc = next_record(&read, s, err);

    if (rc != GS_OK)
        return rc; /* a limit that ends the file */
    rc = read->rc;
    if (rc == GS_OK && read->found.passed) {
        s->sink->skip(s->sink->context);
        s->file->place = read->behind;
        return GS_OK;
    }
    if (rc == GS_OK) {
        tell_note(s, &read->found);
        rc = s->sink->record(s->sink->context, &read->found.record, &s->arena, err);
    } else {
        s->file->refused++;
        *err = *read->why;
    }
    if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT)
        rc = set_aside(s, &read->found, err);
    if (rc == GS_OK)
        s->file->place = read->behind;
    return rc;
}

/* Up to a place that an earlier process came to. */
static gs_code skip_to(stream *s, const gs_place *from, gs_error *err)
{
    gs_read *read;
    gs_code rc = GS_OK;

    while (rc == GS_OK && s->file->place.records < from->records) {
        rc = next_record(&read, s, err);
        if (rc == GS_OK) {
            s->file->refused += read->rc == GS_INPUT;
            s->file->place = read->behind;
        }
    }
    if (rc != GS_OK && rc != GS_END)
        return rc;
    s->file->other = rc == GS_END || s->file->place.hash != from->hash;
    return GS_OK;
}

/* What may block (a pipe, a terminal) hands each record on as it comes. */
static bool is_worth_a_thread(const stream *s, const char *path)
{
    struct stat seen;

    return gs_format_is_ahead(s->format) && strcmp(path, "-") != 0 &&
           stat(path, &seen) == 0 && S_ISREG(seen.st_mode) && seen.st_size >= AHEAD_SIZE;
}

static gs_code hand_on(stream *s, const char *path, gs_error *err)
{
    gs_code rc = GS_OK;

    if (is_worth_a_thread(s, path))
        rc = gs_ahead_open(&s->ahead, read_ahead, s, err);
    while (rc == GS_OK)
        rc = one_record(s, err);
    gs_ahead_close(s->ahead);
    s->ahead = NULL;
    return rc;
}

static gs_code read_records(stream *s, const char *path, const gs_place *from,
                            gs_error *err)
{
    gs_code rc = s->format->open(&s->reader, s->input, path, err);

    if (rc == GS_OK && from != NULL)
        rc = skip_to(s, from, err);
    if (rc == GS_OK && s->file->other)
        return GS_OK;
    if (rc == GS_OK)
        rc = hand_on(s, path, err);
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
