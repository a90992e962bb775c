/* Acts and how they answer each other.
 *
 * An act is a SAME_AS class of statements, told once: shown by the member that quotes
 * before one that does not, then by the smallest id; dated by the most precise date, of
 * several the earliest; accused and outlets united.
 *
 * Ownership  everything lies in the arena of the asking.
 */
#ifndef GS_QUERY_EXCHANGE_H
#define GS_QUERY_EXCHANGE_H

#include "query/questions/statement.h"

#define GS_NO_ACT SIZE_MAX

/* What an act answers: another act that was gathered, or else only an id. */
typedef struct gs_target_act {
    size_t act; /* GS_NO_ACT: outside */
    gs_value id;
    bool inferred;
    gs_value confidence;
} gs_target_act;

typedef struct gs_act {
    gs_statement shown;
    gs_value date, reported;
    gs_names accused, via;
    size_t copies; /* tellings */
    gs_target_act *targets;
    size_t target_count, target_room;
    size_t parent, depth; /* in the tree; GS_NO_ACT for a root */
    gs_names same_as;     /* ids of the other members */
} gs_act;

typedef struct gs_exchange {
    gs_act *acts;
    size_t count, room;
    size_t *order; /* the acts as they are to be told */
    size_t told;
} gs_exchange;

/* The acts of the seeds; with `answers` also of all that answers or is answered by them,
 * directly or not. Unless `fold`, each statement is an act of its own. */
GS_CHECKED gs_code gs_exchange_gather(gs_exchange *out, gs_asked *asked,
                                      const gs_numbers *seeds, bool answers, bool fold,
                                      gs_error *err);

/* Orders the acts as trees: an act under the latest-dated that it answers, children by
 * date and id, the oldest root first. */
GS_CHECKED gs_code gs_exchange_plant(gs_exchange *exchange, gs_asked *asked,
                                     gs_error *err);
/* Orders them by date and id alone. */
GS_CHECKED gs_code gs_exchange_line_up(gs_exchange *exchange, gs_asked *asked,
                                       gs_error *err);

/* Days between two dates that are known to the day; null otherwise. */
gs_value gs_days_between(gs_value from, gs_value to);

/* By date, undated last, then by id. */
int gs_act_order(const gs_act *a, const gs_act *b);

/* The columns that an act is shown in. */
enum { GS_ACT_COLUMNS = 18 };
#define GS_ACT_COLUMN_NAMES                                                              \
    "id", "depth", "kind", "date", "after_days", "speaker", "on_behalf_of", "accused",   \
        "via", "text", "hedged", "answers", "inferred", "confidence", "document",        \
        "reported", "copies", "quote"
GS_CHECKED gs_code gs_act_cells(gs_value *cells, const gs_exchange *exchange,
                                size_t index, gs_arena *arena, gs_error *err);

#endif
