/* Fields of a record: a table of names, and for each how its value is read.
 *
 * Ownership  what is read borrows from the value or is the arena's.
 * Errors     GS_INPUT names the field with its path ("answers[2].date") and says what
 *            belongs there; GS_MEMORY.
 */
#ifndef GS_RECORD_FIELD_H
#define GS_RECORD_FIELD_H

#include "ingest/record/record.h"

/* Bounds of what a record may hold, so that no line costs more than its bytes. */
enum {
    GS_NAME_MAX = 16 << 10, /* bytes of a name, an id, a URL */
    GS_ITEMS_MAX = 1024,    /* of a list: parties, links, aliases, topics, spans */
    GS_CHAIN_MAX = 16,      /* of whom a party speaks for */
};

/* Where a value stands, for messages: a chain up to the record. */
typedef struct gs_place {
    const struct gs_place *up; /* NULL: the record itself is above */
    gs_text name;              /* missing for an item of a list */
    size_t index;
} gs_place;

/* Reads `value`, never null, into the field at `to`. */
typedef gs_code gs_field_read(void *to, gs_value value, const gs_place *place,
                              gs_arena *arena, gs_error *err);

typedef struct gs_field {
    gs_text name;
    gs_field_read *read;
    size_t offset; /* of the field in its struct */
} gs_field;

typedef struct gs_fields {
    const gs_field *items;
    size_t count;
    gs_value *extra; /* where unknown fields go; NULL: they are refused */
} gs_fields;

/* All entries of `map` into the struct at `to`; nulls are passed over. `place` is NULL
 * for the record itself. */
GS_CHECKED gs_code gs_fields_read(void *to, gs_value map, gs_fields fields,
                                  const gs_place *place, gs_arena *arena, gs_error *err);

/* GS_INPUT: what stands there, and what is expected. */
GS_CHECKED gs_code gs_field_expected(gs_error *err, const gs_place *place, gs_value found,
                                     const char *expected);
/* GS_INPUT: what is wrong with it, as "WHY; do THIS". */
GS_CHECKED gs_code gs_field_wrong(gs_error *err, const gs_place *place, const char *why);

/* The items of a list, or a single value as the only one; GS_INPUT for too many. */
GS_CHECKED gs_code gs_field_items(const gs_value **items, size_t *count,
                                  const gs_value *value, size_t limit,
                                  const gs_place *place, gs_error *err);

/* Of single values: into a gs_text, the same for a name (no control characters), a date
 * (canonical), a gs_tri, a bool, a double from 0 to 1, a gs_texts. */
gs_field_read gs_field_text, gs_field_name, gs_field_date, gs_field_tri, gs_field_flag,
    gs_field_confidence, gs_field_texts, gs_field_names;
/* What is looked at elsewhere. */
gs_field_read gs_field_nothing;
/* A name that the store itself gives to a property of such a record: refused. */
gs_field_read gs_field_reserved;

#endif
