/* What an answer may answer: statements of a window before it that accuse its side, that
 * its own side made (of what one takes back or confirms), or that deny what its side said
 * (of what is countered), each with a score and its reasons.
 *
 * A function of the statements, the actors and what records say of both; never of what
 * the linker itself decided.
 *
 * Ownership  the view's.
 */
#ifndef GS_LINKER_CANDIDATES_H
#define GS_LINKER_CANDIDATES_H

#include "ingest/linker/view.h"

enum {
    GS_LINKER_DAYS = 120,  /* at most, between a claim and its answer */
    GS_LINKER_SPAN = 366,  /* days that an answer's date may span */
    GS_CANDIDATES_MAX = 8, /* that are kept */
};

typedef struct gs_candidate {
    const gs_brief *claim;
    double score;          /* 0 to 1 */
    double words, around;  /* likeness of the texts, of the documents around them */
    double days;           /* between them */
    bool accuses, accuser; /* it accuses the answer's side; its speaker is accused back */
} gs_candidate;

typedef struct gs_candidates {
    gs_candidate items[GS_CANDIDATES_MAX]; /* the best first */
    size_t count;
    size_t seen; /* of all in the window */
} gs_candidates;

/* An answer that names no claim, dated, with a speaker: one that can be linked. */
bool gs_answer_wants(const gs_brief *answer);

GS_CHECKED gs_code gs_candidates_find(gs_candidates *out, gs_view *view,
                                      const gs_brief *answer, gs_error *err);

/* The one that is linked: above the threshold and clear of the next; NULL when none is. */
const gs_candidate *gs_candidates_choose(const gs_candidates *candidates);

#endif
