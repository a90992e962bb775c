/* An external extractor: a command that is started for each document, gets it as one line
 * of JSON on its standard input, and writes statement records as JSON Lines.
 *
 * What it writes is checked like any input, and bounded: its time, its memory, its output.
 * It inherits no open file, no store, and has a process group of its own, which is killed
 * when its time is over.
 *
 * Errors     GS_INPUT: it failed; GS_LIMIT: it was ended. What it had written was handed
 *            on. Anything else ends the run.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_EXTERNAL_H
#define GS_INGEST_EXTERNAL_H

#include "ingest/record/record.h"

enum {
    GS_EXTERNAL_MS = 60 * 1000,       /* for a document, unless said otherwise */
    GS_EXTERNAL_OUTPUT = 16 << 20,    /* bytes that it may write */
    GS_EXTERNAL_MEMORY_MB = 2 * 1024, /* of address space */
    GS_EXTERNAL_BAD = 100,            /* lines that are no statements, of one document */
};

typedef struct gs_external {
    const char *command; /* for /bin/sh; NULL: there is none */
    uint32_t limit_ms;   /* 0: GS_EXTERNAL_MS */
    const volatile int *interrupt;
} gs_external;

typedef struct gs_external_sink {
    void *context;
    /* A statement of the document; it lives as long as the arena. */
    gs_code (*statement)(void *context, const gs_statement *statement, gs_arena *arena,
                         gs_error *err);
    /* A line that is none, and why. */
    gs_code (*refuse)(void *context, gs_text line, const gs_error *why, gs_error *err);
} gs_external_sink;

GS_CHECKED gs_code gs_external_read(const gs_external *external,
                                    const gs_source *document,
                                    const gs_external_sink *sink, gs_arena *arena,
                                    gs_error *err);

#endif
