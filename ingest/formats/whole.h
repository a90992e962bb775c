/* What the formats share that are held whole: a page, a feed, a JSON document. Its records
 * are found a few at a time, and handed out one by one.
 *
 * Ownership  a reader is made by gs_whole_open and ended by gs_whole_close; finds are its
 *            arena's, and gone with the next that are asked for.
 * Errors     from a parser: GS_INPUT refuses `bad`, and it is asked for what stands behind
 *            it; GS_FORMAT says that the file is none of this format. What needs more than
 *            GS_WHOLE_MEMORY is refused likewise.
 */
#ifndef GS_INGEST_WHOLE_H
#define GS_INGEST_WHOLE_H

#include "ingest/formats/formats.h"
#include "ingest/record/entries.h"

enum {
    GS_WHOLE_MAX = 64 << 20,     /* bytes of such a file */
    GS_WHOLE_MEMORY = 192 << 20, /* for it, and for all that is found in it */
};

typedef struct gs_find {
    gs_found found;
    const gs_error *refused; /* NULL: it is a good record */
} gs_find;

typedef struct gs_finds {
    gs_arena *arena; /* of what is found now */
    gs_arena *keep;  /* until the file is closed */
    gs_text file;    /* its name as documents have it; may be missing */
    gs_text bad;     /* what an error refuses: all, unless the parser says otherwise */
    gs_find **items;
    size_t count, room;
} gs_finds;

/* The next records of a text, which is UTF-8: any number of them, perhaps all; GS_END where
 * there are no more. *state is the parser's own, kept between calls, and NULL at first. */
typedef gs_code gs_whole_parse(void **state, gs_finds *to, gs_text text, gs_error *err);

GS_CHECKED gs_code gs_whole_open(gs_reader **out, gs_input *input, const char *path,
                                 gs_whole_parse *parse, gs_error *err);
GS_CHECKED gs_code gs_whole_next(gs_found *out, gs_reader *reader, gs_arena *arena,
                                 gs_error *err);
void gs_whole_close(gs_reader *reader);

/* Reads the fields as those of a record, and keeps it; `bad` is what stands for it when it
 * is refused, then or later. */
GS_CHECKED gs_code gs_finds_add(gs_finds *to, const gs_entries *fields, gs_text bad,
                                gs_error *err);
/* One that holds nothing for us: it is counted as skipped. */
GS_CHECKED gs_code gs_finds_pass(gs_finds *to, gs_error *err);

/* A text member, where there is one. */
static inline void gs_entries_text(gs_entries *to, const char *name, gs_text text)
{
    gs_entries_put(to, gs_text_of(name), gs_string(text));
}

#endif
