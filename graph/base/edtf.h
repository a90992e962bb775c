/* Dates of partial precision, after EDTF (ISO 8601-2:2019), level 1 as far as news needs
 * it.
 *
 *     2022  2022-09  2022-11-08  2022-11-08T09:30:00Z  2022-11-08T09:30+02:00   points
 *     2022-11~  2022?  2022-11-08%                      about, uncertain, both
 *     2025-06-09/2025-06-15                             within
 *     ../2022-11-08   2022-11-08/..                     at the latest, at the earliest
 *
 * A date denotes the interval [earliest, latest] of seconds; `~` and `?` do not widen it.
 * A time without a zone is UTC; a date-time with an offset keeps it as written, and its
 * day is the day of that offset. Years run from 0000 to 9999.
 *
 * Ownership  a gs_edtf is a plain value.
 * Units      seconds since 1970-01-01T00:00:00Z, both ends belong to the interval.
 * Threads    pure functions.
 */
#ifndef GS_BASE_EDTF_H
#define GS_BASE_EDTF_H

#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

#define GS_EDTF_OPEN_START INT64_MIN
#define GS_EDTF_OPEN_END INT64_MAX

typedef enum gs_precision {
    GS_PRECISION_OPEN, /* one end is open */
    GS_PRECISION_RANGE,
    GS_PRECISION_YEAR,
    GS_PRECISION_MONTH,
    GS_PRECISION_DAY,
    GS_PRECISION_TIME,
} gs_precision;

typedef struct gs_edtf {
    int64_t earliest, latest;
    uint8_t precision; /* a gs_precision; larger is more precise */
    bool approximate, uncertain;
    uint8_t size;  /* of `text` */
    char text[62]; /* canonical */
} gs_edtf;

/* Fails with GS_INPUT on what is no date; `out` is written on success alone. */
GS_CHECKED gs_code gs_edtf_parse(gs_edtf *out, gs_text text, gs_error *err);

static inline gs_text gs_edtf_text(const gs_edtf *date)
{
    return (gs_text){date->text, date->size};
}

/* The total order of model: by earliest (by latest where there is no start), then by
 * latest, then by text. -1, 0, 1. */
int gs_edtf_order(const gs_edtf *a, const gs_edtf *b);

/* The value as written: same interval and same marks. */
bool gs_edtf_equal(const gs_edtf *a, const gs_edtf *b);

typedef enum gs_truth { GS_FALSE, GS_TRUE, GS_UNKNOWN } gs_truth;

/* Comparison of intervals: unknown where they overlap. (<= is true where a.latest <=
 * b.earliest and false where a.earliest > b.latest.) */
gs_truth gs_edtf_before(const gs_edtf *a, const gs_edtf *b);    /* a <  b */
gs_truth gs_edtf_not_after(const gs_edtf *a, const gs_edtf *b); /* a <= b */
bool gs_edtf_within(const gs_edtf *inner, const gs_edtf *outer);

/* Days, months and years of the proleptic Gregorian calendar. */
typedef struct gs_day {
    int32_t year;
    uint8_t month, day; /* from 1 */
} gs_day;

int64_t gs_day_number(gs_day day); /* days since 1970-01-01 */
gs_day gs_day_of(int64_t number);
int gs_day_weekday(int64_t number); /* 0 Monday ... 6 Sunday */
int gs_month_length(int32_t year, int month);

/* Dates made from parts; year 0 to 9999, parts in range (asserted). */
gs_edtf gs_edtf_year(int32_t year);
gs_edtf gs_edtf_month(int32_t year, int month);
gs_edtf gs_edtf_day(int64_t day_number);
gs_edtf gs_edtf_range(int64_t first_day, int64_t last_day);
gs_edtf gs_edtf_until(int64_t last_day); /* ../DAY */
gs_edtf gs_edtf_about(gs_edtf date);     /* with `~` */

/* The date that an interval alone tells: a year, a month, a day, a second in UTC, else a
 * range of days. False where there is none: both ends open, or one that is no day's. */
bool gs_edtf_of_interval(gs_edtf *out, int64_t earliest, int64_t latest);
/* Whether its interval gives the date back, letter by letter: no mark, no offset. */
bool gs_edtf_is_plain(const gs_edtf *date);

/* The calendar day on which the date begins, in its own offset; false for an open start.
 */
bool gs_edtf_first_day(const gs_edtf *date, int64_t *day_number);
/* The calendar day on which the date ends, in its own offset; false for an open end. */
bool gs_edtf_last_day(const gs_edtf *date, int64_t *day_number);

#endif
