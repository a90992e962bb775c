/* Cues whose complement is built on nouns: "rejected claims that ...", "called the report
 * 'fiction'", "accused A of B", and nouns that are cues themselves: "Kyiv's claim that".
 */
#ifndef GS_EXTRACT_OBJECT_H
#define GS_EXTRACT_OBJECT_H

#include "ingest/extract/reading.h"

/* What hangs on a noun that stands for something said. */
typedef struct gs_noun_complement {
    gs_range noun;    /* the noun phrase, "by X", "of 4 February" included */
    gs_range content; /* the clause after "that"; empty when there is none */
    gs_range
        claimant;  /* "X" of "by X", "X's", "an X claim"; empty when nobody is named */
    uint32_t time; /* 1 + a time that hangs on it; 0: none */
    uint32_t head; /* the noun's token */
    bool own;      /* "its", "his": the subject's own */
} gs_noun_complement;

/* The noun phrase at a token read so; false where none begins. */
bool gs_object_noun(gs_noun_complement *out, const gs_reading *r, uint32_t i,
                    uint32_t end);

/* A verb with a noun object, with "as" and predicate; sets pieces and object. False when
 * there is no object. */
bool gs_object_read(gs_reading *r, gs_act *act, uint32_t i, uint32_t end);
/* "called A B" */
bool gs_object_predicate(gs_reading *r, gs_act *act, uint32_t i, uint32_t end);
/* "accused A of B" */
bool gs_object_pair(gs_reading *r, gs_act *act, uint32_t i, uint32_t end);

/* A noun that is a cue: source, pieces, time; no speech when nobody is named or nothing
 * is said. */
void gs_object_claim(gs_reading *r, gs_act *act, uint32_t end);

#endif
