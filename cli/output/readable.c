#include "cli/output/writers.h"

static void append(gs_buffer *out, gs_value value, bool nested)
{
    switch (value.type) {
    case GS_NULL:
        if (nested)
            gs_buffer_text(out, GS_TEXT("null"));
        break;
    case GS_STRING:
        gs_buffer_text(out, value.as.string);
        break;
    case GS_DATE:
        gs_buffer_text(out, gs_edtf_text(value.as.date));
        break;
    case GS_BOOLEAN:
    case GS_INTEGER:
    case GS_FLOAT:
    case GS_LIST:
    case GS_MAP:
    case GS_NODE:
    case GS_EDGE:
    case GS_PATH:
        gs_literal_write(out, value);
        break;
    }
}

void gs_readable_write(gs_buffer *out, gs_value value)
{
    bool flat = value.type == GS_LIST;

    for (size_t i = 0; flat && i < value.as.list.count; i++)
        flat = value.as.list.items[i].type < GS_LIST;
    if (!flat) {
        append(out, value, false);
        return;
    }
    for (size_t i = 0; i < value.as.list.count; i++) {
        if (i > 0)
            gs_buffer_text(out, GS_TEXT(", "));
        append(out, value.as.list.items[i], true);
    }
}
