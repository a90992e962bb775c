/* A statement on its way in, and the parts of it that are edges.
 *
 * Errors     as intake.h.
 */
#ifndef GS_INGEST_TELLING_H
#define GS_INGEST_TELLING_H

#include "ingest/intake.h"
#include "ingest/links.h"

typedef struct gs_telling {
    gs_intake *intake;
    const gs_statement *record;
    const gs_kind *kind;
    gs_text id;
    int64_t digest; /* of what makes it the same statement */
    gs_value date;  /* of the node and of all its edges */
    gs_bonds bonds;
    uint64_t number, document; /* 0: none yet */
    gs_text place;             /* tells unnamed speakers apart */
} gs_telling;

/* What a later telling may add or change: all but identity and links. */
GS_CHECKED gs_code gs_telling_content(gs_entries *to, const gs_telling *e, gs_error *err);
/* known.c: what a telling of a statement that is known, and has its number, adds to it ... */
GS_CHECKED gs_code gs_telling_meet(gs_outcome *out, gs_telling *e, gs_error *err);
/* ended.c: ... and to one that has ended. */
GS_CHECKED gs_code gs_telling_meet_ended(gs_outcome *out, gs_telling *e, gs_error *err);

/* Its document, whose number it has then; `changed`: it is new, or has something new. */
GS_CHECKED gs_code gs_telling_document(bool *changed, gs_telling *e, gs_error *err);
/* The day of its edges; NULL where it has none. */
const gs_edtf *gs_telling_day(const gs_telling *e);
/* An edge of that day. */
GS_CHECKED gs_code gs_telling_edge(gs_telling *e, uint32_t type, uint64_t start,
                                   uint64_t end, const gs_entries *properties,
                                   gs_error *err);
/* [[start, end], ...]; null where there is none. */
gs_value gs_telling_spans(gs_entries *to, const gs_spans *spans);
/* The linker is to look at it. */
GS_CHECKED gs_code gs_telling_touch(gs_telling *e, gs_error *err);
/* MADE, where it names a speaker. */
GS_CHECKED gs_code gs_telling_speaker(gs_telling *e, gs_error *err);
/* ACCUSES or VIA, one for each way of writing it; `known`: where it is not there yet. */
GS_CHECKED gs_code gs_telling_parties(bool *changed, gs_telling *e,
                                      const gs_parties *parties, uint32_t type,
                                      bool known, gs_error *err);
/* ABOUT, ASSERTS, REJECTS, where they are not there yet. */
GS_CHECKED gs_code gs_telling_subjects(bool *changed, gs_telling *e, gs_error *err);

#endif
