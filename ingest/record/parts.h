/* Parts of a record that are more than one value: parties, links, spans, documents.
 *
 * Ownership, errors  as in field.h.
 */
#ifndef GS_RECORD_PARTS_H
#define GS_RECORD_PARTS_H

#include "ingest/record/field.h"

/* Into a gs_party: a name, or an object. */
gs_field_read gs_field_party;
/* Into a gs_text: an actor's kind. */
gs_field_read gs_field_actor_kind;
/* Into a gs_parties, a gs_links: one, or a list. */
gs_field_read gs_field_parties, gs_field_links;
/* Into a gs_spans: a list of pairs; one pair. */
gs_field_read gs_field_spans, gs_field_span;
/* Into a `const gs_source *`: a URL, or an object without text. */
gs_field_read gs_field_reference;
/* A whole actor record. */
GS_CHECKED gs_code gs_actor_read(gs_actor *out, gs_value map, gs_arena *arena,
                                 gs_error *err);

GS_CHECKED gs_code gs_decision_read(gs_decision *out, gs_value map, gs_arena *arena,
                                    gs_error *err);
GS_CHECKED gs_code gs_withdrawal_read(gs_withdrawal *out, gs_value map, gs_arena *arena,
                                      gs_error *err);
/* Whether a statement's field may have this value, by its name. */
GS_CHECKED gs_code gs_statement_field_check(gs_entry entry, const gs_place *place,
                                            gs_arena *arena, gs_error *err);

extern const gs_field gs_source_fields[];
extern const size_t gs_source_field_count;

#endif
