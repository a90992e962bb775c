#include "ingest/formats/stamp.h"
#include "graph/base/edtf.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { YEAR_LEAST = 1900, TEXT_MAX = 80, NONE = -1 };

typedef struct stamp {
    int year, month, day, hour, minute, second; /* NONE: not said */
    bool zoned;
    int offset; /* minutes east of UTC */
    int pm;     /* 0 am, 1 pm, NONE */
} stamp;

typedef struct cursor {
    const char *at, *end;
} cursor;

static const struct {
    const char *name;
    int minutes;
} zones[] = {
    {"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"est", -300},
    {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},
    {"pst", -480}, {"pdt", -420}, {"bst", 60},   {"wet", 0},    {"west", 60},
    {"cet", 60},   {"cest", 120}, {"mez", 60},   {"mesz", 120}, {"eet", 120},
    {"eest", 180}, {"msk", 180},  {"ist", 330},  {"jst", 540},  {"kst", 540},
    {"sgt", 480},  {"hkt", 480},  {"aest", 600}, {"aedt", 660}, {"nzst", 720},
    {"nzdt", 780},
};

/* By their first three letters; what other languages of the west begin otherwise. */
static const struct {
    const char *name;
    int month;
} months[] = {
    {"jan", 1},  {"feb", 2},  {"mar", 3},  {"apr", 4},  {"may", 5},  {"jun", 6},
    {"jul", 7},  {"aug", 8},  {"sep", 9},  {"oct", 10}, {"nov", 11}, {"dec", 12},
    {"ene", 1},  {"fev", 2},  {"abr", 4},  {"avr", 4},  {"mai", 5},  {"mag", 5},
    {"giu", 6},  {"lug", 7},  {"ago", 8},  {"set", 9},  {"okt", 10}, {"out", 10},
    {"ott", 10}, {"dez", 12}, {"dic", 12}, {"gen", 1},  {"mei", 5},  {"maj", 5},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t digits_at(const cursor *c)
{
    size_t count = 0;

    while (c->at + count < c->end && is_digit(c->at[count]))
        count++;
    return count;
}

/* Takes `count` digits. */
static int take_number(cursor *c, size_t count)
{
    int number = 0;

    for (size_t i = 0; i < count; i++)
        number = number * 10 + (*c->at++ - '0');
    return number;
}

static bool take_char(cursor *c, const char *any)
{
    if (c->at >= c->end || *c->at == '\0' || strchr(any, *c->at) == NULL)
        return false;
    c->at++;
    return true;
}

/* :MM[:SS[.fraction]] behind an hour. */
static bool take_minutes(stamp *s, cursor *c)
{
    if (!take_char(c, ":.h") || digits_at(c) != 2)
        return false;
    s->minute = take_number(c, 2);
    if (c->at + 2 < c->end && *c->at == ':' && is_digit(c->at[1])) {
        c->at++;
        s->second = take_number(c, digits_at(c) >= 2 ? 2 : 1);
    }
    if (c->at + 1 < c->end && (*c->at == '.' || *c->at == ',') && is_digit(c->at[1])) {
        c->at++;
        c->at += digits_at(c);
    }
    return true;
}

/* +HH, +HHMM, +HH:MM */
static void take_offset(stamp *s, cursor *c)
{
    int sign = *c->at++ == '-' ? -1 : 1;
    size_t count = digits_at(c);
    int hours, minutes = 0;

    if (count != 1 && count != 2 && count != 4)
        return;
    hours = take_number(c, count == 1 ? 1 : 2);
    if (count == 4)
        minutes = take_number(c, 2);
    else if (take_char(c, ":") && digits_at(c) == 2)
        minutes = take_number(c, 2);
    if (hours > 14 || minutes > 59)
        return;
    s->zoned = true;
    s->offset = sign * (hours * 60 + minutes);
}

static bool is_word(const char *word, size_t size, const char *name)
{
    return strlen(name) == size && strncasecmp(word, name, size) == 0;
}

/* A month, a zone, am or pm; everything else is passed over. */
static void take_word(stamp *s, cursor *c)
{
    const char *word = c->at;
    size_t size;

    while (c->at < c->end && is_letter(*c->at))
        c->at++;
    size = (size_t)(c->at - word);
    if (is_word(word, size, "am") || is_word(word, size, "a"))
        s->pm = s->hour != NONE ? 0 : s->pm;
    if (is_word(word, size, "pm") || is_word(word, size, "p"))
        s->pm = s->hour != NONE ? 1 : s->pm;
    for (size_t i = 0;
         size >= 3 && s->month == NONE && i < sizeof months / sizeof *months; i++)
        if (strncasecmp(word, months[i].name, 3) == 0)
            s->month = months[i].month;
    for (size_t i = 0; s->hour != NONE && i < sizeof zones / sizeof *zones; i++)
        if (is_word(word, size, zones[i].name)) {
            s->zoned = true;
            s->offset = zones[i].minutes;
        }
}

/* YYYY-MM-DD, YYYY/MM, DD.MM.YYYY, MM/DD/YYYY: numbers with one mark between them. */
static bool take_marked(stamp *s, cursor *c)
{
    static const char marks[] = "-/.";
    cursor ahead = *c;
    int numbers[3] = {NONE, NONE, NONE};
    size_t widths[3] = {0}, count = 0;
    char mark = '\0';

    do {
        widths[count] = digits_at(&ahead);
        if (widths[count] == 0 || widths[count] > 4)
            break;
        numbers[count] = take_number(&ahead, widths[count]);
        count++;
        if (count == 3 || ahead.at >= ahead.end || strchr(marks, *ahead.at) == NULL ||
            *ahead.at == '\0' || (mark != '\0' && *ahead.at != mark))
            break;
        mark = *ahead.at++;
    } while (true);
    if (count < 2 || (widths[0] != 4 && (count < 3 || widths[2] != 4)))
        return false;
    *c = ahead;
    if (widths[0] == 4) {
        *s =
            (stamp){numbers[0], numbers[1], numbers[2], NONE, NONE, NONE, false, 0, NONE};
        return true;
    }
    s->year = numbers[2];
    if (numbers[0] > 12 || mark == '.') {
        s->day = numbers[0];
        s->month = numbers[1];
    } else if (numbers[1] > 12 || numbers[0] == numbers[1]) {
        s->month = numbers[0];
        s->day = numbers[1];
    }
    return true;
}

/* YYYYMMDD, YYYYMMDDHHMM[SS], seconds or milliseconds since 1970. */
static bool take_compact(stamp *s, cursor *c, size_t count)
{
    if (count == 10 || count == 13) {
        int64_t seconds = 0;
        time_t when;
        struct tm parts;

        for (size_t i = 0; i < 10; i++)
            seconds = seconds * 10 + (c->at[i] - '0');
        when = (time_t)seconds;
        c->at += count;
        if (gmtime_r(&when, &parts) == NULL)
            return false;
        *s = (stamp){parts.tm_year + 1900,
                     parts.tm_mon + 1,
                     parts.tm_mday,
                     parts.tm_hour,
                     parts.tm_min,
                     parts.tm_sec,
                     true,
                     0,
                     NONE};
        return true;
    }
    if (count != 8 && count != 12 && count != 14)
        return false;
    s->year = take_number(c, 4);
    s->month = take_number(c, 2);
    s->day = take_number(c, 2);
    if (count > 8) {
        s->hour = take_number(c, 2);
        s->minute = take_number(c, 2);
        s->second = count == 14 ? take_number(c, 2) : 0;
    }
    return true;
}

/* HHMMSS behind a T, as in 20180619T055000+0900. */
static void take_compact_time(stamp *s, cursor *c, size_t count)
{
    s->hour = take_number(c, 2);
    s->minute = take_number(c, 2);
    s->second = count == 6 ? take_number(c, 2) : 0;
}

static void take_digits(stamp *s, cursor *c)
{
    size_t count = digits_at(c);
    cursor ahead = *c;

    if (s->year == NONE && s->month == NONE && take_marked(s, c))
        return;
    if (count > 4 && s->year == NONE && take_compact(s, c, count))
        return;
    if (count <= 2 && s->hour == NONE) {
        stamp with = *s;

        with.hour = take_number(&ahead, count);
        if (take_minutes(&with, &ahead)) {
            *s = with;
            *c = ahead;
            return;
        }
    }
    if (s->year != NONE && s->day != NONE && s->hour == NONE &&
        (count == 4 || count == 6)) {
        take_compact_time(s, c, count);
        return;
    }
    if (count == 4 && s->year == NONE)
        s->year = take_number(c, 4);
    else if (count <= 2 && s->day == NONE)
        s->day = take_number(c, count);
    else if (count == 2 && s->year == NONE && s->month != NONE)
        s->year = 2000 + take_number(c, 2);
    else if (count <= 2 && s->hour == NONE && s->year != NONE)
        s->hour = take_number(c, count); /* 8 PM */
    else
        c->at += count;
}

static stamp scan(gs_text text)
{
    stamp s = {NONE, NONE, NONE, NONE, NONE, NONE, false, 0, NONE};
    cursor c = {text.bytes, text.bytes + text.size};

    while (c.at < c.end) {
        if (is_digit(*c.at))
            take_digits(&s, &c);
        else if (is_letter(*c.at))
            take_word(&s, &c);
        else if ((*c.at == '+' || *c.at == '-') && s.hour != NONE && c.at + 1 < c.end &&
                 is_digit(c.at[1]))
            take_offset(&s, &c);
        else
            c.at++;
    }
    if (s.pm == 1 && s.hour != NONE && s.hour < 12)
        s.hour += 12;
    if (s.pm == 0 && s.hour == 12)
        s.hour = 0;
    return s;
}

/* As precise as it is known; what the calendar refuses is tried with less. */
static gs_text write(const stamp *s, unsigned precision, gs_arena *arena)
{
    char zone[8] = "Z";
    int away = s->offset < 0 ? -s->offset : s->offset;

    if (s->offset != 0)
        snprintf(zone, sizeof zone, "%c%02d:%02d", s->offset < 0 ? '-' : '+',
                 away / 60 % 100, away % 60);
    switch (precision) {
    case 3:
        return gs_text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", s->year, s->month,
                              s->day, s->hour, s->minute == NONE ? 0 : s->minute,
                              s->second == NONE ? 0 : s->second, zone);
    case 2:
        return gs_text_format(arena, "%04d-%02d-%02d", s->year, s->month, s->day);
    case 1:
        return gs_text_format(arena, "%04d-%02d", s->year, s->month);
    default:
        return gs_text_format(arena, "%04d", s->year);
    }
}

gs_code gs_stamp_read(gs_text *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_edtf date;
    stamp s;
    int precision;

    *out = (gs_text){0};
    text = gs_text_slice(gs_text_trim(text), 0, TEXT_MAX);
    if (text.size < 4)
        return GS_OK;
    s = scan(text);
    if (s.year < YEAR_LEAST || s.year > 9999)
        return GS_OK;
    if (s.zoned && s.offset == 0 && s.hour == 0 && s.minute == 0 && s.second <= 0)
        s.zoned = false; /* midnight in Greenwich is how programs write a day */
    precision = s.month == NONE              ? 0
                : s.day == NONE              ? 1
                : s.hour == NONE || !s.zoned ? 2
                                             : 3;
    for (; precision >= 0; precision--) {
        gs_error ignored;
        gs_text written = write(&s, (unsigned)precision, arena);

        if (written.bytes == NULL)
            return gs_fail_memory(err);
        if (gs_edtf_parse(&date, written, &ignored) != GS_OK)
            continue;
        *out = gs_text_copy(arena, gs_edtf_text(&date));
        return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
    }
    return GS_OK;
}
