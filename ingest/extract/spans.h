/* Spans of the calendar: the day, week, month, season or year that an expression means,
 * before it becomes a date.
 *
 * Units    days since 1970-01-01.
 * Threads  pure functions.
 */
#ifndef GS_EXTRACT_SPANS_H
#define GS_EXTRACT_SPANS_H

#include "graph/base/edtf.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct gs_span {
    enum { GS_SPAN_DAYS, GS_SPAN_MONTH, GS_SPAN_YEAR } type;
    int64_t first, last; /* of GS_SPAN_DAYS */
    int64_t year;
    int month;
    bool about;
} gs_span;

typedef enum gs_edge { GS_EDGE_NONE, GS_EDGE_SINCE, GS_EDGE_UNTIL } gs_edge;

gs_span gs_span_day(int64_t day);
gs_span gs_span_days(int64_t first, int64_t last);
gs_span gs_span_month(int64_t year, int64_t month); /* month 0 is December before */
gs_span gs_span_year(int64_t year);

/* The last such weekday or month at or before a day. */
int64_t gs_last_weekday(int64_t day, int weekday);
gs_span gs_last_month(int64_t day, int month);
int64_t gs_monday(int64_t day);
/* Months since year 0, and the other way round by gs_span_month(0, months + 1). */
int64_t gs_month_number(int64_t day);

/* False when a year lies before 0 or after 9999. An edge makes the date open: since its
 * start, until its end. */
bool gs_span_date(gs_edtf *out, gs_span span, gs_edge edge);

#endif
