/* A format: bytes to records, one file in formats/ each, all in one table
 * (formats/formats.c).
 *
 * A reader never trusts its input: a bad record costs itself alone. It is told as
 * GS_INPUT with its line, and reading goes on behind it.
 *
 * Ownership  a reader is closed before its input; a record lives until the arena is
 *            reset and the next one is read; of a format that is read
 *            ahead, until the arena is
 *            reset, with its bytes and its note.
 * Errors     from next: GS_END at the end; GS_INPUT for a bad record, `out` then has its
 *            place and bytes; anything else ends the file.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_FORMAT_H
#define GS_INGEST_FORMAT_H

#include "ingest/record/record.h"
#include <stdint.h>

typedef struct gs_input gs_input; /* a stream of bytes: formats/input.h */
typedef struct gs_reader gs_reader;

typedef struct gs_found {
    gs_record record;
    uint64_t line, byte; /* where it begins, line from 1 */
    gs_text bad;         /* its bytes, for whoever refuses it */
    bool passed;         /* read, and nothing for us: `record` is not set */
    gs_text note;        /* worth a word: how it was read; missing when nothing is */
} gs_found;

typedef struct gs_format {
    const char *name; /* as `--format` says it */
    /* How sure it is that this is its own, 0 to 100, by the first bytes and the path. */
    int (*sniff)(gs_text head, const char *path);
    gs_code (*open)(gs_reader **out, gs_input *input, const char *path, gs_error *err);
    gs_code (*next)(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err);
    void (*close)(gs_reader *reader);
} gs_format;

/* Whether it gives many small records, which may be read before those before are taken. */
bool gs_format_is_ahead(const gs_format *format);

/* By name, or the surest by the input's first bytes and path; GS_FORMAT when none knows
 * it. */
GS_CHECKED gs_code gs_format_find(const gs_format **out, const char *name,
                                  gs_input *input, const char *path, gs_error *err);

#endif
