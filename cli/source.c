#include "cli/source.h"
#include "cli/fail.h"
#include "cli/signals.h"
#include "graph/base/value.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 16 << 20 }; /* bytes of a query or of parameters */

gainsay_code gs_source_read(gs_buffer *out, const char *path, gainsay_error *err)
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *file = is_input ? stdin : fopen(path, "re");
    const char *name = is_input ? "standard input" : path;
    gainsay_code rc = GAINSAY_OK;
    char piece[8192];
    size_t size;

    if (file == NULL)
        return gs_cli_fail(err, GAINSAY_FAILED, "%s: cannot be read: %s", name,
                           strerror(errno));
    while (out->size <= LARGEST && (size = fread(piece, 1, sizeof piece, file)) > 0)
        gs_buffer_bytes(out, piece, size);
    if (*gs_signals_caught() != 0)
        rc = gs_cli_fail(err, GAINSAY_INTERRUPTED, "%s: interrupted while reading", name);
    else if (ferror(file))
        rc = gs_cli_fail(err, GAINSAY_FAILED, "%s: cannot be read: %s", name,
                         strerror(errno));
    else if (out->size > LARGEST)
        rc = gs_cli_fail(err, GAINSAY_LIMIT,
                         "%s: longer than 16 MiB; give a shorter text", name);
    else if (out->failed)
        rc = gs_cli_memory(err);
    if (!is_input)
        fclose(file);
    return rc;
}

static gainsay_code read_file(gs_value *out, gs_arena *arena, gs_buffer *file,
                              gs_origin *origin, const char *path, gainsay_error *err)
{
    gs_error why;
    gainsay_code rc = gs_source_read(file, path, err);

    if (rc != GAINSAY_OK)
        return rc;
    *origin = (gs_origin){path, gs_buffer_view(file)};
    if (gs_json_parse(out, arena, gs_buffer_view(file), &why) != GS_OK) {
        rc = gs_cli_fail(err, GAINSAY_USAGE, "%s", why.text);
        err->line = why.line;
        err->column = why.column;
        err->length = why.length;
        return rc;
    }
    if (out->type != GS_MAP)
        return gs_cli_fail(
            err, GAINSAY_USAGE,
            "parameters are one JSON object, name to value; put them in {}");
    *origin = (gs_origin){0};
    return GAINSAY_OK;
}

/* NAME=VALUE; a VALUE that is no JSON is a string. */
static gainsay_code read_pair(gs_entry *out, gs_arena *arena, const char *pair,
                              gainsay_error *err)
{
    gs_text whole = gs_text_of(pair), value;
    size_t equals = gs_text_find(whole, GS_TEXT("="), 0);
    gs_error ignored;

    if (equals == SIZE_MAX || equals == 0)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--param %s: it has no name; write NAME=VALUE", pair);
    value = gs_text_slice(whole, equals + 1, whole.size);
    out->key = gs_text_slice(whole, 0, equals);
    if (gs_json_parse(&out->value, arena, value, &ignored) != GS_OK)
        out->value = gs_string(value);
    return GAINSAY_OK;
}

static size_t place_of(const gs_entry *entries, size_t count, gs_text key)
{
    size_t i = 0;

    while (i < count && !gs_text_equal(entries[i].key, key))
        i++;
    return i;
}

gainsay_code gs_source_parameters(gs_buffer *out, gs_buffer *file, gs_origin *origin,
                                  const gs_options *options, gainsay_error *err)
{
    const char *path = options->values[GS_OPTION_PARAMS];
    gs_arena arena = {0};
    gs_value given = gs_map(NULL, 0);
    gainsay_code rc = GAINSAY_OK;
    gs_entry *all = NULL;
    size_t count;

    if (path == NULL && options->param_count == 0)
        return GAINSAY_OK;
    if (path != NULL)
        rc = read_file(&given, &arena, file, origin, path, err);
    count = rc == GAINSAY_OK ? given.as.map.count : 0;
    all = gs_arena_array(&arena, count + options->param_count, sizeof *all);
    if (all == NULL && rc == GAINSAY_OK)
        rc = gs_cli_memory(err);
    for (size_t i = 0; i < count && rc == GAINSAY_OK; i++)
        all[i] = given.as.map.entries[i];
    for (size_t i = 0; i < options->param_count && rc == GAINSAY_OK; i++) {
        gs_entry entry;

        rc = read_pair(&entry, &arena, options->params[i], err);
        if (rc != GAINSAY_OK)
            break;
        size_t place = place_of(all, count, entry.key);

        all[place] = entry;
        count += place == count;
    }
    if (rc == GAINSAY_OK)
        gs_json_write(out, gs_map(all, count));
    gs_buffer_char(out, '\0');
    gs_arena_free(&arena);
    return rc == GAINSAY_OK && out->failed ? gs_cli_memory(err) : rc;
}
