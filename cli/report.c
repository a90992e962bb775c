#include "cli/report.h"
#include "cli/fail.h"
#include "cli/output/fit.h"
#include "cli/signals.h"
#include "graph/base/value.h"
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
    LINE_WIDEST = 100, /* of a source line; a longer one is shown around its fault */
    LEAD_WIDEST = 60   /* of what stands before the fault */
};

int gs_exit_status(gainsay_code code)
{
    int caught = *gs_signals_caught();

    switch (code) {
    case GAINSAY_OK:
    case GAINSAY_END:
        return GS_STATUS_DONE;
    case GAINSAY_USAGE:
    case GAINSAY_QUERY:
        return GS_STATUS_USAGE;
    case GAINSAY_LIMIT:
        return GS_STATUS_LIMIT;
    case GAINSAY_DAMAGED:
        return GS_STATUS_DAMAGED;
    case GAINSAY_FORMAT:
        return GS_STATUS_FORMAT;
    case GAINSAY_NO_STORE:
        return GS_STATUS_NO_STORE;
    case GAINSAY_LOCKED:
        return GS_STATUS_LOCKED;
    case GAINSAY_INTERRUPTED:
        return GS_STATUS_SIGNALLED + (caught != 0 ? caught : SIGINT);
    case GAINSAY_INPUT:
    case GAINSAY_CONFLICT:
        return GS_STATUS_PART;
    case GAINSAY_FAILED:
    case GAINSAY_RUNTIME:
    case GAINSAY_STORAGE:
    case GAINSAY_MEMORY:
        break;
    }
    return GS_STATUS_FAILED;
}

static gs_text line_of(gs_text text, uint32_t wanted)
{
    size_t start = 0, end;

    for (uint32_t line = 1; line < wanted; line++) {
        size_t at = gs_text_find(text, GS_TEXT("\n"), start);

        if (at == SIZE_MAX)
            return (gs_text){NULL, 0};
        start = at + 1;
    }
    end = gs_text_find(text, GS_TEXT("\n"), start);
    text = gs_text_slice(text, start, end);
    if (gs_text_ends(text, GS_TEXT("\r")))
        text.size--;
    return text;
}

/* The byte where code point number `points` of `text` begins, a bad byte counted as one.
 */
static size_t byte_of(gs_text text, size_t points)
{
    size_t at = 0;

    for (; points > 0 && at < text.size; points--)
        if (gs_utf8_next(text, &at) < 0)
            at++;
    return at;
}

static void repeat(gs_buffer *out, char c, size_t count)
{
    for (; count > 0; count--)
        gs_buffer_char(out, c);
}

/* The line at fault, and a caret under the first character, `~` under the others. Columns
 * are code points, but what must stand under one another are cells of the terminal. */
static void append_excerpt(gs_buffer *out, gs_arena *arena, gs_text line,
                           const gainsay_error *err)
{
    size_t from = byte_of(line, err->column - 1);
    size_t to = from + byte_of(gs_text_slice(line, from, line.size), err->length);
    gs_text lead = gs_printable(arena, gs_text_slice(line, 0, from));
    gs_text fault = gs_printable(arena, gs_text_slice(line, from, to));
    gs_text rest = gs_printable(arena, gs_text_slice(line, to, line.size));
    const char *cut = "";
    size_t width, room;

    while (gs_text_width(lead) > LEAD_WIDEST) {
        size_t at = byte_of(lead, 1);

        lead = gs_text_slice(lead, at, lead.size);
        cut = "…";
    }
    width = gs_text_width(lead) + (cut[0] != '\0');
    room = LINE_WIDEST - width;
    gs_buffer_format(out, "  %s%.*s", cut, GS_SHOW(lead));
    gs_buffer_text(out, gs_fit(arena, fault, room));
    room -= gs_text_width(gs_fit(arena, fault, room));
    gs_buffer_text(out, gs_fit(arena, rest, room));
    gs_buffer_text(out, GS_TEXT("\n  "));
    repeat(out, ' ', width);
    gs_buffer_char(out, '^');
    width = gs_text_width(gs_fit(arena, fault, LINE_WIDEST - width));
    repeat(out, '~', width > 1 ? width - 1 : 0);
    gs_buffer_char(out, '\n');
}

static void append_text(gs_buffer *out, gs_arena *arena, const gs_origin *origin,
                        bool warning, const gainsay_error *err)
{
    gs_text message = gs_printable(arena, gs_text_of(err->text));
    gs_text line = {NULL, 0};

    if (origin == NULL) {
        gs_buffer_format(out, "gainsay: %s%.*s\n", warning ? "warning: " : "",
                         GS_SHOW(message));
        return;
    }
    gs_buffer_text(out, gs_printable(arena, gs_text_of(origin->name)));
    if (err->line > 0)
        gs_buffer_format(out, ":%" PRIu32, err->line);
    if (err->line > 0 && err->column > 0)
        gs_buffer_format(out, ":%" PRIu32, err->column);
    gs_buffer_format(out, ": %s: %.*s\n", warning ? "warning" : "error",
                     GS_SHOW(message));
    if (err->line > 0 && err->column > 0)
        line = line_of(origin->text, err->line);
    if (line.bytes != NULL)
        append_excerpt(out, arena, line, err);
}

static void append_member(gs_buffer *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    gs_buffer_format(out, "\"%s\": ", name);
    gs_json_string(out, gs_text_of(text));
    gs_buffer_text(out, GS_TEXT(", "));
}

static void append_json(gs_buffer *out, const gs_origin *origin, bool warning,
                        const gainsay_error *err)
{
    gs_buffer_text(out, warning ? GS_TEXT("{\"warning\": {") : GS_TEXT("{\"error\": {"));
    append_member(out, "type", err->type);
    append_member(out, "phase", err->phase);
    append_member(out, "detail", err->detail);
    append_member(out, "file", origin != NULL ? origin->name : NULL);
    if (err->line > 0)
        gs_buffer_format(out, "\"line\": %" PRIu32 ", ", err->line);
    if (err->column > 0)
        gs_buffer_format(out, "\"column\": %" PRIu32 ", ", err->column);
    if (err->length > 0)
        gs_buffer_format(out, "\"length\": %" PRIu32 ", ", err->length);
    if (!warning)
        gs_buffer_format(out, "\"status\": %d, ", gs_exit_status(err->code));
    gs_buffer_text(out, GS_TEXT("\"message\": "));
    gs_json_string(out, gs_text_of(err->text));
    gs_buffer_text(out, GS_TEXT("}}\n"));
}

static void report(const gs_options *options, const gs_origin *origin, bool warning,
                   const gainsay_error *err)
{
    const char *form = options->values[GS_OPTION_ERROR_FORMAT];
    gs_buffer out = {0};
    gs_arena arena = {0};

    if (form != NULL && strcmp(form, "json") == 0)
        append_json(&out, origin, warning, err);
    else
        append_text(&out, &arena, origin, warning, err);
    if (out.failed) /* no memory for a better word */
        fprintf(stderr, "gainsay: %s\n", err->text);
    else
        fwrite(out.bytes, 1, out.size, stderr);
    gs_buffer_free(&out);
    gs_arena_free(&arena);
}

void gs_report_error(const gs_options *options, const gs_origin *origin,
                     const gainsay_error *err)
{
    report(options, origin, false, err);
}

int gs_report_refusal(const gs_options *options, const gainsay_error *err)
{
    gs_report_error(options, NULL, err);
    return gs_exit_status(err->code);
}

int gs_report_end(const gs_options *options, gainsay_code rc, gainsay_error *err)
{
    if (rc == GAINSAY_OK && fflush(stdout) != 0)
        rc = gs_cli_fail(err, GAINSAY_STORAGE, "standard output: cannot be written: %s",
                         strerror(errno));
    return rc == GAINSAY_OK ? GS_STATUS_DONE : gs_report_refusal(options, err);
}

void gs_report_warning(const gs_options *options, const gs_origin *origin,
                       const gainsay_error *err)
{
    if (!gs_options_has(options, GS_OPTION_QUIET))
        report(options, origin, true, err);
}
