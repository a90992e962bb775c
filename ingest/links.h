/* Links between statements: what a record answers and what it is the same as. A link
 * whose statement has not come waits for it, as an item of the property `open`; one that
 * is told by words alone stays open.
 */
#ifndef GS_INGEST_LINKS_H
#define GS_INGEST_LINKS_H

#include "ingest/intake.h"

typedef struct gs_bond {
    const gs_link *link;
    uint32_t type;   /* of the edge it becomes */
    uint64_t target; /* 0: has not come */
} gs_bond;

typedef struct gs_bonds {
    gs_bond *items;
    size_t count;
} gs_bonds;

/* A record's links and where they lead, each once. GS_INPUT when it names itself. */
GS_CHECKED gs_code gs_bonds_find(gs_bonds *out, gs_intake *intake,
                                 const gs_statement *statement, gs_text id,
                                 gs_error *err);

/* The property `open` of a new statement; null when nothing is. */
GS_CHECKED gs_code gs_bonds_open(gs_value *out, gs_intake *intake, const gs_bonds *bonds,
                                 gs_error *err);

/* Edges for what has come, and waiting for what has not, of a new statement ... */
GS_CHECKED gs_code gs_bonds_make(gs_intake *intake, uint64_t statement,
                                 const gs_bonds *bonds, const gs_edtf *date,
                                 gs_error *err);
/* ... and of a known one, where they are not there yet. A link that a record states
 * replaces the same one inferred. */
GS_CHECKED gs_code gs_bonds_add(bool *changed, gs_intake *intake, uint64_t statement,
                                const gs_bonds *bonds, const gs_edtf *date,
                                gs_error *err);

/* Whether a list of what is open has this link. */
bool gs_link_is_open(gs_value list, const gs_link *link);
/* Whether a statement, visible or ended, has all of them already: as a link that it ever
 * had, or open, or inferred and refused by a decision. */
GS_CHECKED gs_code gs_bonds_known(bool *out, gs_intake *intake, uint64_t statement,
                                  const gs_bonds *bonds, gs_error *err);
/* Whether a decision says no to a link of the statement of one id to that of another. */
GS_CHECKED gs_code gs_bonds_refused(bool *out, gs_intake *intake, uint32_t type,
                                    gs_text from, gs_text to, gs_error *err);

/* A property of an edge: see below. Its name is interned with the first statement that
 * replaces another, so that a store tells whether it has any. */
#define GS_LINK_NAMED GS_TEXT("named")

/* The id by which a record named the end of a link: where that is not the id of the node
 * that it leads to, the edge says it. `id`: that node's. */
GS_CHECKED gs_code gs_bonds_name(gs_text *out, gs_intake *intake, const gs_edge *edge,
                                 gs_text id, gs_error *err);
/* The same link to another node, which answers for that id now. */
GS_CHECKED gs_code gs_bonds_move(gs_intake *intake, const gs_edge *edge, uint64_t to,
                                 gs_text id, gs_error *err);

/* Links those that waited for a new statement. */
GS_CHECKED gs_code gs_bonds_arrived(gs_intake *intake, uint64_t statement, gs_text id,
                                    gs_error *err);
/* Of one that was hidden and has come back: some of them may have their link again. */
GS_CHECKED gs_code gs_bonds_returned(gs_intake *intake, uint64_t statement, gs_text id,
                                     gs_error *err);
/* Of one that had ended and is there again: what it waited for may have come. */
GS_CHECKED gs_code gs_bonds_refresh(gs_intake *intake, uint64_t statement, gs_error *err);

#endif
