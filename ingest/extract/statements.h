/* The acts of a document as statement records, in the order of its text. */
#ifndef GS_EXTRACT_STATEMENTS_H
#define GS_EXTRACT_STATEMENTS_H

#include "ingest/extract/reading.h"

GS_CHECKED gs_code gs_statements_write(gs_statements *out, const gs_reading *r,
                                       const gs_source *document, gs_error *err);

#endif
