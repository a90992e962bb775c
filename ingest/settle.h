/* Settling: what stands of a statement, and what joins it to others, as a function of all
 * records and rulings on it, whatever the order in which they came.
 *
 * Of an id there may be several nodes: one for each telling of it that differs in what
 * makes it the same one, and one that stands for it as decisions correct it. One of them
 * is visible, or none, where it is withdrawn or replaced; the others have ended, and are
 * there again when that is taken back.
 *
 * Errors     as intake.h.
 */
#ifndef GS_INGEST_SETTLE_H
#define GS_INGEST_SETTLE_H

#include "ingest/intake.h"
#include "ingest/ruling.h"

/* This subject may stand otherwise than before. Nothing where no ruling is in the store. */
GS_CHECKED gs_code gs_settle_later(gs_intake *intake, gs_subject subject, gs_text name,
                                   gs_error *err);
/* Settles all that was told, before the linker does. */
GS_CHECKED gs_code gs_settle(gs_intake *intake, gs_error *err);
/* Everything that any ruling or end concerns: a run was taken back, or came again. */
GS_CHECKED gs_code gs_settle_everything(gs_intake *intake, gs_error *err);

/* A node that bears an id, visible or ended, but not hidden. */
typedef struct gs_bearer {
    uint64_t number;
    bool visible;
    gs_text corrected; /* missing: it is as it was told */
    gs_text at, by;
    int64_t checked;
} gs_bearer;

typedef struct gs_bearers {
    gs_bearer *items;
    size_t count;
    gs_bearer *replacers; /* those that replace the statement of this id */
    size_t replacer_count;
} gs_bearers;

GS_CHECKED gs_code gs_bearers_find(gs_bearers *out, gs_intake *intake, gs_text id,
                                   gs_error *err);
/* The id of a statement, visible or ended; missing where it has none. */
GS_CHECKED gs_code gs_bearer_id(gs_text *out, gs_intake *intake, uint64_t statement,
                                gs_error *err);
/* The telling that stands; NULL: there is none. */
const gs_bearer *gs_bearers_base(const gs_bearers *all);
/* heirs.c: the last of those that replace it and are not withdrawn; missing: nobody does. */
GS_CHECKED gs_code gs_replacer_last(gs_text *out, gs_intake *intake,
                                    const gs_bearers *all, gs_error *err);
/* Who replaces it. Where replacements go in a circle, the one that was made last (at, by,
 * hash) stands. */
GS_CHECKED gs_code gs_replacer_find(gs_text *out, gs_intake *intake,
                                    const gs_bearer *base, const gs_bearers *all,
                                    gs_text id, gs_error *err);
/* The node that answers for an id now: its own, or that of whoever replaces it, or replaces
 * that. GS_END where none is visible. */
GS_CHECKED gs_code gs_heir_find(uint64_t *out, gs_intake *intake, gs_text id,
                                gs_error *err);
/* Which of two tellings stands: less, equal, greater than 0 as `a` to `b`. */
int gs_bearer_compare(const gs_bearer *a, const gs_bearer *b);

/* correct.c: of what is set, and of what it is set on: the same again needs no new node. */
GS_CHECKED gs_code gs_correction_digest(gs_text *out, gs_intake *intake, uint64_t base,
                                        const gs_entries *fields, gs_error *err);
/* A node that stands for `base` with these fields set. */
GS_CHECKED gs_code gs_correct(uint64_t *out, gs_intake *intake, uint64_t base,
                              const gs_entries *fields, gs_text digest, gs_error *err);
/* An edge between other nodes, with the same properties. */
GS_CHECKED gs_code gs_edge_copy(gs_intake *intake, const gs_edge *edge, uint32_t type,
                                uint64_t start, uint64_t end, const gs_edtf *date,
                                gs_error *err);

/* pairs.c: what rulings say of two. */
GS_CHECKED gs_code gs_settle_pairs(gs_intake *intake, gs_subject subject, gs_text name,
                                   gs_error *err);
/* Who made a link between statements. */
typedef enum gs_author { GS_BY_RECORD, GS_BY_LINKER, GS_BY_DECISION } gs_author;
GS_CHECKED gs_code gs_edge_author(gs_author *out, const gs_snapshot *snapshot,
                                  const gs_edge *edge, gs_arena *arena, gs_error *err);
#define GS_DECISION_NAME GS_TEXT("decision")

#endif
