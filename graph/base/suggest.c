#include "graph/base/suggest.h"

enum { LONGEST = 48, STEP = 4, CASE_STEP = 1 }; /* a change of case costs a quarter */

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t exchange(char a, char b)
{
    if (a == b)
        return 0;
    return lower(a) == lower(b) ? CASE_STEP : STEP;
}

/* Optimal string alignment, three rows at a time. */
static size_t distance(gs_text a, gs_text b)
{
    size_t rows[3][LONGEST + 1], *older = rows[0], *before = rows[1], *now = rows[2];

    for (size_t j = 0; j <= b.size; j++)
        before[j] = j * STEP;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *spare = older;
        now[0] = i * STEP;
        for (size_t j = 1; j <= b.size; j++) {
            now[j] = least(least(before[j], now[j - 1]) + STEP,
                           before[j - 1] + exchange(a.bytes[i - 1], b.bytes[j - 1]));
            if (i > 1 && j > 1 && lower(a.bytes[i - 1]) == lower(b.bytes[j - 2]) &&
                lower(a.bytes[i - 2]) == lower(b.bytes[j - 1]))
                now[j] = least(now[j], older[j - 2] + STEP);
        }
        older = before;
        before = now;
        now = spare;
    }
    return before[b.size];
}

void gs_suggest(gs_suggestion *suggestion, gs_text candidate)
{
    gs_text asked = suggestion->asked;
    size_t found;

    if (asked.size == 0 || candidate.size == 0 || asked.size > LONGEST ||
        candidate.size > LONGEST || gs_text_equal(asked, candidate))
        return;
    found = distance(asked, candidate);
    if (found > STEP * (asked.size < 3 ? 1 : (asked.size + 2) / 3))
        return;
    if (suggestion->best.bytes != NULL && found >= suggestion->distance)
        return;
    suggestion->best = candidate;
    suggestion->distance = found;
}

const char *gs_did_you_mean(const gs_suggestion *suggestion, gs_arena *arena)
{
    gs_text text;

    if (suggestion->best.bytes == NULL)
        return "";
    text = gs_text_format(arena, "; did you mean `%.*s`?", GS_SHOW(suggestion->best));
    return text.bytes ? gs_text_string(arena, text) : "";
}
