/* A document before it is taken: completed from the feed's defaults, and read.
 */
#ifndef GS_INGEST_DOCUMENT_H
#define GS_INGEST_DOCUMENT_H

#include "ingest/stage.h"

/* What a document lacks is filled from these; a missing one fills nothing. */
typedef struct gs_defaults {
    gs_text published, publisher, url, title, language;
} gs_defaults;

/* Of a whole document all of them, and the hash of its text; of a reference only what
 * does not change which document it names. */
GS_CHECKED gs_code gs_document_complete(gs_source *document, const gs_defaults *defaults,
                                        gs_arena *arena, gs_error *err);
void gs_reference_complete(gs_source *reference, const gs_defaults *defaults);

/* What a whole record lacks, whichever type it has. */
GS_CHECKED gs_code gs_record_complete(gs_record *record, const gs_defaults *defaults,
                                      gs_arena *arena, gs_error *err);

/* The statements of a document; none, and *readable false, where its language has no
 * tables. */
GS_CHECKED gs_code gs_document_read(gs_statements *out, bool *readable,
                                    const gs_language *english, const gs_source *document,
                                    gs_arena *arena, gs_error *err);

/* Its attributions, under the same condition. */
GS_CHECKED gs_code gs_document_attributions(gs_attributions *out, bool *readable,
                                            const gs_language *english,
                                            const gs_source *document, gs_arena *arena,
                                            gs_error *err);

#endif
