/* What is known of words before any text is read: classes, base forms, abbreviations.
 *
 * Ownership  words are the lexicon's and live as long as it does.
 * Threads    read-only once opened.
 */
#ifndef GS_EXTRACT_LEXICON_H
#define GS_EXTRACT_LEXICON_H

#include "ingest/extract/page.h"

/* A word has all the classes that it may have somewhere; a tag is what it has here. */
typedef enum gs_class {
    GS_CLASS_NOUN = 1 << 0,
    GS_CLASS_PLURAL = 1 << 1, /* a noun in the plural */
    GS_CLASS_ADJECTIVE = 1 << 2,
    GS_CLASS_ADVERB = 1 << 3,
    GS_CLASS_DEGREE = 1 << 4, /* adverbs that modify the word behind: very, almost */
    GS_CLASS_DETERMINER = 1 << 5,
    GS_CLASS_POSSESSIVE = 1 << 6, /* my, his, whose */
    GS_CLASS_PRONOUN = 1 << 7,
    GS_CLASS_SUBJECT = 1 << 8, /* he, they; it and you are objects too */
    GS_CLASS_OBJECT = 1 << 9,
    GS_CLASS_PREPOSITION = 1 << 10,
    GS_CLASS_CONJUNCTION = 1 << 11,
    GS_CLASS_SUBORDINATOR = 1 << 12,
    GS_CLASS_RELATIVE = 1 << 13,
    GS_CLASS_AUXILIARY = 1 << 14,
    GS_CLASS_MODAL = 1 << 15,
    GS_CLASS_NEGATION = 1 << 16,
    GS_CLASS_NEGATED = 1 << 17, /* an auxiliary with n't */
    GS_CLASS_NUMBER = 1 << 18,
    GS_CLASS_AGENT = 1 << 19, /* by, before who does what a passive says */
    GS_CLASS_BE = 1 << 20,    /* of auxiliaries */
    GS_CLASS_BASE = 1 << 21,  /* forms of verbs */
    GS_CLASS_PRESENT = 1 << 22,
    GS_CLASS_PAST = 1 << 23,
    GS_CLASS_PARTICIPLE = 1 << 24,
    GS_CLASS_GERUND = 1 << 25,
    GS_CLASS_CLAUSAL = 1 << 26,  /* takes a clause or a quotation: say, deny */
    GS_CLASS_HAVE = 1 << 27,     /* of auxiliaries */
    GS_CLASS_PROSPECT = 1 << 28, /* "expected to": the act has not taken place */
    GS_CLASS_CALENDAR = 1 << 29, /* days of the week, months */
    GS_CLASS_TO = 1 << 30,       /* before an infinitive, or a preposition */
    GS_CLASS_OF = INT32_MIN,     /* bit 31: an enumerator is an int */
} gs_class;

enum {
    GS_CLASS_VERB = GS_CLASS_BASE | GS_CLASS_PRESENT | GS_CLASS_PAST |
                    GS_CLASS_PARTICIPLE | GS_CLASS_GERUND,
    GS_CLASS_FINITE = GS_CLASS_PRESENT | GS_CLASS_PAST,
    GS_CLASS_CLOSED = GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE | GS_CLASS_PRONOUN |
                      GS_CLASS_PREPOSITION | GS_CLASS_CONJUNCTION |
                      GS_CLASS_SUBORDINATOR | GS_CLASS_RELATIVE | GS_CLASS_AUXILIARY |
                      GS_CLASS_MODAL | GS_CLASS_NEGATION,
};

/* What a word can be in an expression of time; `amount` says which. */
typedef enum gs_when {
    GS_WHEN_WEEKDAY = 1 << 0,   /* 0 Monday ... 6 Sunday */
    GS_WHEN_MONTH = 1 << 1,     /* 1 ... 12 */
    GS_WHEN_UNIT = 1 << 2,      /* a gs_unit */
    GS_WHEN_PART = 1 << 3,      /* of a day; 1: night */
    GS_WHEN_SEASON = 1 << 4,    /* its first month */
    GS_WHEN_DAY = 1 << 5,       /* today 0, yesterday -1 */
    GS_WHEN_NUMBER = 1 << 6,    /* two 2, a 1 */
    GS_WHEN_VAGUE = 1 << 7,     /* several: about so many */
    GS_WHEN_LAST = 1 << 8,      /* last week */
    GS_WHEN_THIS = 1 << 9,      /* this week */
    GS_WHEN_NEXT = 1 << 10,     /* next week; the next week, from an anchor */
    GS_WHEN_PAST = 1 << 11,     /* the past two weeks */
    GS_WHEN_PREVIOUS = 1 << 12, /* the previous day */
    GS_WHEN_FOLLOWING = 1 << 13,
    GS_WHEN_SAME = 1 << 14,  /* the same day */
    GS_WHEN_THAT = 1 << 15,  /* that day */
    GS_WHEN_STAGE = 1 << 16, /* early, late, earlier */
    GS_WHEN_AGO = 1 << 17,
    GS_WHEN_BACK = 1 << 18,  /* a day earlier */
    GS_WHEN_FORTH = 1 << 19, /* a day later */
    GS_WHEN_AT = 1 << 20,    /* prepositions: in, on, during */
    GS_WHEN_SINCE = 1 << 21, /* since, after */
    GS_WHEN_UNTIL = 1 << 22, /* until, before, by */
    GS_WHEN_THE = 1 << 23,
    GS_WHEN_OF = 1 << 24,
    GS_WHEN_NAMED = 1 << 25, /* Good Friday: no day of the week */
} gs_when;

/* Units of time by their days, roughly. */
typedef enum gs_unit {
    GS_UNIT_HOUR = 0,
    GS_UNIT_DAY = 1,
    GS_UNIT_WEEKEND = 2,
    GS_UNIT_WEEK = 7,
    GS_UNIT_FORTNIGHT = 14,
    GS_UNIT_MONTH = 30,
    GS_UNIT_YEAR = 365,
    GS_UNIT_DECADE = 3650,
} gs_unit;

typedef struct gs_word {
    gs_text form; /* folded */
    gs_text verb; /* its base form as a verb; missing when it is none */
    gs_text noun; /* its singular; missing when it is no noun */
    uint32_t classes;
    uint32_t when; /* gs_when bits */
    int32_t amount;
} gs_word;

/* Words by which a paragraph is told to be no text of the article. */
typedef struct gs_furniture {
    gs_text words; /* folded */
    enum { GS_FURNITURE_START, GS_FURNITURE_WHOLE, GS_FURNITURE_BYLINE } place;
} gs_furniture;

const gs_furniture *gs_lexicon_furniture(const gs_lexicon *lexicon, size_t *count);

/* NULL for a word that no table has. */
const gs_word *gs_lexicon_find(const gs_lexicon *lexicon, gs_text folded);

typedef enum gs_abbreviation {
    GS_ABBREVIATION_NONE,
    GS_ABBREVIATION_TITLE,  /* what it belongs to follows: ends no sentence */
    GS_ABBREVIATION_NUMBER, /* one only before a number */
    GS_ABBREVIATION_MONTH,
    GS_ABBREVIATION_LAST, /* may end a sentence */
} gs_abbreviation;

/* What `word`, as written, without its full stop, abbreviates. */
gs_abbreviation gs_lexicon_abbreviation(const gs_lexicon *lexicon, gs_text word);

/* The classes that the ending of an unknown word allows; never none. */
uint32_t gs_lexicon_guess(const gs_lexicon *lexicon, gs_text folded);

#endif
