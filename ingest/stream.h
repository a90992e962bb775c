/* A file from its first byte to its last record: opened, told by its format, read, each
 * record handed on, each bad one set aside.
 */
#ifndef GS_INGEST_STREAM_H
#define GS_INGEST_STREAM_H

#include "graph/base/digest.h"
#include "ingest/format.h"

typedef struct gs_sink {
    void *context;
    /* GS_INPUT, GS_CONFLICT or GS_LIMIT: this record is to be set aside. Anything else
     * but GS_OK ends the file. */
    gs_code (*record)(void *context, gs_record *record, gs_arena *arena, gs_error *err);
    /* Sets a record aside; `why` has its line. */
    gs_code (*refuse)(void *context, const gs_found *found, const gs_error *why,
                      gs_error *err);
    /* What is worth a word (its code is GS_OK). */
    void (*note)(void *context, const gs_error *word);
    /* A record was read that is nothing for us. */
    void (*skip)(void *context);
} gs_sink;

/* Behind so many records, whose bytes have this hash. */
typedef struct gs_place {
    uint64_t records, hash;
} gs_place;

typedef struct gs_file {
    gs_place place;         /* behind the last record that was handed on */
    uint64_t size, refused; /* bytes; records refused by the format */
    char sha256[GS_HEX_SIZE];
    bool empty; /* nothing but white space */
    bool other; /* what stands before `from` is not what stood there */
} gs_file;

/* "-" is standard input; `format` NULL is told by the file. Reading goes on at `from`
 * (NULL: the start) where the file is still the one of that place; where it is not, `other`
 * is set and nothing was handed on. `out` is kept up to date, for the sink to look at.
 * GS_FORMAT when no format knows it, or nothing in it could be read; the bad records have
 * been set aside then. */
GS_CHECKED gs_code gs_stream_file(gs_file *out, const char *path, const char *format,
                                  const gs_place *from, const volatile int *interrupt,
                                  const gs_sink *sink, gs_error *err);

/* GS_INTERRUPTED once the flag (which may be NULL) is not 0. */
GS_CHECKED gs_code gs_stream_interrupted(const volatile int *interrupt, gs_error *err);

#endif
