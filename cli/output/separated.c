/* CSV (RFC 4180, lines ended by a bare line feed) and TSV. Lists, maps and elements are
 * JSON in their cell; null is an empty cell, in CSV an empty text is "". */
#include "cli/output/writers.h"
#include <string.h>

/* The cell's text, before it is quoted or escaped. */
static gs_text plain(gs_buffer *scratch, gs_value value)
{
    gs_buffer_clear(scratch);
    if (value.type == GS_STRING)
        return value.as.string;
    if (value.type == GS_DATE)
        return gs_edtf_text(value.as.date);
    if (value.type != GS_NULL)
        gs_json_write(scratch, value);
    return gs_buffer_view(scratch);
}

/* What a spreadsheet would run: a text that begins so. Full-width forms count too. */
static bool is_formula(gs_text text)
{
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "＝", "＋", "－", "＠", NULL};

    for (size_t i = 0; starts[i] != NULL; i++)
        if (gs_text_starts(text, gs_text_of(starts[i])))
            return true;
    return false;
}

static void append_csv(gs_buffer *out, gs_text text, bool is_text)
{
    bool guard = is_text && is_formula(text);
    bool quote = guard || (is_text && text.size == 0);

    for (size_t i = 0; i < text.size && !quote; i++)
        quote = strchr(",\"\r\n", text.bytes[i]) != NULL; /* NUL is found too: quoted */
    if (!quote) {
        gs_buffer_text(out, text);
        return;
    }
    gs_buffer_text(out, guard ? GS_TEXT("\"'") : GS_TEXT("\""));
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '"')
            gs_buffer_char(out, '"');
        gs_buffer_char(out, text.bytes[i]);
    }
    gs_buffer_char(out, '"');
}

static void append_tsv(gs_buffer *out, gs_text text, bool is_text)
{
    (void)is_text;
    for (size_t i = 0; i < text.size; i++)
        switch (text.bytes[i]) {
        case '\t':
            gs_buffer_text(out, GS_TEXT("\\t"));
            break;
        case '\n':
            gs_buffer_text(out, GS_TEXT("\\n"));
            break;
        case '\r':
            gs_buffer_text(out, GS_TEXT("\\r"));
            break;
        case '\\':
            gs_buffer_text(out, GS_TEXT("\\\\"));
            break;
        default:
            gs_buffer_char(out, text.bytes[i]);
            break;
        }
}

typedef void append_cell(gs_buffer *out, gs_text text, bool is_text);

static gainsay_code write_header(gs_output *out, const gainsay_rows *rows, char between,
                                 append_cell *append, gainsay_error *err)
{
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        if (i > 0)
            gs_buffer_char(&out->line, between);
        append(&out->line, gs_text_of(gainsay_column(rows, i)), true);
    }
    gs_buffer_char(&out->line, '\n');
    return gs_output_send(out, err);
}

static gainsay_code write_row(gs_output *out, const gainsay_rows *rows, char between,
                              append_cell *append, gainsay_error *err)
{
    gs_buffer scratch = {0};

    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_value value = *gainsay_cell(rows, i);

        if (i > 0)
            gs_buffer_char(&out->line, between);
        append(&out->line, plain(&scratch, value),
               value.type == GS_STRING || value.type == GS_DATE);
    }
    gs_buffer_char(&out->line, '\n');
    out->line.failed |= scratch.failed;
    gs_buffer_free(&scratch);
    return gs_output_send(out, err);
}

static gainsay_code csv_begin(gs_output *out, const gainsay_rows *rows,
                              gainsay_error *err)
{
    return write_header(out, rows, ',', append_csv, err);
}

static gainsay_code csv_row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    return write_row(out, rows, ',', append_csv, err);
}

static gainsay_code tsv_begin(gs_output *out, const gainsay_rows *rows,
                              gainsay_error *err)
{
    return write_header(out, rows, '\t', append_tsv, err);
}

static gainsay_code tsv_row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    return write_row(out, rows, '\t', append_tsv, err);
}

const gs_writer gs_writer_csv = {"csv", false, csv_begin, csv_row, gs_output_nothing};
const gs_writer gs_writer_tsv = {"tsv", false, tsv_begin, tsv_row, gs_output_nothing};
