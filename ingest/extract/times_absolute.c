/* Days, months and years by their names. */
#include "ingest/extract/times.h"

static bool capital_at(const gs_clock *clock, uint32_t token)
{
    return token < clock->end && clock->page->tokens[token].capital;
}

int gs_digits_at(const gs_clock *clock, uint32_t token, bool ordinal)
{
    gs_text text;
    size_t i = 0;
    int number = 0;

    if (token >= clock->end)
        return -1;
    text = clock->page->tokens[token].folded;
    for (; i < text.size && i < 4 && text.bytes[i] >= '0' && text.bytes[i] <= '9'; i++)
        number = number * 10 + (text.bytes[i] - '0');
    if (i == 0 || (i < text.size &&
                   !(ordinal && i <= 2 && i + 2 == text.size && text.bytes[i] >= 'a')))
        return -1;
    return number;
}

int gs_year_at(const gs_clock *clock, uint32_t token)
{
    int year = gs_digits_at(clock, token, false);

    return clock->page->tokens[token < clock->end ? token : clock->end - 1].folded.size ==
                       4 &&
                   year >= 1800 && year < 2200
               ? year
               : -1;
}

bool gs_name_at(const gs_clock *clock, uint32_t token)
{
    return capital_at(clock, token) && clock->page->tokens[token].tag == GS_TAG_PROPER &&
           !(gs_when_at(clock, token) & (GS_WHEN_WEEKDAY | GS_WHEN_MONTH));
}

bool gs_when_take(gs_clock *clock, uint32_t when)
{
    if (!(gs_when_at(clock, clock->at) & when))
        return false;
    clock->at++;
    return true;
}

static bool take_comma(gs_clock *clock)
{
    if (clock->at >= clock->end || clock->page->tokens[clock->at].type != GS_TOKEN_COMMA)
        return false;
    clock->at++;
    return true;
}

int gs_staged_month(const gs_lexicon *lexicon, gs_text folded)
{
    size_t hyphen = gs_text_find(folded, GS_TEXT("-"), 0);
    const gs_word *stage, *month;

    if (hyphen == SIZE_MAX)
        return 0;
    stage = gs_lexicon_find(lexicon, gs_text_slice(folded, 0, hyphen));
    month = gs_lexicon_find(lexicon, gs_text_slice(folded, hyphen + 1, folded.size));
    if (stage == NULL || month == NULL || !(stage->when & GS_WHEN_STAGE) ||
        !(month->when & GS_WHEN_MONTH))
        return 0;
    return month->amount;
}

static bool month_at(const gs_clock *clock, uint32_t token, int *month)
{
    if (token < clock->end && clock->page->tokens[token].word == NULL) {
        *month = gs_staged_month(clock->lexicon, clock->page->tokens[token].folded);
        return *month != 0;
    }
    if (!(gs_when_at(clock, token) & GS_WHEN_MONTH) || !capital_at(clock, token))
        return false;
    *month = gs_amount_at(clock, token);
    return true;
}

static int day_at(const gs_clock *clock, uint32_t token)
{
    int day = gs_digits_at(clock, token, true);

    return day >= 1 && day <= 31 ? day : -1;
}

/* A year behind a day or month, with or without a comma; -1 when there is none. */
static int take_year(gs_clock *clock)
{
    uint32_t start = clock->at;
    int year;

    take_comma(clock);
    if (clock->at == start)
        gs_when_take(clock, GS_WHEN_OF);
    year = gs_year_at(clock, clock->at);
    if (year >= 0) {
        clock->at++;
        return year;
    }
    clock->at = start;
    gs_when_take(clock, GS_WHEN_OF);
    if (clock->page->dated &&
        gs_when_at(clock, clock->at) & (GS_WHEN_LAST | GS_WHEN_THIS) &&
        gs_when_at(clock, clock->at + 1) & GS_WHEN_UNIT &&
        gs_amount_at(clock, clock->at + 1) == GS_UNIT_YEAR) {
        bool last = gs_when_at(clock, clock->at) & GS_WHEN_LAST;

        clock->at += 2;
        return gs_day_of(clock->today).year - last;
    }
    clock->at = start;
    return -1;
}

/* 2022-03-03 */
static bool read_iso(gs_clock *clock, gs_moment *out)
{
    const gs_token *token = &clock->page->tokens[clock->at];
    gs_edtf date;
    gs_error ignored;
    int64_t day;

    if (token->type != GS_TOKEN_NUMBER || token->folded.size != 10 ||
        gs_edtf_parse(&date, token->folded, &ignored) != GS_OK ||
        !gs_edtf_first_day(&date, &day))
        return false;
    out->span = gs_span_day(day);
    clock->at++;
    return true;
}

/* The last such day at or before publication; 29 February of the last leap year. */
static bool without_year(const gs_clock *clock, int month, int day, gs_span *out)
{
    int64_t year = gs_day_of(clock->today).year;

    for (int tries = 0; tries < 9; tries++, year--) {
        int64_t number;

        if (year < 0 || day > gs_month_length((int32_t)year, month))
            continue;
        number = gs_day_number((gs_day){(int32_t)year, (uint8_t)month, (uint8_t)day});
        if (number > clock->today)
            continue;
        *out = gs_span_day(number);
        return true;
    }
    return false;
}

static bool day_span(const gs_clock *clock, int year, int month, int day, gs_span *out)
{
    if (year < 0)
        return clock->page->dated && without_year(clock, month, day, out);
    if (day > gs_month_length(year, month))
        return false;
    *out = gs_span_day(gs_day_number((gs_day){year, (uint8_t)month, (uint8_t)day}));
    return true;
}

bool gs_read_day(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at;
    int month, day = day_at(clock, start);

    if (read_iso(clock, out))
        return true;
    if (day > 0) { /* 3 March, 3rd of March */
        clock->at++;
        gs_when_take(clock, GS_WHEN_OF);
        if (month_at(clock, clock->at, &month)) {
            clock->at++;
            if (day_span(clock, take_year(clock), month, day, &out->span))
                return true;
        }
    } else if (month_at(clock, start, &month) && (day = day_at(clock, start + 1)) > 0) {
        clock->at += 2;
        if (day_span(clock, take_year(clock), month, day, &out->span))
            return true;
    }
    clock->at = start;
    return false;
}

/* Monday last week, Monday of this week */
static bool take_week(gs_clock *clock, int64_t *monday)
{
    uint32_t start = clock->at;

    gs_when_take(clock, GS_WHEN_OF);
    if (gs_when_at(clock, clock->at) & (GS_WHEN_LAST | GS_WHEN_THIS | GS_WHEN_NEXT) &&
        gs_when_at(clock, clock->at + 1) & GS_WHEN_UNIT &&
        gs_amount_at(clock, clock->at + 1) == GS_UNIT_WEEK) {
        uint32_t when = gs_when_at(clock, clock->at);

        *monday = gs_monday(clock->today) + (when & GS_WHEN_LAST   ? -7
                                             : when & GS_WHEN_NEXT ? 7
                                                                   : 0);
        clock->at += 2;
        return true;
    }
    clock->at = start;
    return false;
}

/* Monday, March 3 : the date tells more. */
static bool take_date(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at;

    take_comma(clock);
    gs_when_take(clock, GS_WHEN_THE);
    if (gs_read_day(clock, out))
        return true;
    clock->at = start;
    return false;
}

bool gs_read_weekday(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at, when = gs_when_at(clock, start);
    bool marked = when & (GS_WHEN_LAST | GS_WHEN_THIS | GS_WHEN_NEXT);
    int64_t day, monday;
    int weekday;

    clock->at += marked;
    if (!(gs_when_at(clock, clock->at) & GS_WHEN_WEEKDAY) ||
        !capital_at(clock, clock->at) ||
        (clock->at > 0 && gs_when_at(clock, clock->at - 1) & GS_WHEN_NAMED)) {
        clock->at = start;
        return false;
    }
    weekday = gs_amount_at(clock, clock->at++);
    gs_when_take(clock, GS_WHEN_PART);
    if (take_date(clock, out))
        return true;
    if (!clock->page->dated) {
        clock->at = start;
        return false;
    }
    day = gs_last_weekday(clock->today - (marked && when & GS_WHEN_LAST), weekday);
    if (marked && when & GS_WHEN_NEXT)
        day = gs_last_weekday(clock->today, weekday) + 7;
    if (!marked && take_week(clock, &monday))
        day = monday + weekday;
    out->span = gs_span_day(day);
    return true;
}

/* May, March, August are people too: a month stands alone among small words, after a
 * preposition or an article, or has a year. */
static bool is_month(const gs_clock *clock, uint32_t first, uint32_t end)
{
    if (gs_name_at(clock, end))
        return false;
    if (first > 0 && gs_name_at(clock, first - 1) &&
        clock->page->tokens[first - 1].sentence == clock->page->tokens[first].sentence)
        return false;
    if (first > 1 && clock->page->tokens[first - 1].tag == GS_TAG_CONJUNCTION &&
        gs_when_at(clock, first - 2) & GS_WHEN_MONTH)
        return true; /* in March and April */
    return clock->led || clock->page->tokens[first].word == NULL ||
           clock->page->tokens[first].word->form.size > 6;
}

bool gs_read_month(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at, when = gs_when_at(clock, start), name;
    bool marked = when & (GS_WHEN_LAST | GS_WHEN_THIS | GS_WHEN_NEXT);
    int month, year;

    clock->at += marked;
    name = clock->at;
    if (!month_at(clock, name, &month)) {
        clock->at = start;
        return false;
    }
    clock->at++;
    year = marked ? -1 : take_year(clock);
    if (year >= 0) {
        out->span = gs_span_month(year, month);
        return true;
    }
    if (!clock->page->dated || (!marked && !is_month(clock, name, name + 1))) {
        clock->at = start;
        return false;
    }
    out->span = gs_last_month(clock->today, month);
    if (marked && when & GS_WHEN_NEXT)
        out->span.year++;
    if (marked && when & GS_WHEN_LAST && gs_day_of(clock->today).month == month)
        out->span.year--;
    return true;
}

/* 1990s */
static int decade_at(const gs_clock *clock, uint32_t token)
{
    gs_text text = clock->page->tokens[token].folded;
    int year = 0;

    if (text.size != 5 || text.bytes[4] != 's' || text.bytes[3] != '0')
        return -1;
    for (size_t i = 0; i < 4; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        year = year * 10 + (text.bytes[i] - '0');
    }
    return year >= 1500 && year < 2200 ? year : -1;
}

bool gs_read_year(gs_clock *clock, gs_moment *out)
{
    uint32_t token = clock->at;
    int year = gs_year_at(clock, token), decade = decade_at(clock, token);
    gs_tag behind = token + 1 < clock->end ? (gs_tag)clock->page->tokens[token + 1].tag
                                           : GS_TAG_OTHER;

    if (decade >= 0) {
        out->span = gs_span_days(gs_day_number((gs_day){decade, 1, 1}),
                                 gs_day_number((gs_day){decade + 9, 12, 31}));
        clock->at++;
        return true;
    }
    if (year < 0 || !clock->led ||
        (behind == GS_TAG_NOUN && clock->page->tokens[token + 1].word != NULL &&
         clock->page->tokens[token + 1].word->classes & GS_CLASS_PLURAL &&
         !(clock->page->tokens[token + 1].word->when)))
        return false;
    out->span = gs_span_year(year);
    clock->at++;
    return true;
}

static gs_span season_span(int64_t year, int month)
{
    int64_t end_year = year + (month + 2 > 12);
    int end_month = month + 2 > 12 ? month + 2 - 12 : month + 2;
    gs_day first = {(int32_t)year, (uint8_t)month, 1};
    gs_day last = {(int32_t)end_year, (uint8_t)end_month,
                   (uint8_t)gs_month_length((int32_t)end_year, end_month)};

    return gs_span_days(gs_day_number(first), gs_day_number(last));
}

bool gs_read_season(gs_clock *clock, gs_moment *out)
{
    uint32_t start = clock->at, when = gs_when_at(clock, start);
    bool marked = when & (GS_WHEN_LAST | GS_WHEN_THIS | GS_WHEN_NEXT);
    int month, year;
    int64_t begun;

    clock->at += marked;
    month = gs_amount_at(clock, clock->at);
    if (!(gs_when_at(clock, clock->at) & GS_WHEN_SEASON) ||
        clock->page->tokens[clock->at].tag != GS_TAG_NOUN) {
        clock->at = start;
        return false;
    }
    clock->at++;
    year = marked ? -1 : take_year(clock);
    if (year < 0 && (!clock->page->dated || (!marked && !clock->led))) {
        clock->at = start;
        return false;
    }
    begun = gs_last_month(clock->today, month).year;
    if (year < 0 && marked && when & GS_WHEN_LAST &&
        season_span(begun, month).last >= clock->today)
        begun--; /* the one that is going on is not the last one */
    if (year < 0 && marked && when & GS_WHEN_NEXT)
        begun++;
    if (year < 0 && (begun < 0 || begun > 9998)) {
        clock->at = start;
        return false;
    }
    out->span = season_span(year >= 0 ? year : begun, month);
    return true;
}
