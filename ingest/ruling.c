#include "ingest/ruling.h"
#include "graph/index.h"
#include <stdlib.h>

#define SEPARATOR GS_TEXT("\x1f")

gs_code gs_subject_key(gs_text *out, gs_subject subject, gs_text name, gs_arena *arena,
                       gs_error *err)
{
    const char letter = (char)subject;
    gs_text parts[] = {{&letter, 1}, name};

    if (subject == GS_OF_ACTOR)
        parts[1] = gs_fold_name(arena, name);
    else if (subject == GS_OF_PROPOSITION)
        parts[1] = gs_fold(arena, name);
    if (parts[1].bytes == NULL)
        return gs_fail_memory(err);
    *out = gs_text_join(arena, parts, 2, SEPARATOR);
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

gs_subject gs_subject_of(gs_text about)
{
    static const struct {
        gs_text about;
        gs_subject subject;
    } all[] = {
        {GS_TEXT_INIT("same_actor"), GS_OF_ACTOR},
        {GS_TEXT_INIT("same_statement"), GS_OF_STATEMENT},
        {GS_TEXT_INIT("same_proposition"), GS_OF_PROPOSITION},
        {GS_TEXT_INIT("answers"), GS_OF_STATEMENT},
        {GS_TEXT_INIT("correct"), GS_OF_STATEMENT},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (gs_text_equal(all[i].about, about))
            return all[i].subject;
    return 0;
}

bool gs_rulings_any(const gs_snapshot *snapshot)
{
    return gs_count_nodes(snapshot, GS_DECISION) +
               gs_count_nodes(snapshot, GS_WITHDRAWAL) >
           0;
}

static gs_text text_of(gs_value map, const char *key)
{
    gs_value value = gs_map_get(map, gs_text_of(key));

    return value.type == GS_STRING ? value.as.string
           : value.type == GS_DATE ? gs_edtf_text(value.as.date)
                                   : (gs_text){0};
}

gs_code gs_ruling_read(gs_ruling *out, const gs_snapshot *snapshot, uint64_t number,
                       gs_arena *arena, gs_error *err)
{
    gs_node node;
    gs_value map, keys, restore;
    gs_code rc;

    GS_TRY(gs_node_read(&node, snapshot, number, err));
    GS_TRY(gs_properties(&map, snapshot, node.properties, arena, err));
    GS_TRY(gs_value_copy(&map, arena, map, err));
    keys = gs_map_get(map, gs_name_fixed(GS_P_IDENTITY));
    restore = gs_map_get(map, GS_TEXT("restore"));
    *out = (gs_ruling){
        .number = number,
        .withdraws = gs_node_has_label(&node, GS_WITHDRAWAL),
        .about = text_of(map, "about"),
        .a = text_of(map, "a"),
        .b = text_of(map, "b"),
        .decided = text_of(map, "decided"),
        .reason = text_of(map, "reason"),
        .at = text_of(map, "at"),
        .by = text_of(map, "by"),
        .set = gs_map_get(map, GS_TEXT("set")),
        .restore = restore.type == GS_BOOLEAN && restore.as.boolean,
    };
    if (keys.type == GS_LIST && keys.as.list.count > 0 &&
        keys.as.list.items[0].type == GS_STRING)
        out->hash = keys.as.list.items[0].as.string;
out:
    return rc;
}

int gs_at_compare(gs_text a, gs_text b)
{
    gs_edtf x, y;
    gs_error ignored;

    if (a.size > 0 && b.size > 0 && gs_edtf_parse(&x, a, &ignored) == GS_OK &&
        gs_edtf_parse(&y, b, &ignored) == GS_OK && x.earliest != y.earliest)
        return x.earliest > y.earliest ? 1 : -1;
    return gs_text_compare(a, b);
}

static int by_standing(const void *a, const void *b)
{
    const gs_ruling *x = a, *y = b;
    int order = gs_at_compare(x->at, y->at);

    if (order == 0)
        order = gs_text_compare(x->by, y->by);
    return order != 0 ? order : gs_text_compare(x->hash, y->hash);
}

gs_code gs_rulings_find(gs_rulings *out, const gs_snapshot *snapshot, gs_subject subject,
                        gs_text name, gs_arena *arena, gs_error *err)
{
    uint64_t *found;
    size_t count;
    gs_text key;
    gs_code rc;

    *out = (gs_rulings){0};
    GS_TRY(gs_subject_key(&key, subject, name, arena, err));
    GS_TRY(gs_index_find(&found, &count, snapshot, GS_BY_IDENTITY, key, arena, err));
    out->items = gs_arena_array(arena, count, sizeof *out->items);
    if (out->items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        gs_node node;

        GS_TRY(gs_node_read(&node, snapshot, found[i], err));
        if (gs_node_has_label(&node, GS_DECISION) ||
            gs_node_has_label(&node, GS_WITHDRAWAL))
            GS_TRY(gs_ruling_read(&out->items[out->count++], snapshot, found[i], arena,
                                  err));
    }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_standing);
out:
    return rc;
}

static gs_code is_named(bool *out, gs_subject subject, gs_text a, gs_text b,
                        gs_arena *arena, gs_error *err)
{
    gs_text left, right;
    gs_code rc;

    GS_TRY(gs_subject_key(&left, subject, a, arena, err));
    GS_TRY(gs_subject_key(&right, subject, b, arena, err));
    *out = gs_text_equal(left, right);
out:
    return rc;
}

static gs_code is_about(bool *out, const gs_ruling *r, gs_text about, gs_text a,
                        gs_text b, gs_arena *arena, gs_error *err)
{
    gs_subject subject = gs_subject_of(about);
    bool first, second;
    gs_code rc = GS_OK;

    *out = false;
    if (r->withdraws || !gs_text_equal(r->about, about))
        return GS_OK;
    GS_TRY(is_named(&first, subject, r->a, a, arena, err));
    GS_TRY(is_named(&second, subject, r->b, b, arena, err));
    *out = first && second;
    if (*out || gs_text_equal(about, GS_TEXT("answers")))
        return GS_OK;
    GS_TRY(is_named(&first, subject, r->a, b, arena, err));
    GS_TRY(is_named(&second, subject, r->b, a, arena, err));
    *out = first && second;
out:
    return rc;
}

static gs_verdict verdict_of(gs_text decided)
{
    return gs_text_equal(decided, GS_TEXT("yes"))      ? GS_RULED_YES
           : gs_text_equal(decided, GS_TEXT("no"))     ? GS_RULED_NO
           : gs_text_equal(decided, GS_TEXT("unsure")) ? GS_RULED_UNSURE
                                                       : GS_UNRULED;
}

gs_code gs_rulings_on(gs_verdict *out, const gs_rulings *rulings, gs_text about,
                      gs_text a, gs_text b, gs_arena *arena, gs_error *err)
{
    bool it;
    gs_code rc = GS_OK;

    *out = GS_UNRULED;
    for (size_t i = rulings->count; i-- > 0;) {
        rc = is_about(&it, &rulings->items[i], about, a, b, arena, err);
        if (rc != GS_OK || it) {
            if (rc == GS_OK)
                *out = verdict_of(rulings->items[i].decided);
            break;
        }
    }
    return rc;
}

bool gs_rulings_withdrawn(const gs_rulings *rulings)
{
    for (size_t i = rulings->count; i-- > 0;)
        if (rulings->items[i].withdraws)
            return !rulings->items[i].restore;
    return false;
}

/* A text of white space alone is the same as a missing one. */
static bool is_missing(gs_value value)
{
    return value.type == GS_NULL ||
           (value.type == GS_STRING && gs_text_trim(value.as.string).size == 0);
}

static bool has(const gs_entries *entries, gs_text key)
{
    return gs_map_get(gs_entries_map(entries), key).type != GS_NULL;
}

/* From the one that stands back to the last that takes all before it back. */
void gs_rulings_correction(gs_entries *out, const gs_rulings *rulings)
{
    gs_entries over = {.arena = out->arena};

    for (size_t i = rulings->count; i-- > 0;) {
        const gs_ruling *r = &rulings->items[i];
        bool sets = r->decided.bytes == NULL || verdict_of(r->decided) == GS_RULED_YES;

        if (r->withdraws || !gs_text_equal(r->about, GS_TEXT("correct")) ||
            verdict_of(r->decided) == GS_RULED_UNSURE)
            continue;
        if (r->set.type != GS_MAP && !sets)
            break;
        for (size_t k = 0; r->set.type == GS_MAP && k < r->set.as.map.count; k++) {
            const gs_entry *field = &r->set.as.map.entries[k];

            if (is_missing(field->value) || has(&over, field->key))
                continue;
            gs_entries_put(&over, field->key, gs_boolean(true));
            if (sets)
                gs_entries_put(out, field->key, field->value);
        }
    }
    out->failed = out->failed || over.failed;
}
