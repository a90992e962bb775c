/* The directory from inside: what its reader (directory_read.c) fills.
 *
 * Ownership  everything is the directory's arena's.
 */
#ifndef GS_EXTRACT_DIRECTORY_IMPL_H
#define GS_EXTRACT_DIRECTORY_IMPL_H

#include "ingest/extract/directory.h"

struct gs_directory {
    gs_arena arena;
    gs_state *states;
    size_t state_count, state_room;
    const gs_listing **slots; /* open addressing; listings of one key are chained */
    size_t slot_count, listing_count;
    unsigned char
        longest[65536]; /* by hash of the first word: words of the longest key */
};

/* One listing, like this one, under one of its names. */
GS_CHECKED gs_code gs_directory_add(gs_directory *d, gs_listing like, gs_text name,
                                    gs_error *err);

/* Reads all tables of a language. */
GS_CHECKED gs_code gs_directory_fill(gs_directory *d, gs_text language, gs_error *err);

#endif
