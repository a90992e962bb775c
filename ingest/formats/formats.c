#include "ingest/formats/formats.h"
#include "ingest/formats/foreign.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Of two that are equally sure, the first. */
static const gs_format *const formats[] = {
    &gs_format_jsonl,       &gs_format_msgpack, &gs_format_prose, &gs_format_html,
    &gs_format_claimreview, &gs_format_feed,    &gs_format_events};
enum { FORMATS = sizeof formats / sizeof *formats };

bool gs_format_is_ahead(const gs_format *format)
{
    return format == &gs_format_jsonl || format == &gs_format_msgpack;
}

bool gs_is_binary(gs_text head)
{
    return head.size > 0 && memchr(head.bytes, '\0', head.size) != NULL;
}

static bool ends(gs_text path, const char *extension)
{
    size_t size = strlen(extension);

    return path.size > size &&
           strncasecmp(path.bytes + path.size - size, extension, size) == 0;
}

bool gs_path_ends(const char *path, const char *extension)
{
    static const char *const packed[] = {".gz", ".zst", ".zstd"};
    gs_text name = gs_text_of(path);

    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (ends(name, packed[i])) {
            name.size -= strlen(packed[i]);
            break;
        }
    return ends(name, extension);
}

gs_code gs_path_name(gs_text *out, const char *path, gs_arena *arena, gs_error *err)
{
    *out = (gs_text){0};
    if (path == NULL || strcmp(path, "-") == 0)
        return GS_OK;
    *out = gs_printable(arena, gs_text_of(path));
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

/* "jsonl, msgpack or prose", into `room`. */
static const char *list_names(char *room, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < FORMATS && used < size; i++) {
        const char *before = i == 0 ? "" : i + 1 < FORMATS ? ", " : " or ";
        int more = snprintf(room + used, size - used, "%s%s", before, formats[i]->name);

        used += more > 0 ? (size_t)more : 0;
    }
    return room;
}

static gs_code find_name(const gs_format **out, const char *name, gs_error *err)
{
    char room[128];

    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i]->name, name) == 0) {
            *out = formats[i];
            return GS_OK;
        }
    return gs_fail(err, GS_USAGE, "format \"%s\": unknown; give %s", name,
                   list_names(room, sizeof room));
}

static const gs_format *surest(gs_text head, const char *path)
{
    const gs_format *best = NULL;
    int sure = 0;

    for (size_t i = 0; i < FORMATS; i++) {
        int says = formats[i]->sniff(head, path);

        if (says > sure) {
            sure = says;
            best = formats[i];
        }
    }
    return best;
}

gs_code gs_format_find(const gs_format **out, const char *name, gs_input *input,
                       const char *path, gs_error *err)
{
    const char *foreign;
    char room[128];
    gs_text head, root;
    gs_code rc;

    if (name != NULL)
        return find_name(out, name, err);
    rc = gs_input_peek(&head, input, err);
    if (rc != GS_OK)
        return rc;
    *out = surest(head, path);
    foreign = *out == &gs_format_events || *out == &gs_format_msgpack
                  ? NULL
                  : gs_foreign_name(head, path);
    if (foreign != NULL)
        return gs_fail(err, GS_FORMAT, "this is %s, a format that is not read here",
                       foreign);
    if (*out != NULL)
        return GS_OK;
    root = gs_markup_root(head);
    if (root.size > 0 && gs_text_starts(gs_text_trim(head), GS_TEXT("<?xml")))
        return gs_fail(err, GS_FORMAT,
                       "this is XML of <%.*s>, a format that is not read here",
                       GS_SHOW(gs_text_slice(root, 0, 64)));
    return gs_fail(err, GS_FORMAT,
                   "no format that is known here; if it is %s, say which with --format",
                   list_names(room, sizeof room));
}
