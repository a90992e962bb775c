/* Any bytes as a file of records and as prose: no crash, and a statement that was read
 * comes back the same when it is written and read. */
#include "ingest/formats/formats.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

/* The same map, and so the same id. */
static void write_and_read(const gs_statement *statement, gs_arena *arena)
{
    gs_value map, again_map;
    gs_record again;
    gs_text id, again_id;
    gs_error err;

    must(gs_statement_write(&map, statement, arena, &err) == GS_OK);
    must(gs_record_read(&again, map, arena, &err) == GS_OK);
    must(again.type == GS_RECORD_STATEMENT);
    must(gs_statement_write(&again_map, &again.as.statement, arena, &err) == GS_OK);
    must(gs_value_same(map, again_map));
    must(gs_statement_identity(&id, statement, arena, &err) == GS_OK);
    must(gs_statement_identity(&again_id, &again.as.statement, arena, &err) == GS_OK);
    must(gs_text_equal(id, again_id));
}

static void read_all(const gs_format *format, gs_text bytes)
{
    gs_arena arena = {0};
    gs_reader *reader;
    gs_input *input;
    gs_found found;
    gs_error err;
    gs_code rc;

    must(gs_input_of(&input, bytes, &err) == GS_OK);
    must(format->open(&reader, input, "file.txt", &err) == GS_OK);
    while ((rc = format->next(&found, reader, &arena, &err)) == GS_OK || rc == GS_INPUT) {
        must(found.line > 0 && found.bad.bytes != NULL);
        if (rc == GS_OK && found.record.type == GS_RECORD_STATEMENT)
            write_and_read(&found.record.as.statement, &arena);
        gs_arena_reset(&arena);
    }
    must(rc == GS_END || rc == GS_LIMIT); /* a limit ends the file: it was compressed */
    format->close(reader);
    gs_input_close(input);
    gs_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gs_text text = {(const char *)bytes, size};

    read_all(&gs_format_jsonl, text);
    read_all(&gs_format_prose, text);
    return 0;
}
