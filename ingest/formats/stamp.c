#include "ingest/formats/stamp.h"
#include "graph/base/edtf.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { YEAR_LEAST = 1900, TEXT_MAX = 80, NONE = -1 };

typedef struct stamp {
    int year, month, day, hour, minute, second; /* NONE: not said */
    bool zoned;
    int offset; /* minutes east of UTC */
    int pm;     /* 0 am, 1 pm, NONE */
    bool weak;  /* the month may be a day of the week: "mar. 8 nov. 2022" */
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

typedef struct month {
    const char *name; /* folded */
    int number;
} month;

/* In full, or their first letters, three at least. */
static const month months[] = {
    {"january", 1},    {"janvier", 1},   {"januar", 1},     {"januari", 1},
    {"enero", 1},      {"janeiro", 1},   {"gennaio", 1},    {"ianuarie", 1},
    {"february", 2},   {"fevrier", 2},   {"februar", 2},    {"februari", 2},
    {"febrero", 2},    {"fevereiro", 2}, {"febbraio", 2},   {"februarie", 2},
    {"march", 3},      {"mars", 3},      {"marz", 3},       {"maerz", 3},
    {"marzo", 3},      {"marco", 3},     {"maart", 3},      {"marts", 3},
    {"martie", 3},     {"maret", 3},     {"april", 4},      {"avril", 4},
    {"abril", 4},      {"aprile", 4},    {"aprilie", 4},    {"may", 5},
    {"mai", 5},        {"mayo", 5},      {"maio", 5},       {"maggio", 5},
    {"mei", 5},        {"maj", 5},       {"june", 6},       {"juin", 6},
    {"juni", 6},       {"junio", 6},     {"junho", 6},      {"giugno", 6},
    {"iunie", 6},      {"july", 7},      {"juillet", 7},    {"juli", 7},
    {"julio", 7},      {"julho", 7},     {"luglio", 7},     {"iulie", 7},
    {"august", 8},     {"aout", 8},      {"agosto", 8},     {"augustus", 8},
    {"augusti", 8},    {"agustus", 8},   {"september", 9},  {"septembre", 9},
    {"septiembre", 9}, {"setiembre", 9}, {"setembro", 9},   {"settembre", 9},
    {"septembrie", 9}, {"october", 10},  {"octobre", 10},   {"oktober", 10},
    {"octubre", 10},   {"outubro", 10},  {"ottobre", 10},   {"octombrie", 10},
    {"november", 11},  {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},
    {"noiembrie", 11}, {"december", 12}, {"decembre", 12},  {"dezember", 12},
    {"diciembre", 12}, {"dezembro", 12}, {"dicembre", 12},  {"desember", 12},
    {"decembrie", 12},
};

/* In full alone, as they stand in a date: their beginnings are words of other languages. */
static const month whole_months[] = {
    {"stycznia", 1},      {"ledna", 1},      {"ocak", 1},       {"января", 1},
    {"січня", 1},         {"lutego", 2},     {"unora", 2},      {"subat", 2},
    {"февраля", 2},       {"лютого", 2},     {"marca", 3},      {"brezna", 3},
    {"mart", 3},          {"марта", 3},      {"березня", 3},    {"marcius", 3},
    {"kwietnia", 4},      {"dubna", 4},      {"nisan", 4},      {"апреля", 4},
    {"квітня", 4},        {"aprilis", 4},    {"maja", 5},       {"kvetna", 5},
    {"mayis", 5},         {"мая", 5},        {"травня", 5},     {"majus", 5},
    {"czerwca", 6},       {"cervna", 6},     {"haziran", 6},    {"июня", 6},
    {"червня", 6},        {"junius", 6},     {"lipca", 7},      {"cervence", 7},
    {"temmuz", 7},        {"июля", 7},       {"липня", 7},      {"julius", 7},
    {"sierpnia", 8},      {"srpna", 8},      {"agustos", 8},    {"августа", 8},
    {"серпня", 8},        {"augusztus", 8},  {"wrzesnia", 9},   {"zari", 9},
    {"eylul", 9},         {"сентября", 9},   {"вересня", 9},    {"szeptember", 9},
    {"pazdziernika", 10}, {"rijna", 10},     {"ekim", 10},      {"октября", 10},
    {"жовтня", 10},       {"listopada", 11}, {"listopadu", 11}, {"kasim", 11},
    {"ноября", 11},       {"листопада", 11}, {"grudnia", 12},   {"prosince", 12},
    {"aralik", 12},       {"декабря", 12},   {"грудня", 12},
};

/* Behind a number: a year, a month, a day. */
static const struct {
    const char *sign;
    char what;
} units[] = {
    {"年", 'y'}, {"月", 'm'}, {"日", 'd'}, {"년", 'y'}, {"월", 'm'}, {"일", 'd'},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Of any script; the text is folded. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
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
    return strlen(name) == size && memcmp(word, name, size) == 0;
}

static int month_of(const char *word, size_t size)
{
    for (size_t i = 0; size >= 3 && i < sizeof months / sizeof *months; i++)
        if (strncmp(months[i].name, word, size) == 0)
            return months[i].number;
    for (size_t i = 0; i < sizeof whole_months / sizeof *whole_months; i++)
        if (is_word(word, size, whole_months[i].name))
            return whole_months[i].number;
    return NONE;
}

static void take_month(stamp *s, const char *word, size_t size)
{
    int number = s->month == NONE || s->weak ? month_of(word, size) : NONE;

    if (number == NONE)
        return;
    s->month = number;
    s->weak = is_word(word, size, "mar");
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
    take_month(s, word, size);
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
        while (mark == '.' && ahead.at < ahead.end && *ahead.at == ' ')
            ahead.at++; /* 8. 11. 2022 */
    } while (true);
    if (count < 2 || (widths[0] != 4 && (count < 3 || widths[2] != 4)))
        return false;
    *c = ahead;
    if (widths[0] == 4) {
        s->year = numbers[0];
        s->month = numbers[1];
        s->day = numbers[2];
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
        *s = (stamp){.year = parts.tm_year + 1900,
                     .month = parts.tm_mon + 1,
                     .day = parts.tm_mday,
                     .hour = parts.tm_hour,
                     .minute = parts.tm_min,
                     .second = parts.tm_sec,
                     .zoned = true,
                     .pm = NONE};
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

/* 2022年11月8日 */
static bool take_unit(stamp *s, cursor *c, size_t count)
{
    gs_text behind = {c->at + count, (size_t)(c->end - c->at) - count};

    for (size_t i = 0; count <= 4 && i < sizeof units / sizeof *units; i++) {
        gs_text sign = gs_text_of(units[i].sign);
        int number;

        if (!gs_text_starts(behind, sign))
            continue;
        number = take_number(c, count);
        c->at += sign.size;
        if (units[i].what == 'y')
            s->year = number;
        else if (units[i].what == 'm')
            s->month = number;
        else
            s->day = number;
        return true;
    }
    return false;
}

static void take_digits(stamp *s, cursor *c)
{
    size_t count = digits_at(c);
    cursor ahead = *c;

    if (take_unit(s, c, count))
        return;
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
    stamp s = {NONE, NONE, NONE, NONE, NONE, NONE, false, 0, NONE, false};
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
    text = gs_fold(arena, gs_text_slice(gs_text_trim(text), 0, TEXT_MAX));
    if (text.bytes == NULL)
        return gs_fail_memory(err);
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
