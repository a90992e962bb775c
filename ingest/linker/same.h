/* One act that two documents tell, in nine of ten of the same words: a syndicated copy.
 * Only statements that were read from words are compared; what records give stands as
 * they give it.
 *
 * Ownership  the view's.
 */
#ifndef GS_LINKER_SAME_H
#define GS_LINKER_SAME_H

#include "ingest/linker/view.h"

/* Statements of other documents that tell the same; until gs_view_tidy. */
GS_CHECKED gs_code gs_same_find(gs_neighbours *out, gs_view *view,
                                const gs_brief *statement, gs_error *err);

#endif
