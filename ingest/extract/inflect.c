#include "ingest/extract/inflect.h"
#include <string.h>

static char last(gs_text word, size_t back)
{
    return word.size > back ? word.bytes[word.size - 1 - back] : '\0';
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool is_consonant(char c)
{
    return c >= 'a' && c <= 'z' && !is_vowel(c);
}

static bool ends(gs_text word, const char *ending)
{
    return gs_text_ends(word, gs_text_of(ending));
}

/* The word without its last `drop` bytes, and an ending. */
static gs_text with(gs_arena *arena, gs_text word, size_t drop, const char *ending)
{
    gs_text pieces[2] = {gs_text_slice(word, 0, word.size - drop), gs_text_of(ending)};

    return gs_text_join(arena, pieces, 2, GS_TEXT(""));
}

static bool one_syllable(gs_text word)
{
    int groups = 0;

    for (size_t i = 0; i < word.size; i++)
        groups += is_vowel(word.bytes[i]) && (i == 0 || !is_vowel(word.bytes[i - 1]));
    return groups == 1;
}

static bool doubles(gs_text base, gs_doubling doubling)
{
    char end = last(base, 0), middle = last(base, 1), before = last(base, 2);

    if (doubling == GS_DOUBLING_NEVER || !is_consonant(end) || !is_vowel(middle))
        return false;
    if (end == 'w' || end == 'x' || end == 'y')
        return false;
    if (is_vowel(before) && !(before == 'u' && last(base, 3) == 'q'))
        return false;
    return doubling == GS_DOUBLING_ALWAYS || one_syllable(base);
}

gs_text gs_inflect_s(gs_arena *arena, gs_text base)
{
    char end = last(base, 0);

    if (end == 'y' && is_consonant(last(base, 1)))
        return with(arena, base, 1, "ies");
    if (end == 's' || end == 'x' || end == 'z' || ends(base, "ch") || ends(base, "sh"))
        return with(arena, base, 0, "es");
    if (end == 'o' && is_consonant(last(base, 1)))
        return with(arena, base, 0, "es");
    return with(arena, base, 0, "s");
}

static gs_text doubled(gs_arena *arena, gs_text base, const char *ending)
{
    gs_text pieces[3] = {base, gs_text_slice(base, base.size - 1, base.size),
                         gs_text_of(ending)};

    return gs_text_join(arena, pieces, 3, GS_TEXT(""));
}

gs_text gs_inflect_ed(gs_arena *arena, gs_text base, gs_doubling doubling)
{
    char end = last(base, 0);

    if (end == 'e')
        return with(arena, base, 0, "d");
    if (end == 'y' && is_consonant(last(base, 1)))
        return with(arena, base, 1, "ied");
    if (end == 'c')
        return with(arena, base, 0, "ked");
    return doubles(base, doubling) ? doubled(arena, base, "ed")
                                   : with(arena, base, 0, "ed");
}

gs_text gs_inflect_ing(gs_arena *arena, gs_text base, gs_doubling doubling)
{
    char end = last(base, 0);

    if (ends(base, "ie"))
        return with(arena, base, 2, "ying");
    if (end == 'e' && base.size > 2 && !ends(base, "ee") && !ends(base, "ye") &&
        !ends(base, "oe"))
        return with(arena, base, 1, "ing");
    if (end == 'c')
        return with(arena, base, 0, "king");
    return doubles(base, doubling) ? doubled(arena, base, "ing")
                                   : with(arena, base, 0, "ing");
}

gs_text gs_uninflect_s(gs_arena *arena, gs_text form)
{
    if (form.size < 4 || !ends(form, "s") || ends(form, "ss") || ends(form, "us") ||
        ends(form, "is"))
        return form;
    if (ends(form, "ies") && form.size > 4)
        return with(arena, form, 3, "y");
    if (ends(form, "sses") || ends(form, "ches") || ends(form, "shes") ||
        ends(form, "xes") || ends(form, "zzes"))
        return with(arena, form, 2, "");
    return with(arena, form, 1, "");
}

/* What stands before -ed or -ing, made a base again. */
static gs_text base_of(gs_arena *arena, gs_text rest)
{
    char end = last(rest, 0), before = last(rest, 1);

    if (end == before && is_consonant(end) && end != 's' && end != 'l' && end != 'z')
        return with(arena, rest, 1, "");
    if (end == 'v' || end == 'z' || end == 'c' || end == 'u' ||
        (end == 's' && before != 's') || (end == 'g' && before != 'n') ||
        (end == 'l' && is_consonant(before) && before != 'l' && before != 'r') ||
        (is_consonant(end) && end != 'w' && end != 'x' && end != 'y' &&
         is_vowel(before) && !is_vowel(last(rest, 2)) && one_syllable(rest)) ||
        (end == 't' && before == 'a') || (end == 'r' && (before == 'i' || before == 'u')))
        return with(arena, rest, 0, "e");
    return with(arena, rest, 0, "");
}

gs_text gs_uninflect_ed(gs_arena *arena, gs_text form)
{
    if (form.size < 5 || !ends(form, "ed"))
        return form;
    if (ends(form, "ied"))
        return with(arena, form, 3, "y");
    if (ends(form, "eed"))
        return form;
    return base_of(arena, gs_text_slice(form, 0, form.size - 2));
}

gs_text gs_uninflect_ing(gs_arena *arena, gs_text form)
{
    if (form.size < 6 || !ends(form, "ing"))
        return form;
    return base_of(arena, gs_text_slice(form, 0, form.size - 3));
}
