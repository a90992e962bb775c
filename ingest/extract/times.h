/* Reading one expression of time: a cursor over the tokens of a sentence, and the forms
 * that expressions have. */
#ifndef GS_EXTRACT_TIMES_H
#define GS_EXTRACT_TIMES_H

#include "ingest/extract/dates.h"
#include "ingest/extract/lexicon.h"
#include "ingest/extract/spans.h"

typedef struct gs_moment {
    gs_span span;
    bool relative, whole;
    int32_t offset, unit;
} gs_moment;

typedef struct gs_clock {
    const gs_page *page;
    const gs_lexicon *lexicon;
    uint32_t at, end; /* the cursor, the sentence's end */
    bool led;         /* by a preposition or an article */
    bool article;     /* an article, a possessive or an adjective is part of that */
    int64_t today;    /* when the page is dated */
} gs_clock;

static inline uint32_t gs_when_at(const gs_clock *clock, uint32_t token)
{
    const gs_word *word = token < clock->end ? clock->page->tokens[token].word : NULL;

    return word == NULL ? 0 : word->when;
}

static inline int32_t gs_amount_at(const gs_clock *clock, uint32_t token)
{
    return token < clock->end && clock->page->tokens[token].word != NULL
               ? clock->page->tokens[token].word->amount
               : 0;
}

/* The month of "mid-August"; 0 for any other word. */
int gs_staged_month(const gs_lexicon *lexicon, gs_text folded);

/* A number of at most four digits, "3rd" too; -1 for anything else. */
int gs_digits_at(const gs_clock *clock, uint32_t token, bool ordinal);
/* A year by itself, 1800 to 2199; -1 for anything else. */
int gs_year_at(const gs_clock *clock, uint32_t token);
/* Whether a word with a capital stands there that is none of the calendar's. */
bool gs_name_at(const gs_clock *clock, uint32_t token);
bool gs_when_take(gs_clock *clock, uint32_t when);

/* Each takes one form and moves the cursor behind it, or gives false and leaves the
 * cursor. */
bool gs_read_day(gs_clock *clock, gs_moment *out);     /* 3 March 2022, 2022-03-03 */
bool gs_read_weekday(gs_clock *clock, gs_moment *out); /* last Monday evening */
bool gs_read_month(gs_clock *clock, gs_moment *out);   /* March, last March, March 2022 */
bool gs_read_year(gs_clock *clock, gs_moment *out);    /* 2021, the 1990s */
bool gs_read_season(gs_clock *clock, gs_moment *out);  /* the spring of 2021 */
bool gs_read_near(gs_clock *clock, gs_moment *out);    /* yesterday, last night */
bool gs_read_unit(gs_clock *clock, gs_moment *out);    /* last week, the past two weeks */
bool gs_read_distance(gs_clock *clock, gs_moment *out); /* two weeks ago, a day earlier */

#endif
