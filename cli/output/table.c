/* A table fitted to the terminal, wrapped where it is too narrow, by libsmartcols. */
#include "cli/fail.h"
#include "cli/output/fit.h"
#include "cli/output/writers.h"
#include <libsmartcols/libsmartcols.h>

/* So many rows are laid out together: memory and the wait for the first row are bounded.
 */
enum { BLOCK = 1000, NARROW = 20 /* cells: a date, a number, an id in short */ };

static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    struct libscols_table *table = scols_new_table();

    out->state = table;
    if (table == NULL)
        return gs_cli_memory(err);
    scols_table_set_stream(table, out->stream);
    scols_table_enable_colors(table, out->color);
    scols_table_enable_noencoding(table, 1); /* gs_printable has made it safe */
    scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(table, out->width);
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_text name = gs_printable(&out->arena, gs_text_of(gainsay_column(rows, i)));
        const char *string = gs_text_string(&out->arena, name);
        struct libscols_column *column =
            string == NULL ? NULL : scols_table_new_column(table, string, 0, 0);

        if (column == NULL)
            return gs_cli_memory(err);
        scols_cell_set_color(scols_column_get_header(column), "bold");
    }
    return GAINSAY_OK;
}

static size_t widest_cell(struct libscols_table *table, struct libscols_column *column)
{
    size_t widest =
        gs_text_width(gs_text_of(scols_cell_get_data(scols_column_get_header(column))));

    for (size_t n = 0; n < scols_table_get_nlines(table); n++) {
        const char *data =
            scols_line_get_column_data(scols_table_get_line(table, n), column);
        size_t width = data == NULL ? 0 : gs_text_width(gs_text_of(data));

        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The cell's text broken between words, by newlines. */
static bool wrap_cell(gs_output *out, struct libscols_cell *cell, size_t room)
{
    gs_text rest = gs_text_of(scols_cell_get_data(cell)), line;
    const char *wrapped;

    gs_buffer_clear(&out->line);
    while ((line = gs_wrap(&rest, room)).bytes != NULL)
        gs_buffer_format(&out->line, "%s%.*s", out->line.size > 0 ? "\n" : "",
                         GS_SHOW(line));
    wrapped = gs_text_string(&out->arena, gs_buffer_view(&out->line));
    return !out->line.failed && wrapped != NULL &&
           scols_cell_set_data(cell, wrapped) == 0;
}

static bool wrap_column(gs_output *out, struct libscols_table *table, size_t at,
                        size_t room)
{
    struct libscols_column *column = scols_table_get_column(table, at);

    if (scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk,
                                  NULL) != 0)
        return false;
    scols_column_set_flags(column, scols_column_get_flags(column) | SCOLS_FL_WRAP);
    for (size_t n = 0; n < scols_table_get_nlines(table); n++) {
        struct libscols_cell *cell =
            scols_line_get_cell(scols_table_get_line(table, n), at);

        if (scols_cell_get_data(cell) != NULL && !wrap_cell(out, cell, room))
            return false;
    }
    return true;
}

/* A date is not broken over lines to make room for words: narrow columns stay whole, the
 * others share what is left, and break between words. */
static bool share_width(gs_output *out, struct libscols_table *table)
{
    size_t count = scols_table_get_ncols(table), wide = 0, left = out->width;
    bool done = true;

    for (size_t i = 0; i < count; i++) {
        size_t widest = widest_cell(table, scols_table_get_column(table, i)) + 1;

        wide += widest > NARROW;
        left -= widest > NARROW ? 0 : left < widest ? left : widest;
    }
    for (size_t i = 0; i < count && done; i++)
        if (widest_cell(table, scols_table_get_column(table, i)) + 1 > NARROW)
            done = wrap_column(out, table, i,
                               left / wide > NARROW ? left / wide - 1 : NARROW);
    return done;
}

static gainsay_code print_block(gs_output *out, gainsay_error *err)
{
    struct libscols_table *table = out->state;

    if (scols_table_is_empty(table))
        return GAINSAY_OK;
    if (!share_width(out, table))
        return gs_cli_memory(err);
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
            scols_column_set_flags(column,
                                   scols_column_get_flags(column) | SCOLS_FL_RIGHT);
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
