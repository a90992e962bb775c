/* Folding for comparison, normalising for identity. */
#include "graph/base/scan.h"
#include <string.h>
#include <utf8proc.h>

static const gs_text missing = {NULL, 0};

/* ASCII is its own NFC and NFKC: most names and words need no table. */
static gs_text convert_ascii(gs_arena *arena, gs_text text, bool fold)
{
    char *bytes = gs_arena_take(arena, text.size + 1);
    size_t size = 0;
    bool blank = false;

    if (bytes == NULL)
        return missing;
    if (gs_scan_is_plain(text)) {
        size = text.size;
        if (size > 0)
            memcpy(bytes, text.bytes, size);
    }
    for (size_t i = size; i < text.size; i++) {
        if (gs_point_is_space(text.bytes[i])) {
            blank = size > 0;
            continue;
        }
        if (blank)
            bytes[size++] = ' ';
        blank = false;
        bytes[size++] = text.bytes[i];
    }
    if (fold)
        gs_scan_lower(bytes, (gs_text){bytes, size});
    return (gs_text){bytes, size};
}

/* Signs that are the same to a reader; before NFKC, which would make blanks of some. */
static utf8proc_int32_t fold_sign(utf8proc_int32_t point, void *unused)
{
    (void)unused;
    switch (point) {
    case '`':
    case 0xb4:
    case 0x2b9:
    case 0x2bb:
    case 0x2bc:
    case 0x2bd:
    case 0x2be:
    case 0x2bf:
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:
    case 0x2035:
    case 0x2039:
    case 0x203a:
    case 0xff07:
    case 0xff40:
        return '\'';
    case 0xab:
    case 0xbb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:
    case 0x2036:
    case 0xff02:
        return '"';
    case 0x2212:
        return '-';
    default:
        break;
    }
    if (gs_point_is_space(point))
        return ' ';
    return utf8proc_category(point) == UTF8PROC_CATEGORY_PD ? '-' : point;
}

/* Letters that Unicode does not take apart but that are written without their stroke
 * where a keyboard lacks them. */
static const char *plain_letter(utf8proc_int32_t point)
{
    switch (point) {
    case 0xe6:
        return "ae";
    case 0xf0:
    case 0x111:
    case 0x256:
        return "d";
    case 0xf8:
        return "o";
    case 0xfe:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x138:
        return "k";
    case 0x142:
        return "l";
    case 0x14b:
        return "n";
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    default:
        return NULL;
    }
}

/* Accents, points and strokes: the combining classes of marks that a reader can do
 * without. Vowel signs, viramas and the voicing of kana are part of the word and stay. */
static bool is_diacritic(utf8proc_int32_t point)
{
    utf8proc_propval_t class = utf8proc_get_property(point)->combining_class;

    return class == 1 || (class >= 10 && class <= 36) || (class >= 202 && class <= 234);
}

typedef struct points {
    utf8proc_int32_t *items;
    size_t count;
} points;

/* `list` comes with room for `room` points, which is enough for a word or a name. */
static bool decompose(points *list, size_t room, gs_arena *arena, gs_text text,
                      int options, utf8proc_custom_func map)
{
    for (;;) {
        utf8proc_ssize_t count = utf8proc_decompose_custom(
            (const utf8proc_uint8_t *)text.bytes, (utf8proc_ssize_t)text.size,
            list->items, (utf8proc_ssize_t)room, (utf8proc_option_t)options, map, NULL);

        if (count < 0)
            return false;
        list->count = (size_t)count;
        if (list->count <= room)
            return true;
        room = list->count;
        list->items = gs_arena_array(arena, room, sizeof *list->items);
        if (list->items == NULL)
            return false;
    }
}

/* Some signs come out of a letter only now (U+0149 is an apostrophe and an n). */
static void drop_diacritics(points *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++)
        if (!is_diacritic(list->items[i]))
            list->items[kept++] = fold_sign(list->items[i], NULL);
    list->count = kept;
}

static size_t put_point(char *to, utf8proc_int32_t point, bool fold)
{
    const char *plain = fold ? plain_letter(point) : NULL;

    if (plain == NULL)
        return gs_utf8_put(to, point);
    memcpy(to, plain, strlen(plain));
    return strlen(plain);
}

static gs_text encode(gs_arena *arena, points list, bool fold)
{
    char *bytes;
    size_t size = 0;
    bool blank = false;

    if (list.count > SIZE_MAX / 8)
        return missing;
    bytes = gs_arena_take(arena, list.count * 5 + 1); /* a point, a blank before it */
    if (bytes == NULL)
        return missing;
    for (size_t i = 0; i < list.count; i++) {
        if (gs_point_is_space(list.items[i])) {
            blank = size > 0;
            continue;
        }
        if (blank)
            bytes[size++] = ' ';
        blank = false;
        size += put_point(bytes + size, list.items[i], fold);
    }
    return (gs_text){bytes, size};
}

/* Bytes that are no UTF-8 become U+FFFD, so that the rest can be compared. */
static gs_text repair(gs_arena *arena, gs_text text)
{
    char *bytes =
        text.size > SIZE_MAX / 4 ? NULL : gs_arena_take(arena, 3 * text.size + 1);
    size_t size = 0, at = 0;

    if (bytes == NULL)
        return missing;
    while (at < text.size) {
        int32_t point = gs_utf8_next(text, &at);

        at += point < 0;
        size += gs_utf8_put(bytes + size, point < 0 ? 0xfffd : point);
    }
    return (gs_text){bytes, size};
}

static gs_text convert(gs_arena *arena, gs_text text, bool fold)
{
    int options = UTF8PROC_DECOMPOSE | UTF8PROC_STABLE;
    utf8proc_int32_t room[96];
    points list = {room, 0};
    utf8proc_ssize_t count;

    if (text.bytes == NULL || text.size > SIZE_MAX / 8)
        return missing;
    if (gs_scan_ascii(text, 0) == text.size)
        return convert_ascii(arena, text, fold);
    if (!gs_utf8_valid(text, NULL))
        text = repair(arena, text);
    if (text.bytes == NULL)
        return missing;
    if (fold)
        options |= UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    if (!decompose(&list, sizeof room / sizeof *room, arena, text, options,
                   fold ? fold_sign : NULL))
        return missing;
    if (fold)
        drop_diacritics(&list);
    count = utf8proc_normalize_utf32(list.items, (utf8proc_ssize_t)list.count,
                                     UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (count < 0)
        return missing;
    list.count = (size_t)count;
    return encode(arena, list, fold);
}

gs_text gs_fold(gs_arena *arena, gs_text text)
{
    return convert(arena, text, true);
}

gs_text gs_normalise(gs_arena *arena, gs_text text)
{
    return convert(arena, text, false);
}

gs_text gs_fold_name(gs_arena *arena, gs_text name)
{
    static const gs_text articles[] = {{"the ", 4}, {"an ", 3}, {"a ", 2}};
    gs_text folded = gs_fold(arena, name);

    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (gs_text_starts(folded, articles[i]))
            return gs_text_slice(folded, articles[i].size, folded.size);
    return folded;
}
