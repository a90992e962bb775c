/* Columns of an answer in the layout of Apache Arrow: what its C data interface and C
 * stream interface document, and no library.
 *
 * A column of booleans, integers, floats (also mixed with integers) or days is one of
 * these; any other is text: strings as they are, dates as EDTF, lists, maps, nodes,
 * relationships and paths as JSON.
 *
 * Ownership  a table is freed with gs_table_free; what is exported is freed by its
 *            `release`, whoever has it then.
 * Errors     false where there is no memory.
 * Threads    none of it needs the GIL.
 */
#ifndef GS_PYTHON_ARROW_H
#define GS_PYTHON_ARROW_H

#include "include/gainsay/gainsay.h"

/* The names and members are Arrow's. */
struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

typedef struct gs_cell {
    int64_t bits;  /* a number, a float's bytes, a day; of text where it begins */
    uint32_t size; /* of text */
    uint8_t kind;  /* a gs_kind */
} gs_cell;

/* The order decides what a mixed column is: the larger one, but for whole numbers among
 * others than floats, which are text. */
typedef enum gs_kind {
    GS_K_NULL,
    GS_K_BOOL,
    GS_K_DAY,
    GS_K_INT,
    GS_K_REAL,
    GS_K_TEXT
} gs_kind;

typedef struct gs_column {
    char *name;
    gs_cell *cells;
    size_t count, room;
    char *text;
    size_t text_size, text_room;
    gs_kind kind;
} gs_column;

typedef struct gs_table {
    gs_column *columns;
    size_t count, rows;
} gs_table;

bool gs_table_begin(gs_table *table, const gainsay_rows *rows);
/* The row last read. */
bool gs_table_add(gs_table *table, const gainsay_rows *rows);
void gs_table_free(gs_table *table);

bool gs_table_schema(struct ArrowSchema *out, const gs_table *table);
bool gs_table_array(struct ArrowArray *out, const gs_table *table);

#endif
