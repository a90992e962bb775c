/* The frame of a page: one file that needs no network and no script.
 */
#ifndef GS_CLI_OUTPUT_PAGE_H
#define GS_CLI_OUTPUT_PAGE_H

#include "graph/base/buffer.h"

/* Everything before the body's content; the title is escaped. `rules` (may be NULL) is
 * more style. */
void gs_page_begin(gs_buffer *out, gs_text title, const gs_buffer *rules);
void gs_page_end(gs_buffer *out);

#endif
