/* Dates in prose, relative to the day of publication in its own offset: weekdays (the
 * last one at or before), months (the last one begun), "last week" (Monday to Sunday), "a
 * day earlier" (from the date of the clause it hangs on), "two weeks ago" (about), "on 3
 * March", "in 2021".
 *
 * Ownership  plain values.
 */
#ifndef GS_EXTRACT_DATES_H
#define GS_EXTRACT_DATES_H

#include "ingest/extract/page.h"

typedef struct gs_time {
    gs_range tokens;     /* the expression, its preposition included ("in September") */
    gs_edtf date;        /* when it needs no anchor, else unset; open where it is "since
                            May" or "by Friday" */
    int32_t offset_days; /* "a day earlier" -1, "the next day" 1, "hours later" 0 */
    bool relative;       /* to the date of another clause */
    int32_t offset;      /* of a relative time, in units */
    int32_t unit;        /* its gs_unit of lexicon.h: "the month before" -1 month */
    bool whole;     /* "the previous week": all of it; "a week earlier": about a day */
    bool describes; /* dates the noun behind it: "Tuesday's statement", "a 2021
                       filing" */
} gs_time;

typedef struct gs_times {
    gs_time *items; /* in the order of the text; they do not overlap */
    uint32_t count;
} gs_times;

/* All time expressions of a page that name a calendar unit of an hour or more, datelines
 * aside. A page without a day of publication has only absolute ones. */
GS_CHECKED gs_code gs_times_find(gs_times *out, const gs_lexicon *lexicon,
                                 const gs_page *page, gs_arena *arena, gs_error *err);

/* A relative time from an anchor; one that is not relative is its own date. The anchor's
 * first day counts; an open anchor gives false, and so does a year before 0 or after
 * 9999. */
bool gs_time_resolve(gs_edtf *out, const gs_time *time, const gs_edtf *anchor);

#endif
