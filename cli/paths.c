#include "cli/paths.h"
#include "cli/fail.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gainsay_code read_list(gs_buffer *out, const char *path, gainsay_error *err)
{
    char block[4096];
    size_t got;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    bool failed;

    if (file == NULL)
        return gs_cli_fail(err, GAINSAY_FAILED, "%s: cannot be read: %s", path,
                           strerror(errno));
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        gs_buffer_bytes(out, block, got);
    failed = ferror(file) != 0;
    if (file != stdin)
        fclose(file);
    if (failed)
        return gs_cli_fail(err, GAINSAY_FAILED, "%s: cannot be read", path);
    gs_buffer_char(out, '\0');
    return out->failed ? gs_cli_memory(err) : GAINSAY_OK;
}

/* Lines become strings, unless NULs already part them. */
static size_t split_list(gs_buffer *list)
{
    size_t count = 0;
    char *nul = list->size == 0 ? NULL : memchr(list->bytes, '\0', list->size - 1);

    for (size_t i = 0; nul == NULL && i < list->size; i++) {
        if (list->bytes[i] != '\n')
            continue;
        list->bytes[i] = '\0';
        if (i > 0 && list->bytes[i - 1] == '\r')
            list->bytes[i - 1] = '\0';
    }
    for (size_t i = 0; i < list->size; i += strlen(list->bytes + i) + 1)
        count += list->bytes[i] != '\0';
    return count;
}

static gainsay_code check(const gs_paths *paths, gainsay_error *err)
{
    for (size_t i = 0; i < paths->count; i++)
        if (strcmp(paths->items[i], "-") != 0 && access(paths->items[i], R_OK) != 0)
            return gs_cli_fail(err, GAINSAY_FAILED, "%s: cannot be read: %s",
                               paths->items[i], strerror(errno));
    return GAINSAY_OK;
}

gainsay_code gs_paths_list(gs_paths *out, const gs_options *options, gs_option option,
                           gainsay_error *err)
{
    const char *from = options->values[option];
    size_t named = options->word_count - 1, listed = 0;
    gainsay_code rc = GAINSAY_OK;

    *out = (gs_paths){0};
    if (from != NULL)
        rc = read_list(&out->list, from, err);
    if (rc != GAINSAY_OK)
        return rc;
    listed = split_list(&out->list);
    out->items = calloc(named + listed + 1, sizeof *out->items);
    if (out->items == NULL)
        return gs_cli_memory(err);
    for (size_t i = 0; i < named; i++)
        out->items[out->count++] = options->words[i + 1];
    for (size_t i = 0; i < out->list.size; i += strlen(out->list.bytes + i) + 1)
        if (out->list.bytes[i] != '\0')
            out->items[out->count++] = out->list.bytes + i;
    return GAINSAY_OK;
}

gainsay_code gs_paths_read(gs_paths *out, const gs_options *options, gainsay_error *err)
{
    gainsay_code rc = gs_paths_list(out, options, GS_OPTION_FILES_FROM, err);

    return rc == GAINSAY_OK ? check(out, err) : rc;
}

void gs_paths_free(gs_paths *paths)
{
    free(paths->items);
    gs_buffer_free(&paths->list);
    *paths = (gs_paths){0};
}
