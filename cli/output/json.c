/* Rows as JSON objects: one a line, or all in an array. */
#include "cli/output/writers.h"

static void append_object(gs_output *out, const gainsay_rows *rows)
{
    size_t count = gainsay_columns(rows);

    gs_buffer_char(&out->line, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            gs_buffer_text(&out->line, GS_TEXT(", "));
        gs_json_string(&out->line, gs_text_of(gainsay_column(rows, i)));
        gs_buffer_text(&out->line, GS_TEXT(": "));
        gs_json_write(&out->line, *gainsay_cell(rows, i));
    }
    gs_buffer_char(&out->line, '}');
}

static gainsay_code line_row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    append_object(out, rows);
    gs_buffer_char(&out->line, '\n');
    return gs_output_send(out, err);
}

static gainsay_code record_row(gs_output *out, const gainsay_rows *rows,
                               gainsay_error *err)
{
    gs_json_write(&out->line, *gainsay_cell(rows, 0));
    gs_buffer_char(&out->line, '\n');
    return gs_output_send(out, err);
}

static gainsay_code array_row(gs_output *out, const gainsay_rows *rows,
                              gainsay_error *err)
{
    gs_buffer_text(&out->line, out->rows == 0 ? GS_TEXT("[\n  ") : GS_TEXT(",\n  "));
    append_object(out, rows);
    return gs_output_send(out, err);
}

static gainsay_code array_end(gs_output *out, const gainsay_rows *rows,
                              gainsay_error *err)
{
    (void)rows;
    gs_buffer_text(&out->line, out->rows == 0 ? GS_TEXT("[]\n") : GS_TEXT("\n]\n"));
    return gs_output_send(out, err);
}

const gs_writer gs_writer_jsonl = {"jsonl", false, gs_output_nothing, line_row,
                                   gs_output_nothing};
const gs_writer gs_writer_records = {"records", false, gs_output_nothing, record_row,
                                     gs_output_nothing};
const gs_writer gs_writer_json = {"json", false, gs_output_nothing, array_row, array_end};
