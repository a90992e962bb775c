#include "graph/lines.h"

#include <errno.h>
#include <string.h>

/* GS_END when there is nothing more. */
static gs_code fill(gs_lines *lines, gs_error *err)
{
    size_t got;

    do {
        if (lines->interrupt != NULL && *lines->interrupt != 0)
            return gs_fail(err, GS_INTERRUPTED, "interrupted");
        if (ferror(lines->file)) /* a signal that is not ours came */
            clearerr(lines->file);
        got = fread(lines->block, 1, sizeof lines->block, lines->file);
    } while (got == 0 && ferror(lines->file) && errno == EINTR);
    if (got == 0 && ferror(lines->file))
        return gs_fail(err, GS_FAILED, "cannot be read: %s", strerror(errno));
    lines->start = 0;
    lines->end = got;
    return got == 0 ? GS_END : GS_OK;
}

static gs_text without_mark(gs_text first)
{
    gs_text mark = GS_TEXT("\xEF\xBB\xBF");

    return gs_text_starts(first, mark) ? gs_text_slice(first, mark.size, first.size)
                                       : first;
}

/* Adds what the block has of the line. */
static gs_code take(bool *whole, gs_lines *lines, gs_error *err)
{
    const char *from = lines->block + lines->start;
    size_t held = lines->end - lines->start;
    const char *end = memchr(from, '\n', held);
    size_t size = end != NULL ? (size_t)(end - from) : held;
    size_t longest = lines->longest != 0 ? lines->longest : GS_LINES_LONGEST;

    if (size > longest - lines->line.size)
        return gs_fail_at(err, GS_INPUT, lines->number, 0, 0,
                          "a line of more than %zu MiB; split what it holds",
                          longest >> 20);
    gs_buffer_bytes(&lines->line, from, size);
    lines->start += size + (end != NULL);
    *whole = end != NULL;
    return lines->line.failed ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_lines_next(gs_text *out, gs_lines *lines, gs_error *err)
{
    gs_code rc = GS_OK;
    bool whole = false, begun = false;

    gs_buffer_clear(&lines->line);
    lines->number += lines->number < UINT32_MAX;
    while (!whole) {
        if (lines->start == lines->end)
            rc = fill(lines, err);
        if (rc == GS_END && begun)
            break;
        if (rc != GS_OK)
            return rc;
        begun = true;
        rc = take(&whole, lines, err);
        if (rc != GS_OK)
            return rc;
    }
    *out = lines->line.size > 0 ? gs_buffer_view(&lines->line) : GS_TEXT("");
    if (lines->number == 1)
        *out = without_mark(*out);
    return GS_OK;
}

void gs_lines_free(gs_lines *lines)
{
    gs_buffer_free(&lines->line);
}
