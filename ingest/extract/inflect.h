/* Inflection by spelling: forms from a base, bases from a form.
 *
 * Ownership  texts are the arena's; {NULL, 0} is want of memory.
 */
#ifndef GS_EXTRACT_INFLECT_H
#define GS_EXTRACT_INFLECT_H

#include "graph/base/text.h"

typedef enum gs_doubling {
    GS_DOUBLING_BY_SPELLING, /* words of one syllable that end consonant, vowel, consonant
                              */
    GS_DOUBLING_ALWAYS,      /* admit, admitted */
    GS_DOUBLING_NEVER,       /* visit, visited */
} gs_doubling;

gs_text gs_inflect_s(gs_arena *arena, gs_text base); /* denies, pushes; nouns too */
gs_text gs_inflect_ed(gs_arena *arena, gs_text base, gs_doubling doubling);
gs_text gs_inflect_ing(gs_arena *arena, gs_text base, gs_doubling doubling);

/* The likeliest base of a form that no table has: "missiles" -> "missile". */
gs_text gs_uninflect_s(gs_arena *arena, gs_text form);
gs_text gs_uninflect_ed(gs_arena *arena, gs_text form);
gs_text gs_uninflect_ing(gs_arena *arena, gs_text form);

#endif
