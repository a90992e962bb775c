#include "ingest/extract/spans.h"
#include <stdio.h>

gs_span gs_span_day(int64_t day)
{
    return gs_span_days(day, day);
}

gs_span gs_span_days(int64_t first, int64_t last)
{
    return (gs_span){.type = GS_SPAN_DAYS, .first = first, .last = last};
}

gs_span gs_span_month(int64_t year, int64_t month)
{
    int64_t months = year * 12 + month - 1;
    int64_t rest = ((months % 12) + 12) % 12;

    return (gs_span){
        .type = GS_SPAN_MONTH, .year = (months - rest) / 12, .month = (int)rest + 1};
}

gs_span gs_span_year(int64_t year)
{
    return (gs_span){.type = GS_SPAN_YEAR, .year = year};
}

int64_t gs_monday(int64_t day)
{
    return day - gs_day_weekday(day);
}

int64_t gs_last_weekday(int64_t day, int weekday)
{
    return day - (gs_day_weekday(day) - weekday + 7) % 7;
}

gs_span gs_last_month(int64_t day, int month)
{
    gs_day at = gs_day_of(day);

    return gs_span_month(at.year - (month > at.month), month);
}

int64_t gs_month_number(int64_t day)
{
    gs_day at = gs_day_of(day);

    return (int64_t)at.year * 12 + at.month - 1;
}

static bool is_year(int64_t year)
{
    return year >= 0 && year <= 9999;
}

static bool is_day(int64_t day)
{
    return day >= gs_day_number((gs_day){0, 1, 1}) &&
           day <= gs_day_number((gs_day){9999, 12, 31});
}

static bool span_is_good(const gs_span *span)
{
    if (span->type == GS_SPAN_DAYS)
        return span->first <= span->last && is_day(span->first) && is_day(span->last);
    return is_year(span->year);
}

static gs_edtf closed(const gs_span *span)
{
    if (span->type == GS_SPAN_YEAR)
        return gs_edtf_year((int32_t)span->year);
    if (span->type == GS_SPAN_MONTH)
        return gs_edtf_month((int32_t)span->year, span->month);
    return span->first == span->last ? gs_edtf_day(span->first)
                                     : gs_edtf_range(span->first, span->last);
}

/* ../2022-03, 2022-03/.. : in the precision of the span */
static bool open_date(gs_edtf *out, const gs_span *span, gs_edge edge)
{
    gs_span end = *span;
    gs_edtf date;
    gs_error ignored;
    char text[64];
    int size;

    if (edge == GS_EDGE_SINCE)
        end.last = end.first;
    else
        end.first = end.last;
    date = closed(&end);
    size = snprintf(text, sizeof text, "%s%.*s%s", edge == GS_EDGE_UNTIL ? "../" : "",
                    (int)date.size, date.text, edge == GS_EDGE_SINCE ? "/.." : "");
    return gs_edtf_parse(out, (gs_text){text, (size_t)size}, &ignored) == GS_OK;
}

bool gs_span_date(gs_edtf *out, gs_span span, gs_edge edge)
{
    if (!span_is_good(&span))
        return false;
    if (edge != GS_EDGE_NONE)
        return open_date(out, &span, edge);
    *out = closed(&span);
    if (span.about)
        *out = gs_edtf_about(*out);
    return true;
}
