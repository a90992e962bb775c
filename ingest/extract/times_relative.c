/* Times that are told by how far they lie from the day of publication, or from that of
 * another clause. */
#include "ingest/extract/times.h"

enum { COUNT_MOST = 999 };

static bool unit_at(const gs_clock *clock, uint32_t token, int32_t *unit)
{
    if (!(gs_when_at(clock, token) & GS_WHEN_UNIT))
        return false;
    *unit = gs_amount_at(clock, token);
    return true;
}

/* The unit that lies `offset` units from the one a day is in: the week before. */
static gs_span whole_unit(int64_t day, int32_t unit, int64_t offset)
{
    int64_t monday = gs_monday(day);

    switch (unit) {
    case GS_UNIT_WEEK:
        return gs_span_days(monday + 7 * offset, monday + 7 * offset + 6);
    case GS_UNIT_WEEKEND: /* the last one that has begun, at offset 0 */
        monday = gs_last_weekday(day, 5) + 7 * offset;
        return gs_span_days(monday, monday + 1);
    case GS_UNIT_FORTNIGHT:
        return gs_span_days(day + 14 * offset, day + 14 * offset + 13);
    case GS_UNIT_MONTH:
        return gs_span_month(0, gs_month_number(day) + offset + 1);
    case GS_UNIT_YEAR:
        return gs_span_year(gs_day_of(day).year + offset);
    case GS_UNIT_DECADE: {
        int32_t year = gs_day_of(day).year / 10 * 10 + 10 * (int32_t)offset;

        if (year < 0 || year > 9990)
            return gs_span_days(1, 0); /* no date has that */
        return gs_span_days(gs_day_number((gs_day){year, 1, 1}),
                            gs_day_number((gs_day){year + 9, 12, 31}));
    }
    default:
        return gs_span_day(day + offset * (unit == GS_UNIT_DAY));
    }
}

/* What lies so many units away: a day where days are counted, about one for weeks, about
 * a month for months. */
static gs_span distant(int64_t day, int32_t unit, int64_t offset, bool vague)
{
    gs_span span;

    if (unit == GS_UNIT_WEEK || unit == GS_UNIT_FORTNIGHT)
        span = gs_span_day(day + unit * offset);
    else if (unit == GS_UNIT_DECADE)
        span = whole_unit(day, GS_UNIT_YEAR, 10 * offset);
    else
        span = whole_unit(day, unit, offset);
    span.about = (vague && unit != GS_UNIT_HOUR) || unit > GS_UNIT_DAY;
    return span;
}

bool gs_read_near(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at, when = gs_when_at(clock, start);
    uint32_t next = gs_when_at(clock, start + 1);

    if (when & GS_WHEN_DAY && clock->page->dated) {
        out->span = gs_span_day(clock->today + gs_amount_at(clock, start));
        clock->at++;
        gs_when_take(clock, GS_WHEN_PART);
        return true;
    }
    if (!(next & GS_WHEN_PART))
        return false;
    if (when & (GS_WHEN_THAT | GS_WHEN_SAME | GS_WHEN_FOLLOWING | GS_WHEN_PREVIOUS)) {
        *out = (gs_moment){.relative = true,
                           .whole = true,
                           .unit = GS_UNIT_DAY,
                           .offset = when & GS_WHEN_FOLLOWING  ? 1
                                     : when & GS_WHEN_PREVIOUS ? -1
                                                               : 0};
        clock->at += 2;
        return true;
    }
    if (!(when & (GS_WHEN_LAST | GS_WHEN_THIS)) || !clock->page->dated)
        return false;
    out->span = gs_span_day(clock->today - ((when & GS_WHEN_LAST) != 0));
    clock->at += 2;
    return true;
}

static int64_t take_count(gs_clock *clock, bool *vague)
{
    uint32_t when = gs_when_at(clock, clock->at);
    int64_t count = gs_digits_at(clock, clock->at, false);

    if (count > 0 && count <= COUNT_MOST) {
        clock->at++;
        return count;
    }
    if (when & GS_WHEN_NUMBER && gs_when_at(clock, clock->at + 1) & GS_WHEN_VAGUE) {
        clock->at++; /* a few, a couple of */
        when = GS_WHEN_VAGUE;
    }
    if (!(when & (GS_WHEN_NUMBER | GS_WHEN_VAGUE)))
        return 0;
    *vague = (when & GS_WHEN_VAGUE) != 0;
    count = gs_amount_at(clock, clock->at++);
    if (*vague)
        gs_when_take(clock, GS_WHEN_OF);
    return count;
}

/* in the past two weeks */
static bool read_past(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at;
    bool vague = false;
    int32_t unit;
    int64_t count;

    if (!clock->page->dated || !gs_when_take(clock, GS_WHEN_PAST))
        return false;
    count = take_count(clock, &vague);
    if (!unit_at(clock, clock->at, &unit) || unit == GS_UNIT_WEEKEND || unit == 0 ||
        (count == 0 && !(gs_when_at(clock, start) & GS_WHEN_PAST &&
                         !(gs_when_at(clock, start) & GS_WHEN_LAST)))) {
        clock->at = start;
        return false;
    }
    clock->at++;
    count = count == 0 ? 1 : count;
    out->span = gs_span_days(clock->today - unit * count, clock->today);
    if (unit == GS_UNIT_MONTH || unit == GS_UNIT_YEAR)
        out->span.about = true;
    return true;
}

/* the previous day, the next month, that week, the same year: from an anchor */
static bool read_anchored(gs_clock *clock, gs_moment *out, bool the)
{
    uint32_t when = gs_when_at(clock, clock->at);
    int32_t unit;

    if (!unit_at(clock, clock->at + 1, &unit) || unit == 0)
        return false;
    if (!(when & (GS_WHEN_PREVIOUS | GS_WHEN_FOLLOWING | GS_WHEN_SAME | GS_WHEN_THAT)) &&
        !(the && when & GS_WHEN_NEXT))
        return false;
    *out = (gs_moment){.relative = true,
                       .whole = true,
                       .unit = unit,
                       .offset = when & GS_WHEN_PREVIOUS                     ? -1
                                 : when & (GS_WHEN_FOLLOWING | GS_WHEN_NEXT) ? 1
                                                                             : 0};
    clock->at += 2;
    return true;
}

bool gs_read_unit(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at, when;
    bool the = start > 0 && gs_when_at(clock, start - 1) & GS_WHEN_THE;
    int64_t offset;
    int32_t unit;

    if (read_past(clock, out) || read_anchored(clock, out, the))
        return true;
    when = gs_when_at(clock, start);
    if (!(when & (GS_WHEN_LAST | GS_WHEN_THIS | GS_WHEN_NEXT)) || !clock->page->dated ||
        !unit_at(clock, start + 1, &unit) || unit == GS_UNIT_HOUR)
        return false;
    offset = when & GS_WHEN_LAST ? -1 : when & GS_WHEN_NEXT ? 1 : 0;
    if (unit == GS_UNIT_WEEKEND && when & GS_WHEN_LAST)
        offset = gs_day_weekday(clock->today) >= 5 ? -1 : 0;
    out->span = whole_unit(clock->today, unit, offset);
    clock->at += 2;
    return true;
}

/* Whether a clause or noun phrase behind "after" says after what: then the date is that
 * event's, which nobody told. */
static bool says_of_what(const gs_clock *clock, uint32_t token)
{
    gs_tag tag;

    if (token >= clock->end)
        return false;
    tag = (gs_tag)clock->page->tokens[token].tag;
    if (tag == GS_TAG_DETERMINER || tag == GS_TAG_NOUN || tag == GS_TAG_PROPER ||
        tag == GS_TAG_PRONOUN || tag == GS_TAG_ADJECTIVE || tag == GS_TAG_NUMBER ||
        tag == GS_TAG_VERB_GERUND || tag == GS_TAG_SUBORDINATOR)
        return true;
    return clock->page->tokens[token].type == GS_TOKEN_OPEN;
}

static bool take_shift(gs_clock *clock, int *sign)
{
    uint32_t when = gs_when_at(clock, clock->at), both = GS_WHEN_SINCE | GS_WHEN_UNTIL;

    if (!(when & (GS_WHEN_BACK | GS_WHEN_FORTH)) ||
        (when & both && says_of_what(clock, clock->at + 1)))
        return false;
    *sign = when & GS_WHEN_BACK ? -1 : 1;
    clock->at++;
    return true;
}

bool gs_read_distance(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at;
    bool vague = false, the = start > 0 && gs_when_at(clock, start - 1) & GS_WHEN_THE;
    int64_t count = take_count(clock, &vague);
    int32_t unit;
    int sign;

    if (unit_at(clock, clock->at, &unit)) {
        clock->at++;
        if (gs_when_at(clock, clock->at) & GS_WHEN_AGO && clock->page->dated &&
            (count > 0 || unit == GS_UNIT_HOUR)) {
            clock->at++;
            out->span = distant(clock->today, unit, -count, vague);
            return true;
        }
        /* hours later; a day later; the day before */
        if ((count > 0 || the || unit == GS_UNIT_HOUR) && take_shift(clock, &sign)) {
            *out = (gs_moment){.relative = true,
                               .whole = count == 0,
                               .unit = unit,
                               .offset = (int32_t)(sign * (count == 0 ? 1 : count))};
            return true;
        }
    }
    clock->at = start;
    return false;
}

bool gs_time_resolve(gs_edtf *out, const gs_time *time, const gs_edtf *anchor)
{
    gs_span span;
    int64_t day;

    if (!time->relative) {
        *out = time->date;
        return true;
    }
    if (anchor->precision == GS_PRECISION_OPEN || !gs_edtf_first_day(anchor, &day))
        return false;
    if (time->unit == GS_UNIT_HOUR || (time->offset == 0 && time->unit == GS_UNIT_DAY)) {
        *out = *anchor;
        return true;
    }
    span = time->whole ? whole_unit(day, time->unit, time->offset)
                       : distant(day, time->unit, time->offset, false);
    span.about |= anchor->approximate ||
                  (time->unit == GS_UNIT_DAY && anchor->precision < GS_PRECISION_DAY);
    return gs_span_date(out, span, GS_EDGE_NONE);
}
