/* Who stands in the place of a statement that is replaced. */
#include "ingest/settle.h"

enum { STEPS = 64 }; /* of a chain of replacements */

const gs_bearer *gs_bearers_base(const gs_bearers *all)
{
    const gs_bearer *base = NULL;

    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].corrected.bytes == NULL &&
            (base == NULL || gs_bearer_compare(&all->items[i], base) > 0))
            base = &all->items[i];
    return base;
}

gs_code gs_replacer_last(gs_text *out, gs_intake *intake, const gs_bearers *all,
                         gs_error *err)
{
    const gs_bearer *last = NULL;
    gs_rulings rulings;
    gs_text its;
    gs_code rc = GS_OK;

    *out = (gs_text){0};
    for (size_t i = 0; i < all->replacer_count; i++) {
        if (last != NULL && gs_bearer_compare(&all->replacers[i], last) < 0)
            continue;
        GS_TRY(gs_bearer_id(&its, intake, all->replacers[i].number, err));
        GS_TRY(gs_rulings_find(&rulings, gs_intake_snapshot(intake), GS_OF_STATEMENT, its,
                               intake->arena, err));
        if (gs_rulings_withdrawn(&rulings))
            continue;
        last = &all->replacers[i];
        *out = its;
    }
out:
    return rc;
}

gs_code gs_replacer_find(gs_text *out, gs_intake *intake, const gs_bearer *base,
                         const gs_bearers *all, gs_text id, gs_error *err)
{
    bool latest = true;
    const gs_bearer *its;
    gs_bearers above;
    gs_text next;
    gs_code rc;

    GS_TRY(gs_replacer_last(out, intake, all, err));
    next = *out;
    for (int step = 0; next.bytes != NULL && step < STEPS; step++) {
        if (gs_text_equal(next, id)) {
            if (latest)
                *out = (gs_text){0};
            return GS_OK;
        }
        GS_TRY(gs_bearers_find(&above, intake, next, err));
        its = gs_bearers_base(&above);
        latest =
            latest && (its == NULL || base == NULL || gs_bearer_compare(base, its) > 0);
        GS_TRY(gs_replacer_last(&next, intake, &above, err));
    }
out:
    return rc;
}

gs_code gs_heir_find(uint64_t *out, gs_intake *intake, gs_text id, gs_error *err)
{
    gs_bearers all;
    gs_code rc = GS_OK;

    for (int step = 0; id.bytes != NULL && step < STEPS; step++) {
        GS_TRY(gs_bearers_find(&all, intake, id, err));
        for (size_t i = 0; i < all.count; i++)
            if (all.items[i].visible) {
                *out = all.items[i].number;
                return GS_OK;
            }
        GS_TRY(gs_replacer_last(&id, intake, &all, err));
    }
    rc = GS_END;
out:
    return rc;
}
