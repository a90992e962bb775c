/* What the linker looks at: a snapshot, and what it has read of it so far. Each statement
 * and each actor is read once.
 *
 * Ownership  gs_view_open's result is closed with gs_view_close; everything it gives is
 *            the view's. Of a batch: closed before the batch is written to.
 * Errors     GS_END where there is no such statement; GS_MEMORY, GS_DAMAGED.
 * Threads    one at a time.
 */
#ifndef GS_LINKER_VIEW_H
#define GS_LINKER_VIEW_H

#include "graph/snapshot.h"
#include "graph/timeline.h"
#include "ingest/linker/terms.h"
#include "ingest/ruling.h"

/* An actor and all whom it speaks for. */
typedef struct gs_side {
    uint64_t actor;
    uint64_t *members; /* itself first */
    size_t count;
    gs_terms names; /* words of its own name */
} gs_side;

typedef struct gs_sides {
    const gs_side **items;
    size_t count;
} gs_sides;

/* A link that the linker made before. */
typedef struct gs_decided {
    uint64_t edge, to; /* 0: there is none */
    double confidence;
    gs_text rule;
} gs_decided;

/* What is compared of a statement. */
typedef struct gs_brief {
    uint64_t number;
    uint32_t kind;  /* its label: GS_DENIAL ... */
    uint32_t reply; /* the type of edge by which it answers */
    gs_text id;
    gs_edtf date;             /* where it has one */
    bool dated;               /* it has one, that ends */
    int64_t earliest, latest; /* seconds UTC */
    gs_sides speakers, accused;
    uint64_t document; /* 0: none is named */
    int64_t place;     /* in its text: the first code point */
    bool read;         /* from words, by an extractor */
    bool stated;       /* a record says what it answers, or waits for it */
    bool worded;       /* a record says so in words */
    gs_terms terms;    /* of its text, and of those words; names of its parties apart */
    uint64_t *answers; /* statements that records say it answers */
    size_t answer_count;
    gs_decided link, same; /* an answer, a SAME_AS */
    uint64_t *spare;       /* more of the linker's, which came back with what had gone */
    size_t spare_count;
    gs_rulings rulings; /* that name it */
} gs_brief;

typedef struct gs_view gs_view;

/* `ruled`: there may be decisions in it. */
GS_CHECKED gs_code gs_view_open(gs_view **out, const gs_snapshot *snapshot,
                                const struct gs_language *language, bool ruled,
                                gs_error *err);
void gs_view_close(gs_view *view); /* NULL is nothing to close */
/* Between two questions: neighbours given before are gone. */
void gs_view_tidy(gs_view *view);

GS_CHECKED gs_code gs_view_side(const gs_side **out, gs_view *view, uint64_t actor,
                                gs_error *err);
GS_CHECKED gs_code gs_view_brief(const gs_brief **out, gs_view *view, uint64_t statement,
                                 gs_error *err);
/* The words of a document: of its title, and the first of its text where that is kept. */
GS_CHECKED gs_code gs_view_around(const gs_terms **out, gs_view *view, uint64_t document,
                                  gs_error *err);

/* The neighbours of a node by edges of one type, in a window; until gs_view_tidy. */
typedef struct gs_neighbours {
    uint64_t *items;
    size_t count;
} gs_neighbours;
GS_CHECKED gs_code gs_view_neighbours(gs_neighbours *out, gs_view *view, uint64_t node,
                                      uint32_t type, gs_direction direction,
                                      gs_window window, gs_error *err);

/* Whether a decision speaks of the two, so that nothing is inferred. */
GS_CHECKED gs_code gs_view_ruled(bool *out, gs_view *view, gs_text about,
                                 const gs_brief *a, const gs_brief *b, gs_error *err);

bool gs_side_meets(const gs_side *a, const gs_side *b);
bool gs_sides_meet(const gs_sides *a, const gs_sides *b);

/* What the property `by` of an edge of the linker's says. */
#define GS_LINKER_NAME GS_TEXT("linker")

#endif
