/* A statement as decisions correct it: a node of its own in the place of the one that was
 * told, with what the corrections set, and all else as it stands there. */
#include "graph/base/hash.h"
#include "graph/version.h"
#include "ingest/linker/view.h"
#include "ingest/settle.h"
#include "ingest/telling.h"

/* What is corrected, and into what. */
typedef struct correction {
    gs_intake *intake;
    uint64_t base;
    gs_value old; /* its properties */
    const gs_entries *fields;
    gs_statement record; /* the fields, as a record has them */
    gs_telling telling;
} correction;

static bool sets(const correction *c, const char *field)
{
    return gs_map_get(gs_entries_map(c->fields), gs_text_of(field)).type != GS_NULL;
}

static gs_text old_text(const correction *c, uint32_t name)
{
    gs_value value = gs_map_get(c->old, gs_name_fixed(name));

    return value.type == GS_STRING ? value.as.string : (gs_text){0};
}

/* The fields were checked when the decision came; kind and text are filled in so that they
 * are a record. */
static gs_code read_fields(correction *c, gs_error *err)
{
    gs_entries map = {.arena = c->intake->arena};
    gs_record record;
    gs_code rc;

    gs_entries_put_all(&map, gs_entries_map(c->fields));
    if (!sets(c, "kind"))
        gs_entries_name(&map, GS_P_KIND, gs_string(old_text(c, GS_P_KIND)));
    if (!sets(c, "text"))
        gs_entries_name(&map, GS_P_TEXT, gs_string(GS_TEXT("-")));
    if (map.failed)
        return gs_fail_memory(err);
    GS_TRY(gs_record_read(&record, gs_entries_map(&map), c->intake->arena, err));
    c->record = record.as.statement;
    c->telling.record = &c->record;
    c->telling.kind = gs_kind_of(c->record.kind);
    if (!sets(c, "date"))
        c->telling.date = gs_map_get(c->old, gs_name_fixed(GS_P_DATE));
    else
        rc = gs_intake_date(&c->telling.date, c->intake, c->record.date, err);
    if (rc == GS_OK && c->telling.kind == NULL)
        rc = gs_fail(err, GS_FAILED, "a statement without a kind cannot be corrected");
out:
    return rc;
}

static bool is_set(const correction *c, gs_text key)
{
    static const char *const names[] = {"kind",    "text",  "date",  "event_date",
                                        "verdict", "quote", "hedged"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (gs_text_equal(key, gs_text_of(names[i])) && sets(c, names[i]))
            return true;
    return false;
}

static gs_code put_properties(gs_entries *to, const correction *c, gs_text digest,
                              gs_error *err)
{
    const gs_statement *r = &c->record;
    gs_value event_date;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < c->old.as.map.count; i++)
        if (!is_set(c, c->old.as.map.entries[i].key))
            gs_entries_put(to, c->old.as.map.entries[i].key,
                           c->old.as.map.entries[i].value);
    if (sets(c, "kind"))
        gs_entries_name(to, GS_P_KIND, gs_string(r->kind));
    if (sets(c, "text"))
        gs_entries_name(to, GS_P_TEXT, gs_string(r->text));
    if (sets(c, "date"))
        gs_entries_name(to, GS_P_DATE, c->telling.date);
    GS_TRY(gs_intake_date(&event_date, c->intake, r->event_date, err));
    gs_entries_name(to, GS_P_EVENT_DATE, event_date);
    gs_entries_name(to, GS_P_VERDICT, gs_string(r->verdict));
    if (r->quote != GS_UNSAID)
        gs_entries_name(to, GS_P_QUOTE, gs_boolean(r->quote == GS_YES));
    if (r->hedged != GS_UNSAID)
        gs_entries_name(to, GS_P_HEDGED, gs_boolean(r->hedged == GS_YES));
    gs_entries_name(to, GS_P_CORRECTED, gs_string(digest));
    if (to->failed)
        rc = gs_fail_memory(err);
out:
    return rc;
}

static gs_code make_node(correction *c, gs_text digest, gs_error *err)
{
    uint32_t labels[] = {GS_STATEMENT, c->telling.kind->label, GS_CLAIM};
    gs_entries to = {.arena = c->intake->arena};
    gs_code rc = put_properties(&to, c, digest, err);

    return rc != GS_OK ? rc
                       : gs_batch_node(&c->telling.number, c->intake->batch, labels,
                                       c->telling.kind->label == GS_COUNTERCLAIM ? 3 : 2,
                                       gs_entries_map(&to), err);
}

/* The type that an edge of the old node has at the new one; 0 where it has none there. */
static uint32_t type_of(const correction *c, uint32_t type)
{
    uint32_t label = c->telling.kind->label;

    switch (type) {
    case GS_MADE:
        return sets(c, "speaker") ? 0 : type;
    case GS_ACCUSES:
        return sets(c, "accused") ? 0 : type;
    case GS_VIA:
        return sets(c, "via") ? 0 : type;
    case GS_ABOUT:
        return sets(c, "topics") ? 0 : type;
    case GS_ASSERTS:
    case GS_REJECTS:
        if (sets(c, "proposition"))
            return 0;
        return label == GS_DENIAL ? GS_REJECTS
               : label == GS_CLAIM || label == GS_COUNTERCLAIM || label == GS_CONFIRMATION
                   ? GS_ASSERTS
                   : 0;
    case GS_SAME_AS:
    case GS_REPORTED_IN:
        return type;
    default:
        return gs_is_answer(type) ? c->telling.kind->answers : 0;
    }
}

gs_code gs_edge_author(gs_author *out, const gs_snapshot *snapshot, const gs_edge *edge,
                       gs_arena *arena, gs_error *err)
{
    gs_value by;
    gs_code rc = gs_property(&by, snapshot, edge->properties, GS_P_BY, arena, err);

    if (rc != GS_OK)
        return rc;
    *out = by.type != GS_STRING                            ? GS_BY_RECORD
           : gs_text_equal(by.as.string, GS_LINKER_NAME)   ? GS_BY_LINKER
           : gs_text_equal(by.as.string, GS_DECISION_NAME) ? GS_BY_DECISION
                                                           : GS_BY_RECORD;
    return GS_OK;
}

gs_code gs_edge_copy(gs_intake *intake, const gs_edge *edge, uint32_t type,
                     uint64_t start, uint64_t end, const gs_edtf *date, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_value map;
    uint64_t number;
    gs_code rc;

    GS_TRY(gs_properties(&map, gs_intake_snapshot(intake), edge->properties,
                         intake->arena, err));
    GS_TRY(gs_value_copy(&map, intake->arena, map, err));
    for (size_t i = 0; i < map.as.map.count; i++) {
        const gs_entry *entry = &map.as.map.entries[i];

        if (!gs_text_equal(entry->key, gs_name_fixed(GS_P_DATE)))
            gs_entries_put(&to, entry->key, entry->value);
        else if (date == NULL && entry->value.type == GS_DATE)
            date = entry->value.as.date;
    }
    if (to.failed)
        return gs_fail_memory(err);
    rc = gs_batch_edge(&number, intake->batch, type, start, end, date,
                       gs_entries_map(&to), err);
out:
    return rc;
}

/* An edge that has not ended itself, to a node that is visible. */
static gs_code copy_edge(correction *c, const gs_hop *hop, gs_error *err)
{
    const gs_snapshot *now = gs_intake_snapshot(c->intake);
    uint32_t type = type_of(c, hop->type);
    uint64_t node = c->telling.number;
    const gs_edtf *date =
        c->telling.date.type == GS_DATE ? c->telling.date.as.date : NULL;
    gs_author author;
    gs_edge edge;
    gs_node other;
    bool ended;
    gs_code rc;

    if (type == 0)
        return GS_OK;
    GS_TRY(gs_end_covers(&ended, now, hop->edge, err));
    if (ended)
        return GS_OK;
    rc = gs_node_read(&other, now, hop->neighbour, err);
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(gs_edge_read(&edge, gs_batch_ever(c->intake->batch), hop->edge, err));
    GS_TRY(gs_edge_author(&author, now, &edge, c->intake->arena, err));
    if (author != GS_BY_RECORD)
        return GS_OK;
    rc = hop->direction == GS_OUT
             ? gs_edge_copy(c->intake, &edge, type, node, hop->neighbour, date, err)
             : gs_edge_copy(c->intake, &edge, type, hop->neighbour, node, date, err);
out:
    return rc;
}

/* What it says of itself; what others say of it comes when the old node goes. */
static gs_code copy_edges(correction *c, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop *hops = NULL, hop;
    size_t count = 0, room = 0;
    gs_code rc = gs_timeline_open(&timeline, gs_batch_ever(c->intake->batch), c->base,
                                  NULL, 0, GS_BOTH, GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if ((hop.direction == GS_IN) != (hop.type == GS_MADE))
            continue;
        hops = gs_arena_grow(c->intake->arena, hops, count, &room, sizeof hop);
        if (hops == NULL)
            rc = gs_fail_memory(err);
        else
            hops[count++] = hop;
    }
    gs_timeline_close(timeline);
    rc = rc == GS_END ? GS_OK : rc;
    for (size_t i = 0; rc == GS_OK && i < count; i++)
        rc = copy_edge(c, &hops[i], err);
    return rc;
}

static gs_code make_parts(correction *c, gs_error *err)
{
    bool changed;
    gs_code rc;

    GS_TRY(gs_telling_speaker(&c->telling, err));
    GS_TRY(gs_telling_parties(&changed, &c->telling, &c->record.accused, GS_ACCUSES,
                              false, err));
    GS_TRY(gs_telling_parties(&changed, &c->telling, &c->record.via, GS_VIA, false, err));
    GS_TRY(gs_telling_subjects(&changed, &c->telling, err));
    rc = gs_bonds_refresh(c->intake, c->telling.number, err);
out:
    return rc;
}

gs_code gs_correction_digest(gs_text *out, gs_intake *intake, uint64_t base,
                             const gs_entries *fields, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    unsigned char digest[GS_SHA256_SIZE];
    char *hex = gs_arena_take(intake->arena, 2 * GS_SHA256_SIZE + 1);
    gs_buffer packed = {0};
    gs_text bytes;
    gs_value map;
    gs_node node;
    gs_code rc;

    if (hex == NULL || fields->failed)
        return gs_fail_memory(err);
    GS_TRY(gs_node_read(&node, ever, base, err));
    GS_TRY(gs_property(&map, ever, node.properties, GS_P_CHECKED, intake->arena, err));
    gs_pack(&packed, gs_entries_map(fields));
    gs_pack(&packed, map);
    bytes = gs_buffer_view(&packed);
    rc = packed.failed ? gs_fail_memory(err) : gs_sha256(digest, &bytes, 1, err);
    if (rc != GS_OK)
        goto out;
    gs_hex(hex, digest, 16);
    *out = gs_text_of(hex);
out:
    gs_buffer_free(&packed);
    return rc;
}

gs_code gs_correct(uint64_t *out, gs_intake *intake, uint64_t base,
                   const gs_entries *fields, gs_text digest, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    correction c = {.intake = intake,
                    .base = base,
                    .fields = fields,
                    .telling = {.intake = intake, .place = digest}};
    gs_node node;
    gs_code rc;

    GS_TRY(gs_node_read(&node, ever, base, err));
    GS_TRY(gs_properties(&c.old, ever, node.properties, intake->arena, err));
    GS_TRY(gs_value_copy(&c.old, intake->arena, c.old, err));
    GS_TRY(read_fields(&c, err));
    GS_TRY(make_node(&c, digest, err));
    GS_TRY(copy_edges(&c, err));
    GS_TRY(make_parts(&c, err));
    *out = c.telling.number;
out:
    return rc;
}
