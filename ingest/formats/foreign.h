/* Formats that are known by sight, and not read here: whoever brings one is told its name.
 */
#ifndef GS_INGEST_FOREIGN_H
#define GS_INGEST_FOREIGN_H

#include "graph/base/text.h"

/* By the first bytes and the path; NULL where it is none of these. */
const char *gs_foreign_name(gs_text head, const char *path);

/* The name of the first element of markup, without its prefix; missing where there is
 * none. */
gs_text gs_markup_root(gs_text head);
/* How many fields the first line has, tabs between them; 1 without a tab. */
size_t gs_table_columns(gs_text head);

#endif
