#include "ingest/links.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"
#include <math.h>

/* The answers' edge type comes from the statement's kind. */
static uint32_t answer_type(gs_text kind)
{
    const gs_kind *known = gs_kind_of(kind);

    return known == NULL ? 0 : known->answers;
}

static bool is_same_link(const gs_link *a, const gs_link *b)
{
    if (a->id.bytes != NULL || b->id.bytes != NULL)
        return gs_text_equal(a->id, b->id);
    return gs_text_equal(a->text, b->text) && gs_text_equal(a->speaker, b->speaker) &&
           gs_text_equal(a->date, b->date);
}

static bool is_repeated(const gs_links *links, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_same_link(&links->items[i], &links->items[at]))
            return true;
    return false;
}

static gs_code find_all(gs_bonds *to, gs_intake *intake, const gs_links *links,
                        uint32_t type, gs_text own, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < links->count; i++) {
        const gs_link *link = &links->items[i];
        gs_bond bond = {link, type, 0};

        if (is_repeated(links, i))
            continue;
        if (gs_text_equal(link->id, own) && own.bytes != NULL)
            return gs_fail(err, GS_INPUT,
                           "%s: the statement names itself; name the other one",
                           type == GS_SAME_AS ? "same_as" : "answers");
        if (link->id.bytes != NULL)
            rc = intake->ruled ? gs_heir_find(&bond.target, intake, link->id, err)
                               : gs_intake_find(&bond.target, intake, GS_BY_ID,
                                                GS_STATEMENT, link->id, err);
        rc = rc == GS_END ? GS_OK : rc;
        to->items[to->count++] = bond;
    }
    return rc;
}

gs_code gs_bonds_find(gs_bonds *out, gs_intake *intake, const gs_statement *statement,
                      gs_text id, gs_error *err)
{
    size_t count = statement->answers.count + statement->same_as.count;
    gs_bonds bonds = {gs_arena_array(intake->arena, count, sizeof(gs_bond)), 0};
    gs_code rc;

    if (bonds.items == NULL)
        return gs_fail_memory(err);
    GS_TRY(find_all(&bonds, intake, &statement->answers, answer_type(statement->kind), id,
                    err));
    GS_TRY(find_all(&bonds, intake, &statement->same_as, GS_SAME_AS, id, err));
    *out = bonds;
out:
    return rc;
}

static void put_inference(gs_entries *to, const gs_link *link)
{
    if (link->inferred)
        gs_entries_name(to, GS_P_INFERRED, gs_boolean(true));
    if (!isnan(link->confidence))
        gs_entries_name(to, GS_P_CONFIDENCE, gs_real(link->confidence));
}

static gs_value open_item(gs_entries *to, const gs_link *link)
{
    gs_entries item = {.arena = to->arena};

    gs_entries_name(&item, GS_P_ID, gs_string(link->id));
    if (link->id.bytes == NULL) {
        gs_entries_name(&item, GS_P_TEXT, gs_string(link->text));
        gs_entries_put(&item, GS_TEXT("speaker"), gs_string(link->speaker));
        gs_entries_name(&item, GS_P_DATE, gs_string(link->date));
    }
    put_inference(&item, link);
    to->failed = to->failed || item.failed;
    return gs_entries_map(&item);
}

/* A list of what was open and what the bonds add to it; null when that is nothing. */
static gs_value open_list(gs_entries *to, const gs_bonds *bonds, bool same, gs_value old)
{
    size_t before = old.type == GS_LIST ? old.as.list.count : 0, count = 0;
    gs_value *items = gs_entries_list(to, before + bonds->count);

    if (items == NULL)
        return gs_null;
    for (size_t i = 0; i < before; i++)
        items[count++] = old.as.list.items[i];
    for (size_t i = 0; i < bonds->count; i++)
        if (bonds->items[i].target == 0 && (bonds->items[i].type == GS_SAME_AS) == same)
            items[count++] = open_item(to, bonds->items[i].link);
    return count == 0 ? gs_null : gs_list(items, count);
}

static gs_code open_map(gs_value *out, gs_intake *intake, const gs_bonds *bonds,
                        gs_value old, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};

    gs_entries_put(&to, GS_TEXT("answers"),
                   open_list(&to, bonds, false, gs_map_get(old, GS_TEXT("answers"))));
    gs_entries_put(&to, GS_TEXT("same_as"),
                   open_list(&to, bonds, true, gs_map_get(old, GS_TEXT("same_as"))));
    if (to.failed)
        return gs_fail_memory(err);
    *out = to.count == 0 ? gs_null : gs_entries_map(&to);
    return GS_OK;
}

gs_code gs_bonds_open(gs_value *out, gs_intake *intake, const gs_bonds *bonds,
                      gs_error *err)
{
    return open_map(out, intake, bonds, gs_null, err);
}

#define NAMED GS_LINK_NAMED

static gs_code put_named(gs_entries *to, gs_intake *intake, uint64_t target, gs_text id,
                         gs_error *err)
{
    gs_value own;
    gs_code rc = GS_OK;

    if (!intake->ruled || id.bytes == NULL)
        return GS_OK;
    rc = gs_intake_property(&own, intake, target, GS_P_ID, err);
    if (rc == GS_OK && own.type == GS_STRING && !gs_text_equal(own.as.string, id))
        gs_entries_put(to, NAMED, gs_string(id));
    return rc;
}

static gs_code make_edge(gs_intake *intake, uint64_t statement, uint32_t type,
                         uint64_t target, const gs_link *link, const gs_edtf *date,
                         gs_error *err)
{
    gs_entries properties = {.arena = intake->arena};
    uint64_t edge;
    gs_code rc;

    put_inference(&properties, link);
    GS_TRY(put_named(&properties, intake, target, link->id, err));
    if (properties.failed)
        return gs_fail_memory(err);
    intake->counts.linked += type != GS_SAME_AS;
    rc = gs_batch_edge(&edge, intake->batch, type, statement, target, date,
                       gs_entries_map(&properties), err);
out:
    return rc;
}

gs_code gs_bonds_name(gs_text *out, gs_intake *intake, const gs_edge *edge, gs_text id,
                      gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    uint32_t key = gs_name_find(snapshot, NAMED);
    gs_value named = gs_null;
    gs_code rc = GS_OK;

    if (key != 0)
        rc = gs_property(&named, snapshot, edge->properties, key, intake->arena, err);
    if (rc == GS_OK)
        rc = gs_value_copy(&named, intake->arena, named, err);
    *out = rc == GS_OK && named.type == GS_STRING ? named.as.string : id;
    return rc;
}

gs_code gs_bonds_move(gs_intake *intake, const gs_edge *edge, uint64_t to, gs_text id,
                      gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_link link = {.id = id, .inferred = edge->inferred, .confidence = NAN};
    gs_value confidence, date;
    gs_code rc;

    GS_TRY(gs_property(&confidence, snapshot, edge->properties, GS_P_CONFIDENCE,
                       intake->arena, err));
    GS_TRY(gs_property(&date, snapshot, edge->properties, GS_P_DATE, intake->arena, err));
    GS_TRY(gs_value_copy(&date, intake->arena, date, err));
    if (confidence.type == GS_FLOAT)
        link.confidence = confidence.as.real;
    rc = make_edge(intake, edge->start, edge->type, to, &link,
                   date.type == GS_DATE ? date.as.date : NULL, err);
    intake->counts.linked -= rc == GS_OK && edge->type != GS_SAME_AS;
out:
    return rc;
}

static gs_code wait_for(gs_intake *intake, uint64_t statement, const gs_link *link,
                        gs_error *err)
{
    intake->counts.open++;
    if (link->id.bytes == NULL)
        return GS_OK;
    return gs_batch_wait(intake->batch, link->id, statement, err);
}

gs_code gs_bonds_make(gs_intake *intake, uint64_t statement, const gs_bonds *bonds,
                      const gs_edtf *date, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < bonds->count; i++) {
        const gs_bond *bond = &bonds->items[i];

        rc = bond->target == 0 ? wait_for(intake, statement, bond->link, err)
                               : make_edge(intake, statement, bond->type, bond->target,
                                           bond->link, date, err);
    }
    return rc;
}

bool gs_link_is_open(gs_value list, const gs_link *link)
{
    for (size_t i = 0; list.type == GS_LIST && i < list.as.list.count; i++) {
        gs_value item = list.as.list.items[i];
        gs_link old = {.id = gs_map_get(item, GS_TEXT("id")).as.string};

        if (gs_map_get(item, GS_TEXT("id")).type != GS_STRING) {
            gs_value speaker = gs_map_get(item, GS_TEXT("speaker"));
            gs_value date = gs_map_get(item, GS_TEXT("date"));

            old = (gs_link){.text = gs_map_get(item, GS_TEXT("text")).as.string};
            if (speaker.type == GS_STRING)
                old.speaker = speaker.as.string;
            if (date.type == GS_STRING)
                old.date = date.as.string;
        }
        if (is_same_link(&old, link))
            return true;
    }
    return false;
}

/* Whether a decision says no to it, and it needs no edge that may come back: one that is
 * stated is made once, and ends when it is settled. */
static gs_code is_refused(bool *out, gs_intake *intake, uint64_t statement,
                          const gs_bond *bond, gs_error *err)
{
    gs_bond copy = *bond;
    const gs_bonds one = {&copy, 1};
    gs_text id;
    gs_code rc;

    GS_TRY(gs_bearer_id(&id, intake, statement, err));
    GS_TRY(gs_bonds_refused(out, intake, bond->type, id, bond->link->id, err));
    if (*out)
        rc = gs_bonds_known(out, intake, statement, &one, err);
out:
    return rc;
}

/* An edge that a record states or infers, where the same is not there already. */
static gs_code add_edge(bool *changed, gs_intake *intake, uint64_t statement,
                        const gs_bond *bond, const gs_edtf *date, gs_error *err)
{
    bool refused = false;
    gs_hop old;
    gs_code rc,
        found = gs_intake_edge(&old, intake, statement, bond->type, bond->target, err);

    if (found != GS_OK && found != GS_END)
        return found;
    if (found == GS_OK && (!old.inferred || bond->link->inferred))
        return gs_intake_met_edge(intake, statement, &old, err);
    if (found == GS_OK)
        GS_TRY(gs_batch_end(intake->batch, old.edge, err));
    else if (intake->ruled)
        GS_TRY(is_refused(&refused, intake, statement, bond, err));
    if (refused)
        return GS_OK;
    *changed = true;
    rc = make_edge(intake, statement, bond->type, bond->target, bond->link, date, err);
out:
    return rc;
}

static gs_code add_open(bool *changed, gs_intake *intake, uint64_t statement,
                        const gs_bonds *fresh, gs_value old, gs_error *err)
{
    gs_entry open = {gs_name_fixed(GS_P_OPEN), gs_null};
    gs_code rc = GS_OK;

    if (fresh->count == 0)
        return GS_OK;
    *changed = true;
    GS_TRY(open_map(&open.value, intake, fresh, old, err));
    GS_TRY(gs_batch_revise(intake->batch, statement, gs_map(&open, 1), err));
    for (size_t i = 0; i < fresh->count; i++)
        GS_TRY(wait_for(intake, statement, fresh->items[i].link, err));
out:
    return rc;
}

gs_code gs_bonds_add(bool *changed, gs_intake *intake, uint64_t statement,
                     const gs_bonds *bonds, const gs_edtf *date, gs_error *err)
{
    gs_bonds fresh = {gs_arena_array(intake->arena, bonds->count, sizeof(gs_bond)), 0};
    gs_value old, list;
    gs_code rc;

    *changed = false;
    if (fresh.items == NULL)
        return gs_fail_memory(err);
    if (bonds->count == 0)
        return GS_OK;
    GS_TRY(gs_intake_property(&old, intake, statement, GS_P_OPEN, err));
    for (size_t i = 0; i < bonds->count; i++) {
        const gs_bond *bond = &bonds->items[i];

        list = gs_map_get(old, bond->type == GS_SAME_AS ? GS_TEXT("same_as")
                                                        : GS_TEXT("answers"));
        if (bond->target != 0)
            GS_TRY(add_edge(changed, intake, statement, bond, date, err));
        else if (!gs_link_is_open(list, bond->link))
            fresh.items[fresh.count++] = *bond;
    }
    rc = add_open(changed, intake, statement, &fresh, old, err);
out:
    return rc;
}

/* Of an open list, the items that name `id` become edges; the others are kept. */
static gs_code link_items(gs_value *rest, gs_intake *intake, uint64_t waiting,
                          gs_value list, uint32_t type, uint64_t target, gs_text id,
                          const gs_edtf *date, bool returned, gs_error *err)
{
    gs_value *kept;
    size_t count = 0;
    gs_hop old;
    gs_code rc = GS_OK;

    *rest = gs_null;
    if (list.type != GS_LIST)
        return GS_OK;
    kept = gs_arena_array(intake->arena, list.as.list.count, sizeof *kept);
    if (kept == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; rc == GS_OK && i < list.as.list.count; i++) {
        gs_value item = list.as.list.items[i];
        gs_value name = gs_map_get(item, GS_TEXT("id"));
        gs_value inferred = gs_map_get(item, GS_TEXT("inferred"));
        gs_value confidence = gs_map_get(item, GS_TEXT("confidence"));
        gs_link link = {.id = id,
                        .inferred = inferred.type == GS_BOOLEAN && inferred.as.boolean,
                        .confidence =
                            confidence.type == GS_FLOAT ? confidence.as.real : NAN};

        if (name.type != GS_STRING || !gs_text_equal(name.as.string, id)) {
            kept[count++] = item;
            continue;
        }
        intake->counts.open--;
        rc = returned ? gs_intake_edge(&old, intake, waiting, type, target, err) : GS_END;
        if (rc == GS_END)
            rc = make_edge(intake, waiting, type, target, &link, date, err);
    }
    if (count > 0)
        *rest = gs_list(kept, count);
    return rc;
}

static gs_code link_waiting(gs_intake *intake, uint64_t waiting, uint64_t target,
                            gs_text id, bool returned, gs_error *err)
{
    gs_value kind, date, open, answers, same;
    gs_entries rest = {.arena = intake->arena};
    gs_entry change = {gs_name_fixed(GS_P_OPEN), gs_null};
    const gs_edtf *day;
    gs_code rc;

    rc = gs_intake_property(&kind, intake, waiting, GS_P_KIND, err);
    if (rc == GS_END)
        return GS_OK; /* it has ended: gs_bonds_refresh, when it is there again */
    GS_TRY(rc);
    GS_TRY(gs_intake_property(&date, intake, waiting, GS_P_DATE, err));
    GS_TRY(gs_intake_property(&open, intake, waiting, GS_P_OPEN, err));
    if (kind.type != GS_STRING)
        return GS_OK; /* it waits no longer: ended */
    day = date.type == GS_DATE ? date.as.date : NULL;
    GS_TRY(link_items(&answers, intake, waiting, gs_map_get(open, GS_TEXT("answers")),
                      answer_type(kind.as.string), target, id, day, returned, err));
    GS_TRY(link_items(&same, intake, waiting, gs_map_get(open, GS_TEXT("same_as")),
                      GS_SAME_AS, target, id, day, returned, err));
    gs_entries_put(&rest, GS_TEXT("answers"), answers);
    gs_entries_put(&rest, GS_TEXT("same_as"), same);
    if (rest.failed)
        return gs_fail_memory(err);
    if (rest.count > 0)
        change.value = gs_entries_map(&rest);
    rc = gs_batch_revise(intake->batch, waiting, gs_map(&change, 1), err);
out:
    return rc;
}

static gs_code link_all(gs_intake *intake, uint64_t statement, gs_text id, bool returned,
                        gs_error *err)
{
    uint64_t *waiting;
    size_t count;
    gs_code rc =
        gs_batch_waiting(&waiting, &count, intake->batch, id, intake->arena, err);

    if (rc != GS_OK || count == 0)
        return rc;
    for (size_t i = 0; i < count; i++)
        GS_TRY(link_waiting(intake, waiting[i], statement, id, returned, err));
    rc = gs_batch_arrived(intake->batch, id, err);
out:
    return rc;
}

gs_code gs_bonds_arrived(gs_intake *intake, uint64_t statement, gs_text id, gs_error *err)
{
    return link_all(intake, statement, id, false, err);
}

gs_code gs_bonds_returned(gs_intake *intake, uint64_t statement, gs_text id,
                          gs_error *err)
{
    return link_all(intake, statement, id, true, err);
}

static gs_code refresh_list(gs_intake *intake, uint64_t statement, gs_value list,
                            gs_error *err)
{
    uint64_t target;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && list.type == GS_LIST && i < list.as.list.count;
         i++) {
        gs_value id = gs_map_get(list.as.list.items[i], GS_TEXT("id"));

        if (id.type != GS_STRING)
            continue;
        rc = gs_batch_wait(intake->batch, id.as.string, statement, err);
        if (rc == GS_OK)
            rc = gs_intake_find(&target, intake, GS_BY_ID, GS_STATEMENT, id.as.string,
                                err);
        if (rc == GS_OK)
            rc = gs_bonds_returned(intake, target, id.as.string, err);
        rc = rc == GS_END ? GS_OK : rc;
    }
    return rc;
}

gs_code gs_bonds_refresh(gs_intake *intake, uint64_t statement, gs_error *err)
{
    gs_value open;
    gs_code rc = gs_intake_property(&open, intake, statement, GS_P_OPEN, err);

    if (rc == GS_OK)
        rc = refresh_list(intake, statement, gs_map_get(open, GS_TEXT("answers")), err);
    if (rc == GS_OK)
        rc = refresh_list(intake, statement, gs_map_get(open, GS_TEXT("same_as")), err);
    return rc;
}
