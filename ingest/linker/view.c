#include "ingest/linker/view_impl.h"
#include <stdlib.h>

enum {
    SIDE_MAX = 64,    /* members: what lies behind is another's side */
    SLOTS = 1024,     /* of a new table */
    TEXT_READ = 8192, /* bytes of a document's text */
};

gs_code gs_view_open(gs_view **out, const gs_snapshot *snapshot,
                     const struct gs_language *language, bool ruled, gs_error *err)
{
    gs_view *view = calloc(1, sizeof *view);

    if (view == NULL)
        return gs_fail_memory(err);
    view->snapshot = snapshot;
    view->language = language;
    view->ruled = ruled;
    *out = view;
    return GS_OK;
}

void gs_view_close(gs_view *view)
{
    if (view == NULL)
        return;
    for (size_t i = 0; i < 2 * (GS_SAME_AS + 1); i++)
        gs_timeline_close(view->timelines[i / (GS_SAME_AS + 1)][i % (GS_SAME_AS + 1)]);
    gs_arena_free(&view->scratch);
    gs_arena_free(&view->arena);
    free(view);
}

void gs_view_tidy(gs_view *view)
{
    gs_arena_reset(&view->scratch);
}

static gs_seen_entry **slot_of(const gs_seen *seen, uint64_t number)
{
    return &seen->slots[(number * UINT64_C(0x9e3779b97f4a7c15) >> 32) % seen->room];
}

const void *gs_seen_find(const gs_seen *seen, uint64_t number)
{
    if (seen->room == 0)
        return NULL;
    for (const gs_seen_entry *e = *slot_of(seen, number); e != NULL; e = e->next)
        if (e->number == number)
            return e->known;
    return NULL;
}

static bool widen(gs_view *view, gs_seen *seen)
{
    gs_seen wider = {NULL, seen->room == 0 ? SLOTS : 4 * seen->room, seen->count};

    wider.slots = gs_arena_array(&view->arena, wider.room, sizeof(gs_seen_entry *));
    if (wider.slots == NULL)
        return false;
    for (size_t i = 0; i < seen->room; i++)
        for (gs_seen_entry *e = seen->slots[i], *next; e != NULL; e = next) {
            gs_seen_entry **slot = slot_of(&wider, e->number);

            next = e->next;
            e->next = *slot;
            *slot = e;
        }
    *seen = wider;
    return true;
}

gs_code gs_seen_keep(gs_view *view, gs_seen *seen, uint64_t number, const void *known,
                     gs_error *err)
{
    gs_seen_entry *e = gs_arena_take(&view->arena, sizeof *e), **slot;

    if (e == NULL || (seen->count >= seen->room && !widen(view, seen)))
        return gs_fail_memory(err);
    slot = slot_of(seen, number);
    *e = (gs_seen_entry){*slot, number, known};
    *slot = e;
    seen->count++;
    return GS_OK;
}

gs_code gs_view_timeline(gs_timeline **out, gs_view *view, uint64_t node, uint32_t type,
                         gs_direction direction, gs_window window, gs_error *err)
{
    gs_timeline **kept = &view->timelines[direction == GS_IN][type];

    *out = *kept;
    if (*kept != NULL) {
        gs_timeline_look(*kept, window);
        return gs_timeline_reset(*kept, node, err);
    }
    if (gs_timeline_open(kept, view->snapshot, node, &type, 1, direction, window, err) !=
        GS_OK)
        return err->code;
    *out = *kept;
    return GS_OK;
}

gs_code gs_view_neighbours(gs_neighbours *out, gs_view *view, uint64_t node,
                           uint32_t type, gs_direction direction, gs_window window,
                           gs_error *err)
{
    gs_timeline *timeline;
    gs_neighbours found = {NULL, 0};
    size_t room = 0;
    gs_hop hop;
    gs_code rc;

    GS_TRY(gs_view_timeline(&timeline, view, node, type, direction, window, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        found.items = gs_arena_grow(&view->scratch, found.items, found.count, &room,
                                    sizeof *found.items);
        if (found.items == NULL)
            return gs_fail_memory(err);
        found.items[found.count++] = hop.neighbour;
    }
    if (rc == GS_END) {
        *out = found;
        rc = GS_OK;
    }
out:
    return rc;
}

gs_code gs_view_property(gs_value *out, gs_view *view, gs_text packed, uint32_t key,
                         gs_error *err)
{
    return gs_property(out, view->snapshot, packed, key, &view->scratch, err);
}

static gs_code add_members(gs_side *side, gs_view *view, uint64_t of, uint32_t type,
                           gs_direction direction, gs_error *err)
{
    gs_neighbours found = {NULL, 0};
    gs_code rc =
        gs_view_neighbours(&found, view, of, type, direction, GS_WINDOW_ALL, err);

    for (size_t k = 0; rc == GS_OK && k < found.count; k++) {
        size_t m = 0;

        while (m < side->count && side->members[m] != found.items[k])
            m++;
        if (m == side->count && m < SIDE_MAX)
            side->members[side->count++] = found.items[k];
    }
    return rc;
}

/* Whom the members speak for becomes a member, and who is the same as one by decision,
 * until nobody is new. */
static gs_code gather(gs_side *side, gs_view *view, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < side->count; i++) {
        uint64_t member = side->members[i];

        rc = add_members(side, view, member, GS_SPEAKS_FOR, GS_OUT, err);
        if (rc == GS_OK && view->ruled)
            rc = add_members(side, view, member, GS_SAME_AS, GS_OUT, err);
        if (rc == GS_OK && view->ruled)
            rc = add_members(side, view, member, GS_SAME_AS, GS_IN, err);
    }
    return rc;
}

gs_code gs_view_side(const gs_side **out, gs_view *view, uint64_t actor, gs_error *err)
{
    gs_side *side;
    gs_node node;
    gs_value name;
    gs_code rc;

    *out = gs_seen_find(&view->sides, actor);
    if (*out != NULL)
        return GS_OK;
    side = gs_arena_take(&view->arena, sizeof *side);
    if (side == NULL)
        return gs_fail_memory(err);
    side->actor = actor;
    side->members = gs_arena_array(&view->arena, SIDE_MAX, sizeof *side->members);
    if (side->members == NULL)
        return gs_fail_memory(err);
    side->members[side->count++] = actor;
    GS_TRY(gather(side, view, err));
    GS_TRY(gs_node_read(&node, view->snapshot, actor, err));
    GS_TRY(gs_view_property(&name, view, node.properties, GS_P_NAME, err));
    GS_TRY(gs_terms_read(&side->names, view->language, gs_string_of(name), &view->arena,
                         &view->scratch, err));
    GS_TRY(gs_seen_keep(view, &view->sides, actor, side, err));
    *out = side;
out:
    return rc;
}

gs_code gs_view_ruled(bool *out, gs_view *view, gs_text about, const gs_brief *a,
                      const gs_brief *b, gs_error *err)
{
    gs_verdict verdict;
    gs_code rc = GS_OK;

    *out = false;
    if (a->rulings.count == 0 || b->rulings.count == 0)
        return GS_OK;
    rc = gs_rulings_on(&verdict, &a->rulings, about, a->id, b->id, &view->scratch, err);
    *out = rc == GS_OK && verdict != GS_UNRULED;
    return rc;
}

bool gs_side_meets(const gs_side *a, const gs_side *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->members[i] == b->members[k])
                return true;
    return false;
}

bool gs_sides_meet(const gs_sides *a, const gs_sides *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (gs_side_meets(a->items[i], b->items[k]))
                return true;
    return false;
}

/* Up to a character's end. */
static gs_text beginning_of(gs_text text)
{
    size_t end = text.size < TEXT_READ ? text.size : TEXT_READ;

    while (end > 0 && end < text.size && ((unsigned char)text.bytes[end] & 0xc0) == 0x80)
        end--;
    return gs_text_slice(text, 0, end);
}

/* Of a document's text, which may be long and is kept no longer than this. */
static gs_code read_text(gs_terms *out, gs_view *view, uint64_t document, gs_error *err)
{
    gs_arena own = {0};
    gs_text text = GS_TEXT("");
    gs_code rc = gs_document_text(&text, view->snapshot, document, &own, err);

    if (rc == GS_OK || rc == GS_END)
        rc = gs_terms_read(out, view->language, beginning_of(text), &view->scratch, &own,
                           err);
    gs_arena_free(&own);
    return rc;
}

gs_code gs_view_around(const gs_terms **out, gs_view *view, uint64_t document,
                       gs_error *err)
{
    gs_terms *all, title, text;
    gs_node node;
    gs_value named;
    gs_code rc;

    *out = gs_seen_find(&view->around, document);
    if (*out != NULL)
        return GS_OK;
    all = gs_arena_take(&view->arena, sizeof *all);
    if (all == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_node_read(&node, view->snapshot, document, err));
    GS_TRY(gs_view_property(&named, view, node.properties, GS_P_TITLE, err));
    GS_TRY(gs_terms_read(&title, view->language, gs_string_of(named), &view->scratch,
                         &view->scratch, err));
    GS_TRY(read_text(&text, view, document, err));
    GS_TRY(gs_terms_join(all, &title, &text, &view->arena, err));
    GS_TRY(gs_seen_keep(view, &view->around, document, all, err));
    *out = all;
out:
    return rc;
}
