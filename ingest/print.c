/* gainsay_extract: the statement records that a file gives, without a store. */
#include "ingest/explain.h"
#include "ingest/feed.h"
#include "ingest/stream.h"
#include "ingest/walk.h"
#include <string.h>

typedef struct printing {
    gs_feed feed;
    gs_arena arena; /* of the feed's texts */
    gs_language *language;
    gainsay_write *write;
    void *context;
    gs_buffer line;
    gainsay_summary summary;
    const char *path;
} printing;

static void tell(printing *p, const gs_error *error)
{
    p->feed.tell(p->feed.context, strcmp(p->path, "-") == 0 ? "standard input" : p->path,
                 error);
}

static gs_code put_line(printing *p, gs_error *err)
{
    gs_buffer_char(&p->line, '\n');
    if (p->line.failed)
        return gs_fail_memory(err);
    p->summary.added++;
    if (!p->write(p->context, p->line.bytes, p->line.size))
        return gs_fail(err, GS_FAILED, "output: cannot be written; check where it goes");
    return GS_OK;
}

static gs_code print(printing *p, const gs_statement *statement, gs_arena *arena,
                     gs_error *err)
{
    gs_statement whole = *statement;
    gs_value map;
    gs_code rc = GS_OK;

    if (whole.id.bytes == NULL)
        GS_TRY(gs_statement_identity(&whole.id, statement, arena, err));
    gs_buffer_clear(&p->line);
    if (p->feed.explain)
        GS_TRY(gs_explain(&p->line, &whole, arena, err));
    else {
        GS_TRY(gs_statement_write(&map, &whole, arena, err));
        gs_json_write(&p->line, map);
    }
    rc = put_line(p, err);
out:
    return rc;
}

static gs_code print_attribution(printing *p, const gs_attribution *a, gs_error *err)
{
    gs_buffer *line = &p->line;

    gs_buffer_clear(line);
    gs_buffer_format(line, "{\"cue_span\": [%zu, %zu], \"speaker_span\": ", a->cue.start,
                     a->cue.end);
    if (a->sourced)
        gs_buffer_format(line, "[%zu, %zu]", a->source.start, a->source.end);
    else
        gs_buffer_text(line, GS_TEXT("null"));
    gs_buffer_text(line, GS_TEXT(", \"content_spans\": ["));
    for (size_t i = 0; i < a->contents.count; i++)
        gs_buffer_format(line, "%s[%zu, %zu]", i > 0 ? ", " : "",
                         a->contents.items[i].start, a->contents.items[i].end);
    gs_buffer_format(line, "], \"confidence\": %.2f}", a->confidence);
    return put_line(p, err);
}

static gs_code print_attributions(printing *p, const gs_source *document, gs_arena *arena,
                                  gs_error *err)
{
    gs_attributions found;
    bool readable;
    gs_code rc =
        gs_document_attributions(&found, &readable, p->language, document, arena, err);

    p->summary.documents++;
    p->summary.skipped += !readable;
    for (size_t i = 0; rc == GS_OK && i < found.count; i++)
        rc = print_attribution(p, &found.items[i], err);
    return rc;
}

static gs_code print_external(void *context, const gs_statement *statement,
                              gs_arena *arena, gs_error *err)
{
    return print(context, statement, arena, err);
}

static gs_code refuse_line(void *context, gs_text line, const gs_error *why,
                           gs_error *err)
{
    printing *p = context;

    (void)line, (void)err;
    p->summary.rejected++;
    tell(p, why);
    return GS_OK;
}

/* What a command finds beside us. */
static gs_code run_external(printing *p, const gs_source *document, gs_arena *arena,
                            gs_error *err)
{
    gs_external_sink sink = {p, print_external, refuse_line};
    gs_code rc;

    if (p->feed.external.command == NULL || document->text.bytes == NULL)
        return GS_OK;
    rc = gs_external_read(&p->feed.external, document, &sink, arena, err);
    if (rc != GS_INPUT && rc != GS_LIMIT)
        return rc;
    p->summary.rejected++;
    tell(p, err);
    return GS_OK;
}

/* The document itself, with its text, for a store that is elsewhere. */
static gs_code print_text(printing *p, const gs_source *document, gs_arena *arena,
                          gs_error *err)
{
    gs_source read = *document;
    gs_value map;
    gs_code rc;

    read.extractor = gs_extractor_name();
    rc = gs_source_write(&map, &read, arena, err);
    if (rc != GS_OK)
        return rc;
    gs_buffer_clear(&p->line);
    gs_json_write(&p->line, map);
    return put_line(p, err);
}

static gs_code print_document(printing *p, const gs_source *document, gs_arena *arena,
                              gs_error *err)
{
    gs_statements statements;
    bool readable;
    gs_code rc =
        gs_document_read(&statements, &readable, p->language, document, arena, err);

    p->summary.documents++;
    p->summary.skipped += !readable;
    if (rc == GS_OK && p->feed.texts)
        rc = print_text(p, document, arena, err);
    for (size_t i = 0; rc == GS_OK && i < statements.count; i++)
        rc = print(p, &statements.items[i], arena, err);
    if (rc == GS_OK)
        rc = run_external(p, document, arena, err);
    return rc;
}

static gs_code print_record(void *context, gs_record *record, gs_arena *arena,
                            gs_error *err)
{
    printing *p = context;
    gs_code rc = gs_record_complete(record, &p->feed.defaults, arena, err);

    if (rc != GS_OK)
        return rc;
    if (record->type == GS_RECORD_DOCUMENT && p->feed.attributions)
        return print_attributions(p, &record->as.document, arena, err);
    if (record->type == GS_RECORD_STATEMENT && !p->feed.attributions && !p->feed.explain)
        return print(p, &record->as.statement, arena, err);
    if (record->type == GS_RECORD_DOCUMENT)
        return print_document(p, &record->as.document, arena, err);
    p->summary.skipped++;
    return GS_OK;
}

static gs_code print_refused(void *context, const gs_found *found, const gs_error *why,
                             gs_error *err)
{
    printing *p = context;

    (void)found, (void)err;
    p->summary.rejected++;
    tell(p, why);
    return GS_OK;
}

static void print_note(void *context, const gs_error *word)
{
    tell(context, word);
}

static void print_skipped(void *context)
{
    printing *p = context;

    p->summary.skipped++;
}

/* A file that the user did not name himself costs itself alone. */
static gs_code print_file(void *context, const char *path, int within, gs_error *err)
{
    printing *p = context;
    gs_sink sink = {p, print_record, print_refused, print_note, print_skipped};
    gs_file file;
    gs_code rc;

    p->path = path;
    rc = gs_stream_file(&file, path, p->feed.format, NULL, p->feed.interrupt, &sink, err);
    p->summary.files += rc == GS_OK;
    if (!within || (rc != GS_FORMAT && rc != GS_LIMIT))
        return rc;
    tell(p, err);
    p->summary.rejected++;
    return GS_OK;
}

gainsay_code gainsay_extract(const char *path, const gainsay_feed *feed,
                             gainsay_write *write, void *context,
                             gainsay_summary *summary, gainsay_error *error)
{
    printing p = {.write = write, .context = context, .path = path};
    gs_error err = {0};
    gs_code rc;

    GS_TRY(gs_feed_read(&p.feed, feed, &p.arena, &err));
    GS_TRY(gs_language_open(&p.language, GS_TEXT("en"), &err));
    GS_TRY(gs_walk(path, print_file, &p, &err));
    if (summary != NULL)
        *summary = p.summary;
out:
    gs_language_close(p.language);
    gs_buffer_free(&p.line);
    gs_arena_free(&p.arena);
    return gs_feed_give(error, &err, rc);
}
