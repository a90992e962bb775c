#include "ingest/formats/formats.h"
#include <string.h>
#include <strings.h>

/* Of two that are equally sure, the first. */
static const gs_format *const formats[] = {&gs_format_jsonl, &gs_format_prose};
enum { FORMATS = sizeof formats / sizeof *formats };

bool gs_is_binary(gs_text head)
{
    return head.size > 0 && memchr(head.bytes, '\0', head.size) != NULL;
}

bool gs_path_ends(const char *path, const char *extension)
{
    size_t size = strlen(extension), length = path == NULL ? 0 : strlen(path);

    return length > size && strcasecmp(path + length - size, extension) == 0;
}

static gs_code find_name(const gs_format **out, const char *name, gs_error *err)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i]->name, name) == 0) {
            *out = formats[i];
            return GS_OK;
        }
    return gs_fail(err, GS_USAGE, "format \"%s\": unknown; give jsonl or prose", name);
}

gs_code gs_format_find(const gs_format **out, const char *name, gs_input *input,
                       const char *path, gs_error *err)
{
    const gs_format *best = NULL;
    int sure = 0;
    gs_text head;
    gs_code rc;

    if (name != NULL)
        return find_name(out, name, err);
    rc = gs_input_peek(&head, input, err);
    if (rc != GS_OK)
        return rc;
    for (size_t i = 0; i < FORMATS; i++) {
        int says = formats[i]->sniff(head, path);

        if (says > sure) {
            sure = says;
            best = formats[i];
        }
    }
    if (best == NULL)
        return gs_fail(err, GS_FORMAT,
                       "no format that is known here; give text in UTF-8 or records as "
                       "JSON Lines, or say which with --format");
    *out = best;
    return GS_OK;
}
