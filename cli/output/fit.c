#include "cli/output/fit.h"

/* The byte behind the character at `at` and all that combines with it. */
static size_t skip_character(gs_text text, size_t at)
{
    bool first = true;

    while (at < text.size) {
        size_t next = at;

        if (gs_utf8_next(text, &next) < 0)
            next++;
        if (!first && gs_text_width(gs_text_slice(text, at, next)) > 0)
            break;
        first = false;
        at = next;
    }
    return at;
}

/* The bytes of `text` that fit in `width`. */
static size_t fitting(gs_text text, size_t width)
{
    size_t at = 0, used = 0;

    while (at < text.size) {
        size_t next = skip_character(text, at);

        used += gs_text_width(gs_text_slice(text, at, next));
        if (used > width)
            break;
        at = next;
    }
    return at;
}

gs_text gs_fit(gs_arena *arena, gs_text text, size_t width)
{
    if (fitting(text, width) == text.size)
        return text;
    if (width == 0)
        return GS_TEXT("");
    return gs_text_format(arena, "%.*s…", (int)fitting(text, width - 1), text.bytes);
}

gs_text gs_wrap(gs_text *rest, size_t width)
{
    size_t fits = fitting(*rest, width), end = fits;
    gs_text line;

    if (rest->size == 0)
        return (gs_text){NULL, 0};
    if (fits == 0)
        end = fits = skip_character(*rest, 0);
    if (fits < rest->size)
        while (end > 0 && rest->bytes[end] != ' ')
            end--;
    if (end == 0) /* one word that is wider than the line */
        end = fits;
    line = gs_text_slice(*rest, 0, end);
    *rest = gs_text_trim(gs_text_slice(*rest, end, rest->size));
    return line;
}
