/* JSON-LD as publishers write it: JSON that is mended where it is none, objects found in
 * graphs, arrays and within each other, values that may be text, object or list.
 *
 * Ownership  values and texts are the arena's, or borrow from the value or the text that
 *            it was parsed from.
 * Errors     GS_MEMORY; GS_INPUT where it is no JSON even when mended.
 * Threads    pure, but for the arena.
 */
#ifndef GS_INGEST_JSONLD_H
#define GS_INGEST_JSONLD_H

#include "graph/base/value.h"

GS_CHECKED gs_code gs_ld_parse(gs_value *out, gs_text text, gs_arena *arena,
                               gs_error *err);

/* The objects of a value, one by one, each before those within it. */
typedef struct gs_ld_walk {
    gs_value levels[GS_DEPTH_MAX + 1]; /* lists and objects within each other */
    size_t at[GS_DEPTH_MAX + 1];       /* how many of each one's members were walked */
    size_t depth;
} gs_ld_walk;

void gs_ld_start(gs_ld_walk *out, gs_value value);
bool gs_ld_next(gs_value *object, gs_ld_walk *walk); /* false: there are no more */

/* Each of them is handed to `visit`; anything but GS_OK ends it. */
typedef gs_code gs_ld_visit(void *context, gs_value object, gs_error *err);
GS_CHECKED gs_code gs_ld_each(gs_value value, gs_ld_visit *visit, void *context,
                              gs_error *err);

/* Whether `@type` names it, whatever its prefix and blanks; `end` counts from the end:
 * "NewsArticle" ends in "Article". */
bool gs_ld_is(gs_value object, const char *type);
bool gs_ld_ends(gs_value object, const char *end);

/* A member, of a list the first that is something. */
gs_value gs_ld_get(gs_value object, const char *key);
/* A member as text: itself, a number, an object's name, `@value` or url; entities
 * and tags resolved, white space made one blank; missing where it has none. `all` joins a
 * list with ", ". */
gs_text gs_ld_text(gs_value object, const char *key, gs_arena *arena);
gs_text gs_ld_names(gs_value object, const char *key, gs_arena *arena);
/* A member that is a URL, or an object with one. */
gs_text gs_ld_url(gs_value object, const char *key, gs_arena *arena);

/* Text that may hold tags and entities, once or twice over, as plain text. */
gs_text gs_ld_plain(gs_text text, gs_arena *arena);

#endif
