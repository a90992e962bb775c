#include "graph/graph_line.h"

#include "graph/model.h"

static bool is_one_of(gs_text text, const gs_text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(text, words[i]))
            return true;
    return false;
}

/* Values. */

static gs_code read_date(gs_value *out, gs_value text, gs_arena *arena, gs_error *err)
{
    gs_edtf *date = gs_arena_take(arena, sizeof *date);

    if (date == NULL)
        return gs_fail_memory(err);
    if (text.type != GS_STRING)
        return gs_fail(err, GS_INPUT, "@date: %s, no text; write it like \"2020-01-01\"",
                       gs_type_name(text.type));
    if (gs_edtf_parse(date, text.as.string, err) != GS_OK)
        return gs_fail(err, GS_INPUT,
                       "@date: \"%.*s\" is no date from year 0000 to 9999; write it like "
                       "\"2020-01-01\"",
                       GS_SHOW(gs_text_slice(text.as.string, 0, 64)));
    *out = gs_date(date);
    return GS_OK;
}

/* A map with one key that begins with @ stands for a value that JSON has not. */
static bool is_tagged(gs_value value)
{
    return value.type == GS_MAP && value.as.map.count == 1 &&
           gs_text_starts(value.as.map.entries[0].key, GS_TEXT("@"));
}

static gs_code read_tagged(gs_value *out, gs_entry tagged, gs_arena *arena, gs_error *err)
{
    static const gs_text later[] = {GS_TEXT_INIT("@localtime"), GS_TEXT_INIT("@time"),
                                    GS_TEXT_INIT("@localdatetime"),
                                    GS_TEXT_INIT("@datetime"), GS_TEXT_INIT("@duration")};

    if (gs_text_equal(tagged.key, GS_TEXT("@date")))
        return read_date(out, tagged.value, arena, err);
    if (is_one_of(tagged.key, later, sizeof later / sizeof *later))
        return gs_fail(err, GS_INPUT,
                       "%.*s: of temporal values this version keeps dates alone; leave "
                       "it out, or make it a text or a @date",
                       GS_SHOW(tagged.key));
    return gs_fail(err, GS_INPUT,
                   "a map with the key %.*s stands for no value that we know; @date is "
                   "the only such key",
                   GS_SHOW(gs_text_slice(tagged.key, 0, 64)));
}

/* JSON bounds how deep it goes. */
static gs_code read_value(gs_value *out, gs_value value, gs_arena *arena, gs_error *err)
{
    if (is_tagged(value))
        return read_tagged(out, value.as.map.entries[0], arena, err);
    if (value.type == GS_LIST)
        return gs_list_convert(out, value, read_value, arena, err);
    if (value.type == GS_MAP)
        return gs_map_convert(out, value, read_value, arena, err);
    *out = value;
    return GS_OK;
}

/* Members. */

static gs_code read_text(gs_text *out, gs_value map, gs_text key, gs_error *err)
{
    gs_value value = gs_map_get(map, key);

    if (value.type == GS_NULL)
        return gs_fail(err, GS_INPUT, "`%.*s` is missing; add it", GS_SHOW(key));
    if (value.type != GS_STRING)
        return gs_fail(err, GS_INPUT, "`%.*s` is %s, no text; put it in quotation marks",
                       GS_SHOW(key), gs_type_name(value.type));
    *out = value.as.string;
    return GS_OK;
}

static gs_code refuse_nameless(gs_text key, gs_error *err)
{
    return gs_fail(err, GS_INPUT, "`%.*s` has an empty name; name it", GS_SHOW(key));
}

static gs_code read_labels(gs_graph_line *out, gs_value map, gs_arena *arena,
                           gs_error *err)
{
    gs_value value = gs_map_get(map, GS_TEXT("labels"));
    gs_text *labels;

    if (value.type == GS_NULL)
        return GS_OK;
    if (value.type != GS_LIST)
        return gs_fail(err, GS_INPUT, "`labels` is %s, no list; put them in []",
                       gs_type_name(value.type));
    labels = gs_arena_array(arena, value.as.list.count, sizeof *labels);
    if (labels == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < value.as.list.count; i++) {
        gs_value label = value.as.list.items[i];

        if (label.type != GS_STRING)
            return gs_fail(err, GS_INPUT,
                           "a label is %s, no text; put it in quotation "
                           "marks",
                           gs_type_name(label.type));
        if (label.as.string.size == 0)
            return refuse_nameless(GS_TEXT("labels"), err);
        labels[i] = label.as.string;
    }
    out->labels = labels;
    out->label_count = value.as.list.count;
    return GS_OK;
}

static gs_code read_end(gs_text *out, gs_value map, gs_text key, gs_error *err)
{
    gs_value value = gs_map_get(map, key);

    if (value.type == GS_NULL)
        return gs_fail(err, GS_INPUT, "`%.*s` is missing; add it", GS_SHOW(key));
    if (value.type != GS_MAP)
        return gs_fail(err, GS_INPUT, "`%.*s` is %s, no map; write it {\"id\": \"...\"}",
                       GS_SHOW(key), gs_type_name(value.type));
    if (read_text(out, value, GS_TEXT("id"), err) != GS_OK)
        return gs_fail(err, err->code, "`%.*s`: %s", GS_SHOW(key), err->text);
    return GS_OK;
}

static gs_code read_properties(gs_graph_line *out, gs_value map, gs_arena *arena,
                               gs_error *err)
{
    gs_text key = GS_TEXT("properties");
    gs_value value = gs_map_get(map, key);

    if (value.type == GS_NULL)
        return GS_OK;
    if (value.type != GS_MAP)
        return gs_fail(err, GS_INPUT, "`properties` is %s, no map; put them in {}",
                       gs_type_name(value.type));
    for (size_t i = 0; i < value.as.map.count; i++)
        if (value.as.map.entries[i].key.size == 0)
            return refuse_nameless(key, err);
    return gs_map_convert(&out->properties, value, read_value, arena, err);
}

static gs_code only(gs_value map, const gs_text *members, size_t count, gs_error *err)
{
    for (size_t i = 0; i < map.as.map.count; i++) {
        gs_text key = map.as.map.entries[i].key;

        if (!is_one_of(key, members, count))
            return gs_fail(err, GS_INPUT,
                           "`%.*s` is no member of a node or relationship here; put it "
                           "among its properties",
                           GS_SHOW(gs_text_slice(key, 0, 64)));
    }
    return GS_OK;
}

static gs_code read_node(gs_graph_line *out, gs_value map, gs_arena *arena, gs_error *err)
{
    static const gs_text members[] = {GS_TEXT_INIT("type"), GS_TEXT_INIT("id"),
                                      GS_TEXT_INIT("labels"), GS_TEXT_INIT("properties")};
    gs_graph_line line = {.is_node = true};
    gs_code rc;

    GS_TRY(only(map, members, sizeof members / sizeof *members, err));
    GS_TRY(read_text(&line.id, map, GS_TEXT("id"), err));
    GS_TRY(read_labels(&line, map, arena, err));
    GS_TRY(read_properties(&line, map, arena, err));
    *out = line;
out:
    return rc;
}

static gs_code read_relationship(gs_graph_line *out, gs_value map, gs_arena *arena,
                                 gs_error *err)
{
    static const gs_text members[] = {GS_TEXT_INIT("type"),  GS_TEXT_INIT("id"),
                                      GS_TEXT_INIT("label"), GS_TEXT_INIT("start"),
                                      GS_TEXT_INIT("end"),   GS_TEXT_INIT("properties")};
    gs_graph_line line = {.is_node = false};
    gs_value date;
    gs_code rc;

    GS_TRY(only(map, members, sizeof members / sizeof *members, err));
    if (gs_map_get(map, GS_TEXT("id")).type != GS_NULL)
        GS_TRY(read_text(&line.id, map, GS_TEXT("id"), err));
    GS_TRY(read_text(&line.type, map, GS_TEXT("label"), err));
    if (line.type.size == 0)
        return refuse_nameless(GS_TEXT("label"), err);
    GS_TRY(read_end(&line.start, map, GS_TEXT("start"), err));
    GS_TRY(read_end(&line.end, map, GS_TEXT("end"), err));
    GS_TRY(read_properties(&line, map, arena, err));
    date = gs_map_get(line.properties, gs_name_fixed(GS_P_DATE));
    line.date = date.type == GS_DATE ? date.as.date : NULL;
    *out = line;
out:
    return rc;
}

gs_code gs_graph_line_read(gs_graph_line *out, gs_text line, gs_arena *arena,
                           gs_error *err)
{
    gs_value map;
    gs_text type;
    gs_code rc;

    GS_TRY(gs_json_parse(&map, arena, line, err));
    if (map.type != GS_MAP)
        return gs_fail(err, GS_INPUT, "%s, no JSON object; each line is one",
                       gs_type_name(map.type));
    GS_TRY(read_text(&type, map, GS_TEXT("type"), err));
    if (gs_text_equal(type, GS_TEXT("node")))
        return read_node(out, map, arena, err);
    if (gs_text_equal(type, GS_TEXT("relationship")))
        return read_relationship(out, map, arena, err);
    rc = gs_fail(err, GS_INPUT, "type \"%.*s\"; it is \"node\" or \"relationship\"",
                 GS_SHOW(gs_text_slice(type, 0, 64)));
out:
    return rc;
}
