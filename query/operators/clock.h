/* The time of a way of relationships: CHRONOLOGICAL says that it never surely falls.
 *
 * From left to right the floor is the largest earliest date met, first that of the start
 * (its latest where it has no start); what follows has its latest at or behind it. What
 * has no date passes and changes nothing. WITHIN: no step begins surely later than so
 * many seconds after the dated one before it.
 *
 * Units  seconds UTC.
 */
#ifndef GS_QUERY_CLOCK_H
#define GS_QUERY_CLOCK_H

#include "query/run.h"

typedef struct gs_clock {
    int64_t floor;
    int64_t before; /* the latest end of the dated element before; open: none, or open */
} gs_clock;

#define GS_CLOCK_NEW ((gs_clock){GS_EDTF_OPEN_START, GS_EDTF_OPEN_END})

/* Whether an interval may follow; `*clock` goes on where it may. `within`: -1 is any.
 * Backwards, against the way, all times are mirrored. */
bool gs_clock_step(gs_clock *clock, int64_t earliest, int64_t latest, int64_t within,
                   bool backwards);
/* The clock behind a path's edges before `edge`, which are known, as is its first node;
 * backwards, behind those after `edge`. *ok is false where time falls on them already. */
GS_CHECKED gs_code gs_clock_here(bool *ok, gs_clock *out, gs_run *run,
                                 const gs_path_pattern *path, size_t edge, bool backwards,
                                 int64_t within, gs_arena *arena, gs_error *err);
/* What WITHIN says, in seconds; -1 where the path has none. */
GS_CHECKED gs_code gs_clock_within(int64_t *out, gs_run *run, const gs_path_pattern *path,
                                   gs_arena *arena, gs_error *err);

#endif
