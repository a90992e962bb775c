#include "graph/base/number.h"
#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* glibc gives its built-in "C" locale for this, and allocates nothing. */
static locale_t plain_locale(void)
{
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static bool reads_back(const char *text, double number)
{
    return strtod(text, NULL) == number;
}

/* Numbers below the normal range have fewer digits, so 15 may not be the shortest. */
static int first_precision(double number)
{
    return number < 2.3e-308 && number > -2.3e-308 && number != 0 ? 1 : 15;
}

size_t gs_real_write(char out[GS_REAL_ROOM], double number)
{
    locale_t plain = plain_locale(), before = uselocale(plain);
    int size = 0;

    assert(number - number == 0); /* finite */
    for (int precision = first_precision(number); precision <= 17; precision++) {
        size = snprintf(out, GS_REAL_ROOM, "%.*g", precision, number);
        if (reads_back(out, number))
            break;
    }
    uselocale(before);
    freelocale(plain);
    if (strpbrk(out, ".e") == NULL) {
        memcpy(out + size, ".0", 3);
        size += 2;
    }
    return (size_t)size;
}

static size_t skip_digits(gs_text text, size_t at)
{
    while (at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9')
        at++;
    return at;
}

static size_t skip_sign(gs_text text, size_t at)
{
    return at < text.size && (text.bytes[at] == '-' || text.bytes[at] == '+') ? at + 1
                                                                              : at;
}

/* [sign] digits [. digits] [e [sign] digits], with a digit on one side of the point. */
static bool is_decimal(gs_text text)
{
    size_t start = skip_sign(text, 0), at = skip_digits(text, start), digits = at - start;

    if (at < text.size && text.bytes[at] == '.') {
        start = at + 1;
        at = skip_digits(text, start);
        digits += at - start;
    }
    if (digits == 0)
        return false;
    if (at < text.size && (text.bytes[at] == 'e' || text.bytes[at] == 'E')) {
        start = skip_sign(text, at + 1);
        at = skip_digits(text, start);
        if (at == start)
            return false;
    }
    return at == text.size;
}

bool gs_real_read(double *out, gs_text text)
{
    char copy[GS_REAL_LONGEST + 1]; /* strtod wants a NUL behind it */
    locale_t plain;

    if (text.size > GS_REAL_LONGEST || !is_decimal(text))
        return false;
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    plain = plain_locale();
    *out = strtod_l(copy, NULL, plain);
    freelocale(plain);
    return true;
}

bool gs_integer_read(int64_t *out, gs_text text)
{
    size_t at = skip_sign(text, 0);
    bool negative = at > 0 && text.bytes[0] == '-';
    int64_t number = 0;

    if (at == text.size)
        return false;
    for (; at < text.size; at++) {
        int digit = text.bytes[at] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number))
            return false;
    }
    *out = number;
    return true;
}
