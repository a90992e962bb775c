#include "cli/output/output.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/signals.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH_UNKNOWN = 80, WIDTH_LEAST = 20 };

static const gs_writer *const machine_writers[] = {
    &gs_writer_jsonl,   &gs_writer_json, &gs_writer_csv, &gs_writer_tsv,
    &gs_writer_literal, &gs_writer_html, &gs_writer_svg, NULL,
};

static const gs_writer *find(const char *name, const gs_writer *readable)
{
    if (strcmp(name, "table") == 0)
        return readable;
    for (size_t i = 0; machine_writers[i] != NULL; i++)
        if (strcmp(machine_writers[i]->name, name) == 0)
            return machine_writers[i];
    return NULL;
}

/* The form that a file's extension means; NULL where it means none. */
static const gs_writer *find_by_path(const char *path, const gs_writer *readable)
{
    const char *dot = strrchr(path, '.');

    if (dot == NULL || strchr(dot, '/') != NULL)
        return NULL;
    return find(strcmp(dot, ".txt") == 0 ? "table" : dot + 1, readable);
}

/* $COLUMNS, else what the terminal says. */
static size_t width_of(int descriptor)
{
    const char *columns = getenv("COLUMNS");
    long given = columns != NULL ? strtol(columns, NULL, 10) : 0;
    struct winsize size;

    if (given >= WIDTH_LEAST && given <= UINT16_MAX)
        return (size_t)given;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_LEAST)
        return size.ws_col;
    return WIDTH_UNKNOWN;
}

static bool wants_color(const gs_options *options, bool terminal)
{
    const char *when = options->values[GS_OPTION_COLOR];
    const char *kind = getenv("TERM"), *never = getenv("NO_COLOR");

    if (when != NULL && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return terminal && (never == NULL || never[0] == '\0') && kind != NULL &&
           strcmp(kind, "dumb") != 0;
}

gainsay_code gs_output_choose(gs_output *out, const gs_options *options,
                              const gs_writer *readable, gainsay_error *err)
{
    const char *name = options->values[GS_OPTION_OUTPUT_FORMAT];
    const char *path = options->values[GS_OPTION_OUTPUT];
    bool terminal = path == NULL && isatty(STDOUT_FILENO);
    const gs_writer *writer = NULL;

    if (name != NULL && (writer = find(name, readable)) == NULL)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "-f %s: no such output format; it is table, json, jsonl, csv, "
                           "tsv, literal, html or svg",
                           name);
    if (writer == NULL && path != NULL)
        writer = find_by_path(path, readable);
    if (writer == NULL)
        writer = terminal ? readable : &gs_writer_jsonl;
    *out = (gs_output){.writer = writer,
                       .path = path,
                       .terminal = terminal,
                       .width = width_of(STDOUT_FILENO),
                       .color = wants_color(options, terminal),
                       .verbose = gs_options_has(options, GS_OPTION_VERBOSE)};
    return GAINSAY_OK;
}

/* Who waits at the other end gets each line at once; a file may wait. */
static void set_buffering(FILE *stream)
{
    struct stat about;

    if (fstat(fileno(stream), &about) == 0 && S_ISREG(about.st_mode))
        return;
    setvbuf(stream, NULL, _IOLBF, BUFSIZ);
}

gainsay_code gs_output_begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    out->stream = out->path != NULL ? fopen(out->path, "we") : stdout;
    if (out->stream == NULL)
        return gs_cli_fail(err, GAINSAY_STORAGE,
                           "%s: cannot be written: %s; name another", out->path,
                           strerror(errno));
    set_buffering(out->stream);
    return out->writer->begin(out, rows, err);
}

gainsay_code gs_output_row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gainsay_code rc = out->writer->row(out, rows, err);

    out->rows += rc == GAINSAY_OK;
    return rc;
}

static gainsay_code check_stream(gs_output *out, bool sent, gainsay_error *err)
{
    if (sent)
        return GAINSAY_OK;
    if (*gs_signals_caught() != 0)
        return gs_cli_fail(err, GAINSAY_INTERRUPTED, "interrupted while writing");
    return gs_cli_fail(
        err, GAINSAY_STORAGE, "%s: cannot be written: %s; make room and ask again",
        out->path != NULL ? out->path : "standard output", strerror(errno));
}

/* A form for machines that is read on a terminal all the same: what a terminal would obey
 * is shown, in JSON as its escape. Line breaks and tabs are the form's own. */
static void make_safe(gs_output *out)
{
    gs_buffer safe = {0};
    gs_arena arena = {0};
    gs_text rest = gs_buffer_view(&out->line);

    while (rest.size > 0) {
        size_t end = 0;

        while (end < rest.size && rest.bytes[end] != '\n' && rest.bytes[end] != '\t')
            end++;
        gs_buffer_text(&safe, gs_printable(&arena, gs_text_slice(rest, 0, end)));
        if (end < rest.size)
            gs_buffer_char(&safe, rest.bytes[end++]);
        rest = gs_text_slice(rest, end, rest.size);
    }
    safe.failed |= out->line.failed;
    gs_buffer_free(&out->line);
    gs_arena_free(&arena);
    out->line = safe;
}

gainsay_code gs_output_send(gs_output *out, gainsay_error *err)
{
    bool sent;

    if (out->terminal && !out->writer->for_people)
        make_safe(out);
    if (out->line.failed)
        return gs_cli_memory(err);
    sent = fwrite(out->line.bytes, 1, out->line.size, out->stream) == out->line.size;
    gs_buffer_clear(&out->line);
    return check_stream(out, sent, err);
}

gainsay_code gs_output_end(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gainsay_code rc = out->writer->end(out, rows, err);

    if (rc != GAINSAY_OK)
        return rc;
    return check_stream(out, fflush(out->stream) == 0, err);
}

void gs_output_close(gs_output *out)
{
    if (out->stream != NULL && out->stream != stdout)
        fclose(out->stream);
    gs_buffer_free(&out->line);
    gs_arena_free(&out->arena);
    *out = (gs_output){0};
}

gainsay_code gs_output_nothing(gs_output *out, const gainsay_rows *rows,
                               gainsay_error *err)
{
    (void)out, (void)rows, (void)err;
    return GAINSAY_OK;
}
