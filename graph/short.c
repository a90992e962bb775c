#include "graph/short.h"

#include "graph/compact.h"
#include "graph/properties.h"
#include "graph/record.h"
#include "graph/records.h"

#include <string.h>

enum {
    DAY = 0x10,
    KIND = 0x20,
    COLD = 0x40,
    SET = 0x0f,
    BACK = 3,            /* bytes of the way back to the chunk */
    ROW = 12,            /* of the cold part's directory */
    BLOCK = 12 << 10,    /* plain bytes; what is more begins another */
    LEVEL = 1,           /* of zstd: more gains little on so short blocks */
    LONG = 64,           /* a value of more bytes is cold whatever its key */
    WORTH = 24,          /* less is not worth a place in the cold part */
    DATE_SIZE = 13,      /* of a packed date that is a day */
    DAY_SECONDS = 86400, /* days count from 2020-01-01, as in record.c */
    FIRST_DAY = 18262,
    PLANNED = 64, /* properties of a record that is made short */
};

typedef struct short_node {
    unsigned head;
    const unsigned char *chunk; /* COLD */
    uint64_t cold;              /* where in the plain cold part */
    int64_t day;                /* DAY: since 1970 */
    gs_text map;
} short_node;

static gs_code fail_damaged(gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "properties of a record are damaged; restore the store from a backup");
}

static gs_code open_short(short_node *out, gs_text packed, gs_error *err)
{
    const unsigned char *from = (const unsigned char *)packed.bytes;
    short_node node = {.head = from[0]};
    size_t at = 1;
    uint64_t day;

    if ((node.head & COLD) != 0) {
        if (packed.size < 1 + BACK)
            return fail_damaged(err);
        node.chunk = from - ((size_t)from[1] << 16 | (size_t)from[2] << 8 | from[3]);
        at += BACK;
        if (!gs_varint_load(&node.cold, packed, &at))
            return fail_damaged(err);
    }
    if ((node.head & DAY) != 0) {
        if (!gs_varint_load(&day, packed, &at))
            return fail_damaged(err);
        node.day = gs_unzigzag(day) + FIRST_DAY;
    }
    node.map = gs_text_slice(packed, at, packed.size);
    if (node.map.size == 0 || (node.head & SET) >= GS_SORTS)
        return fail_damaged(err);
    *out = node;
    return GS_OK;
}

/* Where the block of the cold part lies that holds a place of it. */
typedef struct cold_block {
    gs_text frame;
    uint32_t plain, checksum;
    uint64_t first; /* its place in the plain cold part */
} cold_block;

static gs_code find_block(cold_block *out, const short_node *node, gs_error *err)
{
    const unsigned char *part = node->chunk + gs_load_u32(node->chunk + GS_CHUNK_COLD);
    uint32_t blocks = gs_load_u16(node->chunk + GS_CHUNK_BLOCKS);
    size_t size = (size_t)blocks * ROW, at = size + GS_CHECKSUM_SIZE;
    cold_block block = {.first = 0};

    if (!gs_sealed((gs_text){(const char *)part, at}, blocks))
        return fail_damaged(err);
    for (uint32_t i = 0; i < blocks; i++, part += ROW) {
        uint32_t bytes = gs_load_u32(part + 4);

        block.plain = gs_load_u32(part);
        block.checksum = gs_load_u32(part + 8);
        block.frame = (gs_text){(const char *)part + (at - (size_t)i * ROW), bytes};
        if (node->cold - block.first < block.plain) {
            *out = block;
            return GS_OK;
        }
        block.first += block.plain;
        at += bytes;
    }
    return fail_damaged(err);
}

static gs_code decompress(gs_place *place, const cold_block *block, gs_error *err)
{
    size_t size;

    place->cold_chunk = NULL;
    if (gs_record_checksum(block->frame, block->plain) != block->checksum)
        return fail_damaged(err);
    if (place->context == NULL)
        place->context = ZSTD_createDCtx();
    gs_buffer_clear(&place->cold);
    if (place->context == NULL || !gs_buffer_reserve(&place->cold, block->plain))
        return gs_fail_memory(err);
    size = ZSTD_decompressDCtx(place->context, place->cold.bytes, block->plain,
                               block->frame.bytes, block->frame.size);
    if (ZSTD_isError(size) || size != block->plain)
        return fail_damaged(err);
    place->cold.size = size;
    return GS_OK;
}

/* Whether the block unpacked last is this one. In a batch chunks move, and another may
 * lie where it was: then its size and its checksum must be the same too. */
static bool is_at_hand(const gs_place *place, const short_node *node,
                       const cold_block *block)
{
    return place->cold_chunk == node->chunk && place->cold_first == block->first &&
           place->cold.size == block->plain && place->cold_checksum == block->checksum;
}

/* The map of a node's long properties; it lives until the next block is read. The last
 * one is kept: those of the nodes beside it are in it too. */
static gs_code cold_map(gs_text *out, const gs_snapshot *snapshot, const short_node *node,
                        gs_error *err)
{
    gs_place *place = snapshot->place;
    cold_block block = {.plain = 0};
    gs_code rc = GS_OK;

    if (snapshot->pending != NULL || place->cold_chunk != node->chunk ||
        node->cold - place->cold_first >= place->cold.size) {
        GS_TRY(find_block(&block, node, err));
        if (!is_at_hand(place, node, &block))
            GS_TRY(decompress(place, &block, err));
        place->cold_chunk = node->chunk;
        place->cold_first = block.first;
        place->cold_checksum = block.checksum;
    }
    *out = gs_text_slice(gs_buffer_view(&place->cold),
                         (size_t)(node->cold - place->cold_first), place->cold.size);
out:
    return rc;
}

static gs_code copied(gs_text *out, gs_buffer *bytes, gs_arena *arena, gs_error *err)
{
    gs_text copy = {NULL, 0};

    if (!bytes->failed)
        copy = gs_text_copy(arena, gs_buffer_view(bytes));
    gs_buffer_free(bytes);
    if (copy.bytes == NULL)
        return gs_fail_memory(err);
    *out = copy;
    return GS_OK;
}

static void put_kind(gs_buffer *out, const short_node *node)
{
    gs_pack(out, gs_string(gs_sort_kind((gs_node_sort)(node->head & SET))));
}

static void put_date(gs_buffer *out, const short_node *node)
{
    gs_edtf date = gs_edtf_day(node->day);

    gs_pack(out, gs_date(&date));
}

static bool has(const short_node *node, uint32_t key)
{
    return (key == GS_P_KIND && (node->head & KIND) != 0) ||
           (key == GS_P_DATE && (node->head & DAY) != 0);
}

gs_code gs_short_find(gs_text *out, const gs_snapshot *snapshot, gs_text packed,
                      uint32_t key, gs_arena *arena, gs_error *err)
{
    gs_buffer bytes = {0};
    short_node node;
    gs_text map;
    gs_code rc = open_short(&node, packed, err);

    if (rc != GS_OK)
        return rc;
    if (has(&node, key)) {
        if (key == GS_P_KIND)
            put_kind(&bytes, &node);
        else
            put_date(&bytes, &node);
        return copied(out, &bytes, arena, err);
    }
    rc = gs_properties_find(out, node.map, key, err);
    if (rc != GS_END || (node.head & COLD) == 0)
        return rc;
    GS_TRY(cold_map(&map, snapshot, &node, err));
    GS_TRY(gs_properties_find(&map, map, key, err));
    gs_buffer_text(&bytes, map);
    return copied(out, &bytes, arena, err);
out:
    return rc;
}

/* One of the maps that are put together again: its next entry, as it is packed. */
typedef struct source {
    gs_property_cursor cursor;
    uint32_t key;
    gs_text entry, value;
    bool ended;
} source;

static gs_code step(source *s, gs_error *err)
{
    size_t from = s->cursor.at;
    gs_code rc = gs_properties_next(&s->key, &s->value, &s->cursor, err);

    s->ended = rc == GS_END;
    if (rc == GS_OK)
        s->entry = gs_text_slice(s->cursor.map, from, s->cursor.at);
    return s->ended ? GS_OK : rc;
}

static gs_code start(source *s, gs_text map, gs_error *err)
{
    gs_code rc = gs_properties_first(&s->cursor, map, err);

    return rc == GS_OK ? step(s, err) : rc;
}

/* What the head tells, as a map. */
static gs_code told_map(gs_buffer *out, const short_node *node, gs_error *err)
{
    size_t count = ((node->head & KIND) != 0) + ((node->head & DAY) != 0);

    gs_properties_head(out, count);
    if ((node->head & KIND) != 0) {
        gs_buffer_char(out, GS_P_KIND);
        put_kind(out, node);
    }
    if ((node->head & DAY) != 0) {
        gs_buffer_char(out, GS_P_DATE);
        put_date(out, node);
    }
    return out->failed ? gs_fail_memory(err) : GS_OK;
}

static gs_code put_whole(gs_buffer *out, const gs_snapshot *snapshot,
                         const short_node *node, gs_error *err)
{
    source sources[3] = {{.ended = true}, {.ended = true}, {.ended = true}};
    gs_buffer told = {0};
    gs_text cold;
    gs_code rc;
    size_t count;

    GS_TRY(told_map(&told, node, err));
    GS_TRY(start(&sources[0], node->map, err));
    GS_TRY(start(&sources[1], gs_buffer_view(&told), err));
    if ((node->head & COLD) != 0) {
        GS_TRY(cold_map(&cold, snapshot, node, err));
        GS_TRY(start(&sources[2], cold, err));
    }
    count = sources[0].cursor.left + sources[1].cursor.left + sources[2].cursor.left;
    for (size_t i = 0; i < 3; i++)
        count += !sources[i].ended;
    gs_properties_head(out, count);
    while (count-- > 0) {
        source *next = NULL;

        for (size_t i = 0; i < 3; i++)
            if (!sources[i].ended && (next == NULL || sources[i].key < next->key))
                next = &sources[i];
        gs_buffer_text(out, next->entry);
        GS_TRY(step(next, err));
    }
out:
    gs_buffer_free(&told);
    return rc;
}

gs_code gs_short_map(gs_text *out, const gs_snapshot *snapshot, gs_text packed,
                     gs_arena *arena, gs_error *err)
{
    gs_buffer bytes = {0};
    short_node node;
    gs_code rc = open_short(&node, packed, err);

    if (rc == GS_OK)
        rc = put_whole(&bytes, snapshot, &node, err);
    if (rc == GS_OK)
        return copied(out, &bytes, arena, err);
    gs_buffer_free(&bytes);
    return rc;
}

gs_code gs_short_record(gs_text *out, const gs_snapshot *snapshot, gs_text slot,
                        gs_arena *arena, gs_error *err)
{
    gs_buffer bytes = {0};
    short_node node;
    gs_code rc;

    if (!gs_short_is(slot)) {
        *out = slot;
        return GS_OK;
    }
    rc = open_short(&node, slot, err);
    if (rc == GS_OK) {
        gs_buffer_char(&bytes, (char)(node.head & SET));
        rc = put_whole(&bytes, snapshot, &node, err);
    }
    if (rc == GS_OK)
        return copied(out, &bytes, arena, err);
    gs_buffer_free(&bytes);
    return rc;
}

/* A property that is read seldom beside others, and has much in common with those of
 * other nodes. */
static bool is_cold(uint32_t key, size_t size)
{
    switch (key) {
    case GS_P_TEXT:
    case GS_P_URL:
    case GS_P_FILE:
    case GS_P_TITLE:
    case GS_P_IDENTITY:
    case GS_P_EXTRACTOR:
    case GS_P_RULE:
        return true;
    default:
        return size > LONG;
    }
}

static bool is_kind(unsigned set, uint32_t key, gs_text value)
{
    gs_text kind = gs_sort_kind((gs_node_sort)set);

    return key == GS_P_KIND && kind.bytes != NULL && value.size == kind.size + 1 &&
           (unsigned char)value.bytes[0] == (0xa0 | kind.size) &&
           memcmp(value.bytes + 1, kind.bytes, kind.size) == 0;
}

static int digits(const char *from, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (from[i] < '0' || from[i] > '9')
            return -1;
        number = number * 10 + (from[i] - '0');
    }
    return number;
}

/* Whether the value is a date that is a day, as gs_edtf_day gives it back. */
static bool is_day(int64_t *day, uint32_t key, gs_text value)
{
    static const char head[] = {(char)0xc7, DATE_SIZE - 3, 1};
    const char *text;
    int year, month, number;

    if (key != GS_P_DATE || value.size != DATE_SIZE ||
        memcmp(value.bytes, head, sizeof head) != 0)
        return false;
    text = value.bytes + sizeof head;
    if (text[4] != '-' || text[7] != '-')
        return false;
    year = digits(text, 4);
    month = digits(text + 5, 2);
    number = digits(text + 8, 2);
    if (year < 0 || month < 1 || month > 12 || number < 1 ||
        number > gs_month_length(year, month))
        return false;
    *day = gs_day_number((gs_day){year, (uint8_t)month, (uint8_t)number});
    return true;
}

/* Where an entry of a record goes. */
enum { TOLD, HOT, CHILL, PARTS }; /* by the head, in the slot, in the cold part if any */

/* What becomes of a record, found by one look at its properties. */
typedef struct plan {
    unsigned flags;
    size_t counts[PARTS];
    size_t cold_bytes;
    int64_t day;
    size_t count; /* of `entries`; a record of more properties stays as it is */
    struct planned {
        gs_text entry;
        int part;
    } entries[PLANNED];
} plan;

static int part_of(plan *p, unsigned set, uint32_t key, gs_text value)
{
    if (is_kind(set, key, value)) {
        p->flags |= KIND;
        return TOLD;
    }
    if (is_day(&p->day, key, value)) {
        p->flags |= DAY;
        return TOLD;
    }
    if (!is_cold(key, value.size))
        return HOT;
    p->cold_bytes += value.size;
    return CHILL;
}

static bool make_plan(plan *p, gs_text map, unsigned set)
{
    gs_property_cursor cursor;
    gs_error ignored;
    uint32_t key;
    gs_text value;
    size_t from;

    p->flags = 0;
    p->count = p->cold_bytes = 0;
    memset(p->counts, 0, sizeof p->counts);
    if (gs_properties_first(&cursor, map, &ignored) != GS_OK || cursor.left > PLANNED)
        return false;
    for (from = cursor.at; gs_properties_next(&key, &value, &cursor, &ignored) == GS_OK;
         from = cursor.at) {
        int part = part_of(p, set, key, value);

        p->counts[part]++;
        p->entries[p->count++] =
            (struct planned){gs_text_slice(map, from, cursor.at), part};
    }
    if (p->cold_bytes >= WORTH)
        p->flags |= COLD;
    return p->flags != 0 && cursor.left == 0;
}

static gs_code end_block(gs_cold *cold, gs_error *err)
{
    unsigned char row[ROW];
    size_t size, bound = ZSTD_compressBound(cold->plain.size);
    gs_text frame;

    if (cold->plain.size == 0)
        return GS_OK;
    if (cold->context == NULL)
        cold->context = ZSTD_createCCtx();
    if (cold->context == NULL || !gs_buffer_reserve(&cold->frames, bound))
        return gs_fail_memory(err);
    size = ZSTD_compressCCtx(cold->context, cold->frames.bytes + cold->frames.size, bound,
                             cold->plain.bytes, cold->plain.size, LEVEL);
    if (ZSTD_isError(size))
        return gs_fail(err, GS_FAILED, "properties cannot be compressed: %s",
                       ZSTD_getErrorName(size));
    frame = (gs_text){cold->frames.bytes + cold->frames.size, size};
    gs_store_u32(row, (uint32_t)cold->plain.size);
    gs_store_u32(row + 4, (uint32_t)size);
    gs_store_u32(row + 8, gs_record_checksum(frame, cold->plain.size));
    gs_buffer_bytes(&cold->directory, row, sizeof row);
    cold->frames.size += size;
    cold->at += cold->plain.size;
    cold->blocks++;
    gs_buffer_clear(&cold->plain);
    return cold->directory.failed ? gs_fail_memory(err) : GS_OK;
}

static void put_head(gs_cold *cold, const plan *p, unsigned set)
{
    unsigned char bytes[GS_VARINT_MAX];
    gs_buffer *out = &cold->slot;

    gs_buffer_char(out, (char)(set | p->flags));
    if ((p->flags & COLD) != 0) {
        gs_buffer_text(out, GS_TEXT("\0\0\0")); /* gs_short_set_back */
        gs_buffer_bytes(out, bytes, gs_varint_store(bytes, cold->at + cold->plain.size));
    }
    if ((p->flags & DAY) != 0)
        gs_buffer_bytes(out, bytes,
                        gs_varint_store(bytes, gs_zigzag(p->day - FIRST_DAY)));
}

static gs_code split(gs_cold *cold, const plan *p, gs_error *err)
{
    bool has_cold = (p->flags & COLD) != 0;

    gs_properties_head(&cold->slot, p->counts[HOT] + (has_cold ? 0 : p->counts[CHILL]));
    if (has_cold)
        gs_properties_head(&cold->plain, p->counts[CHILL]);
    for (size_t i = 0; i < p->count; i++) {
        const struct planned *from = &p->entries[i];

        if (from->part == CHILL && has_cold)
            gs_buffer_text(&cold->plain, from->entry);
        else if (from->part != TOLD)
            gs_buffer_text(&cold->slot, from->entry);
    }
    return cold->slot.failed || cold->plain.failed ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_short_make(gs_text *out, gs_cold *cold, gs_text record, gs_error *err)
{
    unsigned set = record.size > 0 ? (unsigned char)record.bytes[0] : 0;
    gs_text map = gs_text_slice(record, 1, record.size);
    plan p;
    gs_code rc = GS_OK;

    *out = record;
    gs_buffer_clear(&cold->slot);
    if (set == GS_SORT_OTHER || set >= GS_SORTS || !make_plan(&p, map, set))
        return GS_OK;
    put_head(cold, &p, set);
    GS_TRY(split(cold, &p, err));
    if (cold->plain.size >= BLOCK)
        GS_TRY(end_block(cold, err));
    *out = gs_buffer_view(&cold->slot);
out:
    return rc;
}

void gs_short_set_back(gs_cold *cold, size_t back)
{
    char *to;

    if (cold->slot.size == 0 || ((unsigned char)cold->slot.bytes[0] & COLD) == 0)
        return;
    to = cold->slot.bytes + 1;
    to[0] = (char)(back >> 16);
    to[1] = (char)(back >> 8);
    to[2] = (char)back;
}

gs_code gs_cold_flush(gs_cold *cold, gs_error *err)
{
    return end_block(cold, err);
}

gs_code gs_cold_end(gs_buffer *chunk, gs_cold *cold, gs_error *err)
{
    bool failed;

    if (cold->blocks > 0) {
        gs_seal(&cold->directory, cold->blocks);
        gs_buffer_text(chunk, gs_buffer_view(&cold->directory));
        gs_buffer_text(chunk, gs_buffer_view(&cold->frames));
    }
    failed = cold->directory.failed || cold->frames.failed || chunk->failed;
    gs_buffer_clear(&cold->directory);
    gs_buffer_clear(&cold->frames);
    cold->at = cold->blocks = 0;
    return failed ? gs_fail_memory(err) : GS_OK;
}

void gs_cold_free(gs_cold *cold)
{
    gs_buffer_free(&cold->plain);
    gs_buffer_free(&cold->directory);
    gs_buffer_free(&cold->frames);
    gs_buffer_free(&cold->slot);
    ZSTD_freeCCtx(cold->context);
    *cold = (gs_cold){0};
}
