/* Text in the cells of a terminal: wide characters take two, combining ones none and are
 * never parted from theirs.
 *
 * Ownership  results borrow from the text handed in, or are the arena's.
 * Units      widths are cells.
 */
#ifndef GS_CLI_OUTPUT_FIT_H
#define GS_CLI_OUTPUT_FIT_H

#include "graph/base/text.h"

/* `text` where it fits in `width`, else what does of it, ended by an ellipsis. */
gs_text gs_fit(gs_arena *arena, gs_text text, size_t width);

/* The first line of *rest, broken at a blank where there is one, at most `width` wide but
 * never without a character; *rest becomes what follows. The missing text when *rest is
 * empty. */
gs_text gs_wrap(gs_text *rest, size_t width);

#endif
