#include "ingest/formats/jsonld.h"
#include "graph/base/json.h"
#include "ingest/formats/article.h"
#include "ingest/formats/markup.h"
#include <string.h>
#include <strings.h>

enum { NAMES_MAX = 16 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether the quotation mark at `at` ends its string: a sign of JSON's follows it. */
static bool ends_string(gs_text text, size_t at)
{
    do {
        at++;
    } while (at < text.size && is_blank(text.bytes[at]));
    return at >= text.size || strchr(",:}]", text.bytes[at]) != NULL;
}

static bool is_hex(gs_text text, size_t at)
{
    for (size_t i = at; i < at + 4; i++)
        if (i >= text.size || text.bytes[i] == '\0' ||
            strchr("0123456789abcdefABCDEF", text.bytes[i]) == NULL)
            return false;
    return true;
}

/* An escape at `at` (a backslash); gives how many bytes it took. Lone halves of a
 * surrogate pair become U+FFFD. */
static size_t mend_escape(gs_buffer *to, gs_text text, size_t at)
{
    char c = at + 1 < text.size ? text.bytes[at + 1] : ' ';
    bool high, low;

    if (c == 'u' && is_hex(text, at + 2)) {
        high = strncasecmp(text.bytes + at + 2, "d8", 2) >= 0 &&
               strncasecmp(text.bytes + at + 2, "dc", 2) < 0;
        low = strncasecmp(text.bytes + at + 2, "dc", 2) >= 0 &&
              strncasecmp(text.bytes + at + 2, "e0", 2) < 0;
        if (high && at + 8 < text.size && text.bytes[at + 6] == '\\' &&
            text.bytes[at + 7] == 'u' && is_hex(text, at + 8) &&
            strncasecmp(text.bytes + at + 8, "dc", 2) >= 0 &&
            strncasecmp(text.bytes + at + 8, "e0", 2) < 0) {
            gs_buffer_bytes(to, text.bytes + at, 12);
            return 12;
        }
        if (high || low)
            gs_buffer_text(to, GS_TEXT("\\ufffd"));
        else
            gs_buffer_bytes(to, text.bytes + at, 6);
        return 6;
    }
    if (c != '\0' && strchr("\"\\/bfnrt", c) != NULL) {
        gs_buffer_bytes(to, text.bytes + at, 2);
        return 2;
    }
    if (c == '\'')
        gs_buffer_char(to, '\'');
    else
        gs_buffer_text(to, GS_TEXT("\\\\"));
    return c == '\'' ? 2 : 1;
}

/* A string from behind its mark to behind its end. */
static size_t mend_string(gs_buffer *to, gs_text text, size_t at)
{
    while (at < text.size) {
        char c = text.bytes[at];

        if (c == '\\') {
            at += mend_escape(to, text, at);
            continue;
        }
        at++;
        if (c == '"' && ends_string(text, at - 1)) {
            gs_buffer_char(to, '"');
            return at;
        }
        if (c == '"')
            gs_buffer_text(to, GS_TEXT("\\\""));
        else if (c == '\n' || c == '\r' || c == '\t')
            gs_buffer_text(to, GS_TEXT("\\n"));
        else if ((unsigned char)c >= ' ')
            gs_buffer_char(to, c);
    }
    gs_buffer_char(to, '"');
    return at;
}

/* A run of commas and the blanks between them is one comma; before the end of its list or
 * object it is none. Gives where the run ends, so that it is looked at once. */
static size_t mend_commas(gs_buffer *to, gs_text text, size_t at)
{
    while (at < text.size && (is_blank(text.bytes[at]) || text.bytes[at] == ','))
        at++;
    if (at < text.size && text.bytes[at] != '}' && text.bytes[at] != ']')
        gs_buffer_char(to, ',');
    return at;
}

static size_t skip_comment(gs_text text, size_t at)
{
    gs_text rest = gs_text_slice(text, at, text.size);
    size_t end;

    if (gs_text_starts(rest, GS_TEXT("/*")))
        end = gs_text_find(text, GS_TEXT("*/"), at);
    else if (gs_text_starts(rest, GS_TEXT("//")) || gs_text_starts(rest, GS_TEXT("<!--")))
        end = gs_text_find(text, GS_TEXT("\n"), at);
    else if (gs_text_starts(rest, GS_TEXT("<![CDATA[")))
        return at + 9;
    else
        return at + 1;
    return end == SIZE_MAX ? text.size : end + 2 > text.size ? text.size : end + 1;
}

static void mend(gs_buffer *to, gs_text text)
{
    size_t at = 0;

    while (at < text.size) {
        char c = text.bytes[at];

        if (c == '"') {
            gs_buffer_char(to, '"');
            at = mend_string(to, text, at + 1);
        } else if (c == '/' || c == '<') {
            at = skip_comment(text, at);
        } else if (gs_text_starts(gs_text_slice(text, at, text.size), GS_TEXT("]]>"))) {
            at += 3;
        } else if (c == ',') {
            at = mend_commas(to, text, at);
        } else {
            if (c != ';' && ((unsigned char)c >= ' ' || is_blank(c)))
                gs_buffer_char(to, c);
            at++;
        }
    }
}

gs_code gs_ld_parse(gs_value *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_buffer mended = {0};
    gs_code rc = gs_json_borrow(out, arena, text, err);

    if (rc != GS_INPUT)
        return rc;
    mend(&mended, text);
    rc = mended.failed ? gs_fail_memory(err)
                       : gs_json_parse(out, arena, gs_buffer_view(&mended), err);
    gs_buffer_free(&mended);
    return rc;
}

/* What is no list and no object has nothing within it. */
static bool enter(gs_ld_walk *walk, gs_value value)
{
    bool group = value.type == GS_LIST || value.type == GS_MAP;

    if (group) { /* GS_DEPTH_MAX bounds how deep this goes */
        walk->levels[walk->depth] = value;
        walk->at[walk->depth++] = 0;
    }
    return group && value.type == GS_MAP;
}

void gs_ld_start(gs_ld_walk *out, gs_value value)
{
    out->levels[0] = value;
    out->at[0] = SIZE_MAX; /* itself comes first */
    out->depth = 1;
}

bool gs_ld_next(gs_value *object, gs_ld_walk *walk)
{
    while (walk->depth > 0) {
        gs_value group = walk->levels[walk->depth - 1], member;
        size_t at = walk->at[walk->depth - 1]++;

        if (at == SIZE_MAX) {
            walk->depth = 0;
            member = group;
        } else if (group.type == GS_LIST && at < group.as.list.count) {
            member = group.as.list.items[at];
        } else if (group.type == GS_MAP && at < group.as.map.count) {
            member = group.as.map.entries[at].value;
        } else {
            walk->depth--;
            continue;
        }
        if (enter(walk, member)) {
            *object = member;
            return true;
        }
    }
    return false;
}

gs_code gs_ld_each(gs_value value, gs_ld_visit *visit, void *context, gs_error *err)
{
    gs_ld_walk walk;
    gs_value object;
    gs_code rc = GS_OK;

    gs_ld_start(&walk, value);
    while (rc == GS_OK && gs_ld_next(&object, &walk))
        rc = visit(context, object, err);
    return rc;
}

static bool has_type(gs_value types, gs_text wanted, bool at_end)
{
    gs_text type;

    for (size_t i = 0; types.type == GS_LIST && i < types.as.list.count; i++)
        if (types.as.list.items[i].type == GS_STRING &&
            has_type(types.as.list.items[i], wanted, at_end))
            return true;
    if (types.type != GS_STRING)
        return false;
    type = gs_text_trim(types.as.string);
    if (!gs_text_ends(type, wanted))
        return false;
    return at_end || type.size == wanted.size ||
           strchr("/:#", type.bytes[type.size - wanted.size - 1]) != NULL;
}

bool gs_ld_is(gs_value object, const char *type)
{
    return has_type(gs_map_get(object, GS_TEXT("@type")), gs_text_of(type), false);
}

bool gs_ld_ends(gs_value object, const char *end)
{
    return has_type(gs_map_get(object, GS_TEXT("@type")), gs_text_of(end), true);
}

static gs_value first_of(gs_value value)
{
    for (size_t depth = 0; value.type == GS_LIST && depth < GS_DEPTH_MAX; depth++) {
        size_t i = 0;

        while (i < value.as.list.count && value.as.list.items[i].type == GS_NULL)
            i++;
        value = i < value.as.list.count ? value.as.list.items[i] : gs_null;
    }
    return value;
}

gs_value gs_ld_get(gs_value object, const char *key)
{
    return first_of(gs_map_get(object, gs_text_of(key)));
}

static bool has_markup(gs_text text)
{
    size_t amp = gs_text_find(text, GS_TEXT("&"), 0);

    return (amp != SIZE_MAX && gs_text_find(text, GS_TEXT(";"), amp) != SIZE_MAX) ||
           gs_text_find(text, GS_TEXT("<"), 0) != SIZE_MAX;
}

gs_text gs_ld_plain(gs_text text, gs_arena *arena)
{
    for (int times = 0; times < 2 && text.bytes != NULL && has_markup(text); times++) {
        gs_tag *tree;
        gs_error ignored;

        if (gs_markup_html(&tree, text, arena, &ignored) != GS_OK ||
            gs_fragment_text(&text, tree, arena, &ignored) != GS_OK)
            return (gs_text){0};
    }
    if (text.bytes == NULL || gs_text_trim(text).size == 0)
        return (gs_text){0};
    return gs_normalise(arena, text);
}

static gs_text text_of(gs_value value, gs_arena *arena)
{
    static const char *const members[] = {"name", "@value", "headline", "url"};

    value = first_of(value);
    if (value.type == GS_INTEGER)
        return gs_text_format(arena, "%lld", (long long)value.as.integer);
    if (value.type == GS_FLOAT)
        return gs_text_format(arena, "%g", value.as.real);
    if (value.type == GS_STRING)
        return gs_ld_plain(value.as.string, arena);
    for (size_t i = 0; value.type == GS_MAP && i < sizeof members / sizeof *members;
         i++) {
        gs_value member = gs_ld_get(value, members[i]);

        if (member.type == GS_STRING && gs_text_trim(member.as.string).size > 0)
            return gs_ld_plain(member.as.string, arena);
    }
    return (gs_text){0};
}

gs_text gs_ld_text(gs_value object, const char *key, gs_arena *arena)
{
    return text_of(gs_ld_get(object, key), arena);
}

gs_text gs_ld_names(gs_value object, const char *key, gs_arena *arena)
{
    gs_value value = gs_map_get(object, gs_text_of(key));
    gs_text names[NAMES_MAX];
    size_t count = 0;

    if (value.type != GS_LIST)
        return text_of(value, arena);
    for (size_t i = 0; i < value.as.list.count && count < NAMES_MAX; i++) {
        names[count] = text_of(value.as.list.items[i], arena);
        count += names[count].size > 0;
    }
    return count == 0 ? (gs_text){0} : gs_text_join(arena, names, count, GS_TEXT(", "));
}

gs_text gs_ld_url(gs_value object, const char *key, gs_arena *arena)
{
    static const char *const members[] = {"@id", "url"};
    gs_value value = gs_ld_get(object, key);

    for (size_t i = 0; value.type == GS_MAP && i < sizeof members / sizeof *members;
         i++) {
        gs_value member = gs_ld_get(value, members[i]);

        if (member.type == GS_STRING) {
            value = member;
            break;
        }
    }
    if (value.type != GS_STRING ||
        (strncasecmp(value.as.string.bytes, "http", 4) != 0 && value.as.string.size > 4))
        return (gs_text){0};
    return gs_ld_plain(gs_text_trim(value.as.string), arena);
}
