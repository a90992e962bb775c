#include "ingest/linker/linker.h"
#include "graph/base/grow.h"
#include "ingest/linker/decide.h"
#include "ingest/linker/same.h"
#include <stdlib.h>

enum { DAY = 86400 };

struct gs_linker {
    const gs_language *language;
    gs_numbers touched, actors, documents;
    bool ruled;     /* there are decisions */
    bool any_waits; /* there were answers without a claim before this batch */
    gs_arena arena; /* of one settlement */
};

gs_code gs_linker_open(gs_linker **out, const gs_language *language, gs_error *err)
{
    gs_linker *linker = calloc(1, sizeof *linker);

    if (linker == NULL)
        return gs_fail_memory(err);
    linker->language = language;
    *out = linker;
    return GS_OK;
}

void gs_linker_close(gs_linker *linker)
{
    if (linker == NULL)
        return;
    free(linker->touched.items);
    free(linker->actors.items);
    free(linker->documents.items);
    gs_arena_free(&linker->arena);
    free(linker);
}

gs_code gs_linker_begin(gs_linker *linker, gs_batch *batch, gs_error *err)
{
    gs_linker_forget(linker);
    return gs_batch_any_undecided(&linker->any_waits, batch, err);
}

gs_code gs_linker_touch(gs_linker *linker, uint64_t statement, bool open, gs_error *err)
{
    return open || linker->any_waits ? gs_numbers_add(&linker->touched, statement, err)
                                     : GS_OK;
}

gs_code gs_linker_touch_document(gs_linker *linker, uint64_t document, gs_error *err)
{
    return gs_numbers_add(&linker->documents, document, err);
}

gs_code gs_linker_touch_actor(gs_linker *linker, uint64_t actor, gs_error *err)
{
    return gs_numbers_add(&linker->actors, actor, err);
}

void gs_linker_forget(gs_linker *linker)
{
    linker->touched.count = linker->actors.count = linker->documents.count = 0;
    gs_arena_reset(&linker->arena);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void once(gs_numbers *list)
{
    size_t kept = 0;

    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_number);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || list->items[kept - 1] != list->items[i])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool holds(const gs_numbers *list, uint64_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == number)
            return true;
    return false;
}

static gs_code push_neighbours(gs_numbers *to, gs_view *view, uint64_t node,
                               uint32_t type, gs_direction direction, gs_error *err)
{
    gs_neighbours found;
    gs_code rc =
        gs_view_neighbours(&found, view, node, type, direction, GS_WINDOW_ALL, err);

    for (size_t i = 0; rc == GS_OK && i < found.count; i++)
        if ((type != GS_SPEAKS_FOR && type != GS_SAME_AS) || !holds(to, found.items[i]))
            rc = gs_numbers_add(to, found.items[i], err);
    return rc;
}

/* Whose side changed: all that he and those who speak for him said, or are accused of. An
 * actor of this batch has no others than those that are touched already. */
static gs_code widen(gs_linker *linker, gs_view *view, uint64_t before, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < linker->actors.count; i++) {
        uint64_t actor = linker->actors.items[i];

        if (actor > before)
            continue;
        GS_TRY(push_neighbours(&linker->touched, view, actor, GS_MADE, GS_OUT, err));
        GS_TRY(push_neighbours(&linker->touched, view, actor, GS_ACCUSES, GS_IN, err));
        GS_TRY(push_neighbours(&linker->actors, view, actor, GS_SPEAKS_FOR, GS_IN, err));
        GS_TRY(push_neighbours(&linker->actors, view, actor, GS_SAME_AS, GS_IN, err));
        GS_TRY(push_neighbours(&linker->actors, view, actor, GS_SAME_AS, GS_OUT, err));
        gs_view_tidy(view);
    }
out:
    return rc;
}

/* Answers that a statement of this actor's, or against him, may concern. */
static gs_code concern(gs_numbers *to, gs_linker *linker, gs_batch *batch, uint64_t actor,
                       const gs_brief *statement, gs_error *err)
{
    uint64_t *found;
    size_t count;
    gs_code rc = gs_batch_find_undecided(
        &found, &count, batch, actor,
        (gs_window){statement->earliest,
                    statement->latest + (int64_t)GS_LINKER_DAYS * DAY, false},
        (int64_t)GS_LINKER_SPAN * DAY, &linker->arena, err);

    for (size_t i = 0; rc == GS_OK && i < count; i++)
        rc = gs_numbers_add(to, found[i], err);
    gs_arena_reset(&linker->arena);
    return rc;
}

static gs_code concern_sides(gs_numbers *to, gs_linker *linker, gs_batch *batch,
                             const gs_sides *sides, const gs_brief *statement,
                             gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < sides->count; i++)
        rc = concern(to, linker, batch, sides->items[i]->actor, statement, err);
    return rc;
}

/* Whose links a statement may change as a claim: of those that it accuses, of its
 * speaker, who may take it back, and of those whose claim it denies, who may insist. */
static gs_code concern_all(gs_numbers *to, gs_linker *linker, gs_batch *batch,
                           gs_view *view, const gs_brief *statement, gs_error *err)
{
    const gs_brief *answered;
    gs_code rc = GS_OK;

    if (!statement->dated)
        return GS_OK;
    GS_TRY(concern_sides(to, linker, batch, &statement->accused, statement, err));
    GS_TRY(concern_sides(to, linker, batch, &statement->speakers, statement, err));
    for (size_t i = 0; i < statement->answer_count; i++) {
        rc = gs_view_brief(&answered, view, statement->answers[i], err);
        if (rc == GS_OK)
            rc = concern_sides(to, linker, batch, &answered->speakers, statement, err);
        if (rc != GS_OK && rc != GS_END)
            return rc;
    }
    rc = GS_OK;
out:
    return rc;
}

/* All statements whose links may be others now than before. */
static gs_code gather(gs_numbers *to, gs_linker *linker, gs_batch *batch, gs_view *view,
                      gs_error *err)
{
    const gs_brief *statement;
    gs_neighbours same;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < linker->touched.count; i++) {
        rc = gs_view_brief(&statement, view, linker->touched.items[i], err);
        if (rc == GS_END) {
            rc = GS_OK;
            continue;
        }
        if (rc == GS_OK && (gs_answer_wants(statement) || statement->link.edge != 0 ||
                            statement->same.edge != 0 || statement->read))
            rc = gs_numbers_add(to, statement->number, err);
        if (rc == GS_OK && linker->any_waits)
            rc = concern_all(to, linker, batch, view, statement, err);
        if (rc == GS_OK)
            rc = gs_same_find(&same, view, statement, err);
        for (size_t k = 0; rc == GS_OK && k < same.count; k++)
            rc = gs_numbers_add(to, same.items[k], err);
        gs_view_tidy(view);
    }
    once(to);
    return rc;
}

static gs_code decide(gs_changes *out, gs_linker *linker, gs_batch *batch,
                      const gs_snapshot *snapshot, gs_error *err)
{
    gs_view *view = NULL;
    gs_commit before = {0};
    gs_numbers open = {NULL, 0, 0};
    gs_code rc;

    GS_TRY(gs_view_open(&view, snapshot, linker->language, linker->ruled, err));
    rc = gs_commit_read(&before, snapshot, gs_snapshot_commit(snapshot), err);
    if (rc != GS_OK && rc != GS_END)
        goto out;
    once(&linker->actors);
    GS_TRY(widen(linker, view, before.last, err));
    for (size_t i = 0; i < linker->documents.count; i++)
        GS_TRY(push_neighbours(&linker->touched, view, linker->documents.items[i],
                               GS_REPORTED_IN, GS_IN, err));
    once(&linker->touched);
    GS_TRY(gather(&open, linker, batch, view, err));
    gs_arena_reset(&linker->arena);
    for (size_t i = 0; i < open.count; i++)
        GS_TRY(gs_decide(out, view, open.items[i], &linker->arena, err));
out:
    free(open.items);
    gs_view_close(view);
    return rc;
}

gs_code gs_linker_settle(gs_linker *linker, gs_batch *batch, bool ruled, int64_t *linked,
                         gs_error *err)
{
    gs_changes changes = {0};
    gs_code rc = GS_OK;

    if (linker->touched.count == 0 && linker->actors.count == 0 &&
        linker->documents.count == 0)
        return GS_OK;
    linker->ruled = ruled;
    GS_TRY(decide(&changes, linker, batch, gs_batch_snapshot(batch), err));
    rc = gs_changes_write(&changes, batch, &linker->arena, linked, err);
out:
    gs_linker_forget(linker);
    return rc;
}
