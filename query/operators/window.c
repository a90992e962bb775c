#include "query/operators/operators.h"

/* Whatever the comparison makes of dates that overlap (nothing, possibly, certainly), one
 * that does not even meet the bound's side of time cannot pass it. */
static void narrow(gs_window *window, const gs_date_bound *bound, const gs_edtf *date)
{
    if (bound->first && date->earliest > window->first)
        window->first = date->earliest;
    if (bound->last && date->latest < window->last)
        window->last = date->latest;
}

gs_code gs_bounds_window(gs_window *out, bool *whole, gs_run *run,
                         const gs_date_bound *bounds, size_t count, gs_arena *arena,
                         gs_error *err)
{
    gs_window window = {INT64_MIN, INT64_MAX, true};
    bool all = true;
    gs_code rc = GS_OK;

    if (whole != NULL)
        *whole = false;
    for (size_t i = 0; i < count; i++) {
        gs_value value;
        gs_edtf date;

        rc = gs_evaluate(&value, run, bounds[i].date, arena, err);
        if (rc == GS_RUNTIME) { /* for the filter to say, where a row comes to it */
            *out = GS_WINDOW_ALL;
            return GS_OK;
        }
        GS_TRY(rc);
        if (gs_read_date(&date, value))
            narrow(&window, &bounds[i], &date);
        else
            all = false;
    }
    if (whole != NULL)
        *whole = all && window.first <= window.last;
    if (window.first > window.last) /* nothing; the undated are for the filter to judge */
        window.first = window.last;
    *out = window;
out:
    return rc;
}
