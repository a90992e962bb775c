/* The tagger at work on one sentence, from its first word to its last: what the words
 * before it have been tagged, and what those behind may be. */
#ifndef GS_EXTRACT_TAGGER_H
#define GS_EXTRACT_TAGGER_H

#include "ingest/extract/page_build.h"

enum { GS_CLAUSES_MAX = 8, GS_AHEAD_MAX = 16 };

/* What a clause has had so far. */
typedef struct gs_clause {
    bool subject, finite;
    bool relative;
} gs_clause;

typedef struct gs_tagger {
    gs_page_build *build;
    gs_token *tokens;
    uint32_t first, end; /* of the sentence */
    uint32_t at;         /* the word to be tagged */
    uint32_t before;     /* the word before it, adverbs and negation skipped; `at` when
                            there is none in its part of the sentence */
    bool titled;         /* capitals tell nothing in this sentence */
    gs_clause clauses[GS_CLAUSES_MAX];
    uint32_t depth; /* of `clauses`, the last is at hand */
} gs_tagger;

/* All classes that a word may have: the lexicon's, or those that its ending allows. */
static inline uint32_t gs_tagger_classes(const gs_tagger *tagger, uint32_t token)
{
    return tagger->build->classes[token];
}

/* Whether it is written as a name where it stands. */
bool gs_tagger_is_name(const gs_tagger *tagger, uint32_t token);
/* The tag of the word before; GS_TAG_OTHER when there is none. */
gs_tag gs_tagger_before(const gs_tagger *tagger);
/* Whether what stands at `token` can only begin or continue a noun phrase. */
bool gs_tagger_nominal(const gs_tagger *tagger, uint32_t token);
/* Whether a finite verb comes from `token` on before the clause ends. */
bool gs_tagger_finite_ahead(const gs_tagger *tagger, uint32_t token);

/* Whether another subject begins behind `token` before any verb. */
bool gs_tagger_subject_ahead(const gs_tagger *tagger, uint32_t token);

/* Words of closed classes; GS_TAG_OTHER when the word at hand is none. */
gs_tag gs_tag_closed(gs_tagger *tagger, uint32_t classes);
/* Nouns, verbs, adjectives, adverbs. */
gs_tag gs_tag_open(gs_tagger *tagger, uint32_t classes);

static inline gs_clause *gs_tagger_clause(gs_tagger *tagger)
{
    return &tagger->clauses[tagger->depth];
}

#endif
