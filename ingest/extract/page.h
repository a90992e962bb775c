/* A document's text as tokens, sentences, paragraphs and quotations: what all later
 * stages of extraction read.
 *
 * Ownership  everything is the arena's and borrows from the text.
 * Units      tokens, sentences, ... are numbered from 0 in the order of the text; a range
 * is [first, end) in tokens. Bytes and code points count from the start of the text.
 * Errors     GS_MEMORY alone.
 */
#ifndef GS_EXTRACT_PAGE_H
#define GS_EXTRACT_PAGE_H

#include "graph/base/arena.h"
#include "graph/base/edtf.h"
#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum gs_token_type {
    GS_TOKEN_WORD,   /* letters, with inner apostrophes, hyphens and dots: don't, U.S.,
                        arms-deal */
    GS_TOKEN_NUMBER, /* 8, 1.2, 2022, 27-year is a word */
    GS_TOKEN_POSSESSIVE, /* the 's or ' after a word */
    GS_TOKEN_OPEN,       /* an opening quotation mark */
    GS_TOKEN_CLOSE,      /* a closing one */
    GS_TOKEN_STOP,       /* . ? ! and ellipsis that end a sentence */
    GS_TOKEN_COMMA,
    GS_TOKEN_COLON, /* : ; */
    GS_TOKEN_DASH,  /* a dash that stands between words */
    GS_TOKEN_PAREN_OPEN,
    GS_TOKEN_PAREN_CLOSE,
    GS_TOKEN_OTHER,
} gs_token_type;

typedef enum gs_tag {
    GS_TAG_OTHER, /* punctuation, a possessive 's, and what nothing else fits */
    GS_TAG_NOUN,
    GS_TAG_PROPER, /* a name, or part of one */
    GS_TAG_PRONOUN,
    GS_TAG_DETERMINER,
    GS_TAG_ADJECTIVE,
    GS_TAG_ADVERB,
    GS_TAG_NUMBER,
    GS_TAG_PREPOSITION,
    GS_TAG_CONJUNCTION,     /* and, or, but */
    GS_TAG_SUBORDINATOR,    /* that, because, while, if, whether */
    GS_TAG_RELATIVE,        /* who, which, whose */
    GS_TAG_AUXILIARY,       /* forms of be, have, do */
    GS_TAG_MODAL,           /* will, would, may, ... */
    GS_TAG_TO,              /* to before an infinitive */
    GS_TAG_NEGATION,        /* not, never, n't, neither */
    GS_TAG_VERB_BASE,       /* deny */
    GS_TAG_VERB_PRESENT,    /* denies */
    GS_TAG_VERB_PAST,       /* denied, as a finite verb */
    GS_TAG_VERB_PARTICIPLE, /* denied, after have or be, or before a noun */
    GS_TAG_VERB_GERUND,     /* denying */
} gs_tag;

typedef struct gs_token {
    uint32_t start, end;             /* bytes */
    uint32_t point_start, point_end; /* code points */
    uint32_t sentence, paragraph;
    uint32_t
        quote;    /* 1 + the innermost quotation it stands in (its marks too); 0: none */
    uint8_t type; /* gs_token_type */
    uint8_t tag;  /* gs_tag */
    bool capital; /* begins with a capital letter */
    bool space;   /* white space before it */
    gs_text folded; /* gs_fold of its text */
    gs_text lemma;  /* of verbs and nouns the base form ("deny"), else folded */
    const struct gs_word *word; /* of lexicon.h; NULL where no table has it */
} gs_token;

typedef struct gs_range {
    uint32_t first, end; /* tokens */
} gs_range;

typedef struct gs_sentence {
    gs_range tokens;
    uint32_t paragraph;
} gs_sentence;

typedef struct gs_quotation {
    gs_range inside; /* without its marks */
    uint32_t parent; /* 1 + the quotation around it; 0: none */
    bool closed;     /* its closing mark was found */
    bool continues;  /* the paragraph ends in it, and the next one opens it again */
} gs_quotation;

typedef enum gs_paragraph_type {
    GS_PARAGRAPH_BODY,
    GS_PARAGRAPH_HEADLINE,  /* title, subtitle, crosshead: no sentence of the body */
    GS_PARAGRAPH_FURNITURE, /* "More to explorer", bylines, copyright */
} gs_paragraph_type;

typedef struct gs_paragraph {
    uint32_t first_sentence, end_sentence;
    uint8_t type;      /* gs_paragraph_type */
    gs_range dateline; /* "MANILA, March 3 (Wire) -"; empty when there is none */
} gs_paragraph;

/* A noun phrase: determiner to head, with an "of" phrase where it belongs to a name
 * ("Ministry of Defence"); not what follows a comma or a relative. */
typedef struct gs_phrase {
    gs_range tokens;
    uint32_t head; /* its main noun's token */
} gs_phrase;

/* A verb group: auxiliaries, negation, adverbs between, main verb. */
typedef struct gs_verb {
    gs_range tokens;
    uint32_t main; /* the main verb's token */
    bool negated;  /* not, never, n't within */
    bool passive;
    bool perfect;      /* has/had denied */
    bool past_perfect; /* had denied */
    bool modal;        /* will, would, may ... ; also "is expected to", "has yet to" */
    bool infinitive;   /* to deny */
    bool gerund;
} gs_verb;

typedef struct gs_page {
    gs_text text;
    gs_text title; /* of the document, missing where it has none */
    gs_token *tokens;
    uint32_t token_count;
    gs_sentence *sentences;
    uint32_t sentence_count;
    gs_paragraph *paragraphs;
    uint32_t paragraph_count;
    gs_quotation *quotations;
    uint32_t quotation_count;
    gs_phrase *phrases; /* in order; they do not overlap */
    uint32_t phrase_count;
    gs_verb *verbs; /* in order; they do not overlap */
    uint32_t verb_count;
    bool dated;        /* whether the document says when it was published */
    int64_t published; /* that calendar day in its own offset; days since 1970-01-01 */
} gs_page;

typedef struct gs_lexicon
    gs_lexicon; /* word classes, inflection, abbreviations, months ... */

GS_CHECKED gs_code gs_lexicon_open(gs_lexicon **out, gs_text language, gs_error *err);
void gs_lexicon_close(gs_lexicon *lexicon);

/* Tokens, paragraphs, quotations, sentences, tags, verb groups, noun phrases. Linear in
 * the text. `published` is EDTF or missing. */
GS_CHECKED gs_code gs_page_read(gs_page *out, const gs_lexicon *lexicon, gs_text text,
                                gs_text title, gs_text published, gs_arena *arena,
                                gs_error *err);

/* The bytes from the first token of a range to its last, as they stand. */
gs_text gs_page_text(const gs_page *page, gs_range range);
/* The base form of a word as this part of speech: "denied" -> "deny". */
gs_text gs_lexicon_lemma(const gs_lexicon *lexicon, gs_text folded, gs_tag tag,
                         gs_arena *arena);
/* The phrase or verb group that holds a token; NULL when none does. */
const gs_phrase *gs_page_phrase_at(const gs_page *page, uint32_t token);
const gs_verb *gs_page_verb_at(const gs_page *page, uint32_t token);

/* Whether two words share a stem ("missiles", "missile"): for comparing contents. */
gs_text gs_lexicon_stem(const gs_lexicon *lexicon, gs_text folded, gs_arena *arena);
/* Whether a word says nothing by itself ("the", "of", "was"). */
bool gs_lexicon_is_empty(const gs_lexicon *lexicon, gs_text folded);

#endif
