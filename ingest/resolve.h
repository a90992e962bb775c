/* The resolver: which actor of the store a name is. Found by folded name or alias, by the
 * table of states; an office, and a body named in small letters alone ("foreign
 * ministry"), with its principal; an unnamed one also with its document. Made where there
 * is none.
 *
 * Of several so called: its own name before an alias, a state before others, then the
 * smallest number.
 */
#ifndef GS_INGEST_RESOLVE_H
#define GS_INGEST_RESOLVE_H

#include "ingest/intake.h"

GS_CHECKED gs_code gs_cache_open(gs_cache **out, gs_error *err);
void gs_cache_close(gs_cache *cache); /* NULL is nothing to close */
/* After names or aliases have changed. */
void gs_cache_clear(gs_cache *cache);

typedef struct gs_meant {
    uint64_t actor;
    bool literally; /* its name is the one that the record wrote, byte by byte */
} gs_meant;

/* The actor that a record names, with the edges of its chain. `place` tells unnamed ones
 * apart: their document, or their statement where none is named. */
GS_CHECKED gs_code gs_party_resolve(gs_meant *out, gs_intake *intake,
                                    const gs_party *party, gs_text place, gs_error *err);

/* The actor so called, of this kind (missing: any); GS_END when there is none. */
GS_CHECKED gs_code gs_actor_find(uint64_t *out, gs_intake *intake, gs_text name,
                                 gs_text kind, gs_error *err);
/* A new one, with what the table of states knows of it. */
GS_CHECKED gs_code gs_actor_make(uint64_t *out, gs_intake *intake, const gs_party *party,
                                 gs_text identity, gs_error *err);

/* What a mention adds to an actor: a kind that says more, a role; of two roles the longer
 * one, so that the order of mentions does not matter. */
GS_CHECKED gs_code gs_actor_complete(bool *changed, gs_intake *intake, uint64_t actor,
                                     const gs_party *party, gs_error *err);
/* The actor of an identity, made where there is none. */
GS_CHECKED gs_code gs_actor_of(uint64_t *out, gs_intake *intake, const gs_party *party,
                               gs_text identity, gs_error *err);

/* SPEAKS_FOR from one to the other, once; an actor never speaks for itself. */
GS_CHECKED gs_code gs_actor_speaks_for(bool *added, gs_intake *intake, uint64_t actor,
                                       uint64_t principal, gs_text from, gs_text to,
                                       gs_error *err);

#endif
