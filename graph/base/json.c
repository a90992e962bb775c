/* JSON to values: yajl finds the tokens, what yajl lets pass is refused here. */
#include "graph/base/number.h"
#include "graph/base/value.h"
#include <math.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* Past this yajl 2.1 overflows a size when it joins pieces (CVE-2022-24795). */
enum { TEXT_MAX = 1 << 30 };

typedef struct level {
    size_t start; /* of its items on the stack */
    bool map;
} level;

/* Items of all open lists and maps lie on one stack; closing one moves its items into an
 * array of their number. */
typedef struct builder {
    gs_arena *arena;
    gs_entry *stack;
    size_t count, room;
    level levels[GS_DEPTH_MAX + 1];
    int depth;
    gs_text key; /* of the value that comes next */
    gs_code rc;
    gs_error *err;
    gs_text text;
    yajl_handle parser;
    bool ending; /* yajl has the whole text and counts from 0 again */
} builder;

/* Line and column of a byte, both from 1; columns are code points. */
static gs_code fail_at_byte(gs_text text, size_t byte, gs_error *err, const char *why)
{
    uint32_t line = 1;
    size_t start = 0;
    gs_text before = gs_text_slice(text, 0, byte);

    for (size_t i = 0; i < before.size; i++)
        if (before.bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    return gs_fail_at(err, GS_INPUT, line,
                      (uint32_t)gs_utf8_count(gs_text_slice(before, start, before.size)) +
                          1,
                      0, "no JSON: %s; correct it", why);
}

/* `size` is that of the token at fault, which yajl has just read. */
static int refuse(builder *b, size_t size, const char *why)
{
    size_t at = b->ending ? b->text.size : yajl_get_bytes_consumed(b->parser);

    b->rc = fail_at_byte(b->text, at > size ? at - size : 0, b->err, why);
    return 0;
}

static int fail_memory(builder *b)
{
    b->rc = gs_fail_memory(b->err);
    return 0;
}

static int add(builder *b, gs_value value)
{
    gs_entry *stack =
        gs_arena_grow(b->arena, b->stack, b->count, &b->room, sizeof *stack);

    if (stack == NULL)
        return fail_memory(b);
    b->stack = stack;
    stack[b->count++] = (gs_entry){b->key, value};
    return 1;
}

static int on_null(void *context)
{
    return add(context, gs_null);
}

static int on_boolean(void *context, int value)
{
    return add(context, gs_boolean(value != 0));
}

static int on_number(void *context, const char *bytes, size_t size)
{
    gs_text text = {bytes, size};
    int64_t integer;
    double real;

    if (memchr(bytes, '.', size) == NULL && memchr(bytes, 'e', size) == NULL &&
        memchr(bytes, 'E', size) == NULL) {
        if (!gs_integer_read(&integer, text))
            return refuse(context, size, "an integer is larger than 64 bits");
        return add(context, gs_integer(integer));
    }
    if (!gs_real_read(&real, text) || isinf(real))
        return refuse(context, size, "a number is larger or longer than a float can be");
    return add(context, gs_real(real));
}

static int on_string(void *context, const unsigned char *bytes, size_t size)
{
    builder *b = context;
    gs_text copy = gs_text_copy(b->arena, (gs_text){(const char *)bytes, size});

    return copy.bytes == NULL ? fail_memory(b) : add(b, gs_string(copy));
}

static int on_key(void *context, const unsigned char *bytes, size_t size)
{
    builder *b = context;

    b->key = gs_text_copy(b->arena, (gs_text){(const char *)bytes, size});
    return b->key.bytes == NULL ? fail_memory(b) : 1;
}

/* Room for the list or map is taken first, with the key that it has in its parent. */
static int begin(builder *b, bool map)
{
    if (b->depth == GS_DEPTH_MAX)
        return refuse(b, 1, "it nests more than 64 deep");
    if (!add(b, gs_null))
        return 0;
    b->levels[b->depth++] = (level){b->count, map};
    return 1;
}

static int on_start_map(void *context)
{
    return begin(context, true);
}

static int on_start_list(void *context)
{
    return begin(context, false);
}

static int on_end_map(void *context)
{
    builder *b = context;
    size_t start = b->levels[--b->depth].start, count = b->count - start;
    gs_entry *entries = gs_arena_array(b->arena, count, sizeof *entries);
    gs_text repeated;

    if (entries == NULL)
        return fail_memory(b);
    memcpy(entries, b->stack + start, count * sizeof *entries);
    b->rc = gs_map_check(&repeated, b->arena, entries, count, b->err);
    if (b->rc != GS_OK)
        return 0;
    if (repeated.bytes != NULL)
        return refuse(b, 1, "a key stands twice in an object");
    b->count = start;
    b->stack[start - 1].value = gs_map(entries, count);
    return 1;
}

static int on_end_list(void *context)
{
    builder *b = context;
    size_t start = b->levels[--b->depth].start, count = b->count - start;
    gs_value *items = gs_arena_array(b->arena, count, sizeof *items);

    if (items == NULL)
        return fail_memory(b);
    for (size_t i = 0; i < count; i++)
        items[i] = b->stack[start + i].value;
    b->count = start;
    b->stack[start - 1].value = gs_list(items, count);
    return 1;
}

/* The four hexadecimal digits behind \u; -1 where there are none (yajl will say so). */
static int32_t escaped_unit(gs_text text, size_t at)
{
    int32_t unit = 0;

    if (!gs_text_starts(gs_text_slice(text, at, text.size), GS_TEXT("\\u")))
        return -1;
    if (text.size - at < 6)
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = text.bytes[i];

        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            unit = unit * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

/* yajl makes a question mark of a lone surrogate. Backslashes stand in strings only, so
 * no tokens are needed to find the escapes. */
static bool find_lone_surrogate(gs_text text, size_t *bad)
{
    size_t at = 0;

    while ((at = gs_text_find(text, GS_TEXT("\\"), at)) != SIZE_MAX) {
        int32_t unit = escaped_unit(text, at), next;

        if (unit < 0xd800 || unit > 0xdfff) {
            at += 2;
            continue;
        }
        next = unit < 0xdc00 ? escaped_unit(text, at + 6) : -1;
        if (next < 0xdc00 || next > 0xdfff) {
            *bad = at;
            return true;
        }
        at += 12;
    }
    return false;
}

static gs_code check_text(gs_text text, gs_error *err)
{
    size_t bad;

    if (text.size > TEXT_MAX)
        return gs_fail(err, GS_LIMIT, "no JSON: it is larger than 1 GiB; split it");
    if (!gs_utf8_valid(text, &bad))
        return fail_at_byte(text, bad, err, "a byte is no UTF-8");
    if (find_lone_surrogate(text, &bad))
        return fail_at_byte(text, bad, err, "a surrogate stands alone");
    return GS_OK;
}

/* A number at the end of the text is a token only once the end is known; it is the fault
 * then, unless something is missing behind it. */
static size_t last_token_size(gs_text text)
{
    size_t size = 0;

    while (size < text.size &&
           strchr(" \t\r\n,:[]{}\"", text.bytes[text.size - 1 - size]) == NULL)
        size++;
    return size;
}

static gs_code fail_as_yajl(builder *b)
{
    char *message = (char *)yajl_get_error(b->parser, 0, NULL, 0), *colon;
    size_t size = 0;

    if (message == NULL)
        return gs_fail_memory(b->err);
    message[strcspn(message, ".\n")] = '\0';
    colon = strstr(message, ": "); /* behind "lexical error" or "parse error" */
    if (!b->ending)
        size = 1;
    else if (strstr(message, "premature EOF") == NULL)
        size = last_token_size(b->text);
    refuse(b, size, colon == NULL ? message : colon + 2);
    yajl_free_error(b->parser, (unsigned char *)message);
    return b->rc;
}

static gs_code run(builder *b)
{
    yajl_status status =
        yajl_parse(b->parser, (const unsigned char *)b->text.bytes, b->text.size);

    if (status == yajl_status_ok) {
        b->ending = true;
        status = yajl_complete_parse(b->parser);
    }
    if (b->rc != GS_OK || status == yajl_status_ok)
        return b->rc;
    return fail_as_yajl(b);
}

gs_code gs_json_parse(gs_value *out, gs_arena *arena, gs_text text, gs_error *err)
{
    static const yajl_callbacks callbacks = {
        on_null,      on_boolean, NULL,       NULL,          on_number,  on_string,
        on_start_map, on_key,     on_end_map, on_start_list, on_end_list};
    builder b = {.arena = arena, .err = err, .text = text};
    gs_code rc;

    GS_TRY(check_text(text, err));
    b.parser = yajl_alloc(&callbacks, NULL, &b);
    if (b.parser == NULL)
        return gs_fail_memory(err);
    GS_TRY(run(&b));
    *out = b.stack[0].value;
out:
    if (b.parser != NULL)
        yajl_free(b.parser);
    return rc;
}
