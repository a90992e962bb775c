/* The bytes of a file as its reader wants them: expanded where they are compressed, and in
 * UTF-8 where they are UTF-16 or UTF-32. Everything else passes as it is.
 *
 * Ownership  what is opened is closed; gs_supply_of borrows its bytes until then.
 * Errors     GS_FAILED for what cannot be read, GS_INTERRUPTED, GS_MEMORY; GS_LIMIT for a
 *            file that expands past all proportion.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_SUPPLY_H
#define GS_INGEST_SUPPLY_H

#include "graph/base/digest.h"
#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdint.h>

enum { GS_SUPPLY_BLOCK = 64 << 10 }; /* read at once */

typedef struct gs_supply gs_supply;

/* "-" is standard input. `interrupt` (may be NULL), when not 0, ends a read. */
GS_CHECKED gs_code gs_supply_open(gs_supply **out, const char *path,
                                  const volatile int *interrupt, gs_error *err);
GS_CHECKED gs_code gs_supply_of(gs_supply **out, gs_text bytes, gs_error *err);
void gs_supply_close(gs_supply *supply); /* NULL is nothing to close */

/* The next bytes, into room for GS_SUPPLY_BLOCK; *got is 0 at the end. */
GS_CHECKED gs_code gs_supply_read(size_t *got, gs_supply *supply, char *to,
                                  gs_error *err);

/* How it ended: GS_INPUT where the compressed bytes are cut off or damaged. All of them
 * have been counted and hashed nevertheless. */
GS_CHECKED gs_code gs_supply_flaw(const gs_supply *supply, gs_error *err);

/* Of the bytes of the file that were read so far. */
uint64_t gs_supply_size(const gs_supply *supply);
GS_CHECKED gs_code gs_supply_sha256(char out[GS_HEX_SIZE], const gs_supply *supply,
                                    gs_error *err);

#endif
