#include "ingest/formats/input.h"
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct gs_input {
    gs_supply *supply;
    bool ended, started;
    char *buffer;
    size_t start, end, room; /* of what was read and not taken yet */
    uint64_t taken;
};

static gs_code input_new(gs_input **out, gs_supply *supply, gs_error *err)
{
    gs_input *input = calloc(1, sizeof *input);

    if (input == NULL) {
        gs_supply_close(supply);
        return gs_fail_memory(err);
    }
    input->supply = supply;
    *out = input;
    return GS_OK;
}

gs_code gs_input_open(gs_input **out, const char *path, const volatile int *interrupt,
                      gs_error *err)
{
    gs_supply *supply;
    gs_code rc = gs_supply_open(&supply, path, interrupt, err);

    return rc == GS_OK ? input_new(out, supply, err) : rc;
}

gs_code gs_input_of(gs_input **out, gs_text bytes, gs_error *err)
{
    gs_supply *supply;
    gs_code rc = gs_supply_of(&supply, bytes, err);

    return rc == GS_OK ? input_new(out, supply, err) : rc;
}

void gs_input_close(gs_input *input)
{
    if (input == NULL)
        return;
    gs_supply_close(input->supply);
    free(input->buffer);
    free(input);
}

static gs_code make_room(gs_input *input, gs_error *err)
{
    size_t held = input->end - input->start, room;
    char *more;

    if (input->start > 0) {
        memmove(input->buffer, input->buffer + input->start, held);
        input->start = 0;
        input->end = held;
    }
    if (input->room - held >= GS_INPUT_BLOCK)
        return GS_OK;
    room = input->room == 0 ? 2 * GS_INPUT_BLOCK : 2 * input->room;
    assert(room > input->room); /* limits of line and rest keep it far from SIZE_MAX */
    more = realloc(input->buffer, room);
    if (more == NULL)
        return gs_fail_memory(err);
    input->buffer = more;
    input->room = room;
    return GS_OK;
}

/* One more block behind what is held. */
static gs_code fill(gs_input *input, gs_error *err)
{
    size_t got = 0;
    gs_code rc = make_room(input, err);

    if (rc == GS_OK)
        rc = gs_supply_read(&got, input->supply, input->buffer + input->end, err);
    if (rc != GS_OK)
        return rc;
    input->end += got;
    input->ended = got == 0;
    return GS_OK;
}

static void take(gs_input *input, size_t size)
{
    input->start += size;
    input->taken += size;
}

static gs_code skip_mark(gs_input *input, gs_error *err)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};
    gs_code rc = GS_OK;

    if (input->started)
        return GS_OK;
    while (rc == GS_OK && !input->ended && input->end - input->start < sizeof mark)
        rc = fill(input, err);
    if (rc != GS_OK)
        return rc;
    input->started = true;
    if (input->end - input->start >= sizeof mark &&
        memcmp(input->buffer + input->start, mark, sizeof mark) == 0)
        take(input, sizeof mark);
    return GS_OK;
}

/* What is held. Never NULL bytes: empty is not missing. */
static gs_text held(const gs_input *input)
{
    if (input->buffer == NULL)
        return GS_TEXT("");
    return (gs_text){input->buffer + input->start, input->end - input->start};
}

gs_code gs_input_peek(gs_text *out, gs_input *input, gs_error *err)
{
    gs_code rc = skip_mark(input, err);

    while (rc == GS_OK && !input->ended && held(input).size < GS_INPUT_HEAD)
        rc = fill(input, err);
    if (rc == GS_OK)
        *out = gs_text_slice(held(input), 0, GS_INPUT_HEAD);
    return rc;
}

/* Finds the end of the line, at most `limit` bytes away; SIZE_MAX when it is farther. */
static gs_code find_end(size_t *out, gs_input *input, size_t limit, gs_error *err)
{
    size_t searched = 0;
    gs_code rc = GS_OK;

    for (;;) {
        gs_text text = held(input);
        const char *found = memchr(text.bytes + searched, '\n', text.size - searched);

        if (found != NULL && (size_t)(found - text.bytes) <= limit) {
            *out = (size_t)(found - text.bytes);
            return GS_OK;
        }
        searched = text.size;
        if (found != NULL || searched > limit) {
            *out = SIZE_MAX;
            return GS_OK;
        }
        if (input->ended) {
            *out = searched;
            return GS_OK;
        }
        rc = fill(input, err);
        if (rc != GS_OK)
            return rc;
    }
}

/* The rest of a line that is too long, its line feed included. The beginning is kept in
 * the buffer's front, where `out` shows it, by reading on behind it. */
static gs_code skip_line(gs_input *input, size_t keep, gs_error *err)
{
    gs_code rc = GS_OK;

    for (;;) {
        char *from = input->buffer + input->start + keep;
        size_t size = input->end - input->start - keep;
        const char *found = memchr(from, '\n', size);
        size_t dropped = found == NULL ? size : (size_t)(found - from) + 1;

        memmove(from, from + dropped, size - dropped);
        input->end -= dropped;
        input->taken += dropped;
        if (found != NULL || input->ended)
            return GS_OK;
        rc = fill(input, err);
        if (rc != GS_OK)
            return rc;
    }
}

gs_code gs_input_line(gs_text *out, uint64_t *byte, gs_input *input, size_t limit,
                      gs_error *err)
{
    size_t end;
    gs_code rc;

    GS_TRY(skip_mark(input, err));
    GS_TRY(find_end(&end, input, limit, err));
    if (end == SIZE_MAX) {
        *byte = input->taken;
        GS_TRY(skip_line(input, limit, err));
        *out = gs_text_slice(held(input), 0, limit);
        take(input, limit);
        return gs_fail(err, GS_INPUT, "a line of more than %zu bytes; split it", limit);
    }
    if (end == 0 && input->ended && held(input).size == 0)
        return GS_END;
    *out = gs_text_slice(held(input), 0, end);
    *byte = input->taken;
    take(input, end < held(input).size ? end + 1 : end);
out:
    return rc;
}

gs_code gs_input_rest(gs_text *out, gs_input *input, size_t limit, gs_error *err)
{
    gs_code rc = skip_mark(input, err);

    while (rc == GS_OK && !input->ended && held(input).size <= limit)
        rc = fill(input, err);
    if (rc != GS_OK)
        return rc;
    *out = gs_text_slice(held(input), 0, limit);
    if (held(input).size > limit)
        return gs_fail(err, GS_INPUT, "a document of more than %zu bytes; split it",
                       limit);
    take(input, out->size);
    return GS_OK;
}

gs_code gs_input_ahead(gs_text *out, gs_input *input, size_t wanted, gs_error *err)
{
    gs_code rc = skip_mark(input, err);

    while (rc == GS_OK && !input->ended && held(input).size < wanted)
        rc = fill(input, err);
    if (rc == GS_OK)
        *out = held(input);
    return rc;
}

gs_text gs_input_take(gs_input *input, size_t size)
{
    gs_text taken = gs_text_slice(held(input), 0, size);

    take(input, taken.size);
    return taken;
}

uint64_t gs_input_place(const gs_input *input)
{
    return input->taken;
}

gs_code gs_input_flaw(const gs_input *input, gs_error *err)
{
    return gs_supply_flaw(input->supply, err);
}

uint64_t gs_input_size(const gs_input *input)
{
    return gs_supply_size(input->supply);
}

gs_code gs_input_sha256(char out[GS_HEX_SIZE], const gs_input *input, gs_error *err)
{
    return gs_supply_sha256(out, input->supply, err);
}
