/* How shown statements stand to each other: in trees by their depth, and by number where
 * one answers another that it does not stand under. */
#include "cli/fail.h"
#include "cli/output/speech.h"
#include <stdlib.h>

/* From the end: the last at its depth is the first to be met before a shallower one. */
static void find_last(gs_speeches *all)
{
    bool met[GS_SPEECH_DEPTH + 1] = {false};

    for (size_t i = all->count; i-- > 0;) {
        gs_speech *s = &all->items[i];

        s->last = !met[s->depth];
        met[s->depth] = true;
        for (size_t deeper = s->depth + 1; deeper <= GS_SPEECH_DEPTH; deeper++)
            met[deeper] = false;
    }
}

typedef struct place {
    gs_text id;
    size_t at;
} place;

static int by_id(const void *a, const void *b)
{
    return gs_text_compare(((const place *)a)->id, ((const place *)b)->id);
}

/* "[2], [5]" for what it answers of those shown, but for its parent in the tree. */
static gs_text refer(gs_speech *s, size_t parent, const place *places, size_t count,
                     gs_arena *arena)
{
    gs_text refers = GS_TEXT("");

    for (size_t i = 0; s->answers.type == GS_LIST && i < s->answers.as.list.count; i++) {
        gs_value id = s->answers.as.list.items[i];
        place wanted = {id.type == GS_STRING ? id.as.string : GS_TEXT(""), 0};
        const place *found = bsearch(&wanted, places, count, sizeof wanted, by_id);

        if (found == NULL || found->at == parent)
            continue;
        refers = gs_text_format(arena, "%.*s%s[%zu]", GS_SHOW(refers),
                                refers.size > 0 ? ", " : "", found->at + 1);
    }
    return refers;
}

gainsay_code gs_speeches_arrange(gs_speeches *all, gs_output *out, gainsay_error *err)
{
    place *places = gs_arena_array(&out->arena, all->count, sizeof *places);
    size_t above[GS_SPEECH_DEPTH + 1] = {0}; /* the last one met at each depth */

    if (places == NULL)
        return gs_cli_memory(err);
    for (size_t i = 0; i < all->count; i++)
        places[i] = (place){all->items[i].id, i};
    qsort(places, all->count, sizeof *places, by_id);
    find_last(all);
    for (size_t i = 0; i < all->count; i++) {
        gs_speech *s = &all->items[i];
        size_t parent = s->depth > 0 ? above[s->depth - 1] : SIZE_MAX;

        above[s->depth] = i;
        s->refers = refer(s, parent, places, all->count, &out->arena);
        if (s->refers.bytes == NULL)
            return gs_cli_memory(err);
        all->numbered |= s->refers.size > 0;
    }
    return GAINSAY_OK;
}
