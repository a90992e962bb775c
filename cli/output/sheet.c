/* A row as a sheet: a line for each field that has a value, its name before it. For what
 * comes as one row with many fields. */
#include "cli/output/fit.h"
#include "cli/output/writers.h"

enum { GAP = 2, VALUE_LEAST = 20 };

static size_t widest_name(const gainsay_rows *rows)
{
    size_t widest = 0;

    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        size_t width = gs_text_width(gs_text_of(gainsay_column(rows, i)));

        widest = width > widest ? width : widest;
    }
    return widest;
}

static void append_field(gs_output *out, gs_text name, gs_text text, size_t indent)
{
    size_t room = out->width > indent + VALUE_LEAST ? out->width - indent : VALUE_LEAST;
    gs_text line;

    gs_buffer_format(&out->line, "%s%.*s%s%*s", out->color ? "\x1b[1m" : "",
                     GS_SHOW(name), out->color ? "\x1b[0m" : "",
                     (int)(indent - gs_text_width(name)), "");
    while ((line = gs_wrap(&text, room)).bytes != NULL) {
        gs_buffer_format(&out->line, "%.*s\n", GS_SHOW(line));
        if (text.size > 0)
            gs_buffer_format(&out->line, "%*s", (int)indent, "");
    }
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    size_t indent = widest_name(rows) + GAP;
    gs_buffer value = {0};

    if (out->rows > 0)
        gs_buffer_char(&out->line, '\n');
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_text name = gs_printable(&out->arena, gs_text_of(gainsay_column(rows, i)));

        gs_buffer_clear(&value);
        gs_readable_write(&value, *gainsay_cell(rows, i));
        if (value.size > 0)
            append_field(out, name, gs_printable(&out->arena, gs_buffer_view(&value)),
                         indent);
    }
    out->line.failed |= value.failed;
    gs_buffer_free(&value);
    gs_arena_reset(&out->arena);
    return gs_output_send(out, err);
}

const gs_writer gs_writer_sheet = {"table", true, gs_output_nothing, row,
                                   gs_output_nothing};
