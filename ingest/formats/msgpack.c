/* A MessagePack stream: a record a map, one behind another. */
#include "ingest/formats/formats.h"
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_LOOK = 16 << 10, /* bytes at hand before a record is looked at */
};

struct gs_reader {
    gs_input *input;
    uint64_t number; /* of the record, as its line */
    bool broken;
};

static unsigned at(gs_text text, size_t i)
{
    return i < text.size ? (unsigned char)text.bytes[i] : 0;
}

/* A map whose first key is a short name in small letters. */
static int sniff(gs_text head, const char *path)
{
    unsigned first = at(head, 0);
    size_t key = first >= 0x81 && first <= 0x8F ? 1
                 : first == 0xDE                ? 3
                 : first == 0xDF                ? 5
                                                : 0;
    size_t size = at(head, key) == 0xD9 ? at(head, key + 1) : at(head, key) - 0xA0;
    size_t from = at(head, key) == 0xD9 ? key + 2 : key + 1;

    (void)path;
    if (key == 0 ||
        (at(head, key) != 0xD9 && (at(head, key) < 0xA1 || at(head, key) > 0xBF)) ||
        size == 0 || from + size > head.size)
        return 0;
    for (size_t i = from; i < from + size; i++)
        if (!((head.bytes[i] >= 'a' && head.bytes[i] <= 'z') || head.bytes[i] == '_'))
            return 0;
    return 97;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    gs_reader *reader = calloc(1, sizeof *reader);

    (void)path;
    if (reader == NULL)
        return gs_fail_memory(err);
    reader->input = input;
    *out = reader;
    return GS_OK;
}

static uint64_t big_endian(gs_text text, size_t from, size_t count)
{
    uint64_t value = 0;

    for (size_t i = 0; i < count; i++)
        value = value << 8 | at(text, from + i);
    return value;
}

/* What stands at `i`: how many bytes its head and its own bytes take, and how many values
 * follow that belong to it. False for what MessagePack never writes. */
static bool look(gs_text text, size_t i, uint64_t *bytes, uint64_t *values)
{
    /* From 0xC0 on: bytes of the head behind the first, of its length among them (from
     * the front), and what the length counts: 0 nothing, 1 bytes, 2 values, 3 pairs. */
    static const struct {
        unsigned char head, length, counts;
    } kinds[32] = {
        {0, 0, 0}, {0, 0, 9}, {0, 0, 0}, {0, 0, 0},             /* nil, -, false, true */
        {1, 1, 1}, {2, 2, 1}, {4, 4, 1},                        /* bin */
        {2, 1, 1}, {3, 2, 1}, {5, 4, 1},                        /* ext */
        {4, 0, 0}, {8, 0, 0},                                   /* float */
        {1, 0, 0}, {2, 0, 0}, {4, 0, 0}, {8, 0, 0},             /* uint */
        {1, 0, 0}, {2, 0, 0}, {4, 0, 0}, {8, 0, 0},             /* int */
        {2, 0, 0}, {3, 0, 0}, {5, 0, 0}, {9, 0, 0}, {17, 0, 0}, /* fixext */
        {1, 1, 1}, {2, 2, 1}, {4, 4, 1},                        /* str */
        {2, 2, 2}, {4, 4, 2}, {2, 2, 3}, {4, 4, 3},             /* array, map */
    };
    unsigned first = at(text, i);
    uint64_t length;

    *bytes = 1;
    *values = 0;
    if (first >= 0xA0 && first <= 0xBF)
        *bytes += first & 0x1F;
    else if (first >= 0x90 && first <= 0x9F)
        *values = first & 0x0F;
    else if (first >= 0x80 && first <= 0x8F)
        *values = 2 * (uint64_t)(first & 0x0F);
    else if (first >= 0xC0 && first <= 0xDF) {
        length = big_endian(text, i + 1, kinds[first - 0xC0].length);
        *bytes += kinds[first - 0xC0].head;
        if (kinds[first - 0xC0].counts == 1)
            *bytes += length;
        else if (kinds[first - 0xC0].counts >= 2)
            *values = length * (kinds[first - 0xC0].counts - 1);
        return kinds[first - 0xC0].counts != 9;
    }
    return true;
}

typedef enum extent { WHOLE, CUT, WRONG } extent;

/* How many bytes the value at the front takes. */
static extent measure(size_t *size, gs_text text)
{
    uint64_t left = 1, i = 0;

    while (left > 0) {
        uint64_t bytes, values;

        if (i >= text.size)
            return CUT;
        if (!look(text, i, &bytes, &values))
            return WRONG;
        if (i + 9 > text.size && i + bytes > text.size)
            return CUT; /* perhaps its head alone */
        left += values;
        left--;
        i += bytes;
        if (left > GS_LINE_MAX || i > GS_LINE_MAX)
            return i > GS_LINE_MAX || left > GS_LINE_MAX ? WRONG : CUT;
    }
    *size = (size_t)i;
    return i > text.size ? CUT : WHOLE;
}

/* The bytes of the next record. */
static gs_code next_bytes(gs_text *out, gs_reader *reader, gs_error *err)
{
    size_t want = FIRST_LOOK, size = 0;

    for (;;) {
        gs_text ahead;
        extent how;
        gs_code rc = gs_input_ahead(&ahead, reader->input, want, err);

        if (rc != GS_OK)
            return rc;
        if (ahead.size == 0)
            return GS_END;
        how = measure(&size, ahead);
        if (how == WHOLE) {
            *out = gs_input_take(reader->input, size);
            return GS_OK;
        }
        if (how == CUT && ahead.size >= want && want < GS_LINE_MAX) {
            want *= 2;
            continue;
        }
        reader->broken = true;
        *out = gs_text_slice(ahead, 0, FIRST_LOOK);
        return gs_fail(err, GS_INPUT,
                       how == CUT
                           ? "cut off in the middle of a record; get the file again"
                           : "no MessagePack, or a record of more than 16 MiB; "
                             "what follows cannot be read");
    }
}

static gs_code next(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err)
{
    gs_found found = {0};
    gs_text bytes;
    gs_value value;
    gs_code rc;

    if (reader->broken)
        return GS_END;
    found.line = ++reader->number;
    found.byte = gs_input_place(reader->input);
    rc = next_bytes(&bytes, reader, err);
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    bytes = gs_text_copy(arena, bytes); /* which the record borrows from */
    if (bytes.bytes == NULL)
        return gs_fail_memory(err);
    if (rc == GS_OK)
        rc = gs_unpack(&value, NULL, arena, bytes, err);
    if (rc == GS_OK)
        rc = gs_record_read(&found.record, value, arena, err);
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    found.bad = bytes;
    *out = found;
    err->line = (uint32_t)found.line;
    return rc;
}

static void reader_close(gs_reader *reader)
{
    free(reader);
}

const gs_format gs_format_msgpack = {"msgpack", sniff, reader_open, next, reader_close};
