/* Rulings: the decisions and withdrawals that are in the store, as nodes with the labels
 * Decision and Withdrawal. Each is found by what it is about, whatever came first.
 *
 * Of several about one thing the one with the larger (at, by, hash of the record) stands,
 * so that the order in which they came does not matter.
 *
 * Ownership  the arena's.
 * Errors     GS_MEMORY, GS_DAMAGED.
 * Threads    as the snapshot.
 */
#ifndef GS_INGEST_RULING_H
#define GS_INGEST_RULING_H

#include "graph/snapshot.h"
#include "ingest/record/entries.h"
#include "ingest/record/record.h"

/* What a name in a ruling is a name of. */
typedef enum gs_subject {
    GS_OF_STATEMENT = 's', /* an id */
    GS_OF_ACTOR = 'n',     /* a name, folded */
    GS_OF_PROPOSITION = 'p',
    GS_OF_DOCUMENT = 'd', /* its identity */
} gs_subject;

/* The key under which rulings on a subject are found. */
GS_CHECKED gs_code gs_subject_key(gs_text *out, gs_subject subject, gs_text name,
                                  gs_arena *arena, gs_error *err);
/* Of which subjects a decision speaks; 0 for a word that names none. */
gs_subject gs_subject_of(gs_text about);

typedef struct gs_ruling {
    uint64_t number;
    bool withdraws;      /* a Withdrawal */
    gs_text about, a, b; /* as gs_decision; b missing in a correction */
    gs_text decided, reason, at, by, hash;
    gs_value set;
    bool restore;
} gs_ruling;

typedef struct gs_rulings {
    gs_ruling *items; /* the one that stands last */
    size_t count;
} gs_rulings;

/* Whether there is any in the store; a look-up is needed only then. */
bool gs_rulings_any(const gs_snapshot *snapshot);

GS_CHECKED gs_code gs_rulings_find(gs_rulings *out, const gs_snapshot *snapshot,
                                   gs_subject subject, gs_text name, gs_arena *arena,
                                   gs_error *err);
/* One of them, by its number. */
GS_CHECKED gs_code gs_ruling_read(gs_ruling *out, const gs_snapshot *snapshot,
                                  uint64_t number, gs_arena *arena, gs_error *err);

typedef enum gs_verdict {
    GS_UNRULED,
    GS_RULED_YES,
    GS_RULED_NO,
    GS_RULED_UNSURE
} gs_verdict;

/* What stands of `about` between `a` and `b`, of which the order matters for `answers`
 * alone; names are compared as the subject's are found. */
GS_CHECKED gs_code gs_rulings_on(gs_verdict *out, const gs_rulings *rulings,
                                 gs_text about, gs_text a, gs_text b, gs_arena *arena,
                                 gs_error *err);
/* Which of two moments is later, as `at` writes them; the missing one is the earliest. */
int gs_at_compare(gs_text a, gs_text b);
bool gs_rulings_withdrawn(const gs_rulings *rulings);
/* The fields that corrections set; empty where there is none. */
void gs_rulings_correction(gs_entries *out, const gs_rulings *rulings);

#endif
