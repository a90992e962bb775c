#include "query/lexer.h"

#include "graph/base/number.h"
#include <math.h>
#include <string.h>

typedef struct lexer {
    gs_text text;
    size_t at;
    gs_arena *arena;
    gs_token *tokens;
    size_t count, room;
    gs_error *err;
} lexer;

static gs_place place_of(size_t start, size_t end)
{
    return (gs_place){(uint32_t)start, (uint32_t)(end - start)};
}

static gs_code refuse(lexer *l, size_t start, const char *detail, const char *why)
{
    size_t end = l->at > start ? l->at : start + 1;

    return gs_refuse(l->err, l->text, place_of(start, end), "SyntaxError", detail, "%s",
                     why);
}

static gs_code push(lexer *l, gs_token token)
{
    l->tokens = gs_arena_grow(l->arena, l->tokens, l->count, &l->room, sizeof *l->tokens);
    if (l->tokens == NULL)
        return gs_fail_memory(l->err);
    l->tokens[l->count++] = token;
    return GS_OK;
}

static int byte_at(const lexer *l, size_t at)
{
    return at < l->text.size ? (unsigned char)l->text.bytes[at] : -1;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static int hex_of(int c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The code point at `at` if it may stand in a name, and the byte behind it. */
static bool name_point(const lexer *l, size_t at, bool first, size_t *next)
{
    int c = byte_at(l, at);
    int32_t point;

    *next = at + 1;
    if (c < 0x80)
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (!first && is_digit(c));
    *next = at;
    point = gs_utf8_next(l->text, next);
    return point >= 0 &&
           (gs_point_is_letter(point) || (!first && gs_point_is_digit(point)));
}

/* White space and comments. */
static gs_code skip_blanks(lexer *l)
{
    for (;;) {
        size_t next = l->at;
        int c = byte_at(l, l->at);
        if (c == '/' && byte_at(l, l->at + 1) == '/') {
            while (l->at < l->text.size && l->text.bytes[l->at] != '\n')
                l->at++;
        } else if (c == '/' && byte_at(l, l->at + 1) == '*') {
            size_t end = gs_text_find(l->text, GS_TEXT("*/"), l->at + 2);
            if (end == SIZE_MAX) {
                size_t start = l->at;
                l->at += 2;
                return refuse(l, start, "UnexpectedSyntax",
                              "this comment does not end; close it with `*/`");
            }
            l->at = end + 2;
        } else if (c >= 0 && gs_point_is_space(gs_utf8_next(l->text, &next))) {
            l->at = next;
        } else {
            return GS_OK;
        }
    }
}

static gs_code lex_name(lexer *l)
{
    size_t start = l->at, next;

    while (name_point(l, l->at, false, &next))
        l->at = next;
    return push(l, (gs_token){.kind = GS_T_NAME,
                              .place = place_of(start, l->at),
                              .text = gs_text_slice(l->text, start, l->at)});
}

/* Where the closing mark of a string or quoted name stands; the text's size if nowhere.
 * In a string a backslash protects what follows it, in a name a doubled mark is none. */
static size_t closing(const lexer *l, size_t at, int mark)
{
    for (; at < l->text.size; at++) {
        int c = byte_at(l, at);
        if (c == mark && (mark != '`' || byte_at(l, at + 1) != '`'))
            return at;
        if (c == mark || (c == '\\' && mark != '`'))
            at++;
    }
    return l->text.size;
}

/* A name in backticks, where a doubled one stands for itself. */
static gs_code lex_quoted(lexer *l)
{
    size_t start = l->at++, end = closing(l, l->at, '`'), size = 0;
    char *bytes = gs_arena_take(l->arena, end - start);

    if (bytes == NULL)
        return gs_fail_memory(l->err);
    if (end == l->text.size)
        return refuse(l, start, "UnexpectedSyntax",
                      "this name does not end; close it with a backtick");
    for (; l->at < end; l->at++) {
        bytes[size++] = l->text.bytes[l->at];
        if (l->text.bytes[l->at] == '`')
            l->at++;
    }
    l->at = end + 1;
    return push(l, (gs_token){.kind = GS_T_NAME,
                              .place = place_of(start, l->at),
                              .text = {bytes, size},
                              .quoted = true});
}

static gs_code lex_escape(lexer *l, char **out)
{
    static const char plain[] = "\\'\"bfnrt`", means[] = "\\'\"\b\f\n\r\t`";
    size_t start = l->at - 1;
    int c = byte_at(l, l->at++);
    const char *found = c > 0 ? strchr(plain, c) : NULL;
    int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    uint32_t point = 0;

    if (found != NULL) {
        *(*out)++ = means[found - plain];
        return GS_OK;
    }
    if (digits == 0)
        return refuse(l, start, "UnexpectedSyntax",
                      "no such escape; write one of \\\\ \\' \\\" \\b \\f \\n \\r \\t "
                      "\\uXXXX \\UXXXXXXXX");
    for (int i = 0; i < digits; i++) {
        int digit = hex_of(byte_at(l, l->at));
        if (digit < 0)
            return refuse(l, start, "InvalidUnicodeLiteral",
                          "a \\u wants four hexadecimal digits, a \\U eight");
        point = point << 4 | (uint32_t)digit;
        l->at++;
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return refuse(l, start, "InvalidUnicodeLiteral", "there is no such code point");
    *out += gs_utf8_put(*out, (int32_t)point);
    return GS_OK;
}

static gs_code lex_string(lexer *l)
{
    size_t start = l->at;
    int mark = byte_at(l, l->at++);
    size_t end = closing(l, l->at, mark);
    char *bytes = gs_arena_take(l->arena, end - start), *to = bytes;
    gs_code rc;

    if (bytes == NULL)
        return gs_fail_memory(l->err);
    if (end >= l->text.size)
        return refuse(l, start, "UnexpectedSyntax",
                      mark == '"' ? "this string does not end; close it with `\"`"
                                  : "this string does not end; close it with `'`");
    while (l->at < end) {
        char c = l->text.bytes[l->at++];
        if (c != '\\')
            *to++ = c;
        else if ((rc = lex_escape(l, &to)) != GS_OK)
            return rc;
    }
    l->at = end + 1;
    return push(l, (gs_token){.kind = GS_T_STRING,
                              .place = place_of(start, l->at),
                              .text = {bytes, (size_t)(to - bytes)}});
}

/* 0x1F and 0o17. */
static gs_code lex_based(lexer *l, int base)
{
    size_t start = l->at;
    uint64_t n = 0;
    bool over = false, bad;

    l->at += 2;
    bad = hex_of(byte_at(l, l->at)) < 0;
    for (size_t next; name_point(l, l->at, false, &next); l->at = next) {
        int digit = hex_of(byte_at(l, l->at));
        if (digit < 0 || digit >= base) {
            bad = true;
            continue;
        }
        over = over || n > (((uint64_t)1 << 63) - (uint64_t)digit) / (uint64_t)base;
        n = n * (uint64_t)base + (uint64_t)digit;
    }
    if (bad)
        return refuse(l, start, "InvalidNumberLiteral", "this is no number");
    if (over)
        return refuse(l, start, "IntegerOverflow", "this number is past 64 bits");
    return push(l, (gs_token){.kind = GS_T_INTEGER,
                              .place = place_of(start, l->at),
                              .text = gs_text_slice(l->text, start, l->at),
                              .integer = n});
}

static void skip_digits(lexer *l)
{
    while (is_digit(byte_at(l, l->at)))
        l->at++;
}

/* Moves behind a number's digits, point and exponent; tells whether it is a float. */
static bool scan_decimal(lexer *l)
{
    bool real = false;
    size_t e;

    skip_digits(l);
    if (byte_at(l, l->at) == '.' && is_digit(byte_at(l, l->at + 1))) {
        real = true;
        l->at++;
        skip_digits(l);
    }
    e = l->at;
    if (byte_at(l, e) == 'e' || byte_at(l, e) == 'E') {
        e += byte_at(l, e + 1) == '-' || byte_at(l, e + 1) == '+' ? 2 : 1;
        if (is_digit(byte_at(l, e))) {
            real = true;
            l->at = e;
            skip_digits(l);
        }
    }
    return real;
}

/* Digits up to 2^63, one more than an integer holds: a minus may stand before them. */
static bool read_magnitude(uint64_t *out, gs_text digits)
{
    uint64_t n = 0;

    for (size_t i = 0; i < digits.size; i++) {
        uint64_t digit = (uint64_t)(digits.bytes[i] - '0');
        if (n > (((uint64_t)1 << 63) - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return true;
}

static gs_code lex_decimal(lexer *l)
{
    size_t start = l->at, next;
    bool real = scan_decimal(l);
    gs_token token = {.kind = real ? GS_T_FLOAT : GS_T_INTEGER};

    if (name_point(l, l->at, false, &next)) {
        while (name_point(l, l->at, false, &next))
            l->at = next;
        return refuse(l, start, "InvalidNumberLiteral",
                      "a number does not run into a name; put a blank between them");
    }
    token.place = place_of(start, l->at);
    token.text = gs_text_slice(l->text, start, l->at);
    if (real) {
        if (!gs_real_read(&token.real, token.text))
            return refuse(l, start, "InvalidNumberLiteral", "this number is too long");
        if (isinf(token.real))
            return refuse(l, start, "FloatingPointOverflow",
                          "this number is past the range of floats");
        return push(l, token);
    }
    if (!read_magnitude(&token.integer, token.text))
        return refuse(l, start, "IntegerOverflow", "this number is past 64 bits");
    return push(l, token);
}

static gs_code lex_number(lexer *l)
{
    int second = byte_at(l, l->at + 1);

    if (byte_at(l, l->at) == '0' && (second == 'x' || second == 'X'))
        return lex_based(l, 16);
    if (byte_at(l, l->at) == '0' && (second == 'o' || second == 'O'))
        return lex_based(l, 8);
    return lex_decimal(l);
}

static gs_code lex_mark(lexer *l)
{
    static const char *const pairs[] = {"<=", ">=", "<>", "=~", "..", "!="};
    size_t start = l->at;
    int32_t point;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (gs_text_starts(gs_text_slice(l->text, start, l->text.size),
                           gs_text_of(pairs[i])))
            l->at = start + 2;
    if (l->at == start) {
        point = gs_utf8_next(l->text, &l->at);
        if (point < 0 || point >= 0x80)
            return refuse(l, start, "InvalidUnicodeCharacter",
                          "no query has this character here; it may stand in a string or "
                          "in backticks");
        if (point < ' ' || strchr("()[]{}<>=+-*/%^.,:;|$&!?", point) == NULL)
            return refuse(l, start, "UnexpectedSyntax",
                          "no query has this character here");
    }
    return push(l, (gs_token){.kind = GS_T_MARK,
                              .place = place_of(start, l->at),
                              .text = gs_text_slice(l->text, start, l->at)});
}

static gs_code lex_one(lexer *l)
{
    int c = byte_at(l, l->at);
    size_t next;

    if (c == '`')
        return lex_quoted(l);
    if (c == '\'' || c == '"')
        return lex_string(l);
    if (is_digit(c) || (c == '.' && is_digit(byte_at(l, l->at + 1)) &&
                        !(l->at > 0 && l->text.bytes[l->at - 1] == '.')))
        return lex_number(l);
    if (name_point(l, l->at, true, &next))
        return lex_name(l);
    return lex_mark(l);
}

gs_code gs_lex(gs_token **out, size_t *count, gs_text text, gs_arena *arena,
               gs_error *err)
{
    lexer l = {.text = text, .arena = arena, .err = err};
    gs_code rc;

    if (text.size > UINT32_MAX / 2)
        return gs_fail(err, GS_LIMIT, "this query has more than 2 GiB");
    for (;;) {
        if ((rc = skip_blanks(&l)) != GS_OK)
            return rc;
        if (l.at >= text.size)
            break;
        if ((rc = lex_one(&l)) != GS_OK)
            return rc;
    }
    rc = push(&l, (gs_token){.kind = GS_T_END, .place = place_of(l.at, l.at)});
    *out = l.tokens;
    *count = l.count;
    return rc;
}
