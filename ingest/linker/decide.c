#include "ingest/linker/decide.h"
#include "ingest/linker/same.h"
#include "ingest/record/entries.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static gs_code push_link(gs_changes *to, const gs_relink *link, gs_arena *arena,
                         gs_error *err)
{
    to->links = gs_arena_grow(arena, to->links, to->link_count, &to->link_room,
                              sizeof *to->links);
    if (to->links == NULL)
        return gs_fail_memory(err);
    to->links[to->link_count++] = *link;
    return GS_OK;
}

/* Nothing where it says what the link says that there is. */
static gs_code put_link(gs_changes *to, const gs_relink *link, const gs_decided *there,
                        gs_arena *arena, gs_error *err)
{
    if (link->to == there->to &&
        (link->to == 0 || (link->confidence == there->confidence &&
                           gs_text_equal(link->rule, there->rule))))
        return GS_OK;
    return push_link(to, link, arena, err);
}

/* "accuses it, 4 days, words 0.67": what an analyst reads. */
static gs_text reasons(const gs_candidate *c, gs_arena *arena)
{
    char text[96];

    snprintf(text, sizeof text, "%s%s%.0f days, words %.2f, around %.2f",
             c->accuses ? "accuses the speaker, " : "",
             c->accuser ? "is accused back, " : "", floor(c->days), c->words, c->around);
    return gs_text_copy(arena, gs_text_of(text));
}

static gs_relink link_of(const gs_brief *statement, uint64_t ended, uint32_t type)
{
    return (gs_relink){.ended = ended,
                       .from = statement->number,
                       .type = type,
                       .dated = statement->date.size > 0,
                       .date = statement->date};
}

static gs_code decide_answer(gs_changes *to, gs_view *view, const gs_brief *answer,
                             gs_arena *arena, gs_error *err)
{
    gs_relink link = link_of(answer, answer->link.edge, answer->reply);
    const gs_candidate *chosen = NULL;
    gs_candidates candidates;
    gs_code rc;

    if (gs_answer_wants(answer)) {
        rc = gs_candidates_find(&candidates, view, answer, err);
        if (rc != GS_OK)
            return rc;
        chosen = gs_candidates_choose(&candidates);
    }
    link.to = chosen == NULL ? 0 : chosen->claim->number;
    if (chosen != NULL) {
        link.confidence = round(100 * chosen->score) / 100;
        link.rule = reasons(chosen, arena);
        if (link.rule.bytes == NULL)
            return gs_fail_memory(err);
    }
    return put_link(to, &link, &answer->link, arena, err);
}

/* Copies point to the one of the smallest id. */
static gs_code decide_same(gs_changes *to, gs_view *view, const gs_brief *statement,
                           gs_arena *arena, gs_error *err)
{
    gs_relink link = link_of(statement, statement->same.edge, GS_SAME_AS);
    const gs_brief *first = statement, *other;
    gs_neighbours same;
    gs_code rc;

    gs_view_tidy(view);
    GS_TRY(gs_same_find(&same, view, statement, err));
    for (size_t i = 0; i < same.count; i++) {
        GS_TRY(gs_view_brief(&other, view, same.items[i], err));
        if (gs_text_compare(other->id, first->id) < 0)
            first = other;
    }
    link.to = first == statement ? 0 : first->number;
    if (link.to != 0) {
        link.confidence = gs_terms_likeness(&statement->terms, &first->terms);
        link.rule = GS_TEXT("another document tells it in the same words");
    }
    rc = put_link(to, &link, &statement->same, arena, err);
out:
    return rc;
}

/* Under each whose part it takes, so that a claim against any of them finds it. */
static gs_code decide_wait(gs_changes *to, const gs_brief *answer, gs_arena *arena,
                           gs_error *err)
{
    for (size_t i = 0; i < answer->speakers.count; i++) {
        const gs_side *side = answer->speakers.items[i];

        for (size_t k = 0; k < side->count; k++) {
            to->waits = gs_arena_grow(arena, to->waits, to->wait_count, &to->wait_room,
                                      sizeof *to->waits);
            if (to->waits == NULL)
                return gs_fail_memory(err);
            to->waits[to->wait_count++] = (gs_wait){
                {side->members[k], answer->number, answer->earliest, answer->latest},
                !gs_answer_wants(answer)};
        }
    }
    return GS_OK;
}

gs_code gs_decide(gs_changes *to, gs_view *view, uint64_t statement, gs_arena *arena,
                  gs_error *err)
{
    const gs_brief *brief;
    gs_code rc = gs_view_brief(&brief, view, statement, err);

    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    for (size_t i = 0; i < brief->spare_count; i++)
        GS_TRY(push_link(to, &(gs_relink){.ended = brief->spare[i], .type = brief->reply},
                         arena, err));
    GS_TRY(decide_answer(to, view, brief, arena, err));
    GS_TRY(decide_same(to, view, brief, arena, err));
    if (brief->dated && (gs_answer_wants(brief) || brief->link.edge != 0))
        rc = decide_wait(to, brief, arena, err);
out:
    return rc;
}

static gs_code write_link(const gs_relink *link, gs_batch *batch, gs_arena *arena,
                          gs_error *err)
{
    gs_entries properties = {.arena = arena};
    uint64_t edge;
    gs_code rc;

    if (link->ended != 0 && (rc = gs_batch_end(batch, link->ended, err)) != GS_OK)
        return rc;
    if (link->to == 0)
        return GS_OK;
    gs_entries_put(&properties, gs_name_fixed(GS_P_INFERRED), gs_boolean(true));
    gs_entries_put(&properties, gs_name_fixed(GS_P_CONFIDENCE),
                   gs_real(link->confidence));
    gs_entries_put(&properties, gs_name_fixed(GS_P_BY), gs_string(GS_LINKER_NAME));
    gs_entries_put(&properties, gs_name_fixed(GS_P_RULE), gs_string(link->rule));
    if (properties.failed)
        return gs_fail_memory(err);
    return gs_batch_edge(&edge, batch, link->type, link->from, link->to,
                         link->dated ? &link->date : NULL, gs_entries_map(&properties),
                         err);
}

gs_code gs_changes_write(const gs_changes *changes, gs_batch *batch, gs_arena *arena,
                         int64_t *linked, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < changes->link_count; i++) {
        const gs_relink *link = &changes->links[i];

        rc = write_link(link, batch, arena, err);
        if (rc == GS_OK && link->type != GS_SAME_AS)
            *linked += (link->to != 0) - (link->ended != 0);
    }
    for (size_t i = 0; rc == GS_OK && i < changes->wait_count; i++) {
        const gs_wait *wait = &changes->waits[i];

        rc = wait->over ? gs_batch_decided(batch, &wait->answer, err)
                        : gs_batch_undecided(batch, &wait->answer, err);
    }
    return rc;
}
