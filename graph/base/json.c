/* JSON to values, in one pass over the bytes: most strings are borrowed as they stand. */
#include "graph/base/json.h"
#include "graph/base/number.h"
#include "graph/base/scan.h"
#include <math.h>
#include <string.h>

enum { FIRST_ITEMS = 48 };

/* Items of all open lists and maps lie on one stack; closing one moves its items into an
 * array of their number. */
typedef struct reader {
    gs_text text;
    size_t at;
    gs_arena *arena;
    gs_entry *stack;
    size_t count, room;
    gs_error *err;
} reader;

/* Line and column of a byte, both from 1; columns are code points. */
static gs_code refuse(const reader *r, size_t byte, const char *why)
{
    uint32_t line = 1;
    size_t start = 0;
    gs_text before = gs_text_slice(r->text, 0, byte);

    for (size_t i = 0; i < before.size; i++)
        if (before.bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    return gs_fail_at(r->err, GS_INPUT, line,
                      (uint32_t)gs_utf8_count(gs_text_slice(before, start, before.size)) +
                          1,
                      0, "no JSON: %s; correct it", why);
}

static gs_code refuse_here(const reader *r, const char *why)
{
    return refuse(r, r->at, r->at >= r->text.size ? "it is cut off" : why);
}

static char peek(const reader *r)
{
    return r->at < r->text.size ? r->text.bytes[r->at] : '\0';
}

static void skip_blanks(reader *r)
{
    while (r->at < r->text.size &&
           (r->text.bytes[r->at] == ' ' || r->text.bytes[r->at] == '\n' ||
            r->text.bytes[r->at] == '\r' || r->text.bytes[r->at] == '\t'))
        r->at++;
}

/* Behind blanks, and with those behind it. */
static bool take(reader *r, char sign)
{
    skip_blanks(r);
    if (peek(r) != sign)
        return false;
    r->at++;
    skip_blanks(r);
    return true;
}

static gs_code push(reader *r, gs_entry item)
{
    gs_entry *stack =
        gs_arena_grow(r->arena, r->stack, r->count, &r->room, sizeof *stack);

    if (stack == NULL)
        return gs_fail_memory(r->err);
    r->stack = stack;
    stack[r->count++] = item;
    return GS_OK;
}

/* The four hexadecimal digits behind \u; -1 where there are none. */
static int32_t escaped_unit(gs_text text, size_t at)
{
    int32_t unit = 0;

    if (!gs_text_starts(gs_text_slice(text, at, text.size), GS_TEXT("\\u")) ||
        text.size - at < 6)
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = text.bytes[i], small = (char)(c | 0x20);

        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if (small >= 'a' && small <= 'f')
            unit = unit * 16 + (small - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

/* \uXXXX, or two of them that are a pair; the code point. */
static gs_code take_unit(reader *r, int32_t *point)
{
    int32_t unit = escaped_unit(r->text, r->at), low;

    if (unit < 0)
        return refuse(r, r->at, "four hexadecimal digits belong behind \\u");
    *point = unit;
    if (unit >= 0xd800 && unit <= 0xdfff) {
        low = unit < 0xdc00 ? escaped_unit(r->text, r->at + 6) : -1;
        if (low < 0xdc00 || low > 0xdfff)
            return refuse(r, r->at, "a surrogate stands alone");
        *point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        r->at += 6;
    }
    r->at += 6;
    return GS_OK;
}

/* One escape, at its backslash, into `out`. */
static gs_code take_escape(reader *r, char *out, size_t *size)
{
    static const char signs[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    char sign = r->text.bytes[r->at + 1];
    const char *found = sign == '\0' ? NULL : strchr(signs, sign);
    int32_t point = 0;
    gs_code rc;

    if (found != NULL) {
        out[(*size)++] = means[found - signs];
        r->at += 2;
        return GS_OK;
    }
    if (sign != 'u')
        return refuse(r, r->at, "there is no such escape");
    rc = take_unit(r, &point);
    if (rc == GS_OK)
        *size += gs_utf8_put(out + *size, point);
    return rc;
}

/* Where a string with escapes ends: its quotation mark. */
static gs_code find_end(const reader *r, size_t *end)
{
    size_t at = r->at;

    while ((at = gs_scan_string(r->text, at)) < r->text.size &&
           r->text.bytes[at] != '"') {
        if (r->text.bytes[at] != '\\')
            return refuse(r, at, "a control character stands in a string");
        at = r->text.size - at < 2 ? r->text.size : at + 2;
    }
    if (at == r->text.size)
        return refuse(r, at, "it is cut off");
    *end = at;
    return GS_OK;
}

/* An escape is never shorter than what it stands for. */
static gs_code take_escaped(reader *r, gs_text *out)
{
    size_t end = 0, size = 0;
    char *bytes;
    gs_code rc;

    GS_TRY(find_end(r, &end));
    bytes = gs_arena_take(r->arena, end - r->at + 1);
    if (bytes == NULL)
        return gs_fail_memory(r->err);
    while (r->at < end) {
        size_t stop = gs_scan_string(r->text, r->at);

        memcpy(bytes + size, r->text.bytes + r->at, stop - r->at);
        size += stop - r->at;
        r->at = stop;
        if (stop < end)
            GS_TRY(take_escape(r, bytes, &size));
    }
    *out = (gs_text){bytes, size};
    r->at = end + 1;
out:
    return rc;
}

static gs_code take_string(reader *r, gs_text *out)
{
    size_t start = ++r->at, end = gs_scan_string(r->text, start);

    if (end == r->text.size || r->text.bytes[end] != '"')
        return take_escaped(r, out);
    *out = (gs_text){r->text.bytes + start, end - start};
    r->at = end + 1;
    return GS_OK;
}

static bool skip_digits(reader *r)
{
    size_t start = r->at;

    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return r->at > start;
}

/* [-] digits [. digits] [e [sign] digits], without a 0 before other digits. */
static gs_code skip_number(reader *r, bool *whole)
{
    bool good;

    r->at += peek(r) == '-';
    if (peek(r) == '0') {
        r->at++;
        good = true;
    } else {
        good = skip_digits(r);
    }
    *whole = true;
    if (good && peek(r) == '.') {
        *whole = false;
        r->at++;
        good = skip_digits(r);
    }
    if (good && (peek(r) == 'e' || peek(r) == 'E')) {
        *whole = false;
        r->at++;
        r->at += peek(r) == '+' || peek(r) == '-';
        good = skip_digits(r);
    }
    return good ? GS_OK : refuse(r, r->at, "a digit is missing");
}

static gs_code take_number(reader *r, gs_value *out)
{
    size_t start = r->at;
    gs_text text;
    int64_t integer;
    double real;
    bool whole;
    gs_code rc = skip_number(r, &whole);

    if (rc != GS_OK)
        return rc;
    text = gs_text_slice(r->text, start, r->at);
    if (whole && !gs_integer_read(&integer, text))
        return refuse(r, start, "an integer is larger than 64 bits");
    if (!whole && (!gs_real_read(&real, text) || isinf(real)))
        return refuse(r, start, "a number is larger or longer than a float can be");
    *out = whole ? gs_integer(integer) : gs_real(real);
    return GS_OK;
}

static gs_code take_value(reader *r, gs_value *out, int depth);

static gs_code take_item(reader *r, int depth)
{
    gs_entry item = {{NULL, 0}, {0}};
    gs_code rc = take_value(r, &item.value, depth);

    return rc == GS_OK ? push(r, item) : rc;
}

static gs_code take_list(reader *r, gs_value *out, int depth)
{
    size_t first = r->count, count;
    gs_value *items;
    gs_code rc;

    if (!take(r, ']')) {
        do
            GS_TRY(take_item(r, depth));
        while (take(r, ','));
        if (!take(r, ']'))
            return refuse_here(r, "a comma or a ] belongs here");
    }
    count = r->count - first;
    items = gs_arena_array(r->arena, count, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(r->err);
    for (size_t i = 0; i < count; i++)
        items[i] = r->stack[first + i].value;
    r->count = first;
    *out = gs_list(items, count);
    rc = GS_OK;
out:
    return rc;
}

static gs_code take_entry(reader *r, int depth)
{
    gs_entry entry;
    gs_code rc;

    if (peek(r) != '"')
        return refuse_here(r, "a key in quotation marks belongs here");
    GS_TRY(take_string(r, &entry.key));
    if (!take(r, ':'))
        return refuse_here(r, "a colon belongs behind a key");
    GS_TRY(take_value(r, &entry.value, depth));
    rc = push(r, entry);
out:
    return rc;
}

static gs_code take_map(reader *r, gs_value *out, int depth)
{
    size_t first = r->count, count;
    gs_entry *entries;
    gs_text repeated;
    gs_code rc;

    if (!take(r, '}')) {
        do
            GS_TRY(take_entry(r, depth));
        while (take(r, ','));
        if (peek(r) != '}')
            return refuse_here(r, "a comma or a } belongs here");
        r->at++;
    }
    count = r->count - first;
    entries = gs_arena_array(r->arena, count, sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(r->err);
    if (count > 0)
        memcpy(entries, r->stack + first, count * sizeof *entries);
    GS_TRY(gs_map_check(&repeated, r->arena, entries, count, r->err));
    if (repeated.bytes != NULL)
        return refuse(r, r->at - 1, "a key stands twice in an object");
    r->count = first;
    *out = gs_map(entries, count);
out:
    return rc;
}

static gs_code take_word(reader *r, gs_value *out, gs_text word, gs_value value)
{
    if (!gs_text_starts(gs_text_slice(r->text, r->at, r->text.size), word))
        return refuse(r, r->at, "no value begins like this");
    r->at += word.size;
    *out = value;
    return GS_OK;
}

static gs_code take_group(reader *r, gs_value *out, int depth)
{
    bool map = peek(r) == '{';

    if (depth == GS_DEPTH_MAX)
        return refuse(r, r->at, "it nests more than 64 deep");
    r->at++;
    skip_blanks(r);
    return map ? take_map(r, out, depth + 1) : take_list(r, out, depth + 1);
}

static gs_code take_value(reader *r, gs_value *out, int depth)
{
    gs_text string;
    gs_code rc;

    switch (peek(r)) {
    case '"':
        rc = take_string(r, &string);
        *out = (gs_value){.type = GS_STRING, .as.string = string};
        return rc;
    case '{':
    case '[':
        return take_group(r, out, depth);
    case 'n':
        return take_word(r, out, GS_TEXT("null"), gs_null);
    case 't':
        return take_word(r, out, GS_TEXT("true"), gs_boolean(true));
    case 'f':
        return take_word(r, out, GS_TEXT("false"), gs_boolean(false));
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return take_number(r, out);
    default:
        return refuse_here(r, "no value begins like this");
    }
}

gs_code gs_json_borrow(gs_value *out, gs_arena *arena, gs_text text, gs_error *err)
{
    gs_entry first[FIRST_ITEMS];
    reader r = {text, 0, arena, first, 0, FIRST_ITEMS, err};
    gs_value value;
    size_t bad;
    gs_code rc;

    if (!gs_utf8_valid(text, &bad))
        return refuse(&r, bad, "a byte is no UTF-8");
    skip_blanks(&r);
    GS_TRY(take_value(&r, &value, 0));
    skip_blanks(&r);
    if (r.at != text.size)
        return refuse(&r, r.at, "something stands behind it");
    *out = value;
out:
    return rc;
}

gs_code gs_json_parse(gs_value *out, gs_arena *arena, gs_text text, gs_error *err)
{
    gs_text copy = gs_text_copy(arena, text);

    if (copy.bytes == NULL)
        return gs_fail_memory(err);
    return gs_json_borrow(out, arena, copy, err);
}
