#include "ingest/formats/whole.h"
#include "ingest/formats/charset.h"
#include "ingest/formats/markup.h"
#include <stdlib.h>

struct gs_reader {
    gs_input *input;
    const char *path;
    gs_whole_parse *parse;
    void *state; /* the parser's */
    bool opened, ended;
    gs_budget budget;
    gs_arena keep;  /* until it is closed */
    gs_arena arena; /* of what is found now */
    gs_finds finds;
    size_t given;        /* of the finds */
    gs_text bytes, text; /* of the file; decoded */
    gs_text note;        /* not told yet */
};

gs_code gs_whole_open(gs_reader **out, gs_input *input, const char *path,
                      gs_whole_parse *parse, gs_error *err)
{
    gs_reader *reader = calloc(1, sizeof *reader);

    if (reader == NULL)
        return gs_fail_memory(err);
    reader->input = input;
    reader->path = path;
    reader->parse = parse;
    reader->budget.limit = GS_WHOLE_MEMORY;
    reader->arena.budget = reader->keep.budget = &reader->budget;
    reader->finds.arena = &reader->arena;
    reader->finds.keep = &reader->keep;
    *out = reader;
    return GS_OK;
}

void gs_whole_close(gs_reader *reader)
{
    if (reader == NULL)
        return;
    gs_arena_free(&reader->arena);
    gs_arena_free(&reader->keep);
    free(reader);
}

static gs_code begin(gs_reader *reader, gs_error *err)
{
    gs_decoded decoded;
    gs_code rc;

    reader->opened = true;
    reader->bytes = GS_TEXT("");
    GS_TRY(gs_path_name(&reader->finds.file, reader->path, &reader->keep, err));
    GS_TRY(gs_input_rest(&reader->bytes, reader->input, GS_WHOLE_MAX, err));
    if (!gs_budget_take(&reader->budget, reader->bytes.size))
        return gs_fail_memory(err);
    GS_TRY(gs_charset_decode(&decoded, reader->bytes, gs_markup_charset(reader->bytes),
                             &reader->keep, err));
    reader->note = decoded.note;
    reader->text = decoded.text;
out:
    reader->ended = rc != GS_OK;
    return rc;
}

/* Instead of what was found before. */
static gs_code find_more(gs_reader *reader, gs_error *err)
{
    gs_finds *finds = &reader->finds;
    gs_code rc = GS_OK;

    gs_arena_reset(&reader->arena);
    finds->items = NULL;
    finds->count = finds->room = reader->given = 0;
    reader->budget.met = false;
    if (!reader->opened)
        rc = begin(reader, err);
    finds->bad = reader->bytes;
    if (rc == GS_OK)
        rc = reader->parse(&reader->state, finds, reader->text, err);
    if (reader->budget.met) /* also where the parser made do with less */
        rc = gs_fail(err, GS_INPUT, "it takes more than %d MiB of memory; split it",
                     GS_WHOLE_MEMORY >> 20);
    reader->ended = reader->ended || (rc != GS_OK && rc != GS_INPUT) ||
                    reader->state == NULL; /* it could not even begin */
    if (rc == GS_INPUT)
        finds->count = 0;
    return rc;
}

static gs_code give(gs_found *out, gs_reader *reader, gs_error *err)
{
    const gs_find *find = reader->finds.items[reader->given++];

    *out = find->found;
    out->note = reader->note;
    reader->note = (gs_text){0};
    if (find->refused == NULL)
        return GS_OK;
    *err = *find->refused;
    return GS_INPUT;
}

gs_code gs_whole_next(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err)
{
    gs_code rc = GS_OK;

    (void)arena;
    while (rc == GS_OK && reader->given == reader->finds.count)
        rc = reader->ended ? GS_END : find_more(reader, err);
    if (rc == GS_OK)
        return give(out, reader, err);
    if (rc == GS_INPUT) {
        *out = (gs_found){.line = 1, .bad = reader->finds.bad};
        err->line = 1;
    }
    return rc;
}

static gs_code keep_refusal(gs_find *find, gs_arena *arena, const gs_error *why,
                            gs_error *err)
{
    gs_error *kept = gs_arena_take(arena, sizeof *kept);

    if (kept == NULL)
        return gs_fail_memory(err);
    *kept = *why;
    kept->line = 1;
    find->refused = kept;
    return GS_OK;
}

static gs_code keep(gs_finds *to, const gs_find *find, gs_error *err)
{
    gs_find *kept = gs_arena_take(to->arena, sizeof *kept);

    to->items =
        gs_arena_grow(to->arena, to->items, to->count, &to->room, sizeof *to->items);
    if (kept == NULL || to->items == NULL)
        return gs_fail_memory(err);
    *kept = *find;
    to->items[to->count++] = kept;
    return GS_OK;
}

gs_code gs_finds_pass(gs_finds *to, gs_error *err)
{
    gs_find find = {.found = {.line = 1, .bad = GS_TEXT(""), .passed = true}};

    return keep(to, &find, err);
}

gs_code gs_finds_add(gs_finds *to, const gs_entries *fields, gs_text bad, gs_error *err)
{
    gs_find find = {.found = {.line = 1, .bad = bad}};
    gs_error why;
    gs_code rc;

    if (fields->failed)
        return gs_fail_memory(err);
    rc = gs_record_read(&find.found.record, gs_entries_map(fields), to->arena, &why);
    if (rc == GS_INPUT)
        rc = keep_refusal(&find, to->arena, &why, err);
    else if (rc != GS_OK)
        *err = why;
    return rc == GS_OK ? keep(to, &find, err) : rc;
}
