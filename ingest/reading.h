/* Readings of a document: what an extractor found in one version of its text. Of one
 * extractor the reading of the latest version stands, of one version that of the latest
 * extractor, in whatever order they came; statements that it does not hold have ended.
 *
 * A version is later by (at, published, SHA-256 of the text); an extractor is its name up
 * to the last blank, and behind that its version. A statement knows the readings that
 * hold it (`read_in`, hashes), a document the latest one of each extractor (`read_by`).
 *
 * Errors     as intake.h.
 */
#ifndef GS_INGEST_READING_H
#define GS_INGEST_READING_H

#include "ingest/intake.h"

/* The document at hand is read by this extractor now: its statements are of this reading,
 * until another begins. */
GS_CHECKED gs_code gs_reading_begin(gs_intake *intake, gs_text extractor, gs_error *err);

/* A statement that was met again, and is of the reading at hand, too. */
GS_CHECKED gs_code gs_reading_add(bool *changed, gs_intake *intake, uint64_t statement,
                                  gs_error *err);

/* Whether the reading that stands of any of its documents holds the statement, which may
 * have ended; true of one that no extractor has read. */
GS_CHECKED gs_code gs_reading_holds(bool *out, gs_intake *intake, uint64_t statement,
                                    gs_error *err);

/* Whether a document's record is of a later version than the facts that the store has:
 * less, equal, greater than 0. */
GS_CHECKED gs_code gs_version_order(int *out, gs_intake *intake, uint64_t document,
                                    const gs_source *source, gs_error *err);

#endif
