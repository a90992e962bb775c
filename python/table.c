/* Rows gathered as columns. */
#include "python/arrow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool gs_table_begin(gs_table *table, const gainsay_rows *rows)
{
    size_t count = gainsay_columns(rows);

    *table = (gs_table){.columns = calloc(count + 1, sizeof *table->columns)};
    if (table->columns == NULL)
        return false;
    table->count = count;
    for (size_t i = 0; i < count; i++)
        if ((table->columns[i].name = strdup(gainsay_column(rows, i))) == NULL)
            return false;
    return true;
}

void gs_table_free(gs_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->columns[i].name);
        free(table->columns[i].cells);
        free(table->columns[i].text);
    }
    free(table->columns);
    *table = (gs_table){0};
}

static bool append(gs_column *c, const char *bytes, size_t size)
{
    if (c->text_room - c->text_size < size) {
        size_t room = c->text_room * 2 + size + 256;
        char *text = realloc(c->text, room);

        if (text == NULL)
            return false;
        c->text = text;
        c->text_room = room;
    }
    memcpy(c->text + c->text_size, bytes, size);
    c->text_size += size;
    return true;
}

static bool append_words(gs_column *c, const char *words)
{
    return append(c, words, strlen(words));
}

static bool append_string(gs_column *c, const char *text, size_t size)
{
    bool ok = append(c, "\"", 1);

    for (size_t i = 0; ok && i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        char escape[8];

        if (byte == '"' || byte == '\\')
            ok = append(c, "\\", 1) && append(c, text + i, 1);
        else if (byte < 0x20)
            ok = append(c, escape,
                        (size_t)snprintf(escape, sizeof escape, "\\u%04x", byte));
        else
            ok = append(c, text + i, 1);
    }
    return ok && append(c, "\"", 1);
}

static bool append_json(gs_column *c, const gainsay_value *value);

static bool append_items(gs_column *c, const gainsay_value *value, bool map)
{
    size_t count = gainsay_count(value), size;
    bool ok = append(c, map ? "{" : "[", 1);

    for (size_t i = 0; ok && i < count; i++) {
        const char *key = map ? gainsay_key(value, i, &size) : NULL;

        ok = (i == 0 || append(c, ", ", 2)) &&
             (!map || (append_string(c, key, size) && append(c, ": ", 2))) &&
             append_json(c, gainsay_item(value, i));
    }
    return ok && append(c, map ? "}" : "]", 1);
}

static bool append_element(gs_column *c, const gainsay_value *value, bool node)
{
    char numbers[128];

    if (node)
        snprintf(numbers, sizeof numbers, "{\"node\": %llu, \"labels\": ",
                 (unsigned long long)gainsay_number(value));
    else
        snprintf(numbers, sizeof numbers,
                 "{\"edge\": %llu, \"start\": %llu, \"end\": %llu, \"type\": ",
                 (unsigned long long)gainsay_number(value),
                 (unsigned long long)gainsay_start(value),
                 (unsigned long long)gainsay_end(value));
    return append_words(c, numbers) &&
           append_json(c, node ? gainsay_labels(value)
                               : gainsay_item(gainsay_labels(value), 0)) &&
           append_words(c, ", \"properties\": ") &&
           append_json(c, gainsay_properties(value)) && append(c, "}", 1);
}

/* Python's and Arrow's readers take NaN and infinities as strings, as ours do. */
static bool append_real(gs_column *c, double real)
{
    char text[40];

    if (real - real != 0)
        return append_words(c, real != real ? "\"NaN\""
                               : real > 0   ? "\"Infinity\""
                                            : "\"-Infinity\"");
    snprintf(text, sizeof text, "%.17g", real);
    return append_words(c, text) &&
           (strpbrk(text, ".e") != NULL || append_words(c, ".0"));
}

static bool append_json(gs_column *c, const gainsay_value *value)
{
    gainsay_type type = gainsay_type_of(value);
    const char *text;
    char number[32];
    size_t size;

    switch (type) {
    case GAINSAY_NULL:
        return append_words(c, "null");
    case GAINSAY_BOOLEAN:
        return append_words(c, gainsay_as_boolean(value) ? "true" : "false");
    case GAINSAY_INTEGER:
        snprintf(number, sizeof number, "%lld", (long long)gainsay_as_integer(value));
        return append_words(c, number);
    case GAINSAY_FLOAT:
        return append_real(c, gainsay_as_float(value));
    case GAINSAY_STRING:
    case GAINSAY_DATE:
        text = gainsay_as_text(value, &size);
        return append_string(c, text, size);
    case GAINSAY_NODE:
    case GAINSAY_EDGE:
        return append_element(c, value, type == GAINSAY_NODE);
    default:
        return append_items(c, value, type == GAINSAY_MAP);
    }
}

/* A date that is one day, without a mark. */
static bool is_day(int64_t *day, const gainsay_value *value, size_t size)
{
    int64_t earliest, latest;

    gainsay_bounds(value, &earliest, &latest);
    if (size != 10 || earliest == INT64_MIN || latest - earliest != 86399 ||
        earliest % 86400 != 0)
        return false;
    *day = earliest / 86400;
    return true;
}

static bool read_text(gs_cell *cell, gs_column *c, const gainsay_value *value)
{
    gainsay_type type = gainsay_type_of(value);
    size_t size, begun = c->text_size;
    const char *text;
    bool ok;

    cell->bits = (int64_t)begun;
    cell->kind = GS_K_TEXT;
    if (type == GAINSAY_STRING || type == GAINSAY_DATE) {
        text = gainsay_as_text(value, &size);
        ok = append(c, text, size);
    } else
        ok = append_json(c, value);
    cell->size = (uint32_t)(c->text_size - begun);
    return ok && c->text_size - begun <= UINT32_MAX;
}

static bool read_date(gs_cell *cell, gs_column *c, const gainsay_value *value)
{
    size_t size;
    int64_t day;

    gainsay_as_text(value, &size);
    if (!is_day(&day, value, size))
        return read_text(cell, c, value);
    cell->bits = day;
    cell->kind = GS_K_DAY;
    return true;
}

static bool read_cell(gs_cell *cell, gs_column *c, const gainsay_value *value)
{
    double real;

    *cell = (gs_cell){0};
    switch (gainsay_type_of(value)) {
    case GAINSAY_NULL:
        return true;
    case GAINSAY_BOOLEAN:
        *cell = (gs_cell){.bits = gainsay_as_boolean(value), .kind = GS_K_BOOL};
        return true;
    case GAINSAY_INTEGER:
        *cell = (gs_cell){.bits = gainsay_as_integer(value), .kind = GS_K_INT};
        return true;
    case GAINSAY_FLOAT:
        real = gainsay_as_float(value);
        memcpy(&cell->bits, &real, sizeof real);
        cell->kind = GS_K_REAL;
        return true;
    case GAINSAY_DATE:
        return read_date(cell, c, value);
    default:
        return read_text(cell, c, value);
    }
}

/* What a column is that holds both. */
static gs_kind join(gs_kind a, gs_kind b)
{
    if (a == b || b == GS_K_NULL)
        return a;
    if (a == GS_K_NULL)
        return b;
    return a >= GS_K_INT && b >= GS_K_INT && a + b == GS_K_INT + GS_K_REAL ? GS_K_REAL
                                                                           : GS_K_TEXT;
}

bool gs_table_add(gs_table *table, const gainsay_rows *rows)
{
    for (size_t i = 0; i < table->count; i++) {
        gs_column *c = &table->columns[i];

        if (c->count == c->room) {
            size_t room = c->room * 2 + 64;
            gs_cell *cells = realloc(c->cells, room * sizeof *cells);

            if (cells == NULL)
                return false;
            c->cells = cells;
            c->room = room;
        }
        if (!read_cell(&c->cells[c->count], c, gainsay_cell(rows, i)))
            return false;
        c->kind = join(c->kind, c->cells[c->count++].kind);
    }
    table->rows++;
    return true;
}
