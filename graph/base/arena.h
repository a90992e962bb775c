/* Memory that is freed at once: an arena a query, one a batch, one a document.
 *
 * Ownership  pieces are the arena's until gs_arena_reset or gs_arena_free; `{0}` is a
 *            valid empty arena.
 * Errors     NULL is want of memory, also when a limit would be passed.
 * Threads    one arena, one thread; arenas of one budget likewise.
 *
 * With GS_ARENA_EXACT each piece is a malloc of its own, so that ASan sees its edges.
 */
#ifndef GS_BASE_ARENA_H
#define GS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* What several arenas may hold together, such as all those of one query. */
typedef struct gs_budget {
    size_t used;  /* bytes of their blocks, also of those kept for the next use */
    size_t limit; /* 0 is none */
    bool met;     /* something was refused for the limit's sake */
} gs_budget;

/* Counts bytes in, false where they would pass the limit, and out again: for memory
 * outside arenas too. NULL allows all. */
bool gs_budget_take(gs_budget *budget, size_t size);
void gs_budget_give(gs_budget *budget, size_t size);

typedef struct gs_arena {
    struct gs_arena_block *head;
    size_t used;       /* bytes handed out since the last reset */
    size_t limit;      /* 0 is none */
    gs_budget *budget; /* outlives the arena; NULL is none */
} gs_arena;

/* `size` zeroed bytes, aligned for any type. Size 0 gives a valid pointer. */
void *gs_arena_take(gs_arena *arena, size_t size);

/* An array of `count` items of `size` bytes; NULL also when the product overflows. */
void *gs_arena_array(gs_arena *arena, size_t count, size_t size);

/* Room for one more item in an array of `count` items: `items` itself while there is
 * room, else a copy with twice the room. For arrays that grow within an arena:
 *     hops->items = gs_arena_grow(arena, hops->items, hops->count, &hops->room, sizeof
 * ...) */
void *gs_arena_grow(gs_arena *arena, void *items, size_t count, size_t *room,
                    size_t size);

/* All pieces are gone, one block is kept for the next use. */
void gs_arena_reset(gs_arena *arena);

void gs_arena_free(gs_arena *arena);

#endif
