/* The tables of ingest/data/, compiled in by gs_embed: tab-separated, `#` begins a
 * comment. */
#ifndef GS_EXTRACT_TABLES_H
#define GS_EXTRACT_TABLES_H

#include "graph/base/text.h"
#include <stddef.h>

typedef struct gs_table {
    const char *name; /* "en/cues.tsv" */
    const char *bytes;
    size_t size;
} gs_table;

extern const gs_table gs_tables[];
extern const size_t gs_table_count;

/* The table of a name; NULL when none is compiled in. */
const gs_table *gs_table_find(gs_text name);

/* The next row that is no comment and not empty, split at tabs, fields trimmed. Starts
 * with *at = 0; gives the number of fields (at most `room`), 0 at the end. */
size_t gs_table_row(const gs_table *table, size_t *at, gs_text *fields, size_t room);

#endif
