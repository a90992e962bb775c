/* A file of any format, as it is told by its bytes: every reader, what expands, and what
 * decodes. The path's extension is its first byte. */
#include "ingest/format.h"
#include "ingest/formats/input.h"
#include <stdlib.h>

static void read_all(const gs_format *format, gs_input *input, const char *path)
{
    gs_arena arena = {0};
    gs_reader *reader;
    gs_found found;
    gs_error err;
    gs_code rc = format->open(&reader, input, path, &err);

    if (rc != GS_OK)
        return;
    do {
        gs_arena_reset(&arena);
        rc = format->next(&found, reader, &arena, &err);
    } while (rc == GS_OK || rc == GS_INPUT);
    format->close(reader);
    gs_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const paths[] = {"a",      "a.txt", "a.jsonl",
                                        "a.html", "a.xml", "a.csv"};
    const size_t count = sizeof paths / sizeof *paths;
    const gs_format *format;
    const char *path;
    gs_input *input;
    gs_error err;

    if (size == 0)
        return 0;
    path = paths[data[0] % count];
    if (gs_input_of(&input, (gs_text){(const char *)data + 1, size - 1}, &err) != GS_OK)
        abort();
    if (gs_format_find(&format, NULL, input, path, &err) == GS_OK)
        read_all(format, input, path);
    gs_input_close(input);
    return 0;
}
