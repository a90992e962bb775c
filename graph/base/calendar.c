/* Days, months and years: the proleptic Gregorian calendar. */
#include "graph/base/edtf.h"
#include <assert.h>

enum { DAYS_PER_ERA = 146097, EPOCH = 719468 }; /* 400 years; 0000-03-01 to 1970-01-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Years counted from March, so that the leap day is the last of a year; after Howard
 * Hinnant's "chrono-compatible low-level date algorithms". */
int64_t gs_day_number(gs_day day)
{
    int64_t year = (int64_t)day.year - (day.month <= 2);
    int64_t era = floor_div(year, 400), of_era = year - era * 400;
    int64_t of_year = (153 * ((day.month + 9) % 12) + 2) / 5 + day.day - 1;

    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           EPOCH;
}

gs_day gs_day_of(int64_t number)
{
    int64_t shifted = number + EPOCH, era = floor_div(shifted, DAYS_PER_ERA);
    int64_t of_era = shifted - era * DAYS_PER_ERA;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* from March, 0 */
    gs_day day;

    day.day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1);
    day.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    day.year = (int32_t)(year + era * 400 + (day.month <= 2));
    return day;
}

int gs_day_weekday(int64_t number)
{
    return (int)(number + 3 -
                 7 * floor_div(number + 3, 7)); /* 1970-01-01 was a Thursday */
}

int gs_month_length(int32_t year, int month)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30,
                                            31, 31, 30, 31, 30, 31};

    assert(month >= 1 && month <= 12);
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return 29;
    return lengths[month - 1];
}
