/* The picture at a glance as a file of its own, for documents. */
#include "cli/fail.h"
#include "cli/output/picture.h"
#include "cli/output/writers.h"

static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    if (!gs_speeches_are(rows))
        return gs_cli_fail(
            err, GAINSAY_USAGE,
            "-f svg: these rows are no statements; ask chain, timeline, search "
            "or show, or take html");
    out->state = gs_arena_take(&out->arena, sizeof(gs_speeches));
    return out->state != NULL ? GAINSAY_OK : gs_cli_memory(err);
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    return gs_speeches_add(out->state, out, rows, err);
}

static gainsay_code end(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gs_speeches *speeches = out->state;
    gs_picture picture;
    gainsay_code rc;

    (void)rows;
    out->state = NULL;
    if (speeches == NULL)
        return GAINSAY_OK;
    rc = gs_picture_draw(&picture, speeches, out, err);
    if (rc != GAINSAY_OK)
        return rc;
    gs_overview_write(out, &picture, true);
    return gs_output_send(out, err);
}

const gs_writer gs_writer_svg = {"svg", true, begin, row, end};
