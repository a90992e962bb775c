#include "graph/base/value.h"

#include "query/api.h"

#define SAME_TYPE(name)                                                                  \
    _Static_assert((int)GAINSAY_##name == (int)GS_##name, "types differ: " #name)
SAME_TYPE(NULL);
SAME_TYPE(BOOLEAN);
SAME_TYPE(INTEGER);
SAME_TYPE(FLOAT);
SAME_TYPE(STRING);
SAME_TYPE(DATE);
SAME_TYPE(LIST);
SAME_TYPE(MAP);
SAME_TYPE(NODE);
SAME_TYPE(EDGE);
SAME_TYPE(PATH);

gainsay_type gainsay_type_of(const gainsay_value *value)
{
    return value == NULL ? GAINSAY_NULL : (gainsay_type)value->type;
}

bool gainsay_as_boolean(const gainsay_value *value)
{
    return value != NULL && value->type == GS_BOOLEAN && value->as.boolean;
}

int64_t gainsay_as_integer(const gainsay_value *value)
{
    return value != NULL && value->type == GS_INTEGER ? value->as.integer : 0;
}

double gainsay_as_float(const gainsay_value *value)
{
    if (value != NULL && value->type == GS_INTEGER)
        return (double)value->as.integer;
    return value != NULL && value->type == GS_FLOAT ? value->as.real : 0;
}

const char *gainsay_as_text(const gainsay_value *value, size_t *size)
{
    gs_text text = {NULL, 0};

    if (value != NULL && value->type == GS_STRING)
        text = value->as.string;
    else if (value != NULL && value->type == GS_DATE)
        text = gs_edtf_text(value->as.date);
    if (size != NULL)
        *size = text.size;
    return text.bytes;
}

void gainsay_bounds(const gainsay_value *date, int64_t *earliest, int64_t *latest)
{
    bool known = date != NULL && date->type == GS_DATE;

    *earliest = known ? date->as.date->earliest : GS_EDTF_OPEN_START;
    *latest = known ? date->as.date->latest : GS_EDTF_OPEN_END;
}

size_t gainsay_count(const gainsay_value *value)
{
    if (value == NULL)
        return 0;
    switch (value->type) {
    case GS_LIST:
        return value->as.list.count;
    case GS_MAP:
        return value->as.map.count;
    case GS_PATH:
        return value->as.path.count;
    default:
        return 0;
    }
}

const gainsay_value *gainsay_item(const gainsay_value *value, size_t index)
{
    if (index >= gainsay_count(value))
        return NULL;
    if (value->type == GS_LIST)
        return &value->as.list.items[index];
    if (value->type == GS_PATH)
        return &value->as.path.items[index];
    return &value->as.map.entries[index].value;
}

const char *gainsay_key(const gainsay_value *value, size_t index, size_t *size)
{
    gs_text key = {NULL, 0};

    if (value != NULL && value->type == GS_MAP && index < value->as.map.count)
        key = value->as.map.entries[index].key;
    if (size != NULL)
        *size = key.size;
    return key.bytes;
}

const gainsay_value *gainsay_get(const gainsay_value *map, const char *key)
{
    if (map == NULL || map->type != GS_MAP)
        return NULL;
    for (size_t i = 0; i < map->as.map.count; i++)
        if (gs_text_equal(map->as.map.entries[i].key, gs_text_of(key)))
            return &map->as.map.entries[i].value;
    return NULL;
}

/* What a node or an edge shows; NULL for anything else. */
static const gs_shown *shown_of(const gainsay_value *element)
{
    if (element == NULL || (element->type != GS_NODE && element->type != GS_EDGE))
        return NULL;
    return element->as.element.shown;
}

uint64_t gainsay_number(const gainsay_value *element)
{
    return shown_of(element) == NULL ? 0 : element->as.element.number;
}

const gainsay_value *gainsay_labels(const gainsay_value *element)
{
    const gs_shown *shown = shown_of(element);

    return shown == NULL ? NULL : &shown->labels;
}

const gainsay_value *gainsay_properties(const gainsay_value *element)
{
    const gs_shown *shown = shown_of(element);

    return shown == NULL ? NULL : &shown->properties;
}

uint64_t gainsay_start(const gainsay_value *edge)
{
    const gs_shown *shown = shown_of(edge);

    return shown == NULL ? 0 : shown->start;
}

uint64_t gainsay_end(const gainsay_value *edge)
{
    const gs_shown *shown = shown_of(edge);

    return shown == NULL ? 0 : shown->end;
}
