/* The forms, a file each. */
#ifndef GS_CLI_OUTPUT_WRITERS_H
#define GS_CLI_OUTPUT_WRITERS_H

#include "cli/output/output.h"

extern const gs_writer gs_writer_table; /* for people: columns fitted to the terminal */
extern const gs_writer gs_writer_sheet; /* for people: a line for each field of a row */
extern const gs_writer gs_writer_exchange; /* for people: statements, as trees in time */
extern const gs_writer gs_writer_jsonl;    /* an object a row, flushed by line */
extern const gs_writer gs_writer_json;     /* an array of objects */
extern const gs_writer gs_writer_csv;      /* RFC 4180; no cell is taken for a formula */
extern const gs_writer gs_writer_tsv;      /* tab, line break and backslash escaped */
extern const gs_writer
    gs_writer_literal;                 /* openCypher's literals, for the kit's runner */
extern const gs_writer gs_writer_html; /* a page: statements as a picture, else a table */
extern const gs_writer gs_writer_svg;  /* statements along time, as a drawing */
extern const gs_writer gs_writer_records; /* the first cell of a row alone, as JSON */

/* A value as openCypher writes it. */
void gs_literal_write(gs_buffer *out, gs_value value);

/* A value as a reader wants it: text and dates bare, null as nothing, lists joined by
 * commas, nodes and edges as literals. */
void gs_readable_write(gs_buffer *out, gs_value value);

#endif
