/* Values as openCypher writes them, and rows of such texts as the openCypher kit's runner
 * reads them: {"columns": [...]}, then an array of strings a row. */
#include "cli/output/writers.h"
#include "graph/base/number.h"
#include <inttypes.h>
#include <math.h>

static void write_value(gs_buffer *out, gs_value value, int depth);

static void write_string(gs_buffer *out, gs_text text)
{
    gs_buffer_char(out, '\'');
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        int32_t point = gs_utf8_next(text, &at);

        if (point < 0)
            at++;
        if (point == '\\' || point == '\'')
            gs_buffer_char(out, '\\');
        if (point == '\n')
            gs_buffer_text(out, GS_TEXT("\\n"));
        else if (point == '\r')
            gs_buffer_text(out, GS_TEXT("\\r"));
        else if (point == '\t')
            gs_buffer_text(out, GS_TEXT("\\t"));
        else if (point >= 0 && point < ' ')
            gs_buffer_format(out, "\\u%04x", (unsigned)point);
        else
            gs_buffer_text(out, gs_text_slice(text, from, at));
    }
    gs_buffer_char(out, '\'');
}

static bool is_plain_name(gs_text name)
{
    size_t at = 0;

    if (name.size == 0)
        return false;
    while (at < name.size) {
        bool first = at == 0;
        int32_t point = gs_utf8_next(name, &at);

        if (point < 0 || (!gs_point_is_letter(point) && point != '_' &&
                          (first || !gs_point_is_digit(point))))
            return false;
    }
    return true;
}

static void write_name(gs_buffer *out, gs_text name)
{
    if (is_plain_name(name)) {
        gs_buffer_text(out, name);
        return;
    }
    gs_buffer_char(out, '`');
    for (size_t i = 0; i < name.size; i++) {
        if (name.bytes[i] == '`')
            gs_buffer_char(out, '`');
        gs_buffer_char(out, name.bytes[i]);
    }
    gs_buffer_char(out, '`');
}

static void write_real(gs_buffer *out, double number)
{
    char text[GS_REAL_ROOM];

    if (isnan(number))
        gs_buffer_text(out, GS_TEXT("NaN"));
    else if (isinf(number))
        gs_buffer_text(out, number < 0 ? GS_TEXT("-Inf") : GS_TEXT("Inf"));
    else
        gs_buffer_bytes(out, text, gs_real_write(text, number));
}

static void write_list(gs_buffer *out, gs_value list, int depth)
{
    gs_buffer_char(out, '[');
    for (size_t i = 0; i < list.as.list.count; i++) {
        if (i > 0)
            gs_buffer_text(out, GS_TEXT(", "));
        write_value(out, list.as.list.items[i], depth);
    }
    gs_buffer_char(out, ']');
}

static void write_map(gs_buffer *out, gs_value map, int depth)
{
    gs_buffer_char(out, '{');
    for (size_t i = 0; i < map.as.map.count; i++) {
        if (i > 0)
            gs_buffer_text(out, GS_TEXT(", "));
        write_name(out, map.as.map.entries[i].key);
        gs_buffer_text(out, GS_TEXT(": "));
        write_value(out, map.as.map.entries[i].value, depth);
    }
    gs_buffer_char(out, '}');
}

/* What stands between the brackets of a node or an edge. */
static void write_shown(gs_buffer *out, const gs_shown *shown, int depth)
{
    if (shown == NULL)
        return;
    for (size_t i = 0; i < shown->labels.as.list.count; i++) {
        gs_buffer_char(out, ':');
        write_name(out, shown->labels.as.list.items[i].as.string);
    }
    if (shown->properties.as.map.count == 0)
        return;
    if (shown->labels.as.list.count > 0)
        gs_buffer_char(out, ' ');
    write_map(out, shown->properties, depth);
}

static void write_node(gs_buffer *out, gs_element node, int depth)
{
    gs_buffer_char(out, '(');
    write_shown(out, node.shown, depth);
    gs_buffer_char(out, ')');
}

static void write_edge(gs_buffer *out, gs_element edge, int depth)
{
    gs_buffer_char(out, '[');
    write_shown(out, edge.shown, depth);
    gs_buffer_char(out, ']');
}

static void write_path(gs_buffer *out, gs_value path, int depth)
{
    const gs_value *items = path.as.path.items;

    gs_buffer_char(out, '<');
    for (size_t i = 0; i < path.as.path.count; i++) {
        bool is_edge = i % 2 == 1;
        const gs_shown *shown = items[i].as.element.shown;
        bool forward =
            is_edge && shown != NULL && shown->start == items[i - 1].as.element.number;

        if (!is_edge) {
            write_node(out, items[i].as.element, depth);
            continue;
        }
        gs_buffer_text(out, forward ? GS_TEXT("-") : GS_TEXT("<-"));
        write_edge(out, items[i].as.element, depth);
        gs_buffer_text(out, forward ? GS_TEXT("->") : GS_TEXT("-"));
    }
    gs_buffer_char(out, '>');
}

static void write_value(gs_buffer *out, gs_value value, int depth)
{
    if (depth > GS_NESTING_MAX)
        out->failed = true;
    if (out->failed)
        return;
    switch (value.type) {
    case GS_NULL:
        gs_buffer_text(out, GS_TEXT("null"));
        break;
    case GS_BOOLEAN:
        gs_buffer_text(out, value.as.boolean ? GS_TEXT("true") : GS_TEXT("false"));
        break;
    case GS_INTEGER:
        gs_buffer_format(out, "%" PRId64, value.as.integer);
        break;
    case GS_FLOAT:
        write_real(out, value.as.real);
        break;
    case GS_STRING:
        write_string(out, value.as.string);
        break;
    case GS_DATE:
        write_string(out, gs_edtf_text(value.as.date));
        break;
    case GS_LIST:
        write_list(out, value, depth + 1);
        break;
    case GS_MAP:
        write_map(out, value, depth + 1);
        break;
    case GS_NODE:
        write_node(out, value.as.element, depth + 1);
        break;
    case GS_EDGE:
        write_edge(out, value.as.element, depth + 1);
        break;
    case GS_PATH:
        write_path(out, value, depth + 1);
        break;
    }
}

void gs_literal_write(gs_buffer *out, gs_value value)
{
    write_value(out, value, 0);
}

static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gs_buffer_text(&out->line, GS_TEXT("{\"columns\": ["));
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        if (i > 0)
            gs_buffer_text(&out->line, GS_TEXT(", "));
        gs_json_string(&out->line, gs_text_of(gainsay_column(rows, i)));
    }
    gs_buffer_text(&out->line, GS_TEXT("]}\n"));
    return gs_output_send(out, err);
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gs_buffer cell = {0};

    gs_buffer_char(&out->line, '[');
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_buffer_clear(&cell);
        gs_literal_write(&cell, *gainsay_cell(rows, i));
        if (i > 0)
            gs_buffer_text(&out->line, GS_TEXT(", "));
        gs_json_string(&out->line, gs_buffer_view(&cell));
    }
    gs_buffer_text(&out->line, GS_TEXT("]\n"));
    out->line.failed |= cell.failed;
    gs_buffer_free(&cell);
    return gs_output_send(out, err);
}

const gs_writer gs_writer_literal = {"literal", false, begin, row, gs_output_nothing};
