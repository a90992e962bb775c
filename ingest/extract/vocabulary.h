/* The words that the tables name, numbered: classes of words (words.tsv) and cues
 * (cues.tsv), found by the words they begin with.
 *
 * Ownership  a vocabulary owns all it gives out and is read-only once opened.
 * Errors     GS_MEMORY; GS_FAILED for a table that is missing or broken.
 */
#ifndef GS_EXTRACT_VOCABULARY_H
#define GS_EXTRACT_VOCABULARY_H

#include "ingest/extract/act.h"
#include "ingest/extract/page.h"

typedef enum gs_word_class {
    GS_WORD_ASSERTION,
    GS_WORD_ALLEGATION,
    GS_WORD_REQUEST,
    GS_WORD_NEGATIVE,
    GS_WORD_NEGATION,
    GS_WORD_HEDGE,
    GS_WORD_CHECKER,
    GS_WORD_INFORMANT,
    GS_WORD_DISCLOSE,
    GS_WORD_QUESTION,
    GS_WORD_POSSESSIVE,
    GS_WORD_PRONOUN,
    GS_WORD_VERDICT_FALSE,
    GS_WORD_VERDICT_TRUE,
    GS_WORD_VERDICT_MISLEADING,
    GS_WORD_VERDICT_UNPROVEN,
    GS_WORD_VERDICT_PLAUSIBLE,
    GS_WORD_CLOSER,
    GS_WORD_ASIDE,
    GS_WORD_TAKEBACK,
    GS_WORD_DEFIANCE,
    GS_WORD_INSISTENCE,
    GS_WORD_PROSPECT,
    GS_WORD_PERSIST,
    GS_WORD_CONDITION,
    GS_WORD_QUOTING,
    GS_WORD_VEHICLE,
    GS_WORD_THAT,
    GS_WORD_AS,
    GS_WORD_BY,
    GS_WORD_OF,
    GS_WORD_PAIRING,
    GS_WORD_WITHOUT,
    GS_WORD_EARLIER,
    GS_WORD_AFTER,
    GS_WORD_FIRST_PERSON,
    GS_WORD_BE,
    GS_WORD_TOWARD,
    GS_WORD_WHAT,
    GS_WORD_UTTERANCE,
    GS_WORD_ATTITUDE,
    GS_WORD_ABOUT,
    GS_WORD_EACH,
    GS_WORD_CLASSES
} gs_word_class;

typedef uint64_t gs_word_set; /* bit 1 << gs_word_class */
#define GS_IN(class) ((gs_word_set)1 << (GS_WORD_##class))

typedef enum gs_cue_part { GS_CUE_VERB, GS_CUE_NOUN, GS_CUE_SOURCE } gs_cue_part;

/* Frames and flags of a cue; cues.tsv says what each means. */
enum {
    GS_FRAME_THAT = 1 << 0,
    GS_FRAME_BARE = 1 << 1,
    GS_FRAME_QUOTE = 1 << 2,
    GS_FRAME_TRAIL = 1 << 3,
    GS_FRAME_INVERT = 1 << 4,
    GS_FRAME_INF = 1 << 5,
    GS_FRAME_GERUND = 1 << 6,
    GS_FRAME_OBJECT = 1 << 7,
    GS_FRAME_PAIR = 1 << 8,
    GS_FRAME_AS = 1 << 9,
    GS_FRAME_PREDICATE = 1 << 10,
    GS_FRAME_ADDRESSEE = 1 << 11,
    GS_FRAME_SELF = 1 << 12,
    GS_FRAME_WH = 1 << 13,
    GS_FRAME_WHOLE = 1 << 14,
    GS_FRAME_OF = 1 << 15,
    GS_CUE_ASSERTION = 1 << 16,
    GS_CUE_DENYING = 1 << 17,
    GS_CUE_VERDICT = 1 << 18,
    GS_CUE_UNPROVEN = 1 << 19,
    GS_CUE_FALSE = 1 << 20,
    GS_CUE_CHECKER = 1 << 21,
    GS_CUE_REQUEST = 1 << 22,
    GS_FRAME_TOPIC = 1 << 23,
    GS_FRAME_COURSE = 1 << 24,
    GS_CUE_IMPERSONAL = 1 << 25,
};

typedef struct gs_cue {
    gs_text name; /* as the table writes it */
    gs_cue_part part;
    gs_act_kind kind;
    uint32_t frames;
} gs_cue;

typedef struct gs_vocabulary gs_vocabulary;

/* A token's words, as numbers of the vocabulary; 0 is a word that no table names. */
typedef struct gs_mark {
    uint16_t lemma, folded, stem; /* stem: "did" of "didn't" */
    uint16_t flags;
    uint32_t time; /* 1 + the time that begins here */
    uint32_t till; /* 1 + the time that ends before here */
    uint32_t act;  /* 1 + the act whose cue begins here */
} gs_mark;

enum {
    GS_MARK_BARRIER = 1, /* content to the left ends before this token */
    GS_MARK_NOT = 2,     /* the token holds a "not" */
};

GS_CHECKED gs_code gs_vocabulary_open(gs_vocabulary **out, gs_text language,
                                      gs_error *err);
void gs_vocabulary_close(gs_vocabulary *vocabulary);

/* The marks of a page's tokens, one more than there are tokens. */
GS_CHECKED gs_code gs_vocabulary_mark(gs_mark **out, const gs_vocabulary *vocabulary,
                                      const gs_page *page, gs_arena *arena,
                                      gs_error *err);

/* The classes of a token by itself. */
gs_word_set gs_vocabulary_classes(const gs_vocabulary *vocabulary, const gs_mark *mark);

/* The classes of the words and phrases that begin at a token and end before `end`;
 * *after (may be NULL) is the end of the longest. */
gs_word_set gs_vocabulary_phrase(const gs_vocabulary *vocabulary, const gs_page *page,
                                 const gs_mark *marks, uint32_t token, uint32_t end,
                                 uint32_t *after);

/* The longest cue that begins at a token; NULL when none does. */
const gs_cue *gs_vocabulary_cue(const gs_vocabulary *vocabulary, const gs_page *page,
                                const gs_mark *marks, uint32_t token, uint32_t end,
                                uint32_t *after);

/* The name of a kind in records; missing for GS_ACT_NONE. */
gs_text gs_act_kind_name(gs_act_kind kind);

#endif
