#include "ingest/extract/tables.h"

const gs_table *gs_table_find(gs_text name)
{
    for (size_t i = 0; i < gs_table_count; i++)
        if (gs_text_equal(gs_text_of(gs_tables[i].name), name))
            return &gs_tables[i];
    return NULL;
}

static size_t split(gs_text line, gs_text *fields, size_t room)
{
    size_t count = 0;

    for (size_t at = 0; count < room && at <= line.size; count++) {
        size_t tab = gs_text_find(line, GS_TEXT("\t"), at);
        size_t end = tab == SIZE_MAX ? line.size : tab;

        fields[count] = gs_text_trim(gs_text_slice(line, at, end));
        at = end + 1;
    }
    return count;
}

size_t gs_table_row(const gs_table *table, size_t *at, gs_text *fields, size_t room)
{
    gs_text text = {table->bytes, table->size};

    while (*at < text.size) {
        size_t end = gs_text_find(text, GS_TEXT("\n"), *at);
        gs_text line = gs_text_slice(text, *at, end == SIZE_MAX ? text.size : end);

        *at = end == SIZE_MAX ? text.size : end + 1;
        if (gs_text_trim(line).size > 0 && line.bytes[0] != '#')
            return split(line, fields, room);
    }
    return 0;
}
