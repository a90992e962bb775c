/* An act: one attribution as the stages of extraction see it, from its cue on; what
 * becomes a statement if it is a speech act.
 *
 * Ownership  the arena's.
 */
#ifndef GS_EXTRACT_ACT_H
#define GS_EXTRACT_ACT_H

#include "ingest/extract/page.h"
#include "ingest/record/record.h"

enum { GS_PIECES_MAX = 16 };

/* The kinds of gs_statement, as the stages compare them. */
typedef enum gs_act_kind {
    GS_ACT_NONE, /* an attribution, but no statement */
    GS_ACT_CLAIM,
    GS_ACT_DENIAL,
    GS_ACT_COUNTERCLAIM,
    GS_ACT_CONFIRMATION,
    GS_ACT_RETRACTION,
    GS_ACT_NOCOMMENT,
    GS_ACT_ASSESSMENT,
} gs_act_kind;

typedef struct gs_act {
    gs_range cue; /* "said", "according to", "declined to comment" */
    gs_range
        source;   /* who, as it stands beside the cue; empty when nobody is named there */
    gs_range via; /* the carrier of a nested act, or an "according to" beside a cue; or
                     empty */
    gs_range
        object; /* the noun that stands for what is answered: "a White House claim" */
    gs_range pieces[GS_PIECES_MAX]; /* the content, in order, without cue and source */
    uint32_t piece_count;
    gs_range clause; /* the clause of the cue: where its date and circumstances stand */
    uint32_t sentence;
    uint32_t parent; /* 1 + the act whose clause holds this one; 0: none */
    const struct gs_cue *entry;
    gs_text kind; /* of gs_statement */
    bool speech;  /* false: an attribution (belief, plan, hope) but no speech act */
    bool hedged, quote;
    gs_party party; /* the resolved speaker */
    gs_parties accused, carriers;
    gs_edtf date;
    bool dated; /* `date` is set */
    double confidence;
    gs_text rule;

    gs_act_kind act; /* the same as `kind` */
    gs_range target; /* whom the cue accuses: "the company" of "accused the company of" */
    gs_range verb;   /* the verb group of the cue; the cue itself where there is none */
    gs_range predicate; /* "as fiction" of "dismissed the story as fiction" */
    gs_text verdict;
    uint32_t time;    /* 1 + the time of its own clause (gs_times); 0: none */
    uint32_t answers; /* 1 + the act that it answers; 0: none */
    bool stated;      /* the text's construction names what is answered */
    double answer_confidence;
    uint32_t same; /* 1 + the act that it tells again; 0: none */
    bool trailing; /* the content stands before: "X, he said" */
    bool open;     /* a quotation after it may run on */
    bool wrapped;  /* it only carries another act: "A said that B denied" */
    bool before; /* past perfect, or "at first": another occasion than its neighbours' */
} gs_act;

typedef struct gs_acts {
    gs_act *items;
    size_t count, room;
} gs_acts;

#endif
