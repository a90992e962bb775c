/* A table fitted to the terminal, wrapped where it is too narrow, by libsmartcols. */
#include "cli/fail.h"
#include "cli/output/writers.h"
#include <libsmartcols/libsmartcols.h>

/* So many rows are laid out together: memory and the wait for the first row are bounded.
 */
enum { BLOCK = 1000 };

static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    struct libscols_table *table = scols_new_table();

    out->state = table;
    if (table == NULL)
        return gs_cli_memory(err);
    scols_table_set_stream(table, out->stream);
    scols_table_enable_colors(table, out->color);
    scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(table, out->width);
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_text name = gs_printable(&out->arena, gs_text_of(gainsay_column(rows, i)));
        const char *string = gs_text_string(&out->arena, name);
        struct libscols_column *column =
            string == NULL ? NULL
                           : scols_table_new_column(table, string, 0, SCOLS_FL_WRAP);

        if (column == NULL)
            return gs_cli_memory(err);
        scols_cell_set_color(scols_column_get_header(column), "bold");
    }
    return GAINSAY_OK;
}

static gainsay_code print_block(gs_output *out, gainsay_error *err)
{
    struct libscols_table *table = out->state;

    if (scols_table_is_empty(table))
        return GAINSAY_OK;
    if (scols_print_table(table) != 0 || ferror(out->stream))
        return gs_cli_fail(err, GAINSAY_STORAGE,
                           "the table cannot be written; make room");
    scols_table_remove_lines(table);
    gs_arena_reset(&out->arena);
    return GAINSAY_OK;
}

/* The cell's text with nothing in it that a terminal obeys. */
static const char *cell_text(gs_output *out, gs_value value)
{
    gs_text text;

    gs_buffer_clear(&out->line);
    gs_readable_write(&out->line, value);
    text = gs_printable(&out->arena, gs_buffer_view(&out->line));
    return out->line.failed ? NULL : gs_text_string(&out->arena, text);
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    struct libscols_table *table = out->state;
    struct libscols_line *line = scols_table_new_line(table, NULL);

    if (line == NULL)
        return gs_cli_memory(err);
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_value value = *gainsay_cell(rows, i);
        const char *text = cell_text(out, value);
        struct libscols_column *column = scols_table_get_column(table, i);

        if (text == NULL || scols_line_set_data(line, i, text) != 0)
            return gs_cli_memory(err);
        if (value.type == GS_INTEGER || value.type == GS_FLOAT)
            scols_column_set_flags(column, SCOLS_FL_RIGHT);
    }
    return scols_table_get_nlines(table) < BLOCK ? GAINSAY_OK : print_block(out, err);
}

static gainsay_code end(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gainsay_code rc = print_block(out, err);

    (void)rows;
    scols_unref_table(out->state);
    out->state = NULL;
    return rc;
}

const gs_writer gs_writer_table = {"table", true, begin, row, end};
