#include "query/duration.h"

#define DAY INT64_C(86400)

/* The units in the order in which they stand; those behind the T are of the clock. */
static const struct unit {
    char letter;
    bool clock;
    int64_t seconds;
} units[] = {{'Y', false, 366 * DAY}, {'M', false, 31 * DAY}, {'W', false, 7 * DAY},
             {'D', false, DAY},       {'H', true, 3600},      {'M', true, 60},
             {'S', true, 1}};

enum { UNITS = sizeof units / sizeof *units };

/* Digits, at least one; at most seven, so that no sum overflows. */
static bool read_count(int64_t *out, gs_text text, size_t *at)
{
    size_t first = *at;

    *out = 0;
    while (*at < text.size && text.bytes[*at] >= '0' && text.bytes[*at] <= '9')
        *out = *out * 10 + (text.bytes[(*at)++] - '0'), *out %= 100000000;
    return *at > first && *at - first <= 7;
}

bool gs_duration_read(int64_t *seconds, gs_text text)
{
    size_t at = 1, unit = 0;
    bool clock = false;
    int64_t count, sum = 0;

    if (text.size < 3 || text.bytes[0] != 'P')
        return false;
    while (at < text.size) {
        if (!clock && text.bytes[at] == 'T') {
            clock = true;
            at++;
        }
        if (!read_count(&count, text, &at) || at == text.size)
            return false;
        while (unit < UNITS &&
               (units[unit].clock != clock || units[unit].letter != text.bytes[at]))
            unit++;
        if (unit == UNITS)
            return false;
        sum += count * units[unit++].seconds;
        at++;
    }
    *seconds = sum;
    return sum <= INT64_C(10000) * 366 * DAY;
}
