/* What the files of a view share: view.c (sides, neighbours, documents), brief.c. */
#ifndef GS_LINKER_VIEW_IMPL_H
#define GS_LINKER_VIEW_IMPL_H

#include "ingest/linker/view.h"

typedef struct gs_seen_entry {
    struct gs_seen_entry *next;
    uint64_t number;
    const void *known; /* gs_side, gs_brief or gs_terms */
} gs_seen_entry;

/* What was read already, by number. It grows with what is in it. */
typedef struct gs_seen {
    gs_seen_entry **slots;
    size_t room, count;
} gs_seen;

struct gs_view {
    const gs_snapshot *snapshot;
    const struct gs_language *language;
    bool ruled; /* there are decisions */
    gs_arena arena, scratch;
    gs_seen sides, briefs, around;
    gs_timeline *timelines[2][GS_SAME_AS + 1]; /* by direction and type, as needed */
};

const void *gs_seen_find(const gs_seen *seen, uint64_t number);
GS_CHECKED gs_code gs_seen_keep(gs_view *view, gs_seen *seen, uint64_t number,
                                const void *known, gs_error *err);

GS_CHECKED gs_code gs_view_timeline(gs_timeline **out, gs_view *view, uint64_t node,
                                    uint32_t type, gs_direction direction,
                                    gs_window window, gs_error *err);
/* A property; strings and lists are the scratch arena's, or borrowed. */
GS_CHECKED gs_code gs_view_property(gs_value *out, gs_view *view, gs_text packed,
                                    uint32_t key, gs_error *err);

static inline gs_text gs_string_of(gs_value value)
{
    return value.type == GS_STRING ? value.as.string : (gs_text){0};
}

#endif
