/* "Did you mean": of many known names the one nearest to what was written. */
#ifndef GS_BASE_SUGGEST_H
#define GS_BASE_SUGGEST_H

#include "graph/base/text.h"

/* Begins as {asked}; `best` stays missing while nothing is near enough. */
typedef struct gs_suggestion {
    gs_text asked, best;
    size_t distance;
} gs_suggestion;

/* Takes `candidate` if it is nearer than the best so far: letters exchanged, left out,
 * put in or swapped, case counting little; at most a third of the word may differ. */
void gs_suggest(gs_suggestion *suggestion, gs_text candidate);

/* "; did you mean `NAME`?", or "" where nothing is near; in the arena. */
const char *gs_did_you_mean(const gs_suggestion *suggestion, gs_arena *arena);

#endif
