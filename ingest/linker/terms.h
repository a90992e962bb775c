/* What a text is about: its words as stems, with how much each tells. Words that are in
 * every text ("the", "said") tell nothing; nor do names of states, since who is meant is
 * judged by the actors.
 *
 * Ownership  the arena's; what is needed on the way is `scratch`'s.
 * Errors     GS_MEMORY alone.
 */
#ifndef GS_LINKER_TERMS_H
#define GS_LINKER_TERMS_H

#include "ingest/extract/reading.h"

typedef struct gs_term {
    uint32_t word; /* hash of its stem */
    float weight;
} gs_term;

typedef struct gs_terms {
    gs_term *items; /* sorted, each once */
    uint32_t count;
    float weight; /* of all */
} gs_terms;

GS_CHECKED gs_code gs_terms_read(gs_terms *out, const struct gs_language *language,
                                 gs_text text, gs_arena *arena, gs_arena *scratch,
                                 gs_error *err);

/* Takes out those that are in `names`. */
void gs_terms_remove(gs_terms *terms, const gs_terms *names);

/* Of both. */
GS_CHECKED gs_code gs_terms_join(gs_terms *out, const gs_terms *a, const gs_terms *b,
                                 gs_arena *arena, gs_error *err);

/* What both have, by weight. */
double gs_terms_shared(const gs_terms *a, const gs_terms *b);
/* As a part of the shorter one, 0 to 1. */
double gs_terms_likeness(const gs_terms *a, const gs_terms *b);

#endif
