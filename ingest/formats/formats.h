/* The formats, and what their sniffers share. */
#ifndef GS_INGEST_FORMATS_H
#define GS_INGEST_FORMATS_H

#include "ingest/format.h"
#include "ingest/formats/input.h"
#include <stdbool.h>

extern const gs_format gs_format_jsonl, gs_format_prose, gs_format_html,
    gs_format_claimreview, gs_format_feed, gs_format_events, gs_format_msgpack;

/* Holds a NUL, which no text does. */
bool gs_is_binary(gs_text head);
/* In any case, ".gz" and ".zst" left out of account; NULL and "-" end in nothing. */
bool gs_path_ends(const char *path, const char *extension);
/* As a document's `file`: what would move a terminal's cursor is shown, not obeyed.
 * Missing for NULL and "-". */
GS_CHECKED gs_code gs_path_name(gs_text *out, const char *path, gs_arena *arena,
                                gs_error *err);

#endif
