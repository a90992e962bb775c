/* How a cast is filled: what cast.c, known.c, owner.c and entity_kind.c share.
 *
 * Units   entities by number; SIZE_MAX is none, also for want of memory (cast->failed).
 */
#ifndef GS_EXTRACT_CAST_IMPL_H
#define GS_EXTRACT_CAST_IMPL_H

#include "ingest/extract/cast.h"

/* known.c */
size_t gs_cast_new(gs_cast *cast, uint32_t place);
/* The entity of a listing: a state, a seat with its state, an outlet, a body. */
size_t gs_cast_known(gs_cast *cast, const gs_listing *listing);
/* Notes that an entity stands in these tokens. */
void gs_cast_sight(gs_cast *cast, gs_range tokens, size_t entity);

/* entity_kind.c: what a name, or a noun without one, is; of gs_party. */
gs_text gs_entity_kind(const gs_cast *cast, const gs_mention *m);
gs_text gs_entity_kind_by_noun(const gs_mention *m);

/* owner.c */
/* Whether whoever has such a role speaks for whom it belongs to. */
bool gs_role_speaks(gs_role_class class);
/* Unless that would close a ring. */
void gs_cast_set_owner(gs_cast *cast, size_t entity, size_t owner);
/* Who was seen lately in exactly these tokens. */
size_t gs_cast_seen_lately(const gs_cast *cast, gs_range range);
/* The state, seat or body before a mention's noun. */
size_t gs_cast_modifier(gs_cast *cast, const gs_mention *m);
/* Whom the words of a mention say that it speaks for. */
size_t gs_cast_stated_owner(gs_cast *cast, const gs_mention *m);
/* Whether a role of this class is held for such an owner. */
bool gs_cast_held_for(const gs_cast *cast, const gs_mention *m, size_t owner);

#endif
