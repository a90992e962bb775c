/* JSON Lines: a record a line. */
#include "graph/base/json.h"
#include "ingest/formats/formats.h"
#include <stdlib.h>
#include <string.h>

struct gs_reader {
    gs_input *input;
    uint64_t line;
};

static int sniff(gs_text head, const char *path)
{
    gs_text start = gs_text_trim(head);

    if (gs_is_binary(head))
        return 0;
    if (gs_path_ends(path, ".jsonl") || gs_path_ends(path, ".ndjson") ||
        gs_path_ends(path, ".json"))
        return 90;
    if (!gs_text_starts(start, GS_TEXT("{")))
        return 0;
    start = gs_text_trim(gs_text_slice(start, 1, start.size));
    return gs_text_starts(start, GS_TEXT("\"")) ? 80 : 0;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    gs_reader *reader = calloc(1, sizeof *reader);

    (void)path;
    if (reader == NULL)
        return gs_fail_memory(err);
    reader->input = input;
    *out = reader;
    return GS_OK;
}

/* The next line that is not blank. */
static gs_code next_line(gs_text *line, gs_found *found, gs_reader *reader, gs_error *err)
{
    gs_code rc;

    do {
        rc = gs_input_line(line, &found->byte, reader->input, GS_LINE_MAX, err);
        reader->line++;
    } while (rc == GS_OK && gs_text_trim(*line).size == 0);
    found->line = reader->line;
    return rc;
}

static gs_code refuse(gs_found *out, gs_found found, gs_text line, gs_error *err)
{
    found.bad = line;
    *out = found;
    err->code = GS_INPUT;
    err->line = (uint32_t)found.line;
    return GS_INPUT;
}

static gs_code next(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err)
{
    gs_found found = {0};
    gs_text line;
    gs_value value;
    gs_code rc = next_line(&line, &found, reader, err);

    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    line = gs_text_copy(arena, line); /* which the record borrows from */
    if (line.bytes == NULL)
        return gs_fail_memory(err);
    if (rc == GS_OK)
        rc = gs_json_borrow(&value, arena, line, err);
    if (rc == GS_OK)
        rc = gs_record_read(&found.record, value, arena, err);
    if (rc == GS_INPUT)
        return refuse(out, found, line, err);
    if (rc == GS_OK) {
        found.bad = line; /* whoever refuses it later keeps these bytes */
        *out = found;
    }
    return rc;
}

static void reader_close(gs_reader *reader)
{
    free(reader);
}

const gs_format gs_format_jsonl = {"jsonl", sniff, reader_open, next, reader_close};
