/* A value as properties, parameters and rows hold it.
 *
 * Ownership  a gs_value borrows all that it points to: from an arena, or from the map of
 * an LMDB snapshot, for as long as that lives. Copying the struct copies no content.
 * Threads    a value is never changed once it has been handed out.
 *
 * In MessagePack a date is the extension type GS_EXT_DATE with its canonical text; NaN
 * and infinities are floats. In JSON a date is its EDTF string, NaN and infinities are
 * strings.
 */
#ifndef GS_BASE_VALUE_H
#define GS_BASE_VALUE_H

#include "graph/base/buffer.h"
#include "graph/base/edtf.h"
#include "graph/base/error.h"
#include "graph/base/text.h"

enum {
    GS_DEPTH_MAX = 64,    /* lists and maps within each other, in JSON and MessagePack */
    GS_NESTING_MAX = 256, /* the same in memory, where nodes and paths come on top */
};

typedef enum gs_type {
    GS_NULL,
    GS_BOOLEAN,
    GS_INTEGER,
    GS_FLOAT,
    GS_STRING,
    GS_DATE,
    GS_LIST,
    GS_MAP,
    GS_NODE,
    GS_EDGE,
    GS_PATH,
} gs_type;

typedef struct gs_value gs_value;
typedef struct gs_entry gs_entry;

/* A node or an edge by its number in the store; `shown` is NULL until somebody needs its
 * labels and properties outside the snapshot. */
typedef struct gs_element {
    uint64_t number;
    const struct gs_shown *shown;
} gs_element;

struct gs_value {
    gs_type type;
    union {
        bool boolean;
        int64_t integer;
        double real;
        gs_text string;
        const gs_edtf *date;
        struct {
            const gs_value *items;
            size_t count;
        } list;
        struct {
            const gs_entry *entries;
            size_t count;
        } map; /* keys are unique */
        gs_element element;
        struct {
            const gs_value *items; /* node, edge, node, ... */
            size_t count;
        } path;
    } as;
};

struct gs_entry {
    gs_text key;
    gs_value value;
};

/* What a node or an edge looks like to those who have no snapshot. */
typedef struct gs_shown {
    gs_value labels;     /* a list of strings; of an edge, one: its type */
    gs_value properties; /* a map */
    uint64_t start, end; /* of an edge */
} gs_shown;

extern const gs_value gs_null; /* {GS_NULL} */
gs_value gs_boolean(bool b);
gs_value gs_integer(int64_t n);
gs_value gs_real(double d);
gs_value gs_string(gs_text text); /* the missing text gives null */
gs_value gs_list(const gs_value *items, size_t count);
gs_value gs_map(const gs_entry *entries, size_t count);
gs_value gs_date(const gs_edtf *date); /* NULL gives null */

const char *gs_type_name(gs_type type); /* "INTEGER", "STRING", "DATE", ... */

/* The entry's value; null where a map has no such key or `map` is no map. */
gs_value gs_map_get(gs_value map, gs_text key);

/* Looks for a key that stands twice, with memory of `arena` where there are many: it is
 * written to *repeated, which is else the missing text. */
GS_CHECKED gs_code gs_map_check(gs_text *repeated, gs_arena *arena,
                                const gs_entry *entries, size_t count, gs_error *err);

/* A copy in `arena` that borrows nothing, also of what elements show. GS_MEMORY; GS_LIMIT
 * where it nests deeper than GS_NESTING_MAX. */
GS_CHECKED gs_code gs_value_copy(gs_value *out, gs_arena *arena, gs_value value,
                                 gs_error *err);

/* A list or a map whose items, or values, are made of those of the given one. */
typedef gs_code gs_convert(gs_value *out, gs_value value, gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_list_convert(gs_value *out, gs_value list, gs_convert *convert,
                                   gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_map_convert(gs_value *out, gs_value map, gs_convert *convert,
                                  gs_arena *arena, gs_error *err);

/* Same type and same content; NaN equals NaN. Not openCypher's =, which is query's. */
bool gs_value_same(gs_value a, gs_value b);

/* MessagePack. */
enum { GS_EXT_DATE = 1 };
/* Elements and paths cannot be packed (asserted). A value that nests deeper than
 * GS_DEPTH_MAX fails the buffer. */
void gs_pack(gs_buffer *out, gs_value value);
/* An order of values that no arrival can change: that of their packed bytes. Below,
 * above or 0. */
GS_CHECKED gs_code gs_pack_compare(int *out, gs_value a, gs_value b, gs_error *err);
/* One value from the front of `packed`; *used (may be NULL) is how many bytes it took.
 * Strings borrow from `packed` and are not checked to be UTF-8. GS_INPUT where it is no
 * MessagePack, too deep (64) or cut off. */
GS_CHECKED gs_code gs_unpack(gs_value *out, size_t *used, gs_arena *arena, gs_text packed,
                             gs_error *err);

/* JSON (RFC 8259). A number with a point or an exponent is a float, any other an integer.
 * GS_INPUT on what is no JSON, is no UTF-8, has a number past 64 bits, nests past
 * GS_DEPTH_MAX, or has a lone surrogate or a duplicate key; line and column of `err` are
 * those in `text`. GS_LIMIT past 1 GiB. The value borrows nothing from `text`. */
GS_CHECKED gs_code gs_json_parse(gs_value *out, gs_arena *arena, gs_text text,
                                 gs_error *err);
/* On one line; nodes {"node": n, "labels": [], "properties": {}}, edges {"edge": n,
 * "type": "", "start": n, "end": n, "properties": {}}, paths lists of these; an element
 * that shows nothing is its number alone. */
void gs_json_write(gs_buffer *out, gs_value value);
/* A text as a JSON string, with its quotation marks. */
void gs_json_string(gs_buffer *out, gs_text text);

#endif
