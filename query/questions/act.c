#include "query/questions/exchange.h"

gs_value gs_days_between(gs_value from, gs_value to)
{
    int64_t first, last;

    if (from.type != GS_DATE || to.type != GS_DATE ||
        from.as.date->precision < GS_PRECISION_DAY ||
        to.as.date->precision < GS_PRECISION_DAY ||
        !gs_edtf_first_day(from.as.date, &first) || !gs_edtf_first_day(to.as.date, &last))
        return gs_null;
    return gs_integer(last - first);
}

/* The ids that an act answers, and how sure the link is under which it stands. */
static gs_code link_cells(gs_value *answers, gs_value *inferred, gs_value *confidence,
                          const gs_act *act, gs_arena *arena, gs_error *err)
{
    gs_value *ids = gs_arena_array(arena, act->target_count, sizeof *ids);
    const gs_target_act *under = act->target_count > 0 ? &act->targets[0] : NULL;

    if (ids == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < act->target_count; i++) {
        ids[i] = act->targets[i].id;
        if (act->parent != GS_NO_ACT && act->targets[i].act == act->parent)
            under = &act->targets[i];
    }
    *answers = gs_list(ids, act->target_count);
    *inferred = under == NULL ? gs_null : gs_boolean(under->inferred);
    *confidence = under == NULL ? gs_null : under->confidence;
    return GS_OK;
}

gs_code gs_act_cells(gs_value *cells, const gs_exchange *exchange, size_t index,
                     gs_arena *arena, gs_error *err)
{
    const gs_act *act = &exchange->acts[index];
    const gs_act *parent = act->parent == GS_NO_ACT ? NULL : &exchange->acts[act->parent];
    gs_value answers, inferred, confidence;
    gs_code rc;

    GS_TRY(link_cells(&answers, &inferred, &confidence, act, arena, err));
    cells[0] = act->shown.id;
    cells[1] = gs_integer((int64_t)act->depth);
    cells[2] = act->shown.kind;
    cells[3] = act->date;
    cells[4] = parent == NULL ? gs_null : gs_days_between(parent->date, act->date);
    cells[5] = act->shown.speaker;
    cells[6] = act->shown.on_behalf_of;
    cells[7] = gs_list(act->accused.items, act->accused.count);
    cells[8] = gs_list(act->via.items, act->via.count);
    cells[9] = act->shown.text;
    cells[10] =
        gs_boolean(act->shown.hedged.type == GS_BOOLEAN && act->shown.hedged.as.boolean);
    cells[11] = answers;
    cells[12] = inferred;
    cells[13] = confidence;
    cells[14] = act->shown.document;
    cells[15] = act->reported;
    cells[16] = gs_integer((int64_t)act->copies);
    cells[17] =
        gs_boolean(act->shown.quote.type == GS_BOOLEAN && act->shown.quote.as.boolean);
out:
    return rc;
}
