#include "graph/base/edtf.h"
#include <assert.h>
#include <string.h>

enum { SECONDS_PER_DAY = 86400 };

/* One end of a range, or a whole date. */
typedef struct point {
    int32_t year;
    int month, day; /* 0 when not given */
    int64_t second; /* of the day, in its own offset; -1 when not given */
    int offset;     /* seconds east of UTC */
    bool zulu, approximate, uncertain;
} point;

typedef struct cursor {
    gs_text text;
    size_t at;
    const char *why; /* of the refusal */
} cursor;

static bool refuse(cursor *c, const char *why)
{
    c->why = why;
    return false;
}

static char peek(const cursor *c)
{
    return c->at < c->text.size ? c->text.bytes[c->at] : '\0';
}

static bool take(cursor *c, char wanted)
{
    if (c->at >= c->text.size || c->text.bytes[c->at] != wanted)
        return false;
    c->at++;
    return true;
}

static bool take_digits(cursor *c, int count, int *out)
{
    int number = 0;

    for (int i = 0; i < count; i++, c->at++) {
        char digit = peek(c);

        if (digit < '0' || digit > '9')
            return false;
        number = number * 10 + (digit - '0');
    }
    *out = number;
    return true;
}

/* Z, +02:00, +02; none is UTC. */
static bool take_zone(cursor *c, point *p)
{
    int hours, minutes = 0, sign = peek(c) == '-' ? -1 : 1;

    p->zulu = true;
    if (take(c, 'Z') || (!take(c, '+') && !take(c, '-')))
        return true;
    if (!take_digits(c, 2, &hours) || (take(c, ':') && !take_digits(c, 2, &minutes)))
        return refuse(c, "an offset is written +HH:MM");
    if (hours > 23 || minutes > 59)
        return refuse(c, "an offset is less than a day, its minutes less than 60");
    p->offset = sign * (hours * 3600 + minutes * 60);
    p->zulu = false;
    return true;
}

/* A fraction of a second is read past: no date here is that precise. */
static bool take_fraction(cursor *c)
{
    int digit;

    if (!take(c, '.'))
        return true;
    if (!take_digits(c, 1, &digit))
        return false;
    while (peek(c) >= '0' && peek(c) <= '9')
        c->at++;
    return true;
}

static bool take_time(cursor *c, point *p)
{
    int hour, minute, second = 0;

    if (!take_digits(c, 2, &hour) || !take(c, ':') || !take_digits(c, 2, &minute) ||
        (take(c, ':') && (!take_digits(c, 2, &second) || !take_fraction(c))))
        return refuse(c, "a time is written HH:MM or HH:MM:SS");
    if (hour > 23 || minute > 59 || second > 59)
        return refuse(c, "a time lies between 00:00:00 and 23:59:59");
    p->second = hour * 3600 + minute * 60 + second;
    return take_zone(c, p);
}

static bool take_month_and_day(cursor *c, point *p)
{
    if (!take(c, '-'))
        return true;
    if (!take_digits(c, 2, &p->month))
        return refuse(c, "a month has two digits");
    if (p->month < 1 || p->month > 12)
        return refuse(c, "a month lies between 01 and 12");
    if (!take(c, '-'))
        return true;
    if (!take_digits(c, 2, &p->day))
        return refuse(c, "a day has two digits");
    if (p->day < 1 || p->day > gs_month_length(p->year, p->month))
        return refuse(c, "the month has no such day");
    return !take(c, 'T') || take_time(c, p);
}

static bool take_point(cursor *c, point *out)
{
    point p = {.second = -1};

    if (!take_digits(c, 4, &p.year))
        return refuse(c, "a year has four digits");
    if (!take_month_and_day(c, &p))
        return false;
    p.approximate = peek(c) == '~' || peek(c) == '%';
    p.uncertain = peek(c) == '?' || peek(c) == '%';
    c->at += p.approximate || p.uncertain;
    *out = p;
    return true;
}

static int64_t first_day(const point *p)
{
    gs_day day = {p->year, (uint8_t)(p->month ? p->month : 1),
                  (uint8_t)(p->day ? p->day : 1)};

    return gs_day_number(day);
}

static int64_t last_day(const point *p)
{
    int month = p->month ? p->month : 12;
    int day = p->day ? p->day : gs_month_length(p->year, month);

    return gs_day_number((gs_day){p->year, (uint8_t)month, (uint8_t)day});
}

static int64_t earliest(const point *p)
{
    return first_day(p) * SECONDS_PER_DAY + (p->second < 0 ? 0 : p->second) - p->offset;
}

static int64_t latest(const point *p)
{
    return last_day(p) * SECONDS_PER_DAY +
           (p->second < 0 ? SECONDS_PER_DAY - 1 : p->second) - p->offset;
}

static void put_text(gs_edtf *to, const char *text)
{
    size_t size = strlen(text);

    assert(to->size + size < sizeof to->text);
    memcpy(to->text + to->size, text, size + 1);
    to->size = (uint8_t)(to->size + size);
}

/* `sign` and a number of `digits` digits. By hand: printf took nine parts in ten of what
 * reading a date takes. */
static void put(gs_edtf *to, char sign, int number, size_t digits)
{
    assert(to->size + 1 + digits < sizeof to->text);
    if (sign != '\0')
        to->text[to->size++] = sign;
    for (size_t i = digits; i > 0; number /= 10)
        to->text[to->size + --i] = (char)('0' + number % 10);
    to->size = (uint8_t)(to->size + digits);
    to->text[to->size] = '\0';
}

static void put_time(gs_edtf *to, const point *p)
{
    int second = (int)p->second, east = p->offset < 0 ? -p->offset : p->offset;

    put(to, 'T', second / 3600, 2);
    put(to, ':', second / 60 % 60, 2);
    put(to, ':', second % 60, 2);
    if (p->zulu) {
        put_text(to, "Z");
        return;
    }
    put(to, p->offset < 0 ? '-' : '+', east / 3600, 2);
    put(to, ':', east / 60 % 60, 2);
}

static void put_point(gs_edtf *to, const point *p)
{
    put(to, '\0', (int)p->year, 4);
    if (p->month)
        put(to, '-', p->month, 2);
    if (p->day)
        put(to, '-', p->day, 2);
    if (p->second >= 0)
        put_time(to, p);
    if (p->approximate || p->uncertain)
        put_text(to, !p->uncertain ? "~" : !p->approximate ? "?" : "%");
    to->approximate |= p->approximate;
    to->uncertain |= p->uncertain;
}

static gs_precision precision_of(const point *p)
{
    if (p->second >= 0)
        return GS_PRECISION_TIME;
    if (p->day)
        return GS_PRECISION_DAY;
    return p->month ? GS_PRECISION_MONTH : GS_PRECISION_YEAR;
}

static gs_edtf from_point(const point *p)
{
    gs_edtf date = {earliest(p), latest(p), (uint8_t)precision_of(p), false, false,
                    0,           ""};

    put_point(&date, p);
    return date;
}

/* NULL is an open end; one of the two is given. */
static gs_edtf from_ends(const point *start, const point *end)
{
    gs_edtf date = {
        GS_EDTF_OPEN_START, GS_EDTF_OPEN_END, GS_PRECISION_OPEN, false, false, 0, ""};

    if (start != NULL && end != NULL)
        date.precision = GS_PRECISION_RANGE;
    if (start != NULL) {
        date.earliest = earliest(start);
        put_point(&date, start);
    } else {
        put_text(&date, "..");
    }
    put_text(&date, "/");
    if (end != NULL) {
        date.latest = latest(end);
        put_point(&date, end);
    } else {
        put_text(&date, "..");
    }
    return date;
}

static bool take_open(cursor *c)
{
    if (!gs_text_starts(gs_text_slice(c->text, c->at, c->text.size), GS_TEXT("..")))
        return false;
    c->at += 2;
    return true;
}

static bool parse(cursor *c, gs_edtf *out)
{
    point start, end;
    bool from, to;

    from = !take_open(c);
    if (from && !take_point(c, &start))
        return false;
    if (from && c->at == c->text.size) {
        *out = from_point(&start);
        return true;
    }
    if (!take(c, '/'))
        return refuse(c,
                      from ? "something stands behind it" : "a / follows the open start");
    to = !take_open(c);
    if (to && !take_point(c, &end))
        return false;
    if (c->at != c->text.size)
        return refuse(c, "something stands behind it");
    if (!from && !to)
        return refuse(c, "one end must be given");
    if (from && to && earliest(&start) > latest(&end))
        return refuse(c, "it ends before it begins");
    *out = from_ends(from ? &start : NULL, to ? &end : NULL);
    return true;
}

gs_code gs_edtf_parse(gs_edtf *out, gs_text text, gs_error *err)
{
    cursor c = {text, 0, NULL};
    gs_text shown = gs_text_slice(text, 0, 60);

    if (parse(&c, out))
        return GS_OK;
    return gs_fail(err, GS_INPUT,
                   "'%.*s' is no date: %s; write 2022, 2022-11, 2022-11-08, "
                   "2022-11-08T09:30:00Z or A/B",
                   GS_SHOW(shown), c.why);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t sort_key(const gs_edtf *date)
{
    return date->earliest == GS_EDTF_OPEN_START ? date->latest : date->earliest;
}

int gs_edtf_order(const gs_edtf *a, const gs_edtf *b)
{
    int by = order(sort_key(a), sort_key(b));

    if (by == 0)
        by = order(a->latest, b->latest);
    return by != 0 ? by : gs_text_compare(gs_edtf_text(a), gs_edtf_text(b));
}

bool gs_edtf_equal(const gs_edtf *a, const gs_edtf *b)
{
    return a->earliest == b->earliest && a->latest == b->latest &&
           a->approximate == b->approximate && a->uncertain == b->uncertain;
}

gs_truth gs_edtf_before(const gs_edtf *a, const gs_edtf *b)
{
    if (a->latest < b->earliest)
        return GS_TRUE;
    return a->earliest >= b->latest ? GS_FALSE : GS_UNKNOWN;
}

gs_truth gs_edtf_not_after(const gs_edtf *a, const gs_edtf *b)
{
    if (a->latest <= b->earliest)
        return GS_TRUE;
    return a->earliest > b->latest ? GS_FALSE : GS_UNKNOWN;
}

bool gs_edtf_within(const gs_edtf *inner, const gs_edtf *outer)
{
    return inner->earliest >= outer->earliest && inner->latest <= outer->latest;
}

static point point_of_day(int64_t number)
{
    gs_day day = gs_day_of(number);

    assert(day.year >= 0 && day.year <= 9999);
    return (point){.year = day.year, .month = day.month, .day = day.day, .second = -1};
}

gs_edtf gs_edtf_year(int32_t year)
{
    assert(year >= 0 && year <= 9999);
    return from_point(&(point){.year = year, .second = -1});
}

gs_edtf gs_edtf_month(int32_t year, int month)
{
    assert(year >= 0 && year <= 9999 && month >= 1 && month <= 12);
    return from_point(&(point){.year = year, .month = month, .second = -1});
}

gs_edtf gs_edtf_day(int64_t day_number)
{
    point day = point_of_day(day_number);

    return from_point(&day);
}

gs_edtf gs_edtf_range(int64_t first, int64_t last)
{
    point start = point_of_day(first), end = point_of_day(last);

    assert(first <= last);
    return from_ends(&start, &end);
}

gs_edtf gs_edtf_until(int64_t last)
{
    point end = point_of_day(last);

    return from_ends(NULL, &end);
}

static bool is_day(int64_t second)
{
    return (second % SECONDS_PER_DAY + SECONDS_PER_DAY) % SECONDS_PER_DAY == 0;
}

/* The date of one point that starts and ends with these days, if there is one. */
static bool take_days(point *out, int64_t first, int64_t last)
{
    gs_day start = gs_day_of(first), end = gs_day_of(last);
    point p = {.year = start.year, .second = -1};

    if (last != first)
        p.month = start.month == 1 && end.month == 12 ? 0 : start.month;
    else
        p = (point){start.year, start.month, start.day, -1, 0, false, false, false};
    *out = p;
    return first_day(out) == first && last_day(out) == last;
}

static bool is_in_calendar(int64_t second)
{
    return second >= INT64_C(-62167219200) && second <= INT64_C(253402300799);
}

bool gs_edtf_of_interval(gs_edtf *out, int64_t from, int64_t to)
{
    bool starts = from != GS_EDTF_OPEN_START, ends = to != GS_EDTF_OPEN_END;
    point start = {0}, end = {0}, whole;

    if ((!starts && !ends) || (starts && !is_in_calendar(from)) ||
        (ends && !is_in_calendar(to)) || from > to)
        return false;
    if (from == to) {
        int64_t second = (from % SECONDS_PER_DAY + SECONDS_PER_DAY) % SECONDS_PER_DAY;

        start = point_of_day((from - second) / SECONDS_PER_DAY);
        start.second = second;
        start.zulu = true;
        *out = from_point(&start);
        return true;
    }
    if ((starts && !is_day(from)) || (ends && !is_day(to + 1)))
        return false;
    if (starts && ends && to - from == SECONDS_PER_DAY - 1) { /* as most are */
        *out = gs_edtf_day(from / SECONDS_PER_DAY);
        return true;
    }
    if (starts)
        start = point_of_day(from / SECONDS_PER_DAY);
    if (ends)
        end = point_of_day((to + 1) / SECONDS_PER_DAY - 1);
    if (starts && ends && take_days(&whole, first_day(&start), last_day(&end)))
        *out = from_point(&whole);
    else
        *out = from_ends(starts ? &start : NULL, ends ? &end : NULL);
    return true;
}

bool gs_edtf_is_plain(const gs_edtf *date)
{
    gs_edtf given;

    if (date->approximate || date->uncertain)
        return false;
    if (date->precision >= GS_PRECISION_YEAR && date->precision <= GS_PRECISION_DAY)
        return true;
    return gs_edtf_of_interval(&given, date->earliest, date->latest) &&
           gs_text_equal(gs_edtf_text(&given), gs_edtf_text(date));
}

/* The ends of a canonical text; false for an end that is open. */
static bool read_end(const gs_edtf *date, bool last, point *out)
{
    cursor c = {gs_edtf_text(date), 0, NULL};
    size_t slash = gs_text_find(c.text, GS_TEXT("/"), 0);

    if (last && slash != SIZE_MAX)
        c.at = slash + 1;
    return take_point(&c, out);
}

gs_edtf gs_edtf_about(gs_edtf date)
{
    point start, end;
    bool from = read_end(&date, false, &start), to = read_end(&date, true, &end);

    start.approximate = end.approximate = true;
    if (date.precision > GS_PRECISION_RANGE)
        return from_point(&start);
    return from_ends(from ? &start : NULL, to ? &end : NULL);
}

bool gs_edtf_first_day(const gs_edtf *date, int64_t *day_number)
{
    point start;

    if (!read_end(date, false, &start))
        return false;
    *day_number = first_day(&start);
    return true;
}

bool gs_edtf_last_day(const gs_edtf *date, int64_t *day_number)
{
    point end;

    if (!read_end(date, true, &end))
        return false;
    *day_number = last_day(&end);
    return true;
}
