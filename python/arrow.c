/* A table as Arrow's structs. */
#include "python/arrow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NULLABLE = 2, BUFFERS = 3 };

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        struct ArrowSchema *child = schema->children[i];

        if (child != NULL && child->release != NULL)
            child->release(child);
        free(child);
    }
    free(schema->children);
    free((char *)schema->name);
    schema->release = NULL;
}

static const char *format_of(gs_kind kind)
{
    static const char *const formats[] = {
        [GS_K_NULL] = "U", [GS_K_BOOL] = "b", [GS_K_DAY] = "tdD",
        [GS_K_INT] = "l",  [GS_K_REAL] = "g", [GS_K_TEXT] = "U",
    };

    return formats[kind];
}

static struct ArrowSchema *column_schema(const gs_column *c)
{
    struct ArrowSchema *schema = calloc(1, sizeof *schema);

    if (schema == NULL)
        return NULL;
    *schema = (struct ArrowSchema){.format = format_of(c->kind),
                                   .name = strdup(c->name),
                                   .flags = NULLABLE,
                                   .release = release_schema};
    return schema;
}

bool gs_table_schema(struct ArrowSchema *out, const gs_table *table)
{
    bool ok;

    *out = (struct ArrowSchema){.format = "+s",
                                .name = strdup(""),
                                .children = calloc(table->count + 1, sizeof(void *)),
                                .release = release_schema};
    ok = out->name != NULL && out->children != NULL;
    for (size_t i = 0; ok && i < table->count; i++) {
        out->children[i] = column_schema(&table->columns[i]);
        out->n_children++;
        ok = out->children[i] != NULL && out->children[i]->name != NULL;
    }
    if (!ok)
        out->release(out);
    return ok;
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        struct ArrowArray *child = array->children[i];

        if (child != NULL && child->release != NULL)
            child->release(child);
        free(child);
    }
    for (int64_t i = 0; i < array->n_buffers; i++)
        free((void *)array->buffers[i]);
    free(array->buffers);
    free(array->children);
    array->release = NULL;
}

/* A day since 1970 as its ten letters. */
static size_t write_day(char *out, size_t room, int64_t day)
{
    time_t second = (time_t)(day * 86400);
    struct tm parts;

    if (gmtime_r(&second, &parts) == NULL)
        return 0;
    return (size_t)snprintf(out, room, "%04d-%02d-%02d", parts.tm_year + 1900,
                            parts.tm_mon + 1, parts.tm_mday);
}

static void set_bit(unsigned char *bits, size_t place)
{
    bits[place / 8] |= (unsigned char)(1u << place % 8);
}

static unsigned char *validity_of(int64_t *nulls, const gs_column *c)
{
    unsigned char *bits = calloc(c->count / 8 + 1, 1);

    *nulls = 0;
    for (size_t i = 0; bits != NULL && i < c->count; i++) {
        if (c->cells[i].kind != GS_K_NULL)
            set_bit(bits, i);
        else
            ++*nulls;
    }
    return bits;
}

static void *fixed_values(const gs_column *c)
{
    void *values = calloc(c->count + 1, sizeof(int64_t));

    for (size_t i = 0; values != NULL && i < c->count; i++) {
        const gs_cell *cell = &c->cells[i];

        if (c->kind == GS_K_BOOL && cell->bits != 0)
            set_bit(values, i);
        else if (c->kind == GS_K_DAY)
            ((int32_t *)values)[i] = (int32_t)cell->bits;
        else if (c->kind == GS_K_REAL && cell->kind == GS_K_INT)
            ((double *)values)[i] = (double)cell->bits;
        else if (c->kind != GS_K_BOOL)
            ((int64_t *)values)[i] = cell->bits;
    }
    return values;
}

/* In a column of text a number, a truth, a day is written out. */
static size_t write_cell(char *out, size_t room, const gs_column *c, const gs_cell *cell)
{
    double real;

    switch ((gs_kind)cell->kind) {
    case GS_K_BOOL:
        return (size_t)snprintf(out, room, "%s", cell->bits ? "true" : "false");
    case GS_K_INT:
        return (size_t)snprintf(out, room, "%lld", (long long)cell->bits);
    case GS_K_REAL:
        memcpy(&real, &cell->bits, sizeof real);
        return (size_t)snprintf(out, room, "%.17g", real);
    case GS_K_DAY:
        return write_day(out, room, cell->bits);
    case GS_K_TEXT:
        memcpy(out, c->text + cell->bits, cell->size);
        return cell->size;
    default:
        return 0;
    }
}

enum { WRITTEN_MOST = 32 }; /* bytes of what is no text */

static bool text_values(const void **offsets, const void **bytes, const gs_column *c)
{
    int64_t *ends = calloc(c->count + 1, sizeof *ends);
    char *text = malloc(c->text_size + c->count * WRITTEN_MOST + 1);
    size_t size = 0;

    *offsets = ends;
    *bytes = text;
    for (size_t i = 0; ends != NULL && text != NULL && i < c->count; i++) {
        size += write_cell(text + size, WRITTEN_MOST, c, &c->cells[i]);
        ends[i + 1] = (int64_t)size;
    }
    return ends != NULL && text != NULL;
}

static struct ArrowArray *column_array(const gs_column *c)
{
    struct ArrowArray *array = calloc(1, sizeof *array);
    bool text = c->kind == GS_K_TEXT || c->kind == GS_K_NULL, ok;

    if (array == NULL)
        return NULL;
    *array = (struct ArrowArray){.length = (int64_t)c->count,
                                 .buffers = calloc(BUFFERS, sizeof(void *)),
                                 .n_buffers = text ? 3 : 2,
                                 .release = release_array};
    ok = array->buffers != NULL;
    if (ok) {
        array->buffers[0] = validity_of(&array->null_count, c);
        if (text)
            ok = text_values(&array->buffers[1], &array->buffers[2], c);
        else
            array->buffers[1] = fixed_values(c);
        ok = ok && array->buffers[0] != NULL && array->buffers[1] != NULL;
    } else
        array->n_buffers = 0;
    if (!ok) {
        array->release(array);
        free(array);
        return NULL;
    }
    return array;
}

bool gs_table_array(struct ArrowArray *out, const gs_table *table)
{
    bool ok;

    *out = (struct ArrowArray){.length = (int64_t)table->rows,
                               .buffers = calloc(1, sizeof(void *)),
                               .children = calloc(table->count + 1, sizeof(void *)),
                               .release = release_array};
    out->n_buffers = out->buffers != NULL;
    ok = out->buffers != NULL && out->children != NULL;
    for (size_t i = 0; ok && i < table->count; i++) {
        out->children[i] = column_array(&table->columns[i]);
        out->n_children++;
        ok = out->children[i] != NULL;
    }
    if (!ok)
        out->release(out);
    return ok;
}
