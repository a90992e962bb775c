#include "ingest/linker/same.h"

static const double alike = 0.9;
static const float enough = 3; /* words, of the shorter one */

static bool accuse_the_same(const gs_brief *a, const gs_brief *b)
{
    return a->accused.count == b->accused.count &&
           (a->accused.count == 0 || gs_sides_meet(&a->accused, &b->accused));
}

static bool is_same(const gs_brief *a, const gs_brief *b)
{
    return a != b && b->read && b->dated && a->kind == b->kind &&
           a->document != b->document && a->earliest <= b->latest &&
           b->earliest <= a->latest && accuse_the_same(a, b) &&
           a->terms.weight >= enough && b->terms.weight >= enough &&
           gs_terms_likeness(&a->terms, &b->terms) >= alike;
}

gs_code gs_same_find(gs_neighbours *out, gs_view *view, const gs_brief *statement,
                     gs_error *err)
{
    const gs_window window = {statement->earliest, statement->latest, false};
    gs_neighbours made = {NULL, 0};
    gs_code rc = GS_OK;

    *out = made;
    if (!statement->read || !statement->dated || statement->speakers.count == 0)
        return GS_OK;
    GS_TRY(gs_view_neighbours(&made, view, statement->speakers.items[0]->actor, GS_MADE,
                              GS_OUT, window, err));
    out->items = made.items; /* those kept are no more than those seen */
    for (size_t i = 0; i < made.count; i++) {
        const gs_brief *other;

        bool ruled = false;

        rc = gs_view_brief(&other, view, made.items[i], err);
        if (rc == GS_OK)
            rc = gs_view_ruled(&ruled, view, GS_TEXT("same_statement"), statement, other,
                               err);
        if (rc == GS_OK && !ruled && is_same(statement, other))
            out->items[out->count++] = other->number;
        if (rc != GS_OK && rc != GS_END)
            return rc;
    }
    rc = GS_OK;
out:
    return rc;
}
