/* Who or what an argument of a question names.
 *
 * Ownership  what is found lies in the asking's arena.
 */
#ifndef GS_QUERY_NAMING_H
#define GS_QUERY_NAMING_H

#include "query/questions/statement.h"

/* Two candidates are listed, never picked silently: GS_USAGE. */
gs_code gs_refuse_many(gs_asked *asked, gs_text name, const gs_numbers *found,
                       gs_error *err);

/* The one actor that argument `index` names. GS_USAGE where none is so called, with those
 * whose names are near, or where several are. */
GS_CHECKED gs_code gs_asked_actor(uint64_t *out, gs_asked *asked, size_t index,
                                  gs_error *err);

/* A run that gives the row of one actor, and its columns. */
GS_CHECKED gs_code gs_actor_open(gs_run **out, gs_asked *asked, uint64_t actor,
                                 gs_error *err);

#endif
