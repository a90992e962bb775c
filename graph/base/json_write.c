/* Values to JSON (RFC 8259), on one line. */
#include "graph/base/number.h"
#include "graph/base/value.h"
#include <inttypes.h>
#include <math.h>

static void write_value(gs_buffer *out, gs_value value, int depth);

static void write_escape(gs_buffer *out, unsigned char c)
{
    switch (c) {
    case '"':
        gs_buffer_text(out, GS_TEXT("\\\""));
        break;
    case '\\':
        gs_buffer_text(out, GS_TEXT("\\\\"));
        break;
    case '\n':
        gs_buffer_text(out, GS_TEXT("\\n"));
        break;
    case '\r':
        gs_buffer_text(out, GS_TEXT("\\r"));
        break;
    case '\t':
        gs_buffer_text(out, GS_TEXT("\\t"));
        break;
    default:
        gs_buffer_format(out, "\\u%04x", c);
        break;
    }
}

static size_t skip_plain(gs_text text, size_t at)
{
    while (at < text.size && text.bytes[at] >= ' ' && text.bytes[at] != '"' &&
           text.bytes[at] != '\\' && (unsigned char)text.bytes[at] < 0x80)
        at++;
    return at;
}

/* Bytes that are no UTF-8 become U+FFFD: what is written can always be read. */
void gs_json_string(gs_buffer *out, gs_text text)
{
    size_t plain = 0, at = 0; /* text from `plain` to `at` can be copied */

    gs_buffer_char(out, '"');
    while ((at = skip_plain(text, at)) < text.size) {
        size_t from = at;
        int32_t point = gs_utf8_next(text, &at);

        if (point >= ' ' && point != '"' && point != '\\')
            continue;
        gs_buffer_text(out, gs_text_slice(text, plain, from));
        if (point < 0) {
            gs_buffer_text(out, GS_TEXT("\xef\xbf\xbd"));
            at++;
        } else {
            write_escape(out, (unsigned char)point);
        }
        plain = at;
    }
    gs_buffer_text(out, gs_text_slice(text, plain, at));
    gs_buffer_char(out, '"');
}

static void write_real(gs_buffer *out, double number)
{
    char text[GS_REAL_ROOM];

    if (isnan(number))
        gs_buffer_text(out, GS_TEXT("\"NaN\""));
    else if (isinf(number))
        gs_buffer_text(out,
                       number < 0 ? GS_TEXT("\"-Infinity\"") : GS_TEXT("\"Infinity\""));
    else
        gs_buffer_bytes(out, text, gs_real_write(text, number));
}

static void write_items(gs_buffer *out, const gs_value *items, size_t count, int depth)
{
    gs_buffer_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            gs_buffer_text(out, GS_TEXT(", "));
        write_value(out, items[i], depth);
    }
    gs_buffer_char(out, ']');
}

static void write_map(gs_buffer *out, gs_value map, int depth)
{
    gs_buffer_char(out, '{');
    for (size_t i = 0; i < map.as.map.count; i++) {
        if (i > 0)
            gs_buffer_text(out, GS_TEXT(", "));
        gs_json_string(out, map.as.map.entries[i].key);
        gs_buffer_text(out, GS_TEXT(": "));
        write_value(out, map.as.map.entries[i].value, depth);
    }
    gs_buffer_char(out, '}');
}

static void write_node(gs_buffer *out, gs_element node, int depth)
{
    gs_buffer_format(out, "{\"node\": %" PRIu64, node.number);
    if (node.shown != NULL) {
        gs_buffer_text(out, GS_TEXT(", \"labels\": "));
        write_value(out, node.shown->labels, depth);
        gs_buffer_text(out, GS_TEXT(", \"properties\": "));
        write_value(out, node.shown->properties, depth);
    }
    gs_buffer_char(out, '}');
}

static void write_type(gs_buffer *out, gs_value labels)
{
    bool one = labels.type == GS_LIST && labels.as.list.count == 1 &&
               labels.as.list.items[0].type == GS_STRING;

    gs_json_string(out, one ? labels.as.list.items[0].as.string : GS_TEXT(""));
}

static void write_edge(gs_buffer *out, gs_element edge, int depth)
{
    gs_buffer_format(out, "{\"edge\": %" PRIu64, edge.number);
    if (edge.shown != NULL) {
        gs_buffer_text(out, GS_TEXT(", \"type\": "));
        write_type(out, edge.shown->labels);
        gs_buffer_format(
            out, ", \"start\": %" PRIu64 ", \"end\": %" PRIu64 ", \"properties\": ",
            edge.shown->start, edge.shown->end);
        write_value(out, edge.shown->properties, depth);
    }
    gs_buffer_char(out, '}');
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
        gs_json_string(out, value.as.string);
        break;
    case GS_DATE:
        gs_json_string(out, gs_edtf_text(value.as.date));
        break;
    case GS_LIST:
        write_items(out, value.as.list.items, value.as.list.count, depth + 1);
        break;
    case GS_PATH:
        write_items(out, value.as.path.items, value.as.path.count, depth + 1);
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
    }
}

void gs_json_write(gs_buffer *out, gs_value value)
{
    write_value(out, value, 0);
}
